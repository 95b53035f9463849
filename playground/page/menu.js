// A floating menu for a few choices, driven by mouse or arrows; focus goes back to where it came from.

import { floor, icon, make } from "./dom.js";

let closeCurrent = () => {};

/**
 * Opens a menu at `anchor` (an element or a {x, y} point).
 * `items`: [{label, icon?, note?, checked?, danger?, avatar?, run}].
 */
export function openMenu(anchor, items, title = "") {
  closeCurrent();
  const origin = document.activeElement;
  const list = make("div", { className: "menu", role: "menu", tabIndex: -1, "aria-label": title || "Menu" });
  if (title) list.append(make("p", { className: "menu-title", "aria-hidden": "true" }, title));
  const close = (isDone = false) => {
    closeCurrent = () => {};
    list.remove();
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", close);
    if (origin?.isConnected && !isDone) origin.focus({ preventScroll: true });
  };
  const outside = (event) => { if (!list.contains(event.target)) close(true); };
  items.forEach((item) => list.append(entry(item, () => { close(); item.run(); })));
  list.addEventListener("keydown", (event) => steer(event, list, close));
  list.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", close);
  floor().append(list);
  place(list, anchor);
  closeCurrent = close;
  list.querySelector("[role^=menuitem]").focus({ preventScroll: true });
}

function entry(item, run) {
  const isChoice = item.checked !== undefined;
  return make("button", {
    type: "button", tabIndex: -1, role: isChoice ? "menuitemradio" : "menuitem", "aria-checked": isChoice ? String(item.checked) : null,
    className: item.danger ? "danger" : "", onclick: run,
  }, item.avatar ?? (item.icon ? icon(item.icon) : null), make("span", { className: "menu-label" }, item.label),
  item.note ? make("span", { className: "menu-note" }, item.note) : null, item.checked ? icon("check") : null);
}

function steer(event, list, close) {
  const entries = [...list.querySelectorAll("[role^=menuitem]")];
  const at = entries.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 };
  if (event.key in moves) {
    event.preventDefault();
    entries.at(moves[event.key] % entries.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    close();
  } else if (event.key.length === 1) {
    entries.find((item) => item.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
  event.stopPropagation();
}

/** Below or above the anchor, wherever it fits, never outside the window. */
function place(list, anchor) {
  const box = anchor instanceof Element ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  const { width, height } = list.getBoundingClientRect();
  const edge = 8;
  const below = box.bottom + 6;
  const top = below + height + edge <= innerHeight ? below : Math.max(edge, box.top - height - 6);
  const left = Math.min(Math.max(edge, box.left), innerWidth - width - edge);
  list.style.top = `${top}px`;
  list.style.left = `${left}px`;
}
