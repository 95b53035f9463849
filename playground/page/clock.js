// The playground's clock in the header: shows its time and walks it ahead.

import { api } from "./api.js";
import { announce, byId, make } from "./dom.js";
import { dateOf, moment, morningAfter, timeOf } from "./moments.js";
import { listen, setTime, store, tell } from "./store.js";
import { toast } from "./toasts.js";

const LOOK = 250; // ms between looks at a clock that is being walked
const STEPS = {
  "clock-hour": () => ({ advance_seconds: 3600 }),
  "clock-morning": () => ({ to: morningAfter(store.now) }),
  "clock-day": () => ({ advance_seconds: 86_400 }),
  "clock-news": () => ({ to: "news" }),
};

let shownMinute = "";

export function startClock() {
  listen("clock", show);
  setInterval(flow, 1000);
  for (const [id, step] of Object.entries(STEPS)) byId(id).addEventListener("click", () => walk(id, step()));
}

/** Walks to 09:00 UTC of the next day, as the button in the header does. */
export const walkToMorning = () => walk("clock-morning", STEPS["clock-morning"]());

/** A new minute has begun by itself: lists and day lines may read differently now. */
function flow() {
  if (store.connected && store.now.toISOString().slice(0, 16) !== shownMinute) tell("clock");
}

function show() {
  const { now } = store;
  shownMinute = now.toISOString().slice(0, 16);
  const [weekday, day, month, year] = dateOf(now).split(" ");
  byId("clock-date").replaceChildren(`${weekday} ${day} ${month}`, make("span", { className: "wide" }, ` ${year}`));
  byId("clock-time").textContent = `${timeOf(now)} UTC`;
  byId("clock-now").dateTime = now.toISOString();
}

async function walk(pressed, step) {
  if (store.walking) return;
  setWalking(pressed, true);
  const watch = setInterval(look, LOOK);
  try {
    const { now, news } = await api.walk(step);
    setTime(moment(now), false);
    if (news === false) toast("Nothing is due within a week.");
    announce(`The clock shows ${dateOf(store.now)}, ${timeOf(store.now)} UTC.`);
  } catch (problem) {
    toast(problem.message, "error");
  } finally {
    clearInterval(watch);
    setWalking(pressed, false);
  }
}

/** Follows a long walk with the eye. */
async function look() {
  try {
    const { now } = await api.clock();
    if (store.walking) setTime(moment(now));
  } catch {
    // the walk itself reports what is wrong
  }
}

// aria-disabled instead of disabled: the pressed button keeps the keyboard's focus.
function setWalking(pressed, isWalking) {
  store.walking = isWalking;
  setTime(store.now);
  document.body.classList.toggle("is-walking", isWalking);
  for (const id of Object.keys(STEPS)) byId(id).setAttribute("aria-disabled", String(isWalking));
  byId(pressed).setAttribute("aria-busy", String(isWalking));
}
