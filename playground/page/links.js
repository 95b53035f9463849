// Where an address leads: the bot's own deep links stay on this page, all others open in a new tab.

import { api } from "./api.js";
import { goTo } from "./navigation.js";
import { isSafeAddress } from "./sanitise.js";
import { privateChatOf, store } from "./store.js";
import { toast } from "./toasts.js";

/** What `t.me/<this bot>?start=…` carries: a payload, "" for none, null for any other address. */
export function deepLink(address) {
  const found = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)\/?(?:\?start=([\w-]*))?$/i.exec(address)
    ?? /^tg:\/\/resolve\?domain=(\w+)(?:&start=([\w-]*))?$/i.exec(address);
  return found && found[1].toLowerCase() === store.bot.username.toLowerCase() ? found[2] ?? "" : null;
}

export async function openAddress(address) {
  const payload = deepLink(address);
  if (payload === null) {
    if (isSafeAddress(address)) window.open(address, "_blank", "noopener");
    else toast("This button leads to an address the page does not open.", "error");
    return;
  }
  const chat = privateChatOf(store.speaker);
  goTo(store.speaker, chat.chat);
  try {
    if (payload) await api.say({ from: store.speaker, chat: chat.chat, text: `/start ${payload}` });
  } catch (problem) {
    toast(problem.message, "error");
  }
}
