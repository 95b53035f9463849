// Message HTML to nodes: only the tags Telegram knows pass, everything else is left as its text.

import { make } from "./dom.js";

const PLAIN = new Map(Object.entries({
  B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", CODE: "code",
}));
const COMMAND_OR_LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'])|(^|[\s([])(\/[a-zA-Z][a-zA-Z0-9_]{0,31}(?:@\w+)?)(?![\w/])/g;

/** Nodes for the HTML of a message; commands and addresses in plain text become buttons and links. */
export function messageNodes(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...children(parsed.body, { linked: true }));
  trimAfterBlocks(fragment);
  return fragment;
}

/** The same HTML as one line of text, for previews. */
export function plainText(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

/** Whether an address may be followed from a message. */
export function isSafeAddress(address) {
  return /^(https?:\/\/|mailto:|tel:|tg:\/\/)/i.test(address);
}

function children(parent, context) {
  return [...parent.childNodes].flatMap((node) => translated(node, context));
}

function translated(node, context) {
  if (node.nodeType === Node.TEXT_NODE) return context.linked ? linked(node.data) : [node.data];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const bare = { linked: false };
  if (node.tagName === "BR") return ["\n"];
  if (node.tagName === "A") return [address(node, children(node, bare))];
  if (node.tagName === "PRE") return [codeBlock(node)];
  if (node.tagName === "CODE") return [make("code", {}, ...children(node, bare))];
  if (node.tagName === "BLOCKQUOTE") return [quote(node, children(node, context))];
  if (isSpoiler(node)) return [spoiler(children(node, bare))];
  const plain = PLAIN.get(node.tagName);
  return plain ? [make(plain, {}, ...children(node, context))] : children(node, context);
}

function isSpoiler(node) {
  return node.tagName === "TG-SPOILER" || (node.tagName === "SPAN" && node.classList.contains("tg-spoiler"));
}

function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(COMMAND_OR_LINK)) {
    const [whole, url, before, command] = found;
    nodes.push(text.slice(from, found.index) + (before ?? ""));
    nodes.push(url ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url)
      : make("button", { type: "button", className: "command-link", dataset: { command } }, command));
    from = found.index + whole.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function address(node, content) {
  const href = node.getAttribute("href") ?? "";
  if (!isSafeAddress(href)) return make("span", {}, ...content);
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...content);
}

function codeBlock(node) {
  const language = /language-([\w+#.-]+)/.exec(node.querySelector("code")?.className ?? "")?.[1];
  const text = node.textContent.replace(/\n$/, "");
  return make("div", { className: "code-block" },
    make("div", { className: "code-head" },
      make("span", {}, language ?? "code"),
      make("button", { type: "button", className: "copy-code" }, "Copy")),
    make("pre", { tabIndex: 0 }, make("code", {}, text)));
}

function quote(node, content) {
  const body = make("div", { className: "quote-body" }, ...content);
  trimAfterBlocks(body);
  const block = make("blockquote", {}, body);
  if (node.hasAttribute("expandable")) block.classList.add("expandable");
  return block;
}

function spoiler(content) {
  const inner = make("span", { className: "spoiler-text" }, ...content);
  return make("span", { className: "spoiler", tabIndex: 0, role: "button", "aria-label": "Hidden text, press to show" }, inner);
}

/** A block ends its line by itself: the line feed after it would be an empty line. */
function trimAfterBlocks(parent) {
  for (const block of [...parent.childNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE && node.matches("blockquote, .code-block"))) {
    const after = block.nextSibling;
    if (after?.nodeType === Node.TEXT_NODE) after.data = after.data.replace(/^\n/, "");
  }
}
