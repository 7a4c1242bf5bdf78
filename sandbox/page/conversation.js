// The messages of the open chat: drawn once, then changed one by one as events come.

import { el, iconButton } from "./dom.js";
import { chooseChat, lightbox, menu, toast, tried } from "./dialogs.js";
import { dayOf, messageNode } from "./message.js";
import { isAdmin, state, summary } from "./store.js";

const NEAR = 120;

export class Conversation {
  constructor(column) {
    this.column = column;
    this.pinned = el("button", { type: "button", class: "pinned", hidden: true, testid: "pinned" });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Сообщения", tabindex: 0, testid: "log", on: { scroll: () => this.scrolled() } });
    this.jump = iconButton("down", "К последнему сообщению", () => this.toEnd(true), { class: "icon-button jump", hidden: true });
    this.node = el("div", { class: "conversation" }, this.pinned, this.log, this.jump);
    this.context = {
      column, conversation: this,
      get person() { return column.person; },
      get chat() { return column.chat; },
      command: (text) => column.composer.do("send", { text }),
      innerLink: (url) => column.innerLink(url),
      lightbox,
      press: (button, message, node) => this.press(button, message, node),
      messageMenu: (message, anchor) => this.messageMenu(message, anchor),
      scrollTo: (id) => this.scrollTo(id),
    };
  }

  get messages() {
    const { topic, chat } = this.column;
    const all = [...chat.messages.values()].sort((a, b) => a.message_id - b.message_id);
    return Object.keys(chat.topics).length ? all.filter((one) => (one.message_thread_id ?? 0) === topic) : all;
  }

  draw() {
    const { messages } = this;
    const wanted = this.signature();
    this.drawPinned();
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.log.replaceChildren();
    this.lastDay = "";
    if (!messages.length) this.log.append(this.welcome());
    for (const message of messages) this.append(message);
    this.toEnd(false);
  }

  // What is on the screen, so that a fresh snapshot that brings nothing new leaves it alone.
  signature() {
    return JSON.stringify([this.column.chatId, this.column.topic, state.bot.description, this.messages]);
  }

  welcome() {
    if (this.column.chat.type !== "private") return el("div", { class: "welcome" }, el("p", {}, "Здесь пока ничего не написано."));
    const words = state.bot.description || "Нажмите «Начать», и бот ответит.";
    return el("div", { class: "welcome", testid: "welcome" }, el("h3", {}, state.bot.description ? "Что умеет этот бот?" : state.bot.first_name), el("p", {}, words));
  }

  append(message) {
    this.log.querySelector(".welcome")?.remove();
    const day = dayOf(message.date);
    if (day !== this.lastDay) this.log.append(el("div", { class: "day" }, el("span", {}, day)));
    this.lastDay = day;
    const previous = this.log.lastElementChild;
    const node = messageNode(message, this.context);
    const same = previous?.classList.contains("message") && previous.dataset.author === this.author(message);
    node.dataset.author = this.author(message);
    if (same && !message.media_group_id) node.classList.add("follows");
    if (same && message.media_group_id && previous.dataset.album === message.media_group_id) node.classList.add("follows", "album-next");
    if (message.media_group_id) node.dataset.album = message.media_group_id;
    this.log.append(node);
  }

  author(message) { return String((message.sender_chat ?? message.from).id); }

  find(id) { return this.log.querySelector(`[data-id="${Number(id)}"]`); }

  hear(event) {
    const atEnd = this.atEnd();
    if (event.event === "message") this.arrive(event.message, atEnd);
    if (event.event === "edited") this.replace(this.column.chat.messages.get(event.message.message_id));
    if (event.event === "deleted") for (const id of event.ids) this.vanish(this.find(id));
    if (event.event === "reaction") this.replace(this.column.chat.messages.get(event.message_id));
    if (atEnd) this.toEnd(false);
    this.drawn = this.signature();
  }

  arrive(message, atEnd) {
    if (!this.messages.some((one) => one.message_id === message.message_id)) return;
    this.append(message);
    this.log.lastElementChild.classList.add("arriving");
    if (!atEnd && message.from?.id === this.column.person.id) this.toEnd(false);
  }

  replace(message) {
    const old = message && this.find(message.message_id);
    if (!old) return;
    const node = messageNode(message, this.context);
    for (const mark of ["follows", "album-next"]) node.classList.toggle(mark, old.classList.contains(mark));
    Object.assign(node.dataset, { author: old.dataset.author });
    const focused = old.contains(document.activeElement) ? [...old.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    old.replaceWith(node);
    if (focused >= 0) node.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
  }

  vanish(node) {
    if (!node) return;
    node.classList.add("vanishing");
    setTimeout(() => node.remove(), 220);
  }

  drawPinned() {
    const { chat } = this.column;
    const id = chat.pinned.at(-1);
    const message = chat.messages.get(id);
    this.pinned.hidden = !message;
    if (!message) return;
    this.pinned.replaceChildren(el("strong", {}, "Закреплено"), el("span", {}, summary(message).slice(0, 120)));
    this.pinned.onclick = () => this.scrollTo(id);
  }

  async press(button, message, node) {
    const { column } = this;
    if (button.callback_data !== undefined) return this.callback(button, message, node);
    if (button.url) return column.followUrl(button.url);
    if (button.copy_text) return this.copy(button.copy_text.text);
    const words = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
    if (button.switch_inline_query_current_chat !== undefined) return column.composer.write(`@${state.bot.username} ${button.switch_inline_query_current_chat}`);
    if (words === undefined) return toast(column.node, "Такие кнопки песочница не открывает");
    return chooseChat(column.person, "Куда отправить?", (chat) => { column.open(chat); column.composer.write(`@${state.bot.username} ${words}`); });
  }

  async callback(button, message, node) {
    if (node.classList.contains("busy")) return;
    const free = () => { node.classList.remove("busy"); node.removeAttribute("aria-busy"); };
    node.classList.add("busy");
    node.setAttribute("aria-busy", "true");
    setTimeout(free, 15000);
    const { column } = this;
    const asked = await tried(column.node, "press", { person: column.person.id, chat: column.chatId, message: message.message_id, data: button.callback_data });
    if (asked) column.presses.set(asked.query, free);
    else free();
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast(this.column.node, "Скопировано");
    } catch {
      toast(this.column.node, text);
    }
  }

  share(text) {
    chooseChat(this.column.person, "Куда отправить?", (chat) => { this.column.open(chat); this.column.composer.write(text); });
  }

  messageMenu(message, anchor) {
    const { column } = this;
    const own = message.from?.id === column.person.id || (column.chat.type === "channel" && isAdmin(column.chat, column.person.id));
    const given = { person: column.person.id, chat: column.chatId, message: message.message_id };
    menu(anchor, [
      ["reply", "Ответить", () => column.composer.answer(message)],
      ["forward", "Переслать", () => this.forward(message)],
      message.text && ["copy", "Скопировать текст", () => this.copy(message.text)],
      own && message.text && ["edit", "Изменить", () => column.composer.change(message)],
      own && ["trash", "Удалить", () => tried(column.node, "delete", given), "danger"],
    ]);
  }

  forward(message) {
    const { column } = this;
    chooseChat(column.person, "Кому переслать?", async (chat) => {
      const done = await tried(column.node, "forward", { person: column.person.id, from_chat: column.chatId, message: message.message_id, chat: chat.id });
      if (done) column.open(chat);
    });
  }

  scrollTo(id) {
    const node = this.find(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1400);
  }

  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR; }

  toEnd(smooth) { this.log.scrollTo({ top: this.log.scrollHeight, behavior: smooth ? "smooth" : "instant" }); }

  scrolled() { this.jump.hidden = this.atEnd(); }
}
