// Short news at the edge of the screen, and alerts that must be confirmed.

import { byId, floor, icon, make } from "./dom.js";

const AT_MOST = 4;

/** Shows `text` for a time that suits its length; the same text again counts up instead of piling up. */
export function toast(text, kind = "note") {
  const shown = [...byId("toasts").children].find((node) => node.dataset.text === text);
  if (shown) return again(shown);
  const node = make("div", { className: `toast ${kind}`, dataset: { text, times: "1" } },
    make("span", { className: "toast-text" }, text),
    make("button", { type: "button", className: "round", "aria-label": "Dismiss", onclick: () => node.remove() }, icon("close")));
  if (kind === "error") node.setAttribute("role", "alert");
  node.addEventListener("mouseenter", () => clearTimeout(node.timer));
  node.addEventListener("mouseleave", () => expire(node));
  settleOn(floor());
  byId("toasts").append(node);
  while (byId("toasts").children.length > AT_MOST) byId("toasts").firstChild.remove();
  return expire(node);
}

/** What floats above a dialog must stand inside it, and leaves it when it closes. */
function settleOn(place) {
  const list = byId("toasts");
  if (list.parentNode !== place) place.append(list);
  if (place !== document.body) place.addEventListener("close", () => document.body.append(list), { once: true });
}

function again(node) {
  const times = Number(node.dataset.times) + 1;
  node.dataset.times = String(times);
  node.querySelector(".toast-text").textContent = `${node.dataset.text} (${times}×)`;
  clearTimeout(node.timer);
  expire(node);
}

function expire(node) {
  const time = Math.min(10_000, 3500 + 60 * node.dataset.text.length);
  node.timer = setTimeout(() => node.remove(), time);
}

/** A modal alert, as a bot's answer with show_alert asks for. */
export function alertDialog(title, text) {
  const dialog = byId("alert");
  byId("alert-title").textContent = title;
  byId("alert-text").textContent = text;
  if (!dialog.open) dialog.showModal();
  byId("alert-ok").focus();
}
