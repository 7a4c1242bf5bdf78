// The strip above: who is here, how fast the bot writes, and what goes wrong on purpose.

import { avatar, el, icon } from "./dom.js";
import { menu, tried } from "./dialogs.js";
import { nameOf, state } from "./store.js";

const FAULTS = [
  ["bolt", "Каждое двадцатое: 429", { kind: "flood", rate: 0.05, retry_after: 2 }],
  ["bolt", "Всё: 429 на 5 секунд", { kind: "flood", rate: 1, retry_after: 5 }],
  ["bolt", "Каждое десятое: обрыв после записи", { kind: "reset", rate: 0.1 }],
  ["bolt", "Каждое десятое: ошибка 500", { kind: "server_error", rate: 0.1 }],
  ["bolt", "Ответ через 2 секунды", { kind: "latency", rate: 1, seconds: 2 }],
];

export class Strip {
  constructor(node, onPerson) {
    this.onPerson = onPerson;
    this.tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Люди" });
    this.rate = el("span", { class: "rate", testid: "rate", title: "Сообщений бота за последнюю секунду" });
    this.faults = el("button", { type: "button", class: "chip", testid: "faults", on: { click: (event) => this.faultMenu(event.currentTarget) } });
    this.limits = el("button", { type: "button", class: "chip", testid: "limits", on: { click: () => this.toggleLimits() } });
    this.offline = el("span", { class: "chip offline", role: "status", hidden: true, testid: "offline" }, "Нет связи, соединяюсь…");
    const title = el("div", { class: "brand" }, el("img", { src: "/page/icon.svg", alt: "", width: 24, height: 24 }), el("span", {}, "Местный Telegram"));
    node.replaceChildren(title, this.tabs, el("div", { class: "tools" }, this.offline, this.rate, this.limits, this.faults));
  }

  drawTabs(active) {
    this.tabs.replaceChildren(...state.people.map((person) => el("button", { type: "button", role: "tab", data: { person: person.id }, testid: `tab-${person.id}`,
      "aria-selected": String(person.id === active), on: { click: () => this.onPerson(person) } },
    avatar(nameOf(person), person.id), el("span", {}, person.first_name), el("span", { class: "badge", hidden: true }))));
  }

  showUnread(person, count) {
    const badge = this.tabs.querySelector(`[data-person="${person.id}"] .badge`);
    if (!badge) return;
    badge.hidden = !count;
    badge.textContent = count || "";
  }

  draw() {
    this.rate.textContent = `${state.rate}/с`;
    this.rate.classList.toggle("busy", state.rate > 0);
    this.limits.textContent = state.counting === "off" ? "Лимиты: выкл" : "Лимиты: как у Telegram";
    this.limits.setAttribute("aria-pressed", String(state.counting !== "off"));
    this.faults.replaceChildren(icon("bolt"), el("span", {}, state.faults.length ? `Сбои: ${state.faults.length}` : "Сбои: нет"));
    this.faults.setAttribute("aria-label", state.faults.length ? `Включено сбоев: ${state.faults.length}` : "Сбоев нет, включить");
    this.faults.classList.toggle("alarm", state.faults.length > 0);
    this.faults.setAttribute("aria-haspopup", "menu");
  }

  toggleLimits() { tried(document.body, "limits", { counting: state.counting === "off" ? "bucket" : "off" }); }

  faultMenu(anchor) {
    const entries = FAULTS.map(([name, words, fault]) => [name, words, () => tried(document.body, "fault", fault)]);
    if (state.faults.length) entries.unshift(["close", "Выключить все сбои", () => tried(document.body, "clear_faults", {})]);
    menu(anchor, entries);
  }
}
