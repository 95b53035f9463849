// The open conversation: which messages are on the screen, in what order, and where the eye rests.

import { bubble, fill, previewOf } from "./bubble.js";
import { announce, byId, make } from "./dom.js";
import { measureFolds } from "./folding.js";
import { dayWords, isSameDay, moment } from "./moments.js";
import { forgetAnchor, isAtBottom, isBelowView, isFollowing, isTopSeen, keepFollowing, keepInView, restAt, scrollToBottom } from "./scrolling.js";
import { isBot, isInOpenTopic, listen, nameOf, openMessages, store, unreadOf } from "./store.js";

const PAGE = 80; // messages drawn at once

const items = new Map(); // message_id → list item
let firstShown = 0; // index of the oldest message drawn
let unseen = 0; // new ones below the fold

export function startThread() {
  listen("open", redraw);
  listen("messages", receive);
  listen("clock", renameDays);
  byId("earlier").addEventListener("click", showEarlier);
  byId("to-bottom").addEventListener("click", () => { scrollToBottom(); settle(); });
  byId("scroller").addEventListener("scroll", settle, { passive: true });
}

/** The list item of a message on the screen, drawing older pages if it must. */
export function itemOf(id) {
  while (!items.has(id) && firstShown > 0) showEarlier();
  return items.get(id);
}

function redraw() {
  const list = byId("messages");
  const messages = store.open ? openMessages() : [];
  const unread = store.open ? unreadOf(store.speaker, store.open, store.thread) : 0;
  const firstUnread = unread ? messages.at(-unread)?.message_id : undefined;
  firstShown = Math.max(0, messages.length - Math.max(PAGE, unread + 5));
  unseen = 0;
  items.clear();
  list.replaceChildren(...messages.slice(firstShown).map(draw));
  list.querySelectorAll(".message").forEach(decorate);
  byId("earlier").hidden = firstShown === 0;
  markUnread(firstUnread);
  measureFolds(list);
  forgetAnchor();
  scrollToBottom();
  if (firstUnread) restAt(items.get(firstUnread), "top");
  settle();
}

function draw(message) {
  const item = bubble(store.open, message);
  items.set(message.message_id, item);
  return item;
}

function markUnread(id) {
  const item = items.get(id);
  if (item) item.prepend(make("div", { className: "unread-line" }, make("span", {}, "New messages")));
}

function showEarlier() {
  const scroller = byId("scroller");
  const fromBottom = scroller.scrollHeight - scroller.scrollTop;
  const until = firstShown;
  firstShown = Math.max(0, firstShown - PAGE);
  const older = openMessages().slice(firstShown, until).map(draw);
  byId("messages").prepend(...older);
  byId("messages").querySelectorAll(".message").forEach(decorate);
  byId("earlier").hidden = firstShown === 0;
  measureFolds(byId("messages"));
  scroller.scrollTop = scroller.scrollHeight - fromBottom;
}

const receivers = { added: add, edited: change, deleted: remove, read: redraw };

function receive({ chat, kind, message }) {
  if (chat === store.open && (kind === "read" || kind === "deleted" || isInOpenTopic(message))) receivers[kind](message);
}

function add(message) {
  const wasFollowing = isFollowing();
  const item = draw(message);
  item.isNew = true;
  item.classList.add("entering");
  byId("messages").append(item);
  [item.previousElementSibling, item].forEach((one) => one && decorate(one));
  measureFolds(item);
  const isMine = message.from === store.speaker;
  if (isMine) scrollToBottom();
  else if (wasFollowing) keepInView(item);
  if (!isMine && isBelowView(item)) unseen += 1;
  if (!isMine) announce(`${nameOf(message.from)}: ${previewOf(message)}`);
  settle();
}

function change(message) {
  const item = items.get(message.message_id);
  if (!item) return;
  const wasFollowing = isFollowing();
  const isLastAndSeen = item === byId("messages").lastElementChild && isTopSeen(item);
  const focused = focusInside(item);
  item.isNew = false;
  fill(item, store.open, message);
  decorate(item);
  measureFolds(item);
  restoreFocus(item, focused);
  if (wasFollowing && isLastAndSeen) keepInView(item);
  else if (wasFollowing) keepFollowing();
  settle();
}

/** Where the focus stands in a message that is about to be drawn anew: its button's label, or its line. */
function focusInside(item) {
  const active = document.activeElement;
  if (!item.contains(active)) return null;
  return { label: active.textContent, index: [...item.querySelectorAll("button")].indexOf(active) };
}

function restoreFocus(item, focused) {
  if (!focused) return;
  const buttons = [...item.querySelectorAll(".inline-button")];
  const same = buttons.find((button) => button.textContent === focused.label);
  (same ?? item.querySelector(".line"))?.focus({ preventScroll: true });
}

function remove({ message_id: id }) {
  const item = items.get(id);
  if (!item) return;
  const next = item.nextElementSibling;
  const previous = item.previousElementSibling;
  item.remove();
  items.delete(id);
  [previous, next].forEach((one) => one && decorate(one));
  settle();
}

/** Day lines, and which bubbles of a run are its first and last. */
function decorate(item) {
  const message = messageAt(item);
  const before = messageAt(item.previousElementSibling);
  const after = messageAt(item.nextElementSibling);
  const isNewDay = !before || !isSameDay(moment(before.date), moment(message.date));
  item.querySelector(":scope > .day")?.remove();
  if (isNewDay) {
    const date = moment(message.date);
    item.prepend(make("div", { className: "day", dataset: { date: date.toISOString() } }, make("span", {}, dayWords(date, store.now))));
  }
  item.classList.toggle("first", isNewDay || !isRun(before, message));
  item.classList.toggle("last", !isRun(message, after));
  item.classList.toggle("of-album", Boolean(message.album) && message.album === before?.album);
}

function messageAt(item) {
  return item ? store.messages.get(store.open)?.get(Number(item.dataset.id)) : undefined;
}

function isRun(one, other) {
  return Boolean(one && other) && one.from === other.from && one.kind !== "service" && other.kind !== "service"
    && isSameDay(moment(one.date), moment(other.date)) && !(isBot(one.from) && one.buttons?.length);
}

function renameDays() {
  for (const line of byId("messages").querySelectorAll(".day")) line.firstChild.textContent = dayWords(new Date(line.dataset.date), store.now);
}

/** Shows or hides the way down. */
function settle() {
  const isDown = isAtBottom();
  if (isDown) unseen = 0;
  byId("to-bottom").hidden = isDown;
  byId("to-bottom-text").textContent = unseen ? `${unseen} new ${unseen === 1 ? "message" : "messages"}` : "";
  byId("to-bottom").setAttribute("aria-label", unseen ? `Down to ${unseen} new messages` : "Down to the newest message");
}
