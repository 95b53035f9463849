// "Others play along": in a group the members who are not speaking join what can be joined and vote, in their own time.

import { api } from "./api.js";
import { byId } from "./dom.js";
import { isBot, isPrivate, listen, messageIn, messagesOf, store } from "./store.js";

const RECENT = 6; // messages looked at when the switch is turned
const KNOWS = 0.65; // how often a companion is right, where the page knows what is right

const playing = new Set(); // chats in which the switch is on
const done = new Set(); // "chat message person" that have acted

export function startCompanions() {
  listen("open", show);
  listen("messages", ({ chat, kind, message }) => {
    if (playing.has(chat) && (kind === "added" || kind === "edited")) consider(chat, message);
  });
  byId("companions").addEventListener("click", toggle);
}

function show() {
  const button = byId("companions");
  button.hidden = isPrivate(store.chats.get(store.open)) || !store.open;
  button.setAttribute("aria-checked", String(playing.has(store.open)));
}

function toggle() {
  const chat = store.open;
  if (!playing.delete(chat)) {
    playing.add(chat);
    messagesOf(chat).slice(-RECENT).forEach((message) => consider(chat, message));
  }
  show();
}

function consider(chat, message) {
  if (!isBot(message.from)) return;
  const join = message.buttons?.flat().find((button) => button.data && /^join\b/i.test(button.text));
  const isOpen = message.poll && !message.poll.closed;
  for (const person of store.chats.get(chat).members.filter((member) => !isBot(member))) {
    if (join) later(chat, message, person, 600, 3000, () => api.tap({ from: person, chat, message_id: message.message_id, button: join.data }));
    if (isOpen) later(chat, message, person, 2500, 11_000, () => vote(chat, message.message_id, person));
  }
}

/** Lets a person act once, after a while, if they still play along then. */
function later(chat, message, person, least, most, act) {
  const key = `${chat} ${message.message_id} ${person}`;
  if (done.has(key)) return;
  done.add(key);
  setTimeout(() => {
    if (!playing.has(chat) || person === store.speaker) done.delete(key);
    else act().catch(() => {}); // too late, or in already: then there is nothing to do
  }, least + Math.random() * (most - least));
}

async function vote(chat, id, person) {
  const poll = messageIn(chat, id)?.poll;
  if (!poll || poll.closed) return;
  const isRight = poll.correct?.length > 0 && Math.random() < KNOWS;
  const option = isRight ? poll.correct[0] : Math.floor(Math.random() * poll.options.length);
  await api.vote({ from: person, chat, message_id: id, options: [option] });
}
