// Keeps the store equal to the server: the stream of events, reconnecting, and reading everything anew after a gap.

import { api } from "./api.js";
import { moment } from "./moments.js";
import { dropMessage, forgetUnread, isPrivate, ownerOf, putMessage, setTime, store, tell } from "./store.js";
import { toast } from "./toasts.js";

const WAITS = [300, 700, 1500, 3000, 5000]; // ms between attempts

let stream = null;
let attempt = 0;
let timer = 0;
let waiting = null; // events that arrive while everything is being read

/** Opens the stream now, instead of at the next attempt. */
export function connect() {
  clearTimeout(timer);
  stream?.close();
  stream = new EventSource("/people/events");
  stream.onmessage = ({ data }) => receive(JSON.parse(data));
  stream.onerror = lost;
}

function lost() {
  stream.close();
  store.connected = false;
  tell("connection");
  timer = setTimeout(connect, WAITS[Math.min(attempt, WAITS.length - 1)]);
  attempt += 1;
}

function receive(event) {
  if (event.type === "hello") return greet(event);
  if (waiting) return waiting.push(event);
  return apply(event);
}

async function greet(hello) {
  const isFirst = store.speaker === null;
  store.bot = hello.bot;
  setTime(moment(hello.now));
  try {
    await readEverything(isFirst);
  } catch (problem) {
    toast(problem.message, "error");
    return lost();
  }
  attempt = 0;
  store.connected = true;
  tell("connection");
  return undefined;
}

/** Reads chats and messages; what happens meanwhile is applied afterwards, so that nothing is older than it looks. */
async function readEverything(isFirst = false) {
  waiting = [];
  try {
    const chats = await api.chats();
    const all = await Promise.all(chats.map(({ chat }) => api.messages(chat)));
    takeChats(chats);
    chats.forEach(({ chat }, index) => replace(chat, all[index], isFirst));
  } finally {
    const held = waiting;
    waiting = null;
    tell("people");
    tell("chats");
    held.forEach(receive);
  }
  await readCommands();
}

/** The chats also say who is there: everybody has a private one. */
function takeChats(chats) {
  const own = chats.filter(isPrivate);
  store.chats = new Map(chats.map((chat) => [chat.chat, chat]));
  store.people = own.map(ownerOf);
  store.blocked = new Set(own.filter((chat) => chat.blocked).map(ownerOf));
}

/** Chats have come, gone or changed; the messages of those that are new, or have become another chat, are read. */
async function refreshChats() {
  waiting = [];
  try {
    const chats = await api.chats();
    const added = chats.filter(({ chat, id }) => store.chats.get(chat)?.id !== id);
    const messages = await Promise.all(added.map(({ chat }) => api.messages(chat)));
    added.filter(({ chat }) => store.chats.has(chat)).forEach(({ chat }) => forgetUnread(chat));
    takeChats(chats);
    added.forEach(({ chat }, index) => replace(chat, messages[index], true));
  } catch (problem) {
    toast(problem.message, "error");
  } finally {
    const held = waiting ?? [];
    waiting = null;
    tell("people");
    tell("chats");
    held.forEach(receive);
  }
}

/** Takes over a chat as the server has it: new and changed messages are put, those that are gone are dropped. */
function replace(chat, messages, isFirst) {
  const there = new Set(messages.map((message) => message.message_id));
  for (const id of [...(store.messages.get(chat)?.keys() ?? [])]) if (!there.has(id)) dropMessage(chat, id);
  if (isFirst) store.messages.set(chat, new Map(messages.map((message) => [message.message_id, message])));
  else messages.filter((message) => isNews(chat, message)).forEach((message) => putMessage(chat, message));
  tell("messages", { chat, kind: "read" });
}

function isNews(chat, message) {
  return JSON.stringify(store.messages.get(chat)?.get(message.message_id)) !== JSON.stringify(message);
}

export async function readCommands() {
  if (!store.open) return;
  try {
    store.commands = await api.commands(store.open, store.speaker);
  } catch {
    store.commands = [];
  }
  tell("commands");
}

const reactions = {
  message: ({ chat, message }) => putMessage(chat, message),
  edited: ({ chat, message }) => putMessage(chat, message),
  deleted: ({ chat, message_id: id }) => dropMessage(chat, id),
  chats: refreshChats,
  clock: ({ now }) => setTime(moment(now)),
  action: ({ chat, action }) => tell("typing", { chat, action }),
  commands: () => readCommands(),
  warning: ({ text }) => { toast(text, "warning"); tell("happened", { text }); },
  fault: (fault) => tell("fault", fault),
  refused: (refusal) => tell("refused", refusal),
  trouble: () => tell("trouble"),
  // An answer to a tap belongs to the tab that tapped; it comes with the answer to its call.
  answer: () => {},
};

function apply(event) {
  reactions[event.type]?.(event);
}
