/** Text with entities becomes DOM nodes; offsets are UTF-16 units, as JavaScript counts. */
import { el } from "./element.js";
import { isSafe } from "./links.js";
import { say } from "./words.js";

// Telegram marks links and commands by itself; where the playground did not, the page does.
const ADDRESS = /(?:https?:\/\/|\bt\.me\/)[^\s<>「」『』（）。，、；]+/u;
const COMMAND = /(?<![\p{L}\p{N}_/.<>])\/[a-z][a-z0-9_]{0,31}(?:@\w+)?(?![\p{L}\p{N}_/<>])/u;
const FOUND = new RegExp(`${ADDRESS.source}|${COMMAND.source}`, "giu");

function spoiler(children) {
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "title"]) node.removeAttribute(name);
  };
  const node = el(
    "span",
    {
      class: "spoiler",
      role: "button",
      tabindex: 0,
      title: say("reveal"),
      onclick: (event) => {
        if (!node.classList.contains("shown")) {
          event.preventDefault();
          event.stopPropagation();
          show();
        }
      },
      onkeydown: (event) => {
        if (event.key === "Enter") show();
      },
    },
    children,
  );
  return node;
}

function link(address, children, act) {
  const full = /^[a-z][a-z+.-]*:/i.test(address) ? address : `https://${address}`;
  return el(
    "a",
    {
      href: isSafe(full) ? full : "#",
      target: "_blank",
      rel: "noopener noreferrer",
      onclick: (event) => {
        event.preventDefault();
        act.follow(full);
      },
    },
    children,
  );
}

const command = (text, children, act) =>
  el("button", { type: "button", class: "inline-command", onclick: () => act.say(text) }, children);

function copyable(tag, text, children, act, attributes = {}) {
  return el(
    tag,
    {
      ...attributes,
      tabindex: 0,
      role: "button",
      title: say("copy"),
      onclick: () => act.copy(text),
      onkeydown: (event) => {
        if (event.key === "Enter") act.copy(text);
      },
    },
    children,
  );
}

function dress(entity, text, children, act) {
  switch (entity.type) {
    case "bold":
      return el("strong", {}, children);
    case "italic":
      return el("em", {}, children);
    case "underline":
      return el("u", {}, children);
    case "strikethrough":
      return el("s", {}, children);
    case "spoiler":
      return spoiler(children);
    case "code":
      return copyable("code", text, children, act);
    case "pre":
      return copyable("pre", text, children, act, { "data-language": entity.language || null });
    case "blockquote":
      return el("blockquote", {}, children);
    case "expandable_blockquote":
      return el(
        "blockquote",
        {
          class: "expandable",
          onclick: ({ currentTarget }) => currentTarget.classList.toggle("open"),
        },
        children,
      );
    case "text_link":
      return link(entity.url, children, act);
    case "url":
      return link(text, children, act);
    case "email":
      return link(`mailto:${text}`, children, act);
    case "phone_number":
      return link(`tel:${text}`, children, act);
    case "bot_command":
      return command(text, children, act);
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return el("span", { class: "mention" }, children);
    default:
      return el("span", {}, children);
  }
}

function plain(text, from, to, act) {
  const nodes = [];
  let at = from;
  for (const { 0: found, index } of text.slice(from, to).matchAll(FOUND)) {
    const trimmed = found.replace(/[.,;:!?)]+$/, "");
    nodes.push(text.slice(at, from + index));
    nodes.push(
      trimmed.startsWith("/") ? command(trimmed, trimmed, act) : link(trimmed, trimmed, act),
    );
    at = from + index + trimmed.length;
  }
  nodes.push(text.slice(at, to));
  return nodes;
}

const LITERAL = new Set([
  "code",
  "pre",
  "url",
  "text_link",
  "bot_command",
  "email",
  "phone_number",
]);

function weave(text, entities, from, to, act, literal) {
  const nodes = [];
  const between = (start, end) =>
    nodes.push(...(literal ? [text.slice(start, end)] : plain(text, start, end, act)));
  let at = from;
  while (entities.length) {
    const [entity, ...rest] = entities;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) {
      entities = rest;
      continue;
    }
    between(at, start);
    const inside = rest.filter((other) => other.offset < end);
    const within = weave(text, inside, start, end, act, literal || LITERAL.has(entity.type));
    nodes.push(dress(entity, text.slice(start, end), within, act));
    // What reaches over the end of this entity goes on after it.
    entities = rest.filter((other) => other.offset + other.length > end);
    at = end;
    if (/^(pre|.*blockquote)$/.test(entity.type) && text[at] === "\n") at += 1;
  }
  between(at, to);
  return nodes;
}

/** Draw text with its entities; `act` has follow(address), say(command) and copy(text). */
export function paint(text, entities, act) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return weave(text, sorted, 0, text.length, act, false);
}
