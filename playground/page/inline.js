// "@bot words" typed into the message box: what the bot offers to that is listed, and the chosen one is sent.

import { api } from "./api.js";
import { focusComposer, putText } from "./composer.js";
import { byId, make } from "./dom.js";
import { listen, store } from "./store.js";
import { toast } from "./toasts.js";

const PAUSE = 250; // ms without a key before the bot is asked

const box = byId("composer-text");
let offers = [];
let chosen = 0;
let timer = 0;
let asked = 0; // number of the latest query: answers to earlier ones are dropped

export function startInline() {
  box.addEventListener("input", typed);
  // before the composer's own listener: Enter sends the chosen offer, not the words
  box.addEventListener("keydown", pressed, true);
  byId("offers-menu").addEventListener("pointerdown", (event) => event.preventDefault());
  listen("open", close);
}

/** What is asked of the bot, or null where the text is an ordinary one. */
function query() {
  const [, name, words] = /^@(\w+)\s([^]*)$/.exec(box.value) ?? [];
  return store.bot.inline && name?.toLowerCase() === store.bot.username.toLowerCase() ? words.trim() : null;
}

function typed() {
  clearTimeout(timer);
  asked += 1;
  if (query() === null) close();
  else timer = setTimeout(ask, PAUSE);
}

async function ask() {
  const mine = asked;
  try {
    const { results } = await api.query({ from: store.speaker, chat: store.open, text: query() });
    if (mine === asked) show(results);
  } catch (problem) {
    if (mine === asked) toast(problem.message, "error");
  }
}

function show(results) {
  offers = results;
  byId("offers-list").replaceChildren(...offers.map(option));
  byId("offers-menu").hidden = offers.length === 0;
  if (offers.length) mark(0);
  else toast("The bot has nothing to offer to that.");
}

function option(offer, index) {
  return make("div", { role: "option", id: `offer-${index}`, className: "command", onclick: () => choose(offer), onmousemove: () => mark(index) },
    make("span", { className: "command-name" }, offer.title), make("span", { className: "command-words" }, offer.description || offer.text));
}

function mark(index) {
  chosen = index;
  [...byId("offers-list").children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
  byId("offers-list").children[index].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", `offer-${index}`);
  box.setAttribute("aria-controls", "offers-list");
}

function close() {
  clearTimeout(timer);
  if (byId("offers-menu").hidden) return;
  offers = [];
  byId("offers-menu").hidden = true;
  box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-controls", "command-list");
}

function pressed(event) {
  if (!offers.length || event.isComposing || event.shiftKey) return;
  const presses = {
    ArrowDown: () => mark((chosen + 1) % offers.length),
    ArrowUp: () => mark((chosen - 1 + offers.length) % offers.length),
    Enter: () => choose(offers[chosen]),
    Escape: close,
  };
  if (!(event.key in presses)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  presses[event.key]();
}

async function choose(offer) {
  const { speaker, open } = store;
  close();
  putText("");
  focusComposer();
  try {
    await api.choose({ from: speaker, chat: open, result: offer.id });
  } catch (problem) {
    toast(problem.message, "error");
  }
}
