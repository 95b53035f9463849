// The topics of a forum: a row above its messages, General first.

import { api } from "./api.js";
import { byId, icon, make } from "./dom.js";
import { goTo } from "./navigation.js";
import { askFor } from "./questions.js";
import { isForum, listen, store, unreadOf } from "./store.js";
import { toast } from "./toasts.js";

export function startTopics() {
  for (const topic of ["open", "chats", "messages"]) listen(topic, show);
}

let shown = "";

function show() {
  const chat = store.chats.get(store.open);
  byId("topics").hidden = !isForum(chat);
  if (!isForum(chat)) return;
  const topics = [{ thread: null, title: "General" }, ...chat.topics];
  const state = JSON.stringify([chat.chat, store.thread, topics.map(({ thread, title }) => [thread, title, unreadOf(store.speaker, chat.chat, thread)])]);
  if (state === shown) return;
  shown = state;
  const focused = document.activeElement?.closest("#topics button")?.dataset.thread;
  byId("topics").replaceChildren(...topics.map((topic) => entry(chat, topic)), newTopic(chat));
  byId("topics").querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focused !== undefined) byId("topics").querySelector(`[data-thread="${focused}"]`)?.focus();
}

function entry(chat, { thread, title }) {
  const unread = unreadOf(store.speaker, chat.chat, thread);
  const badge = make("span", { className: "badge" }, String(unread), make("span", { className: "unseen" }, " unread"));
  return make("button", {
    type: "button", className: "topic", dataset: { thread: String(thread) }, "aria-current": String(thread === store.thread),
    onclick: () => goTo(store.speaker, chat.chat, thread),
  }, make("span", { className: "topic-title" }, `# ${title}`), unread ? badge : null);
}

function newTopic(chat) {
  return make("button", { type: "button", className: "topic", dataset: { thread: "new" }, onclick: () => open(chat) }, icon("add"), "New topic");
}

async function open(chat) {
  const from = store.speaker;
  const title = await askFor({ title: "A new topic", label: "What it is about", action: "Open" });
  if (!title) return;
  try {
    const { thread } = await api.topic({ from, chat: chat.chat, title });
    store.chats.get(chat.chat).topics.push({ thread, title }); // the list of chats says the same a moment later
    goTo(from, chat.chat, thread);
  } catch (problem) {
    toast(problem.message, "error");
  }
}
