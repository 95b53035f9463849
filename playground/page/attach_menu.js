// The paper clip: sends a sample picture, voice note, file, sticker, place or contact.

import { putText } from "./composer.js";
import { byId } from "./dom.js";
import { openMenu } from "./menu.js";
import { choosePlace, sendKind } from "./places.js";

const SAMPLES = [["Photo", "photo"], ["Voice message", "voice"], ["File", "document"], ["Sticker", "sticker"], ["Contact", "contact"]];
const CAPTIONED = ["photo", "document", "voice"];

export function startAttachMenu() {
  const button = byId("attach");
  button.addEventListener("click", () => openMenu(button, [
    ...SAMPLES.map(([label, kind]) => ({ label, icon: kind, run: () => send(kind) })),
    { label: "Location …", icon: "location", run: () => choosePlace(button) },
  ], "Send a sample"));
}

/** What is typed becomes the caption, as it does in Telegram. */
async function send(kind) {
  const caption = CAPTIONED.includes(kind) ? byId("composer-text").value.trim() : "";
  if (caption) putText("");
  await sendKind(caption ? { kind, caption } : { kind });
}
