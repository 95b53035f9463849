// Putting a text on the clipboard.

import { toast } from "./toasts.js";

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast("The browser did not allow copying.", "error");
  }
}
