// The message box: drafts, sending, replying to and editing messages. A typed word is never lost.

import { previewOf } from "./bubble.js";
import { api } from "./api.js";
import { byId, paintAvatar } from "./dom.js";
import { isNarrow } from "./navigation.js";
import { draftOf, isInOpenTopic, keepDraft, listen, messageIn, nameOf, openMessages, store } from "./store.js";
import { toast } from "./toasts.js";

const box = byId("composer-text");
let draft = { text: "", replyTo: null, editing: null };

export function startComposer() {
  listen("open", show);
  listen("messages", received);
  box.addEventListener("input", () => { keep(box.value); grow(); });
  box.addEventListener("keydown", pressed);
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  byId("quoting-cancel").addEventListener("click", () => { cancelQuoting(); box.focus(); });
  document.addEventListener("keydown", typeAnywhere);
}

export function focusComposer() {
  if (!isNarrow()) box.focus({ preventScroll: true });
}

/** Replaces what is typed, as if by hand. */
export function putText(text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

export function startReply(message) {
  if (draft.editing) cancelQuoting();
  draft.replyTo = message.message_id;
  keep(box.value);
  showQuoting();
  box.focus();
}

export function startEditing(message) {
  draft.editing = { id: message.message_id, text: message.text };
  box.value = message.text;
  keep(box.value);
  showQuoting();
  grow();
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

/** The open topic, as calls name it. */
export const here = () => (store.thread === null ? {} : { thread: store.thread });

/** Sends a text into the open chat; on a refusal says why and gives the text back. */
export async function sendText(text, replyTo = null) {
  const { speaker, open } = store;
  try {
    const known = replyTo && messageIn(open, replyTo) ? { reply_to: replyTo } : {};
    await api.say({ from: speaker, chat: open, text, ...known, ...here() });
    return true;
  } catch (problem) {
    toast(problem.message, "error");
    giveBack(speaker, open, text, replyTo);
    return false;
  }
}

/** A message that asks for a reply opens one, unless something else is being written. */
function received({ chat, kind, message }) {
  if (chat !== store.open) return;
  const isAsked = kind === "added" && asksForReply(message) && !draft.editing && !draft.replyTo;
  if (isAsked) startReply(message);
  else showQuoting();
}

function asksForReply(message) {
  return message.force_reply && (!message.for || message.for.includes(store.speaker)) && isInOpenTopic(message);
}

function show() {
  if (!store.open) return;
  draft = draftOf(store.speaker, store.open);
  box.value = draft.editing ? draft.editing.text : draft.text;
  box.placeholder = `Message as ${nameOf(store.speaker)}`;
  box.setAttribute("aria-label", `Message as ${nameOf(store.speaker)}`);
  paintAvatar(byId("speaker-avatar"), nameOf(store.speaker));
  byId("speaker-name").textContent = nameOf(store.speaker);
  byId("speaker").setAttribute("aria-label", `Speaking as ${nameOf(store.speaker)}. Change`);
  byId("speaker").title = `Speaking as ${nameOf(store.speaker)}`;
  showQuoting();
  grow();
}

function keep(text) {
  if (draft.editing) draft.editing = { ...draft.editing, text };
  else draft.text = text;
  keepDraft(store.speaker, store.open, draft);
}

function cancelQuoting() {
  if (draft.editing) draft.editing = null;
  else draft.replyTo = null;
  box.value = draft.text;
  keepDraft(store.speaker, store.open, draft);
  showQuoting();
  grow();
}

function showQuoting() {
  const id = draft.editing?.id ?? draft.replyTo;
  const message = id ? messageIn(store.open, id) : null;
  byId("quoting").hidden = !message;
  byId("send").setAttribute("aria-label", draft.editing ? "Save" : "Send");
  byId("send").querySelector("use").setAttribute("href", `#icon-${draft.editing ? "check" : "send"}`);
  if (!message) return;
  byId("quoting-icon").setAttribute("href", `#icon-${draft.editing ? "edit" : "reply"}`);
  byId("quoting-title").textContent = draft.editing ? "Edit message" : `Reply to ${nameOf(message.from)}`;
  byId("quoting-preview").textContent = previewOf(message);
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape" && (draft.editing || draft.replyTo)) {
    event.preventDefault();
    cancelQuoting();
  } else if (event.key === "ArrowUp" && !event.altKey && box.value === "" && !draft.editing) {
    const own = openMessages().findLast((message) => message.from === store.speaker && message.kind === "text");
    if (!own) return;
    event.preventDefault();
    startEditing(own);
  }
}

async function submit() {
  const text = box.value.trim();
  if (!text || !store.open) return;
  if (draft.editing) {
    await saveEdit(text);
    return;
  }
  const { replyTo } = draft;
  draft = { text: "", replyTo: null, editing: null };
  putText("");
  showQuoting();
  await sendText(text, replyTo);
}

async function saveEdit(text) {
  const { id } = draft.editing;
  const { speaker, open } = store;
  try {
    if (text !== messageIn(open, id)?.text) await api.edit({ from: speaker, chat: open, message_id: id, text });
    if (store.speaker === speaker && store.open === open) cancelQuoting();
    else keepDraft(speaker, open, { ...draftOf(speaker, open), editing: null });
  } catch (problem) {
    toast(problem.message, "error"); // the text stays in the box
  }
}

/** A text that could not be sent goes back to where it was typed, before whatever was typed since. */
function giveBack(person, chat, text, replyTo) {
  const now = draftOf(person, chat);
  const back = { ...now, text: [text, now.text].filter(Boolean).join("\n"), replyTo: now.replyTo ?? replyTo };
  keepDraft(person, chat, back);
  if (person === store.speaker && chat === store.open) show();
}

function grow() {
  box.style.height = "";
  if (box.value) box.style.height = `${Math.min(box.scrollHeight, Math.round(innerHeight * 0.3))}px`;
}

/** Typing while nothing has the focus goes into the box. */
function typeAnywhere(event) {
  const isIdle = document.activeElement === document.body && !document.querySelector("dialog[open]");
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
  if (isIdle && isLetter && !box.disabled && !byId("composer").hidden) box.focus();
}
