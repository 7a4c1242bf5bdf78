// Formatted text from entities. Offsets are UTF-16 units, which is what JavaScript strings count in.

import { el } from "./dom.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

export function richText(text, entities, context) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, context);
}

function build(text, start, end, entities, context) {
  const nodes = [];
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const stop = Math.min(end, entity.offset + entity.length);
    if (entity.offset >= end || stop <= at) { rest = others; continue; }
    const begin = Math.max(at, entity.offset);
    if (begin > at) nodes.push(trimmed(text.slice(at, begin), nodes.at(-1), entity));
    const inside = others.filter((one) => one.offset < stop);
    nodes.push(wrap(entity, text.slice(begin, stop), build(text, begin, stop, inside, context), context));
    at = stop;
    rest = others.filter((one) => one.offset + one.length > stop).map((one) => cut(one, stop));
  }
  if (at < end) nodes.push(trimmed(text.slice(at, end), nodes.at(-1)));
  return nodes;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

// A block stands on lines of its own, so the line ends around it would be one too many.
function trimmed(text, before, next) {
  const begun = before instanceof Element && ["PRE", "BLOCKQUOTE"].includes(before.tagName) ? text.replace(/^\n/, "") : text;
  return next && BLOCKS.has(next.type) ? begun.replace(/\n$/, "") : begun;
}

function cut(entity, from) {
  return entity.offset >= from ? entity : { ...entity, offset: from, length: entity.offset + entity.length - from };
}

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

function wrap(entity, raw, children, context) {
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, children);
  const maker = MAKERS[entity.type];
  return maker ? maker(entity, raw, children, context) : el("span", {}, children);
}

const MAKERS = {
  pre: (entity, raw, children) => el("pre", { data: { language: entity.language ?? "" } }, el("code", {}, children)),
  blockquote: (entity, raw, children) => el("blockquote", {}, children),
  expandable_blockquote: (entity, raw, children) => expandable(children, raw),
  spoiler: (entity, raw, children) => spoiler(children),
  text_link: (entity, raw, children, context) => link(entity.url, children, context),
  url: (entity, raw, children, context) => link(/^[a-z]+:/i.test(raw) ? raw : `http://${raw}`, children, context),
  email: (entity, raw, children, context) => link(`mailto:${raw}`, children, context),
  mention: (entity, raw, children) => el("span", { class: "mention" }, children),
  text_mention: (entity, raw, children) => el("span", { class: "mention" }, children),
  hashtag: (entity, raw, children) => el("span", { class: "mention" }, children),
  date_time: (entity, raw, children) => el("time", {}, children),
  custom_emoji: (entity, raw, children) => el("span", {}, children),
  bot_command: (entity, raw, children, context) =>
    el("button", { type: "button", class: "linklike", on: { click: () => context.command(raw) } }, children),
};

function link(address, children, context) {
  let url;
  try { url = new URL(address); } catch { return el("span", {}, children); }
  const inner = context.innerLink(url);
  if (inner) return el("a", { href: "#", on: { click: (event) => { event.preventDefault(); inner(); } } }, children);
  if (!SAFE.has(url.protocol)) return el("span", { class: "mention" }, children);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(children) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Скрытый текст, показать" }, el("span", {}, children));
  const show = () => { node.classList.add("shown"); node.removeAttribute("role"); node.removeAttribute("aria-label"); node.removeAttribute("tabindex"); };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } });
  return node;
}

function expandable(children, raw) {
  const body = el("span", { class: "quote-body" }, children);
  const node = el("blockquote", { class: "expandable" }, body);
  if (raw.split("\n").length <= 3 && raw.length < 120) return node;
  node.classList.add("folded");
  const toggle = el("button", { type: "button", class: "fold", "aria-expanded": "false" }, "Развернуть");
  toggle.addEventListener("click", () => {
    const folded = node.classList.toggle("folded");
    toggle.textContent = folded ? "Развернуть" : "Свернуть";
    toggle.setAttribute("aria-expanded", String(!folded));
  });
  node.append(toggle);
  return node;
}
