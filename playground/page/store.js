// What the page knows: people, chats, messages, who is speaking. Views listen to it and never to each other.

const DRAFT = "playground.draft.";

const clock = { base: Date.now(), since: performance.now(), isHeld: false };
const drafts = new Map();
const listeners = new Map();

export const store = {
  bot: { username: "bot", name: "Bot" },
  people: [],
  speaker: null,
  open: null, // the chat on the screen
  thread: null, // the forum topic on the screen; null: General, or a chat without topics
  chats: new Map(),
  messages: new Map(), // chat → Map(message_id → message), in the order of arrival
  unread: new Map(), // "person chat" → Map(topic, 0 for none → number)
  blocked: new Set(), // people who have blocked the bot
  commands: [],
  get now() { return new Date(clock.base + (clock.isHeld ? 0 : performance.now() - clock.since)); },
  walking: false,
  connected: false,
};

/** Calls `listener` whenever `topic` is told. Topics: people, chats, open, messages, clock, commands, typing, connection, drafts, trouble. */
export function listen(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

export function tell(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** Sets the playground's time; it flows on from there, unless it is held while the clock is walked. */
export function setTime(now, isHeld = store.walking) {
  Object.assign(clock, { base: now.getTime(), since: performance.now(), isHeld });
  tell("clock");
}

const key = (person, chat) => `${person} ${chat}`;

export const nameOf = (who) => (who === store.bot.username ? store.bot.name : who.charAt(0).toUpperCase() + who.slice(1));
export const isBot = (who) => who === store.bot.username;
export const isPrivate = (chat) => chat?.type === "private";
export const isForum = (chat) => chat?.forum === true;

/** The chats a person sees: their own with the bot first, then their groups. */
export function chatsOf(person) {
  return [...store.chats.values()].filter((chat) => (isPrivate(chat) ? ownerOf(chat) === person : chat.members.includes(person)));
}

export function ownerOf(chat) {
  return chat.members.find((member) => !isBot(member)) ?? String(chat.chat);
}

export const privateChatOf = (person) => chatsOf(person).find(isPrivate);
export const titleOf = (chat) => (isPrivate(chat) ? store.bot.name : chat.title);
export const messagesOf = (chat) => [...(store.messages.get(chat)?.values() ?? [])];
export const messageIn = (chat, id) => store.messages.get(chat)?.get(id);
export const lastOf = (chat) => messagesOf(chat).at(-1);
/** The open chat's messages; of a forum those of the open topic. */
export const openMessages = () => messagesOf(store.open).filter(isInOpenTopic);
export const isInOpenTopic = (message) => !isForum(store.chats.get(store.open)) || (message.thread ?? null) === store.thread;

/** How many messages a person has not read in a chat, or in one topic of it (null: General). */
export function unreadOf(person, chat, topic = undefined) {
  const counts = store.unread.get(key(person, chat)) ?? new Map();
  return topic === undefined ? [...counts.values()].reduce((sum, count) => sum + count, 0) : counts.get(topic ?? 0) ?? 0;
}

export function markRead(person, chat, topic = null) {
  if (store.unread.get(key(person, chat))?.delete(topic ?? 0)) tell("chats");
}

/** Nothing of a chat is unread any more, for anybody: it has become another one. */
export function forgetUnread(chat) {
  for (const person of store.people) store.unread.delete(key(person, chat));
}

/** Puts a new or changed message in its place and says which of both it was. */
export function putMessage(chat, message) {
  if (!store.messages.has(chat)) store.messages.set(chat, new Map());
  const known = store.messages.get(chat);
  const kind = known.has(message.message_id) ? "edited" : "added";
  known.set(message.message_id, message);
  if (kind === "added") countUnread(chat, message);
  tell("messages", { chat, kind, message });
}

export function dropMessage(chat, id) {
  if (store.messages.get(chat)?.delete(id)) tell("messages", { chat, kind: "deleted", message: { message_id: id } });
}

function countUnread(chat, message) {
  const known = store.chats.get(chat);
  if (!known) return;
  const readers = isPrivate(known) ? [ownerOf(known)] : known.members.filter((member) => !isBot(member));
  const topic = isForum(known) ? message.thread ?? 0 : 0;
  for (const person of readers) {
    if (person === message.from || isOnScreen(person, chat, topic)) continue;
    const counts = store.unread.get(key(person, chat)) ?? new Map();
    store.unread.set(key(person, chat), counts.set(topic, (counts.get(topic) ?? 0) + 1));
  }
}

function isOnScreen(person, chat, topic) {
  const isShown = document.visibilityState === "visible" && document.body.dataset.screen === "chat";
  return isShown && person === store.speaker && chat === store.open && topic === (store.thread ?? 0);
}

/** What a person has typed into a chat and not sent: {text, replyTo, editing: {id, text} or null}. */
export function draftOf(person, chat) {
  return { text: "", replyTo: null, editing: null, ...(drafts.get(key(person, chat)) ?? keptDraft(person, chat)) };
}

export function keepDraft(person, chat, draft) {
  const isEmpty = !draft.text && !draft.replyTo && !draft.editing;
  drafts.set(key(person, chat), { ...draft });
  try {
    if (isEmpty) localStorage.removeItem(DRAFT + key(person, chat));
    else localStorage.setItem(DRAFT + key(person, chat), JSON.stringify(draft));
  } catch {
    // storage may be forbidden: then drafts last until the page is closed
  }
  tell("drafts");
}

function keptDraft(person, chat) {
  try {
    return JSON.parse(localStorage.getItem(DRAFT + key(person, chat)));
  } catch {
    return null;
  }
}
