// Builds the page by DOM calls only: whatever people or the bot write is text, never markup.

import { state } from "./store.js";

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === "testid") node.dataset.testid = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name in node && typeof value === "boolean") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  more: "M12 5.800v.01M12 12v.01M12 18.200v.01",
  clip: "M8 12.5l6.2-6.2a3.2 3.2 0 0 1 4.5 4.5l-8 8a5 5 0 0 1-7.1-7.1l7.6-7.6",
  send: "M5 12h13M12.5 6l6 6-6 6",
  menu: "M5 7h14M5 12h14M5 17h14",
  down: "M12 5v13M6 12.5l6 6 6-6",
  file: "M7 3.5h7l4 4V20a.5.5 0 0 1-.5.5h-10A.5.5 0 0 1 7 20zM14 3.5v4h4",
  photo: "M4 6.5h16v12H4zM4 15.5l4.5-4 4 3.5 3-2.5 4.5 3.5M15.5 10v.01",
  place: "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 6l-6 6 6 6M4.5 12H14a6 6 0 0 1 6 6",
  forward: "M14 6l6 6-6 6M19.5 12H10a6 6 0 0 0-6 6",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  copy: "M9 9h10v10H9zM5 15V5h10",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l1 12.5h8L17 7",
  open: "M14 5h5v5M19 5l-8 8M11 6H6v12h12v-5",
  block: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16M6.5 6.5l11 11",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700",
  contact: "M12 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M5 20c0-3.500 3-5.500 7-5.500s7 2 7 5.500",
  bolt: "M13 3L5.500 13.500H12L11 21l7.500-10.500H12z",
};

export function icon(name) {
  const path = svg("path", { d: PATHS[name], fill: "none", stroke: "currentColor", "stroke-width": name === "more" ? 3 : 1.9, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return svg("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" }, path);
}

export function iconButton(name, label, onClick, props = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: onClick }, ...props }, icon(name));
}

export function chatAvatar(chat) {
  const title = chat.type === "private" ? state.bot.first_name : chat.title;
  return avatar(title, chat.id, chat.type === "private" ? 172 : hue(chat.id));
}

const HUES = [168, 205, 262, 28, 340, 95, 230, 12];

export function hue(id) {
  return HUES[Math.abs(Number(id)) % HUES.length];
}

export function avatar(name, id, own = hue(id)) {
  const letters = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word.replace(/[«»"]/g, "")][0] ?? "").join("");
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, letters.toUpperCase());
  node.style.setProperty("--hue", own);
  return node;
}
