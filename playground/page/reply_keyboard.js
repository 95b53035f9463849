// The bot's own keyboard below the message box, as its latest message with one asks for.

import { focusComposer, sendText } from "./composer.js";
import { byId, icon, make } from "./dom.js";
import { choosePlace, sendKind } from "./places.js";
import { isBot, listen, openMessages, store } from "./store.js";

const folded = new Set(); // "person chat message" of keyboards put away by hand or used once

export function startReplyKeyboard() {
  listen("open", show);
  listen("messages", ({ chat }) => { if (chat === store.open) show(); });
  byId("keyboard-toggle").addEventListener("click", toggle);
}

const keyOf = (message) => `${store.speaker} ${store.open} ${message.message_id}`;

/** The message whose keyboard counts: the newest one of the bot that brought or removed a keyboard. */
function owner() {
  const isForMe = (one) => !one.for || one.for.includes(store.speaker);
  const message = openMessages().findLast((one) => isBot(one.from) && Array.isArray(one.keyboard) && isForMe(one));
  return rowsOf(message).length ? message : null;
}

const rowsOf = (message) => message?.keyboard ?? [];

function show() {
  const message = store.open ? owner() : null;
  const isShown = message !== null && !folded.has(keyOf(message));
  byId("keyboard-toggle").hidden = message === null;
  byId("keyboard-toggle").setAttribute("aria-expanded", String(isShown));
  byId("keyboard-toggle").setAttribute("aria-label", isShown ? "Hide the bot's keyboard" : "Show the bot's keyboard");
  byId("reply-keyboard").hidden = !isShown;
  byId("reply-keyboard").replaceChildren(...(isShown ? rowsOf(message).map((row) => keyRow(row, message)) : []));
}

function toggle() {
  const key = keyOf(owner());
  if (!folded.delete(key)) folded.add(key);
  show();
}

function keyRow(row, message) {
  return make("div", { className: "key-row" }, ...row.map((key) => keyButton(key, message)));
}

function keyButton(key, message) {
  const symbol = key.request_location ? icon("location") : key.request_contact ? icon("contact") : null;
  const node = make("button", { type: "button", className: "key" }, symbol, make("span", {}, key.text));
  node.addEventListener("click", () => press(key, message, node));
  return node;
}

function press(key, message, node) {
  if (key.request_location) return choosePlace(node);
  if (message.one_time_keyboard) folded.add(keyOf(message));
  if (key.request_contact) sendKind({ kind: "contact" });
  else sendText(key.text);
  show();
  return focusComposer();
}
