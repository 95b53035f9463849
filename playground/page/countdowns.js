// How long a poll is still open, counted down by the playground's clock.

import { icon, make } from "./dom.js";
import { moment } from "./moments.js";
import { store } from "./store.js";

const LOOK = 500; // ms
const HURRY = 10; // seconds that are left when it becomes urgent

export function startCountdowns() {
  setInterval(() => document.querySelectorAll(".poll-time").forEach(count), LOOK);
}

/** A countdown for a poll that closes by itself and has not yet, else null. */
export function countdownOf(poll) {
  if (!poll.closes || poll.closed) return null;
  const node = make("span", { className: "poll-time", role: "timer", "aria-label": "Time left", dataset: { closes: poll.closes } }, icon("clock"), make("span"));
  count(node);
  return node;
}

function count(node) {
  const left = Math.max(0, Math.ceil((moment(node.dataset.closes) - store.now) / 1000));
  node.classList.toggle("hurry", left <= HURRY);
  const words = left > 0 ? leftWords(left) : "closing …";
  if (node.lastChild.textContent !== words) node.lastChild.textContent = words;
}

function leftWords(seconds) {
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)} days`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
