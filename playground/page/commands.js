// The command menu: opens on "/" or by its button, filters while one types, works with the arrows.

import { focusComposer, putText, sendText } from "./composer.js";
import { announce, byId, make } from "./dom.js";
import { isPrivate, listen, store } from "./store.js";

const box = byId("composer-text");
const list = byId("command-list");
let chosen = 0;
let isAsked = false; // opened by the button: shows everything whatever is typed
let isDismissed = false; // closed by Esc until the text changes

export function startCommands() {
  listen("commands", refresh);
  listen("open", close);
  // Before the composer's own listener: Enter chooses a command while the menu is open.
  box.addEventListener("keydown", pressed, true);
  box.addEventListener("input", () => { isDismissed = false; isAsked = false; chosen = 0; refresh(); });
  list.addEventListener("keydown", pressed);
  for (const node of [box, list]) node.addEventListener("blur", left);
  box.addEventListener("focus", refresh);
  byId("commands-button").addEventListener("click", toggle);
  byId("command-menu").addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  document.addEventListener("pointerdown", (event) => {
    if (isAsked && !event.target.closest("#command-menu, #commands-button")) close();
  });
}

/** The menu stays while the keyboard is in it or in the message box. */
function left({ relatedTarget }) {
  if (!isAsked && relatedTarget !== list && relatedTarget !== box) hide();
}

function toggle() {
  if (isOpen()) return close();
  isAsked = true;
  chosen = 0;
  refresh();
  return box.focus();
}

function matching() {
  if (isAsked) return store.commands;
  const typed = /^\/(\w*)$/.exec(box.value)?.[1].toLowerCase();
  if (typed === undefined || isDismissed || ![box, list].includes(document.activeElement)) return [];
  return store.commands.filter(({ command }) => command.startsWith(typed));
}

const isOpen = () => !byId("command-menu").hidden;

function refresh() {
  const commands = matching();
  byId("commands-button").hidden = store.commands.length === 0;
  if (!commands.length) return hide();
  chosen = Math.min(chosen, commands.length - 1);
  list.replaceChildren(...commands.map(option));
  byId("command-menu").hidden = false;
  byId("commands-button").setAttribute("aria-expanded", "true");
  return mark(chosen);
}

function option({ command, description }, index) {
  return make("div", { role: "option", id: `command-${index}`, className: "command", onclick: () => run(command), onmousemove: () => mark(index) },
    make("span", { className: "command-name" }, `/${command}`), make("span", { className: "command-words" }, description));
}

function mark(index) {
  chosen = index;
  [...list.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
  const node = list.children[index];
  if (node.offsetTop < list.scrollTop) list.scrollTop = node.offsetTop;
  else if (node.offsetTop + node.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = node.offsetTop + node.offsetHeight - list.clientHeight;
  for (const owner of [box, list]) owner.setAttribute("aria-activedescendant", `command-${index}`);
}

function hide() {
  byId("command-menu").hidden = true;
  byId("commands-button").setAttribute("aria-expanded", "false");
  for (const owner of [box, list]) owner.removeAttribute("aria-activedescendant");
}

function close() {
  isAsked = false;
  hide();
}

/** In a group a command says which bot it is for, as every client writes it. */
export function spelled(command) {
  return isPrivate(store.chats.get(store.open)) || command.includes("@") ? `/${command}` : `/${command}@${store.bot.username}`;
}

function run(command) {
  if (/^\/\w*$/.test(box.value)) putText("");
  close();
  sendText(spelled(command));
  focusComposer();
}

function pressed(event) {
  if (!isOpen() || event.isComposing) return;
  const commands = matching();
  const presses = {
    ArrowDown: () => mark((chosen + 1) % commands.length),
    ArrowUp: () => mark((chosen - 1 + commands.length) % commands.length),
    Enter: () => run(commands[chosen].command),
    Tab: () => complete(commands[chosen].command),
    Escape: () => { isDismissed = true; box.focus(); close(); announce("Commands closed"); },
  };
  if (!(event.key in presses) || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  presses[event.key]();
}

function complete(command) {
  close();
  box.focus();
  putText(`/${command} `);
}
