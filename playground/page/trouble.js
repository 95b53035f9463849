// Trouble on order: calls of the bot that fail, limits on how fast it may write, and a list of what went wrong.

import { api } from "./api.js";
import { byId, make } from "./dom.js";
import { timeOf } from "./moments.js";
import { listen, store } from "./store.js";
import { toast } from "./toasts.js";

const METHODS = [
  ["sendMessage", "sendMessage"], ["sendPhoto", "sendPhoto"], ["sendPoll", "sendPoll"], ["editMessageText", "editMessageText"],
  ["answerCallbackQuery", "answerCallbackQuery"], ["getUpdates", "getUpdates"], ["send*", "anything that sends"], ["*", "any method, whichever comes first"],
];
const KINDS = {
  429: "429: told to wait", 500: "500: Telegram is broken", reset: "cut off before it is done", hang: "never answered", lost_reply: "done, but the answer is lost",
};
const KEPT = 30; // lines of what happened

export function startTrouble() {
  byId("fault-method").replaceChildren(...METHODS.map(([value, words]) => make("option", { value }, words)));
  byId("fault-kind").replaceChildren(...Object.entries(KINDS).map(([value, words]) => make("option", { value }, words)));
  byId("fault-kind").addEventListener("change", showWait);
  byId("fault-form").addEventListener("submit", (event) => { event.preventDefault(); attempt(order); });
  byId("faults-clear").addEventListener("click", () => attempt(api.clearFaults));
  byId("limits").addEventListener("click", () => attempt(() => api.setLimits(byId("limits").getAttribute("aria-checked") !== "true")));
  byId("trouble-button").addEventListener("click", () => byId("trouble").showModal());
  listen("trouble", read);
  listen("connection", () => { if (store.connected) read(); });
  listen("fault", struck);
  listen("refused", refused);
  listen("happened", ({ text }) => note(text));
  note();
  showWait();
}

function showWait() {
  byId("fault-wait-label").hidden = byId("fault-kind").value !== "429";
}

function order() {
  const kind = byId("fault-kind").value;
  const wait = kind === "429" ? { retry_after: Number(byId("fault-wait").value) } : {};
  return api.orderFault({ method: byId("fault-method").value, kind, times: Number(byId("fault-times").value), ...wait });
}

async function attempt(doing) {
  try {
    await doing();
  } catch (problem) {
    toast(problem.message, "error");
  }
}

async function read() {
  await attempt(async () => {
    const [faults, { on }] = await Promise.all([api.faults(), api.limits()]);
    byId("faults").replaceChildren(...(faults.length ? faults.map((fault) => make("li", {}, orderWords(fault))) : [none("None: everything goes well.")]));
    byId("faults-clear").hidden = faults.length === 0;
    byId("limits").setAttribute("aria-checked", String(on));
    const words = [faults.length ? `${faults.length} ${faults.length === 1 ? "fault" : "faults"} ordered` : "", on ? "limits on" : ""].filter(Boolean).join(", ");
    byId("trouble-dot").hidden = !words;
    byId("trouble-button").setAttribute("aria-label", words ? `Trouble: ${words}` : "Trouble");
  });
}

const none = (words) => make("li", { className: "none" }, words);
const methodWords = (method) => METHODS.find(([value]) => value === method)?.[1] ?? method;

function orderWords({ method, kind, times, retry_after: wait }) {
  const often = times === null ? "again and again" : times === 1 ? "once" : `${times} times`;
  return `${methodWords(method)}, ${often}: ${KINDS[kind]}${wait ? ` ${wait} s` : ""}`;
}

function struck({ method, trouble, retry_after: wait }) {
  const words = `${method}: ${KINDS[trouble]}${trouble === "429" ? ` ${wait} s` : ""}, as ordered`;
  toast(words, "warning");
  note(words);
  read();
}

/** Every refusal is listed; that the bot writes too fast is also shown, because nothing else tells of it. */
function refused({ method, code, text }) {
  const words = `${method} was refused, ${code}: ${text || "no words"}`;
  if (code === 429) toast(words, "warning");
  note(words);
}

function note(words = "") {
  const list = byId("happened");
  if (!words) return list.replaceChildren(none("Nothing yet: every call went well."));
  list.querySelector(".none")?.remove();
  list.prepend(make("li", {}, make("time", {}, timeOf(store.now)), words));
  while (list.children.length > KEPT) list.lastChild.remove();
  return undefined;
}
