// Who is speaking and which chat is open stand in the address, so that Back and reload do what one expects.

import { isForum, isPrivate, listen, markRead, privateChatOf, store, tell } from "./store.js";
import { readCommands } from "./sync.js";

const NARROW = matchMedia("(max-width: 719px)");

export function startNavigation() {
  addEventListener("hashchange", follow);
  listen("people", follow);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && store.open) markRead(store.speaker, store.open, store.thread);
  });
}

function wanted() {
  const [person, chat, thread] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { person, chat, thread: Number(thread) || null };
}

function follow() {
  if (!store.people.length) return;
  const { person, chat, thread } = wanted();
  const speaker = store.people.includes(person) ? person : store.speaker ?? firstSpeaker();
  const known = [...store.chats.values()].find((one) => String(one.chat) === chat && one.members.includes(speaker));
  // On a phone "#/alice" is the list of chats; without an address one starts in the first chat.
  const isList = NARROW.matches && person && !known;
  const topic = isForum(known) && known.topics.some((one) => one.thread === thread) ? thread : null;
  enter(speaker, known?.chat ?? privateChatOf(speaker)?.chat, topic, isList ? "chats" : "chat");
}

/** Without an address: whoever has talked to the bot, else the first of all. */
function firstSpeaker() {
  return store.people.find((person) => privateChatOf(person)?.started) ?? store.people[0];
}

function enter(speaker, chat, topic, screen) {
  const isMove = speaker !== store.speaker || chat !== store.open || topic !== store.thread;
  document.body.dataset.screen = screen;
  if (isMove) {
    store.speaker = speaker;
    store.open = chat ?? null;
    store.thread = topic;
    tell("open");
    readCommands();
  }
  if (screen === "chat") markRead(speaker, chat, topic);
  tell("chats");
}

export function goTo(person, chat, thread = null) {
  const target = `#/${[person, chat, thread].filter((part) => part !== undefined && part !== null).map(encodeURIComponent).join("/")}`;
  if (location.hash === target) follow();
  else location.hash = target;
}

/** Lets another person speak: in the same chat where they are a member, else in their own. */
export function speakAs(person) {
  const open = store.chats.get(store.open);
  const stays = open && !isPrivate(open) && open.members.includes(person);
  if (document.body.dataset.screen === "chats") goTo(person);
  else if (stays) goTo(person, open.chat, store.thread);
  else goTo(person, privateChatOf(person)?.chat);
}

export const isNarrow = () => NARROW.matches;
