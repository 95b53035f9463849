// Wires the page together and keeps an eye on the connection.

import { startAttachMenu } from "./attach_menu.js";
import { startChatHeader } from "./chat_header.js";
import { startChatList } from "./chat_list.js";
import { startClock } from "./clock.js";
import { startCommands } from "./commands.js";
import { startCompanions } from "./companions.js";
import { focusComposer, startComposer } from "./composer.js";
import { startCountdowns } from "./countdowns.js";
import { byId } from "./dom.js";
import { startEmptyChat } from "./empty_chat.js";
import { startGroupPanel } from "./group_panel.js";
import { startInline } from "./inline.js";
import { focusNewest, startMessageActions } from "./message_actions.js";
import { startNavigation } from "./navigation.js";
import { startNewGroup } from "./new_group.js";
import { startPeople } from "./people.js";
import { startReplyKeyboard } from "./reply_keyboard.js";
import { startScrolling } from "./scrolling.js";
import { listen, store } from "./store.js";
import { connect } from "./sync.js";
import { startThread } from "./thread.js";
import { startTopics } from "./topics.js";
import { startTrouble } from "./trouble.js";
import { startTyping } from "./typing.js";

const PATIENCE = 1200; // ms before a missing connection is mentioned

function startBanner() {
  let timer = 0;
  const show = () => {
    byId("banner-text").textContent = "No connection to the playground. Trying again …";
    byId("banner").hidden = false;
  };
  listen("connection", () => {
    if (!store.connected) {
      timer ||= setTimeout(show, PATIENCE); // failed attempts in between do not begin it anew
      return;
    }
    clearTimeout(timer);
    timer = 0;
    byId("banner").hidden = true;
  });
  byId("banner-retry").addEventListener("click", connect);
  addEventListener("online", connect);
}

function startShortcuts() {
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("composer-text").focus();
  });
  byId("composer-text").addEventListener("keydown", (event) => {
    if (event.key === "ArrowUp" && event.altKey) {
      event.preventDefault();
      focusNewest();
    }
  });
  // arrows among the people let them speak one after the other: there the keyboard stays
  listen("open", () => { if (!document.querySelector("#people :focus-visible")) focusComposer(); });
}

startCommands();
startInline();
startComposer();
startTyping();
startScrolling();
startThread();
startMessageActions();
startReplyKeyboard();
startAttachMenu();
startChatList();
startChatHeader();
startPeople();
startEmptyChat();
startCompanions();
startTopics();
startGroupPanel();
startNewGroup();
startTrouble();
startCountdowns();
startClock();
startBanner();
startShortcuts();
startNavigation();
connect();
