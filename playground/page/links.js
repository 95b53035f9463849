// Where an address leads: the bot's own links open its chats on this page, all others open in a new tab.

import { api } from "./api.js";
import { openMenu } from "./menu.js";
import { goTo } from "./navigation.js";
import { isSafeAddress } from "./sanitise.js";
import { chatsOf, isPrivate, store, titleOf } from "./store.js";
import { toast } from "./toasts.js";

const OWN = [/^(?:https?:\/\/)?(?:t\.me|telegram\.me|telegram\.dog)\/(\w+)\/?(?:\?.*)?$/i, /^tg:\/\/resolve\?(?:.*&)?domain=(\w+)/i];

/** Whether an address is one of this bot's links, which start it or bring it into a group. */
export function isOwnLink(address) {
  return OWN.some((pattern) => pattern.exec(address)?.[1].toLowerCase() === store.bot.username.toLowerCase());
}

/** Does what a client does with an address; where it must ask for a group, it asks at `anchor`. */
export function openAddress(address, anchor) {
  if (isOwnLink(address)) openOwn(address, anchor);
  else if (isSafeAddress(address)) window.open(address, "_blank", "noopener");
  else toast("This button leads to an address the page does not open.", "error");
}

function openOwn(address, anchor) {
  const groups = chatsOf(store.speaker).filter((chat) => !isPrivate(chat));
  if (!/[?&]startgroup\b/.test(address) || groups.length < 2) return follow(address);
  const entries = groups.map((chat) => ({ label: titleOf(chat), icon: "group", run: () => follow(address, chat.chat) }));
  return openMenu(anchor, entries, "Into which group?");
}

async function follow(url, chat = undefined) {
  const from = store.speaker;
  try {
    const led = await api.open({ from, url, chat });
    if (led.chat) goTo(from, led.chat);
  } catch (problem) {
    toast(problem.message, "error");
  }
}
