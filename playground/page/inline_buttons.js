// The rows of buttons under a bubble: pressing one waits for the bot's answer and shows it.

import { Refused, api } from "./api.js";
import { icon, make } from "./dom.js";
import { copyText } from "./copying.js";
import { openAddress } from "./links.js";
import { nameOf, store } from "./store.js";
import { alertDialog, toast } from "./toasts.js";

const waiting = new Set(); // "chat id label data" of buttons whose answer is awaited

const keyOf = (chat, message, button) => `${chat} ${message.message_id} ${button.text} ${button.data}`;

/** The buttons of a message, or null if it has none. */
export function buttonRows(chat, message) {
  if (!message.buttons?.length) return null;
  const rows = message.buttons.map((row) => make("div", { className: "button-row" }, ...row.map((button) => inlineButton(chat, message, button))));
  return make("div", { className: "buttons", role: "group", "aria-label": "Buttons" }, ...rows);
}

function inlineButton(chat, message, button) {
  const key = keyOf(chat, message, button);
  const node = make("button", { type: "button", className: "inline-button", dataset: { key } },
    make("span", { className: "inline-label" }, button.text), button.url ? icon("link") : button.copy ? icon("copy") : null);
  if (waiting.has(key)) setBusy(key, true, node);
  node.addEventListener("click", () => {
    if (button.url) openAddress(button.url, node);
    else if (button.copy) copyText(button.copy);
    else press(chat, message, button, key);
  });
  return node;
}

async function press(chat, message, button, key) {
  if (waiting.has(key)) return;
  waiting.add(key);
  setBusy(key, true);
  try {
    const tap = { from: store.speaker, chat, message_id: message.message_id, button: button.data ?? button.text };
    show(await api.tap(tap), nameOf(message.from));
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    toast(problem.message, "error");
  } finally {
    waiting.delete(key);
    setBusy(key, false);
  }
}

function show({ answer, alert, url }, bot) {
  if (url) openAddress(url);
  if (!answer) return;
  if (alert) alertDialog(bot, answer);
  else toast(answer);
}

// The message may have been edited meanwhile: then the node is another one.
function setBusy(key, isBusy, node = document.querySelector(`.inline-button[data-key="${CSS.escape(key)}"]`)) {
  node?.classList.toggle("busy", isBusy);
  node?.setAttribute("aria-busy", String(isBusy));
}
