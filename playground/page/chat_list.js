// The chats of the person who is speaking, newest first, with previews and what is unread.

import { previewOf } from "./bubble.js";
import { byId, make, paintAvatar } from "./dom.js";
import { moment, stampOf } from "./moments.js";
import { goTo } from "./navigation.js";
import { chatsOf, draftOf, isPrivate, lastOf, listen, nameOf, store, titleOf, unreadOf } from "./store.js";
import { typingIn } from "./typing.js";

const entries = new Map(); // chat → its list item

export function startChatList() {
  for (const topic of ["chats", "open", "messages", "drafts", "clock", "typing"]) listen(topic, plan);
  byId("chats").addEventListener("keydown", steer);
}

let planned = false;

/** Many things may happen at once: the list is drawn once for all of them. */
function plan() {
  if (planned) return;
  planned = true;
  queueMicrotask(() => { planned = false; draw(); });
}

function draw() {
  if (!store.speaker) return;
  const chats = chatsOf(store.speaker).sort((one, other) => ageOf(other) - ageOf(one));
  const list = byId("chats");
  for (const [chat, item] of entries) if (!chats.some((one) => one.chat === chat)) { item.remove(); entries.delete(chat); }
  chats.forEach((chat, index) => {
    const item = entries.get(chat.chat) ?? enter(chat);
    fill(item, chat);
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
}

function ageOf(chat) {
  const last = lastOf(chat.chat);
  return last ? moment(last.date).getTime() : isPrivate(chat) ? 1 : 0;
}

function enter(chat) {
  const item = make("li", {}, make("button", { type: "button", className: "chat", onclick: () => goTo(store.speaker, chat.chat) },
    make("span", { className: "avatar", "aria-hidden": "true" }),
    make("span", { className: "chat-top" }, make("strong", { className: "chat-title" }), make("time", { className: "chat-time" })),
    make("span", { className: "chat-bottom" }, make("span", { className: "chat-preview" }), make("span", { className: "badge" }))));
  entries.set(chat.chat, item);
  return item;
}

function fill(item, chat) {
  const last = lastOf(chat.chat);
  const unread = unreadOf(store.speaker, chat.chat);
  const part = (name) => item.querySelector(`.${name}`);
  const isOpen = chat.chat === store.open;
  paintAvatar(part("avatar"), titleOf(chat), isPrivate(chat) ? "bot" : "group");
  part("chat").setAttribute("aria-current", String(isOpen));
  part("chat-title").textContent = titleOf(chat);
  part("chat-time").textContent = last ? stampOf(moment(last.date), store.now) : "";
  part("chat-preview").replaceChildren(...preview(chat, last, isOpen));
  part("badge").hidden = unread === 0;
  part("badge").replaceChildren(String(unread), make("span", { className: "unseen" }, " unread"));
}

function preview(chat, last, isOpen) {
  const typing = typingIn(chat.chat);
  if (typing) return [make("em", {}, typing)];
  const draft = draftOf(store.speaker, chat.chat);
  if (draft.text && !isOpen) return [make("b", { className: "draft" }, "Draft: "), draft.text];
  if (!last) return [make("em", {}, isPrivate(chat) ? "Press Start to begin" : `${chat.members.length} members`)];
  const who = last.from === store.speaker ? "You: " : isPrivate(chat) || last.kind === "service" ? "" : `${nameOf(last.from)}: `;
  return [who, previewOf(last)];
}

function steer(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...byId("chats").querySelectorAll(".chat")];
  buttons[buttons.indexOf(document.activeElement) + step]?.focus();
}
