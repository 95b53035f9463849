// What a message carries besides text: pictures, files, voice, places and kinds this page has not met yet.

import { icon, make } from "./dom.js";

/** A card for a message that is not plain text. Unknown kinds get a card with their name. */
export function attachment(message) {
  return (cards[message.kind] ?? unknown)(message);
}

const cards = { photo, location, voice, document: file, sticker, contact };

function photo(message) {
  if (!message.photo) return card("photo", "Photo", "");
  const alt = message.text ? `Picture: ${message.text.split("\n")[0]}` : "Picture";
  return make("button", { type: "button", className: "photo", "aria-label": `${alt}. Open it large` },
    make("img", { src: message.photo, alt, loading: "lazy" }));
}

function file(message) {
  const url = message.document;
  const name = message.file_name ?? (url ? decodeURIComponent(url.split("/").at(-1)) : "File");
  const body = card("document", name, message.file_size ? sizeWords(message.file_size) : url ? "Download" : "File");
  return url ? make("a", { className: "card-link", href: url, download: name }, body) : body;
}

function sizeWords(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

function voice(message) {
  const bars = make("span", { className: "wave", "aria-hidden": "true" });
  for (let index = 0; index < 24; index += 1) bars.append(make("i", { className: `h${(index * 7 + message.message_id * 3) % 5}` }));
  const length = message.duration;
  const note = length ? `${Math.floor(length / 60)}:${String(length % 60).padStart(2, "0")}` : "Voice message";
  const play = make("button", { type: "button", className: "card-icon", "aria-label": "Play the voice message" }, icon("voice"));
  if (typeof message.voice === "string") play.addEventListener("click", () => toggleSound(play, message.voice));
  return make("div", { className: "card" }, play, make("span", { className: "card-text" }, bars, make("small", {}, note)));
}

/** Plays from the beginning, or stops. */
function toggleSound(play, url) {
  play.sound ??= new Audio(url);
  if (play.sound.paused) play.sound.play().catch(() => play.setAttribute("aria-label", "This sound cannot be played"));
  else play.sound.pause();
  play.sound.currentTime = 0;
}

function location(message) {
  const { latitude, longitude } = message.location ?? message;
  const known = Number.isFinite(latitude) && Number.isFinite(longitude);
  const words = known ? `${degrees(latitude, "N", "S")}, ${degrees(longitude, "E", "W")}` : "Location";
  return make("div", { className: "place", role: "img", "aria-label": `Location ${words}` },
    make("div", { className: "place-map" }, icon("location")), make("small", {}, words));
}

const degrees = (value, plus, minus) => `${Math.abs(value).toFixed(2)}° ${value < 0 ? minus : plus}`;

function sticker(message) {
  const emoji = make("div", { className: "sticker", role: "img", "aria-label": "Sticker" }, message.emoji ?? "👍");
  if (typeof message.sticker !== "string") return emoji;
  const image = make("img", { className: "sticker-image", src: message.sticker, alt: "Sticker" });
  image.addEventListener("load", () => { if (image.naturalWidth < 16) image.replaceWith(emoji); });
  image.addEventListener("error", () => image.replaceWith(emoji));
  return image;
}

function contact(message) {
  return card("contact", message.contact?.first_name ?? "Contact", message.contact?.phone_number ?? "Contact");
}

function unknown(message) {
  return card("document", `A message of kind “${message.kind}”`, "This page cannot show it yet");
}

function card(symbol, title, note) {
  return make("div", { className: "card" }, make("span", { className: "card-icon" }, icon(symbol)),
    make("span", { className: "card-text" }, make("strong", {}, title), note ? make("small", {}, note) : null));
}
