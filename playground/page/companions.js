// "Others play along": in a group the members who are not speaking join quizzes and vote, each in their own time.

import { api } from "./api.js";
import { byId } from "./dom.js";
import { isBot, isPrivate, listen, nameOf, store } from "./store.js";
import { toast } from "./toasts.js";

export function startCompanions() {
  listen("open", show);
  listen("chats", show);
  byId("companions").addEventListener("click", toggle);
}

const others = (chat) => chat.members.filter((member) => !isBot(member) && member !== store.speaker);

function show() {
  const chat = store.chats.get(store.open);
  if (!chat) return;
  const playing = chat.companions ?? [];
  const button = byId("companions");
  button.hidden = isPrivate(chat) || (!playing.length && !others(chat).length);
  button.setAttribute("aria-checked", String(playing.length > 0));
  const names = (playing.length ? playing : others(chat)).map(nameOf).join(", ");
  button.title = playing.length ? `${names} join quizzes and vote by themselves` : `Let ${names} join quizzes and vote by themselves`;
}

async function toggle() {
  const chat = store.chats.get(store.open);
  const isOn = chat.companions?.length > 0;
  try {
    const { who } = await api.companions({ chat: chat.chat, who: isOn ? [] : others(chat) });
    toast(isOn ? "The others leave quizzes to you." : `${who.map(nameOf).join(", ")} play along: they join quizzes and vote.`);
  } catch (problem) {
    toast(problem.message, "error");
  }
}
