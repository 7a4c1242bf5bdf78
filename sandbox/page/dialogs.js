// Small windows: alerts, choosing a chat, a place, a deep link, a large picture, menus, toasts.

import { chatAvatar, el, icon } from "./dom.js";
import { act } from "./wire.js";
import { chatsOf, isAdmin, state, titleOf } from "./store.js";

export function dialog(title, content, testid) {
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "Закрыть", on: { click: () => box.close() } }, icon("close"));
  const box = el("dialog", { class: "window", "aria-label": title, testid }, el("header", {}, el("h2", {}, title), close), el("div", { class: "window-body" }, content));
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  document.body.append(box);
  box.showModal();
  return box;
}

// An alert stands in the column of the one person it is meant for; the others go on.
export function alertWindow(column, text) {
  const close = () => box.remove();
  const button = el("button", { type: "button", class: "wide-button", on: { click: close } }, "Понятно");
  const box = el("div", { class: "alert", role: "alertdialog", "aria-label": "Сообщение бота", on: { keydown: (event) => { if (event.key === "Escape") close(); } } },
    el("div", {}, el("p", { testid: "alert" }, text), button));
  column.append(box);
  button.focus({ preventScroll: true });
}

export function chooseChat(person, title, onChosen) {
  const choose = (chat) => { box.close(); onChosen(chat); };
  const rows = chatsOf(person).filter((chat) => chat.type !== "channel" || isAdmin(chat, person.id)).map((chat) =>
    el("button", { type: "button", class: "choice", on: { click: () => choose(chat) } }, chatAvatar(chat), el("span", {}, titleOf(chat))));
  const box = dialog(title, rows, "choose-chat");
}

export function choosePlace(onChosen) {
  const send = (latitude, longitude) => { box.close(); onChosen(latitude, longitude); };
  const towns = state.towns.map((town) => el("button", { type: "button", class: "choice", testid: "town", on: { click: () => send(town.latitude, town.longitude) } }, icon("place"), el("span", {}, town.name)));
  const latitude = el("input", { type: "number", step: "any", min: -90, max: 90, required: true, placeholder: "53.0945", "aria-label": "Широта" });
  const longitude = el("input", { type: "number", step: "any", min: -180, max: 180, required: true, placeholder: "91.4103", "aria-label": "Долгота" });
  const form = el("form", { class: "coordinates", on: { submit: (event) => { event.preventDefault(); send(latitude.valueAsNumber, longitude.valueAsNumber); } } },
    latitude, longitude, el("button", { class: "wide-button" }, "Отправить"));
  const box = dialog("Где вы?", [towns.length ? el("div", { class: "towns" }, towns) : null, el("p", { class: "hint" }, "Или координаты:"), form], "choose-place");
}

export function openLink(onPayload) {
  const payload = el("input", { type: "text", placeholder: "e_12 или t.me/бот?start=e_12", "aria-label": "Ссылка или её параметр", testid: "deep-link", autofocus: true });
  const submit = (event) => {
    event.preventDefault();
    const given = payload.value.trim();
    box.close();
    onPayload(given.includes("start=") ? given.split("start=")[1].split("&")[0] : given);
  };
  const box = dialog("Открыть бота по ссылке", el("form", { class: "coordinates one", on: { submit } }, payload, el("button", { class: "wide-button" }, "Открыть")));
  payload.focus();
}

export function lightbox(source, alt) {
  const box = el("dialog", { class: "lightbox", "aria-label": alt }, el("img", { src: source, alt }));
  box.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

// A menu at a button; entries are [icon, words, what to do].
export function menu(anchor, entries) {
  document.querySelector(".menu")?.remove();
  const box = el("div", { class: "menu", role: "menu" }, entries.filter(Boolean).map(([name, words, onClick, kind]) =>
    el("button", { type: "button", role: "menuitem", class: kind ?? "", on: { click: () => { close(); onClick(); } } }, icon(name), words)));
  const close = () => { box.remove(); document.removeEventListener("pointerdown", outside, true); anchor.focus?.({ preventScroll: true }); };
  const outside = (event) => { if (!box.contains(event.target)) close(); };
  box.addEventListener("keydown", (event) => moveInMenu(event, box, close));
  document.body.append(box);
  placeAt(box, anchor.getBoundingClientRect());
  document.addEventListener("pointerdown", outside, true);
  box.querySelector("button")?.focus({ preventScroll: true });
}

function placeAt(box, spot) {
  const { width, height } = box.getBoundingClientRect();
  const below = spot.bottom + height + 8 < innerHeight;
  box.style.left = `${Math.max(8, Math.min(spot.left, innerWidth - width - 8))}px`;
  box.style.top = `${below ? spot.bottom + 4 : Math.max(8, spot.top - height - 4)}px`;
}

function moveInMenu(event, box, close) {
  const buttons = [...box.querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") close();
  if (!step) return;
  event.preventDefault();
  buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
}

export function toast(column, text, kind = "") {
  const node = el("div", { class: `toast ${kind}`, role: "status", testid: "toast" }, text);
  column.append(node);
  setTimeout(() => node.classList.add("leaving"), 3600);
  setTimeout(() => node.remove(), 4000);
}

// Does an act and says what went wrong, if anything did.
export async function tried(column, name, given) {
  try {
    return await act(name, given);
  } catch (error) {
    toast(column, error.message, "wrong");
    return null;
  }
}
