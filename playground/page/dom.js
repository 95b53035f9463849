// Building nodes: no markup is ever made from strings.

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id; it must stand in index.html. */
export const byId = (id) => document.getElementById(id);

/** A new element. Keys that begin with "on" are listeners, known properties are set, all others are attributes. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "dataset") Object.assign(node.dataset, value);
    else if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An icon of the set in index.html, silent for screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A round portrait made of initials; the same name always has the same colour. */
export function paintAvatar(node, name, kind = "person") {
  node.dataset.tone = kind === "bot" ? "bot" : String(hash(name) % 7);
  if (kind === "bot") node.replaceChildren(make("img", { src: "/page/icon.svg", alt: "" }));
  else if (kind === "group") node.replaceChildren(icon("group"));
  else node.replaceChildren(initials(name));
}

function initials(name) {
  const words = name.trim().split(/[\s_-]+/).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
}

/** A whole number that stays the same for a name, whatever its case. */
export function hash(name) {
  let value = 6; // with these two numbers the box's first people differ in colour
  for (const letter of name.toLowerCase()) value = (value * 31 + letter.codePointAt(0)) >>> 0;
  return value;
}

/** Where something that floats must stand to be seen: in the dialog on top, if there is one. */
export function floor() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
}

/** Says something to screen readers without showing it. */
export function announce(text) {
  const live = byId("live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}
