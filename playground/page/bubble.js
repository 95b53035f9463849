// One message as a bubble: sender, quoted message, body by kind, time, buttons.

import { hash, icon, make } from "./dom.js";
import { attachment } from "./attachments.js";
import { buttonRows } from "./inline_buttons.js";
import { moment, timeOf } from "./moments.js";
import { pollCard } from "./polls.js";
import { messageNodes, plainText } from "./sanitise.js";
import { isBot, isPrivate, messageIn, nameOf, store } from "./store.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u;
const KINDS = {
  photo: "Photo", voice: "Voice message", document: "File", poll: "Poll", location: "Location", sticker: "Sticker", contact: "Contact",
};

/** One line that stands for a message in the list of chats, above a reply and for screen readers. */
export function previewOf(message) {
  const text = (message.html ? plainText(message.html) : message.text ?? "").replace(/\s+/g, " ").trim();
  const kind = KINDS[message.kind];
  if (!kind) return text || (message.kind === "text" || message.kind === "service" ? "" : `Message of kind “${message.kind}”`);
  return text ? `${kind}: ${text}` : kind;
}

/** A list item for a message. Everything a press needs stands in its data attributes. */
export function bubble(chat, message) {
  const item = make("li", { className: "message", dataset: { id: String(message.message_id), from: message.from ?? "", kind: message.kind } });
  fill(item, chat, message);
  return item;
}

/** Draws a message anew inside its list item; what was unfolded or shown stays so. */
export function fill(item, chat, message) {
  const opened = [...item.querySelectorAll("blockquote.expandable")].map((quote) => quote.classList.contains("open"));
  const isShown = item.querySelector(".spoiler.shown") !== null;
  const isMine = message.from === store.speaker;
  item.className = ["message", isMine ? "mine" : "theirs", message.kind === "service" ? "service" : "", item.isNew ? "entering" : ""].join(" ").trim();
  item.replaceChildren(message.kind === "service" ? service(message) : spoken(chat, message));
  item.querySelectorAll("blockquote.expandable").forEach((quote, index) => quote.classList.toggle("open", opened[index] ?? false));
  if (isShown) item.querySelectorAll(".spoiler").forEach((spoiler) => spoiler.classList.add("shown"));
}

function service(message) {
  return make("div", { className: "service-line" }, message.text || "Something happened here");
}

function spoken(chat, message) {
  const body = make("div", { className: "bubble" }, ...bubbleParts(chat, message));
  if (!message.html && message.kind === "sticker") body.classList.add("bare");
  if (message.kind === "text" && ONLY_EMOJI.test(message.text ?? "")) body.classList.add("big-emoji");
  if (message.photo) body.classList.add("with-photo");
  if (message.buttons?.length) body.classList.add("with-buttons");
  const stack = make("div", { className: "stack" }, body, buttonRows(chat, message));
  const more = make("button", { type: "button", className: "round more", tabIndex: -1, "aria-label": "Message actions", "aria-haspopup": "menu" }, icon("more"));
  const quick = make("button", { type: "button", className: "round quick-reply", tabIndex: -1, "aria-label": "Reply" }, icon("reply"));
  return make("article", { className: "line", tabIndex: -1, "aria-label": spokenLabel(message) }, stack, make("div", { className: "tools" }, quick, more));
}

function spokenLabel(message) {
  const who = message.from === store.speaker ? "You" : nameOf(message.from);
  return `${who}, ${timeOf(moment(message.date))}${message.edited ? ", edited" : ""}`;
}

function bubbleParts(chat, message) {
  const parts = [];
  const isGroup = !isPrivate(store.chats.get(chat));
  if (isGroup && message.from !== store.speaker) parts.push(sender(message));
  if (message.forwarded_from) parts.push(make("div", { className: "forwarded" }, `Forwarded from ${nameOf(message.forwarded_from)}`));
  if (message.reply_to) parts.push(quoted(chat, message.reply_to));
  if (message.kind === "poll" && message.poll) parts.push(pollCard(chat, message));
  else if (message.kind !== "text") parts.push(attachment(message));
  const hasWords = message.kind !== "poll" && Boolean(message.html);
  const text = make("div", { className: hasWords ? "text" : "text wordless" });
  if (hasWords) text.append(messageNodes(message.html));
  text.append(meta(message));
  parts.push(text);
  return parts;
}

function sender(message) {
  const name = make("div", { className: "sender", dataset: { tone: String(hash(message.from) % 7) } }, nameOf(message.from));
  if (isBot(message.from)) name.append(make("span", { className: "bot-mark" }, "bot"));
  return name;
}

function quoted(chat, id) {
  const original = messageIn(chat, id);
  const name = original ? nameOf(original.from) : "Message";
  const preview = original ? previewOf(original) : "was deleted";
  return make("button", { type: "button", className: "quoted", dataset: { target: String(id) }, "aria-label": `In reply to ${name}: ${preview}` },
    make("strong", {}, name), make("span", {}, preview));
}

function meta(message) {
  const sent = moment(message.date);
  const line = make("span", { className: "meta" });
  if (message.silent) {
    const bell = icon("silent");
    line.append(make("span", { title: "Sent without sound" }, bell, make("span", { className: "unseen" }, "sent without sound")));
  }
  if (message.edited) line.append(make("span", { className: "edited" }, "edited"));
  line.append(make("time", { dateTime: sent.toISOString(), title: `${sent.toUTCString()}` }, timeOf(sent)));
  return line;
}
