// What one can do with a message: reply, edit, copy, delete; by mouse, finger and keyboard.

import { api } from "./api.js";
import { spelled } from "./commands.js";
import { sendText, startEditing, startReply } from "./composer.js";
import { copyText } from "./copying.js";
import { byId } from "./dom.js";
import { foldingClick } from "./folding.js";
import { isOwnLink, openAddress } from "./links.js";
import { openMenu } from "./menu.js";
import { restAt } from "./scrolling.js";
import { messageIn, store } from "./store.js";
import { itemOf } from "./thread.js";
import { toast } from "./toasts.js";

const COARSE = matchMedia("(pointer: coarse)");
const CONTROLS = "a, button, input, label, .spoiler, pre";

export function startMessageActions() {
  const list = byId("messages");
  list.addEventListener("click", clicked);
  list.addEventListener("dblclick", (event) => {
    const message = messageOf(event.target);
    if (message && !event.target.closest(CONTROLS)) reply(message);
  });
  list.addEventListener("contextmenu", (event) => {
    const message = messageOf(event.target);
    if (!message || event.target.closest("a, img") || !getSelection().isCollapsed) return;
    event.preventDefault();
    const fromKeyboard = event.clientX === 0 && event.clientY === 0;
    openFor(message, fromKeyboard ? event.target : { x: event.clientX, y: event.clientY });
  });
  list.addEventListener("keydown", steer);
}

function messageOf(node) {
  const item = node.closest(".message:not(.service)");
  return item ? messageIn(store.open, Number(item.dataset.id)) : undefined;
}

function clicked(event) {
  const { target } = event;
  const message = messageOf(target);
  if (!message || foldingClick(target)) return;
  const link = target.closest("a[href]");
  const command = target.closest(".command-link");
  const quoted = target.closest(".quoted");
  if (link && isOwnLink(link.href)) {
    event.preventDefault();
    openAddress(link.href, link);
  } else if (command) sendText(spelled(command.dataset.command.slice(1)));
  else if (quoted) showOriginal(Number(quoted.dataset.target));
  else if (target.closest(".photo")) enlarge(target.closest(".photo").querySelector("img"));
  else if (target.closest(".quick-reply")) reply(message);
  else if (target.closest(".more")) openFor(message, target.closest(".more"));
  else if (COARSE.matches && target.closest(".bubble") && !target.closest(CONTROLS)) openFor(message, { x: event.clientX, y: event.clientY });
}

function steer(event) {
  const line = event.target.closest(".line");
  if (!line) return;
  if ((event.key === "Enter" || event.key === " ") && event.target.matches(".spoiler")) {
    event.preventDefault();
    foldingClick(event.target);
    return;
  }
  if (event.target !== line || event.ctrlKey || event.metaKey || event.altKey) return;
  const message = messageOf(line);
  const moves = { ArrowUp: -1, ArrowDown: 1 };
  const presses = { r: () => reply(message), Enter: () => openFor(message, line.querySelector(".bubble")), Delete: () => remove(message) };
  if (event.key in moves) {
    event.preventDefault();
    focusNeighbour(line, moves[event.key]);
  } else if (event.key in presses) {
    event.preventDefault();
    presses[event.key]();
  } else if (event.key === "Escape") byId("composer-text").focus();
}

/** Moves the focus to the newest message, from where the arrows lead on. */
export function focusNewest() {
  [...byId("messages").querySelectorAll(".line")].at(-1)?.focus();
}

function focusNeighbour(line, step) {
  const lines = [...byId("messages").querySelectorAll(".line")];
  const next = lines[lines.indexOf(line) + step];
  if (next) next.focus();
  else if (step > 0) byId("composer-text").focus();
}

function openFor(message, anchor) {
  const isOwn = message.from === store.speaker;
  openMenu(anchor, [
    { label: "Reply", icon: "reply", run: () => reply(message) },
    ...(isOwn && message.kind === "text" ? [{ label: "Edit", icon: "edit", run: () => startEditing(message) }] : []),
    ...(message.text ? [{ label: "Copy text", icon: "copy", run: () => copyText(message.text) }] : []),
    { label: "Delete", icon: "delete", danger: true, run: () => remove(message) },
  ], "Message actions");
}

function reply(message) {
  getSelection().removeAllRanges();
  startReply(message);
}

async function remove(message) {
  try {
    await api.remove({ from: store.speaker, chat: store.open, message_id: message.message_id });
    byId("composer-text").focus();
  } catch (problem) {
    toast(problem.message, "error");
  }
}

function showOriginal(id) {
  const item = itemOf(id);
  if (!item) return toast("That message is not here any more.");
  restAt(item);
  item.classList.add("flash");
  item.querySelector(".line")?.focus({ preventScroll: true });
  return setTimeout(() => item.classList.remove("flash"), 1600);
}

function enlarge(image) {
  byId("viewer-image").src = image.src;
  byId("viewer-image").alt = image.alt;
  byId("viewer").showModal();
}
