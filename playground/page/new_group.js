// Making a group: its title, who is in it, and whether it has topics.

import { api } from "./api.js";
import { byId, make } from "./dom.js";
import { goTo } from "./navigation.js";
import { listen, nameOf, store } from "./store.js";
import { toast } from "./toasts.js";

let awaited = null; // {person, chat}: made here, and not yet in the list

export function startNewGroup() {
  listen("chats", arrived);
  byId("new-group-button").addEventListener("click", open);
  byId("new-group-form").addEventListener("submit", (event) => { event.preventDefault(); found(); });
}

function open() {
  const others = [...store.people.filter((person) => person !== store.speaker), store.bot.username];
  byId("new-group-members").replaceChildren(...others.map((who) => make("label", { className: "check" },
    make("input", { type: "checkbox", value: who, checked: true }), make("span", {}, nameOf(who)))));
  byId("new-group-name").value = "";
  byId("new-group-forum").checked = false;
  byId("new-group").showModal();
  byId("new-group-name").focus();
}

async function found() {
  const from = store.speaker;
  const chosen = [...byId("new-group-members").querySelectorAll("input:checked")].map((box) => box.value);
  try {
    const { chat } = await api.group({ title: byId("new-group-name").value, members: [from, ...chosen], forum: byId("new-group-forum").checked });
    byId("new-group").close();
    if (!chosen.includes(store.bot.username)) toast("The bot is not in this group. Members › Add … brings it in.");
    goWhenKnown(from, chat);
  } catch (problem) {
    toast(problem.message, "error");
  }
}

/** The list of chats follows by itself; the group opens as soon as it is in there. */
function goWhenKnown(person, chat) {
  if (store.chats.has(chat)) return goTo(person, chat);
  awaited = { person, chat };
  return undefined;
}

function arrived() {
  if (!awaited || !store.chats.has(awaited.chat)) return;
  const { person, chat } = awaited;
  awaited = null;
  goTo(person, chat);
}
