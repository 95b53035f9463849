// The panel of a group: who is in it, who runs it, and what can be done about that as the speaking person.

import { api } from "./api.js";
import { byId, icon, make, paintAvatar } from "./dom.js";
import { openMenu } from "./menu.js";
import { goTo } from "./navigation.js";
import { isBot, isForum, isPrivate, listen, nameOf, privateChatOf, store, titleOf } from "./store.js";
import { toast } from "./toasts.js";

export function startGroupPanel() {
  byId("group-button").addEventListener("click", () => { draw(); byId("group").showModal(); });
  byId("privacy").addEventListener("click", togglePrivacy);
  for (const topic of ["chats", "open"]) listen(topic, refresh);
}

const openGroup = () => store.chats.get(store.open);

function refresh() {
  if (!byId("group").open) return;
  if (!openGroup() || isPrivate(openGroup())) byId("group").close();
  else draw();
}

function draw() {
  const chat = openGroup();
  const focused = document.activeElement?.dataset?.key;
  byId("group-title").textContent = titleOf(chat);
  byId("group-note").textContent = `${kindWords(chat)}. You are ${nameOf(store.speaker)}, ${roleOf(chat, store.speaker)}.`;
  byId("members").replaceChildren(...chat.members.map((member) => entry(chat, member)));
  byId("group-actions").replaceChildren(...actions(chat));
  byId("privacy").setAttribute("aria-checked", String(store.bot.privacy === false));
  if (focused) byId("group").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function kindWords(chat) {
  if (isForum(chat)) return "A supergroup with topics";
  return chat.type === "supergroup" ? "A supergroup" : "A basic group";
}

const roleOf = (chat, member) => (member === chat.owner ? "owner" : chat.admins.includes(member) ? "administrator" : "member");

function entry(chat, member) {
  const avatar = make("span", { className: "avatar", "aria-hidden": "true" });
  paintAvatar(avatar, nameOf(member), isBot(member) ? "bot" : "person");
  const isYou = member === store.speaker;
  const words = make("span", { className: "member-name" }, make("strong", {}, nameOf(member), isYou ? " (you)" : ""), make("small", {}, roleOf(chat, member)));
  const more = make("button", { type: "button", className: "round", dataset: { key: `more ${member}` }, "aria-label": `What to do with ${nameOf(member)}`, "aria-haspopup": "menu" }, icon("more"));
  more.addEventListener("click", () => openMenu(more, memberMenu(chat, member), nameOf(member)));
  const canBeChanged = !isYou && member !== chat.owner && chat.admins.includes(store.speaker);
  return make("li", {}, avatar, words, canBeChanged ? more : null);
}

function memberMenu(chat, member) {
  const isAdmin = chat.admins.includes(member);
  return [
    isAdmin ? { label: "Make a plain member", icon: "group", run: () => act("demote", { chat: chat.chat, who: member }) }
      : { label: "Make an administrator", icon: "group", run: () => act("promote", { chat: chat.chat, who: member }) },
    { label: "Remove from the group", icon: "delete", danger: true, run: () => act("putOut", { chat: chat.chat, who: member }) },
  ];
}

function actions(chat) {
  const outside = [...store.people, store.bot.username].filter((who) => !chat.members.includes(who));
  const add = action("add", "Add …", (event) => openMenu(event.currentTarget, outside.map((who) => ({
    label: nameOf(who), icon: "contact", run: () => act("add", { chat: chat.chat, who }),
  })), "Add to the group"));
  add.setAttribute("aria-haspopup", "menu");
  const migrate = action("link", "Become a supergroup", () => act("migrate", { chat: chat.chat }));
  const leave = action("leave", `Leave as ${nameOf(store.speaker)}`, () => leaveGroup(chat), "danger");
  return [outside.length ? add : null, chat.type === "group" && chat.admins.includes(store.speaker) ? migrate : null, leave].filter(Boolean);
}

function action(symbol, label, run, className = "") {
  return make("button", { type: "button", className, dataset: { key: label }, onclick: run }, icon(symbol), label);
}

/** Does one of the calls as the speaking person; what changed comes back with the events. */
async function act(call, what) {
  try {
    await api[call]({ from: store.speaker, ...what });
  } catch (problem) {
    toast(problem.message, "error");
  }
}

async function leaveGroup(chat) {
  const person = store.speaker;
  byId("group").close();
  await act("leave", { chat: chat.chat });
  goTo(person, privateChatOf(person)?.chat);
}

async function togglePrivacy() {
  try {
    store.bot.privacy = (await api.privacy(store.bot.privacy === false)).on;
    draw();
  } catch (problem) {
    toast(problem.message, "error");
  }
}
