// A dialog that asks for one line of text.

import { byId } from "./dom.js";

byId("question-cancel").addEventListener("click", () => byId("question").close());

/** What was typed, trimmed; "" if the person thought better of it. */
export function askFor({ title, label, action }) {
  const dialog = byId("question");
  const input = byId("question-input");
  byId("question-title").textContent = title;
  byId("question-label").textContent = label;
  byId("question-ok").textContent = action;
  input.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" ? input.value.trim() : ""), { once: true });
  });
}
