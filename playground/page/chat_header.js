// The top of the open chat: with whom one talks, what they are doing, and whether the bot is blocked.

import { api } from "./api.js";
import { byId, make, paintAvatar } from "./dom.js";
import { goTo } from "./navigation.js";
import { isBot, isPrivate, listen, nameOf, store, tell, titleOf } from "./store.js";
import { toast } from "./toasts.js";
import { typingIn } from "./typing.js";

export function startChatHeader() {
  for (const topic of ["open", "chats", "people", "blocked", "connection"]) listen(topic, show);
  listen("typing", showStatus);
  listen("status", showStatus);
  byId("back").addEventListener("click", () => goTo(store.speaker));
  byId("block").addEventListener("click", () => setBlocked(!store.blocked.has(store.speaker)));
  byId("unblock").addEventListener("click", () => setBlocked(false));
}

function show() {
  const chat = store.chats.get(store.open);
  if (!chat) return;
  const isBlocked = isPrivate(chat) && store.blocked.has(store.speaker);
  const speaker = nameOf(store.speaker);
  paintAvatar(byId("chat-avatar"), titleOf(chat), isPrivate(chat) ? "bot" : "group");
  byId("chat-title").textContent = titleOf(chat);
  document.title = `${titleOf(chat)} · Playground`;
  byId("block").hidden = !isPrivate(chat);
  byId("group-button").hidden = isPrivate(chat);
  byId("block").setAttribute("aria-pressed", String(isBlocked));
  byId("block-label").textContent = isBlocked ? "Unblock" : "Block bot";
  byId("block").title = isBlocked ? `${speaker} has blocked the bot` : `Let ${speaker} block the bot`;
  byId("composer").hidden = isBlocked;
  byId("blocked").hidden = !isBlocked;
  byId("blocked-text").textContent = `${speaker} has blocked the bot.`;
  showStatus();
}

function showStatus() {
  const chat = store.chats.get(store.open);
  if (!chat) return;
  const typing = typingIn(chat.chat);
  const others = chat.members.filter((member) => member !== store.speaker);
  const who = others.map((member) => (isBot(member) ? "the bot" : nameOf(member))).join(", ");
  const you = make("b", {}, `You are ${nameOf(store.speaker)}`);
  byId("chat-status").replaceChildren(...(typing ? [typing] : isPrivate(chat) || !who ? [you] : [you, ` · ${who}`]));
  byId("chat-status").classList.toggle("typing", Boolean(typing));
}

async function setBlocked(isBlocked) {
  const person = store.speaker;
  try {
    await (isBlocked ? api.block(person) : api.unblock(person));
    store.blocked[isBlocked ? "add" : "delete"](person);
    tell("blocked");
    (isBlocked ? byId("unblock") : byId("composer-text")).focus();
  } catch (problem) {
    toast(problem.message, "error");
  }
}
