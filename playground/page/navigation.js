// Who is speaking and which chat is open stand in the address, so that Back and reload do what one expects.

import { isPrivate, listen, markRead, privateChatOf, store, tell } from "./store.js";
import { readCommands } from "./sync.js";

const NARROW = matchMedia("(max-width: 719px)");

export function startNavigation() {
  addEventListener("hashchange", follow);
  listen("people", follow);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && store.open) markRead(store.speaker, store.open);
  });
}

function wanted() {
  const [person, chat] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { person, chat };
}

function follow() {
  if (!store.people.length) return;
  const { person, chat } = wanted();
  const speaker = store.people.includes(person) ? person : store.speaker ?? firstSpeaker();
  const known = [...store.chats.values()].find((one) => String(one.chat) === chat && one.members.includes(speaker));
  // On a phone "#/alice" is the list of chats; without an address one starts in the first chat.
  const isList = NARROW.matches && person && !known;
  enter(speaker, known?.chat ?? privateChatOf(speaker)?.chat, isList ? "chats" : "chat");
}

/** Without an address: whoever has talked to the bot, else the first of all. */
function firstSpeaker() {
  return store.people.find((person) => privateChatOf(person)?.started) ?? store.people[0];
}

function enter(speaker, chat, screen) {
  const isMove = speaker !== store.speaker || chat !== store.open;
  document.body.dataset.screen = screen;
  if (isMove) {
    store.speaker = speaker;
    store.open = chat ?? null;
    tell("open");
    readCommands();
  }
  if (screen === "chat") markRead(speaker, chat);
  tell("chats");
}

export function goTo(person, chat) {
  const target = chat === undefined ? `#/${encodeURIComponent(person)}` : `#/${encodeURIComponent(person)}/${encodeURIComponent(chat)}`;
  if (location.hash === target) follow();
  else location.hash = target;
}

/** Lets another person speak: in the same chat where they are a member, else in their own. */
export function speakAs(person) {
  const open = store.chats.get(store.open);
  const stays = open && !isPrivate(open) && open.members.includes(person);
  if (document.body.dataset.screen === "chats") goTo(person);
  else goTo(person, stays ? open.chat : privateChatOf(person)?.chat);
}

export const isNarrow = () => NARROW.matches;
