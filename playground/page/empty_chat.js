// An empty chat: Telegram's Start button and three things to try.

import { walkToMorning } from "./clock.js";
import { focusComposer, sendText } from "./composer.js";
import { byId, icon, make, paintAvatar } from "./dom.js";
import { isBot, isForum, isPrivate, listen, nameOf, openMessages, store, titleOf } from "./store.js";

export function startEmptyChat() {
  for (const topic of ["open", "people", "blocked"]) listen(topic, show);
  listen("messages", ({ chat }) => { if (chat === store.open) show(); });
  byId("start").addEventListener("click", () => sendText("/start"));
}

function show() {
  const chat = store.chats.get(store.open);
  if (!chat) return;
  const isEmpty = openMessages().length === 0;
  const isBlocked = store.blocked.has(store.speaker);
  const hadFocus = [byId("empty"), byId("start")].some((node) => node.contains(document.activeElement));
  byId("empty").hidden = !isEmpty;
  byId("start").hidden = !isEmpty || !isPrivate(chat) || isBlocked;
  byId("empty").replaceChildren(...(isEmpty ? welcome(chat) : []));
  if (hadFocus && !isEmpty) focusComposer(); // what was pressed is gone: the keyboard goes on where one types
}

function welcome(chat) {
  const avatar = make("span", { className: "avatar large", "aria-hidden": "true" });
  paintAvatar(avatar, titleOf(chat), isPrivate(chat) ? "bot" : "group");
  const people = chat.members.filter((member) => !isBot(member)).map(nameOf).join(", ");
  const group = chat.members.some(isBot) ? `${people} and the bot are in this group.` : `${people}: the bot is not in this group yet.`;
  const words = isPrivate(chat) ? `${nameOf(store.speaker)} has not talked to this bot yet.` : group;
  return [avatar, make("h3", {}, isForum(chat) ? `${titleOf(chat)}: General` : titleOf(chat)), make("p", {}, words), make("p", { className: "try-title" }, "Three things to try"),
    make("div", { className: "tries" }, ...(isPrivate(chat) ? privateTries() : groupTries()))];
}

function privateTries() {
  return [
    attempt("send", "Press Start", "A few taps, then the first question", () => sendText("/start")),
    attempt("slash", "Try /help", "Everything the bot can do", () => sendText("/help")),
    attempt("clock", "Jump to tomorrow 09:00 UTC", "The clock is at the top; “next thing due” is there too", walkToMorning),
  ];
}

function groupTries() {
  return [
    attempt("poll", "Try /quiz metrics 3", "A short quiz for everyone here", () => sendText("/quiz metrics 3")),
    attempt("slash", "Try /help", "What the bot can do in a group", () => sendText("/help")),
    attempt("contact", "Speak as somebody else", "The portrait beside the message box", () => byId("speaker").click()),
  ];
}

function attempt(symbol, title, note, run) {
  return make("button", { type: "button", className: "try", onclick: run },
    make("span", { className: "try-icon" }, icon(symbol)), make("span", {}, make("strong", {}, title), make("small", {}, note)));
}
