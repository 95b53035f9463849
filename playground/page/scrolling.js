// Where the conversation rests: at the bottom while one is there, but never past the top of what has just come.

import { byId } from "./dom.js";

const NEAR = 48; // px that still count as the bottom

const BURST = 1500; // ms within which messages belong together

let anchor = null; // the item whose top must stay visible while the bottom is followed
let anchoredAt = -Infinity;
let follows = true; // whether growth is followed to the bottom
let rested = 0; // where this module last put the scroller

export function startScrolling() {
  const scroller = byId("scroller");
  const grown = new ResizeObserver(() => { if (isFollowing()) follow(); });
  grown.observe(byId("messages"));
  grown.observe(scroller);
  scroller.addEventListener("scroll", scrolled, { passive: true });
  // What comes after something was pressed is looked at anew.
  for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, () => { anchoredAt = -Infinity; }, { passive: true, capture: true });
  for (const gesture of ["wheel", "touchmove", "keydown"]) scroller.addEventListener(gesture, forgetAnchor, { passive: true });
}

/** Whoever scrolls by hand is no longer held at the top of a long message. */
function scrolled() {
  if (byId("scroller").scrollTop !== rested) anchor = null;
  follows = isResting();
}

const gap = () => {
  const { scrollHeight, scrollTop, clientHeight } = byId("scroller");
  return scrollHeight - scrollTop - clientHeight;
};

export const isAtBottom = () => gap() < NEAR;

/** Whether the bottom is followed. Somebody may have scrolled away before the event that says so has come. */
export const isFollowing = () => follows && (byId("scroller").scrollTop === rested || isResting());

export function forgetAnchor() {
  anchor = null;
}

/** Something inside is opened by hand: stay where the eye is. */
export function stayHere() {
  anchor = null;
  follows = false;
}

export function scrollToBottom() {
  anchor = null;
  follows = true;
  follow();
}

/** Follows to the bottom, but keeps the top of `item`, or of what came just before it, on the screen. */
export function keepInView(item) {
  const isBurst = anchor?.isConnected && performance.now() - anchoredAt < BURST && topOf(anchor) < topOf(item);
  if (!isBurst) {
    anchor = item;
    anchoredAt = performance.now();
  }
  follows = true;
  follow();
}

/** Takes up again what was followed, after something above has changed. */
export function keepFollowing() {
  follows = true;
  follow();
}

/** Puts an item at the top or in the middle of the screen and rests there. */
export function restAt(item, where = "middle") {
  if (!item) return;
  const scroller = byId("scroller");
  const room = where === "top" ? 8 : Math.max(8, (scroller.clientHeight - item.offsetHeight) / 2);
  scroller.scrollTop = topOf(item) - room;
  follows = gap() < NEAR;
}

/** Whether not even the first lines of an item can be seen. */
export function isBelowView(item) {
  const { scrollTop, clientHeight } = byId("scroller");
  return topOf(item) > scrollTop + clientHeight - NEAR;
}

export const isTopSeen = (item) => topOf(item) >= byId("scroller").scrollTop - 4;

const topOf = (item) => item.offsetTop;
const gapAbove = (item) => topOf(item) - byId("scroller").scrollTop;

const isResting = () => gap() < NEAR || isHeldByAnchor();

function isHeldByAnchor() {
  return anchor?.isConnected === true && Math.abs(gapAbove(anchor) - 8) < NEAR;
}

function follow() {
  const scroller = byId("scroller");
  const bottom = scroller.scrollHeight - scroller.clientHeight;
  scroller.scrollTop = anchor?.isConnected ? Math.min(bottom, topOf(anchor) - 8) : bottom;
  rested = scroller.scrollTop;
}
