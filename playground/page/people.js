// Who is speaking: the row of people above the chats, and the same choice beside the message box.

import { api } from "./api.js";
import { byId, icon, make, paintAvatar } from "./dom.js";
import { askFor } from "./questions.js";
import { openMenu } from "./menu.js";
import { goTo, speakAs } from "./navigation.js";
import { chatsOf, isPrivate, listen, nameOf, store, unreadOf } from "./store.js";
import { toast } from "./toasts.js";

export function startPeople() {
  listen("people", draw);
  listen("open", mark);
  listen("chats", mark);
  listen("messages", mark);
  byId("people").addEventListener("keydown", steer);
  byId("speaker").addEventListener("click", chooseSpeaker);
}

function draw() {
  const drawn = [...byId("people").querySelectorAll("[role=radio]")].map((node) => node.dataset.person);
  if (drawn.join() !== store.people.join()) rebuild();
  mark();
}

function rebuild() {
  byId("people").replaceChildren(...store.people.map(radio), newPersonButton());
}

function radio(person) {
  const avatar = make("span", { className: "avatar", "aria-hidden": "true" });
  paintAvatar(avatar, nameOf(person));
  return make("button", { type: "button", role: "radio", className: "person", dataset: { person }, onclick: () => speakAs(person) },
    avatar, make("span", { className: "badge dot", hidden: true }), make("span", { className: "person-name" }, nameOf(person)));
}

function newPersonButton() {
  return make("button", { type: "button", className: "person new-person", onclick: addPerson },
    make("span", { className: "avatar" }, icon("add")), make("span", { className: "person-name" }, "Add"));
}

async function addPerson() {
  const name = await askFor({ title: "Add a person", label: "Name, as a user name: letters, digits, _", action: "Add" });
  if (!name) return;
  try {
    const { chat } = await api.addPerson(name);
    goTo(chat, chat);
  } catch (problem) {
    toast(problem.message, "error");
  }
}

function unreadFor(person) {
  return chatsOf(person).filter(isPrivate).reduce((sum, { chat }) => sum + unreadOf(person, chat), 0);
}

function mark() {
  let others = 0;
  for (const node of byId("people").querySelectorAll("[role=radio]")) {
    const { person } = node.dataset;
    const isSpeaker = person === store.speaker;
    const unread = isSpeaker ? 0 : unreadFor(person);
    node.setAttribute("aria-checked", String(isSpeaker));
    node.tabIndex = isSpeaker ? 0 : -1;
    node.querySelector(".badge").hidden = unread === 0;
    node.querySelector(".badge").replaceChildren(String(unread), make("span", { className: "unseen" }, " unread"));
    others += unread;
  }
  const inGroups = store.speaker ? chatsOf(store.speaker).reduce((sum, { chat }) => sum + (chat === store.open ? 0 : unreadOf(store.speaker, chat)), 0) : 0;
  byId("back-badge").hidden = others + inGroups === 0;
  byId("back-badge").textContent = String(others + inGroups);
}

/** Arrows move between people and let them speak at once, as radio buttons do. */
function steer(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step || event.target.getAttribute("role") !== "radio") return;
  event.preventDefault();
  const people = [...byId("people").querySelectorAll("[role=radio]")];
  const next = people.at((people.indexOf(event.target) + step) % people.length);
  next.focus();
  speakAs(next.dataset.person);
}

function chooseSpeaker() {
  const open = store.chats.get(store.open);
  const people = isPrivate(open) ? store.people : store.people.filter((person) => open.members.includes(person));
  openMenu(byId("speaker"), people.map((person) => {
    const avatar = make("span", { className: "avatar small", "aria-hidden": "true" });
    paintAvatar(avatar, nameOf(person));
    return { label: nameOf(person), avatar, checked: person === store.speaker, run: () => speakAs(person) };
  }), "Speak as");
}
