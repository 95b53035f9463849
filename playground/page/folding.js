// Long quotes that fold, hidden text that shows itself, code that can be copied.

import { copyText } from "./copying.js";
import { icon, make } from "./dom.js";
import { stayHere } from "./scrolling.js";

/** Gives every expandable quote under `root` that is too long a button to unfold it. */
export function measureFolds(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable")) {
    if (quote.querySelector(".fold")) continue;
    const body = quote.querySelector(".quote-body");
    const isOpen = quote.classList.contains("open");
    quote.classList.add("foldable");
    if (!isOpen && body.scrollHeight <= body.clientHeight + 2) quote.classList.remove("foldable");
    else quote.append(foldButton(isOpen));
  }
}

function foldButton(isOpen) {
  return make("button", { type: "button", className: "fold", "aria-expanded": String(isOpen) },
    make("span", {}, isOpen ? "Show less" : "Show more"), icon("fold"));
}

function toggleFold(quote) {
  stayHere();
  const isOpen = quote.classList.toggle("open");
  const button = quote.querySelector(".fold");
  button.setAttribute("aria-expanded", String(isOpen));
  button.firstChild.textContent = isOpen ? "Show less" : "Show more";
}

function showSpoilers(spoiler) {
  for (const one of spoiler.closest(".text").querySelectorAll(".spoiler")) {
    one.classList.add("shown");
    one.removeAttribute("role");
    one.removeAttribute("tabindex");
    one.removeAttribute("aria-label");
  }
}

/** Handles a click inside a message; says whether it was for something that folds, hides or copies. */
export function foldingClick(target) {
  const spoiler = target.closest(".spoiler:not(.shown)");
  if (spoiler) return done(() => showSpoilers(spoiler));
  const copy = target.closest(".copy-code");
  if (copy) return done(() => copyText(copy.closest(".code-block").querySelector("pre").textContent));
  const quote = target.closest("blockquote.foldable");
  const wantsText = target.closest("a, button:not(.fold)") || !getSelection().isCollapsed;
  if (quote && !wantsText) return done(() => toggleFold(quote));
  return false;
}

function done(action) {
  action();
  return true;
}
