// "typing …" while the bot says it is at work; it fades after five seconds or with its next message, as in Telegram.

import { isBot, listen, store, tell } from "./store.js";

const LASTS = 5000; // ms
const WORDS = {
  typing: "typing …", upload_photo: "sending a picture …", upload_document: "sending a file …", upload_voice: "sending a voice note …",
  record_voice: "recording …", find_location: "looking up a place …", choose_sticker: "choosing a sticker …",
};
const active = new Map(); // chat → {words, timer}

export function startTyping() {
  listen("typing", ({ chat, action }) => { if (action) begin(chat, action); });
  listen("messages", ({ chat, kind, message }) => { if (kind === "added" && isBot(message.from)) end(chat); });
}

/** What the bot is doing in a chat, in words, or "". */
export const typingIn = (chat) => active.get(chat)?.words ?? "";

function begin(chat, action) {
  clearTimeout(active.get(chat)?.timer);
  active.set(chat, { words: WORDS[action] ?? "working …", timer: setTimeout(() => end(chat), LASTS) });
  if (chat === store.open) tell("status");
}

function end(chat) {
  clearTimeout(active.get(chat)?.timer);
  if (active.delete(chat)) {
    tell("typing", { chat });
    tell("status");
  }
}
