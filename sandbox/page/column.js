// One person's view: their chats, the open conversation, and what reaches them alone.

import { avatar, chatAvatar, el, icon, iconButton } from "./dom.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { alertWindow, openLink, menu, toast, tried } from "./dialogs.js";
import { authorOf, chatsOf, isAdmin, isMember, lastMessage, nameOf, state, summary, titleOf } from "./store.js";
import { clock } from "./message.js";

const ACTIONS = { typing: "печатает", upload_photo: "отправляет фото", upload_document: "отправляет файл", find_location: "ищет место" };

export class Column {
  constructor(person, onUnread) {
    this.person = person;
    this.onUnread = onUnread;
    this.chatId = person.id;
    this.topic = 0;
    this.read = new Map();
    this.presses = new Map();
    this.composer = new Composer(this);
    this.conversation = new Conversation(this);
    this.head = el("header", { class: "chat-head" });
    this.topics = el("div", { class: "topics", role: "tablist", "aria-label": "Темы", hidden: true });
    this.list = el("nav", { class: "chat-list", "aria-label": `Чаты: ${nameOf(person)}`, hidden: true, testid: "chat-list" });
    const role = el("span", { class: "role" }, person.role ?? "");
    const owner = el("div", { class: "owner" }, avatar(nameOf(person), person.id), el("strong", {}, nameOf(person)), role);
    this.chatView = el("div", { class: "chat-view" }, this.head, this.topics, this.conversation.node, this.composer.node);
    this.node = el("section", { class: "column", "aria-label": nameOf(person), testid: `person-${person.id}` }, owner, this.chatView, this.list);
    this.refresh();
  }

  get chat() { return state.chats.get(this.chatId); }

  get visible() { return this.node.offsetParent !== null && !document.hidden; }

  // Draws everything from what the page knows now.
  refresh() {
    if (!this.chat || (this.chat.type !== "private" && !isMember(this.chat, this.person.id))) this.chatId = this.person.id;
    for (const chat of chatsOf(this.person)) if (!this.read.has(chat.id)) this.read.set(chat.id, lastMessage(chat)?.message_id ?? 0);
    this.drawHead();
    this.drawTopics();
    this.conversation.draw();
    this.composer.refresh();
    this.drawList();
  }

  open(chat) {
    this.chatId = chat.id;
    this.topic = 0;
    this.list.hidden = true;
    this.chatView.hidden = false;
    this.composer.setMode(null);
    this.refresh();
    this.markRead();
    this.composer.field.focus({ preventScroll: true });
  }

  showList() {
    this.list.hidden = false;
    this.chatView.hidden = true;
    this.drawList();
    this.list.querySelector("button")?.focus({ preventScroll: true });
  }

  hear(event) {
    if (event.person === this.person.id) return this.hearOwn(event);
    if (event.chat !== this.chatId) return this.drawList();
    if (event.event === "action") return this.showAction(event.action);
    if (event.event === "keyboard") return this.composer.newKeyboard();
    if (event.event === "pinned") return this.conversation.drawPinned();
    this.conversation.hear(event);
    if (event.event === "message" && event.message.from?.id === state.bot.id) this.showAction(null);
    if (this.visible && !this.chatView.hidden) this.markRead();
    return this.drawList();
  }

  hearOwn(event) {
    if (event.event === "inline_answer") return this.composer.inlineAnswer(event);
    if (event.event !== "callback_answer") return undefined;
    this.presses.get(event.query)?.();
    this.presses.delete(event.query);
    if (event.text && event.alert) return alertWindow(this.node, event.text);
    if (event.url) this.followUrl(event.url);
    return event.text ? toast(this.node, event.text) : undefined;
  }

  markRead() {
    this.read.set(this.chatId, lastMessage(this.chat)?.message_id ?? 0);
    this.drawUnread();
  }

  unread(chat) {
    const read = this.read.get(chat.id) ?? 0;
    return [...chat.messages.values()].filter((one) => one.message_id > read && one.from?.id !== this.person.id).length;
  }

  drawUnread() {
    const others = chatsOf(this.person).filter((chat) => chat.id !== this.chatId || !this.visible || this.chatView.hidden);
    const total = others.reduce((sum, chat) => sum + this.unread(chat), 0);
    this.badge.textContent = total || "";
    this.badge.hidden = !total;
    this.onUnread(this.person, chatsOf(this.person).reduce((sum, chat) => sum + this.unread(chat), 0));
  }

  drawHead() {
    this.badge = el("span", { class: "badge", hidden: true, testid: "unread" });
    const back = el("button", { type: "button", class: "icon-button back", "aria-label": "Все чаты", title: "Все чаты", testid: "back", on: { click: () => this.showList() } }, icon("back"), this.badge);
    this.status = el("span", { class: "status", testid: "status", "aria-live": "polite" }, this.statusWords());
    const more = iconButton("more", "Действия", (event) => this.headMenu(event.currentTarget), { testid: "chat-menu" });
    this.head.replaceChildren(back, chatAvatar(this.chat), el("div", { class: "titles" }, el("h2", {}, titleOf(this.chat)), this.status), more);
    this.drawUnread();
  }

  statusWords() {
    if (this.chat.type === "private") return this.chat.members[state.bot.id] === "kicked" ? "бот заблокирован" : "бот";
    const count = Object.values(this.chat.members).filter((status) => !["left", "kicked"].includes(status)).length;
    const kind = this.chat.type === "channel" ? "канал" : this.chat.is_forum ? "форум" : "группа";
    return `${kind} · участников: ${count}${isMember(this.chat, state.bot.id) ? " · бот здесь" : ""}`;
  }

  showAction(action) {
    clearTimeout(this.actionTimer);
    this.status.classList.toggle("acting", Boolean(action));
    this.status.textContent = action ? `${ACTIONS[action] ?? "занят"}…` : this.statusWords();
    if (action) this.actionTimer = setTimeout(() => this.showAction(null), 5000);
  }

  drawTopics() {
    const topics = Object.entries(this.chat.topics);
    this.topics.hidden = !topics.length;
    const all = [["0", "Общая"], ...topics];
    this.topics.replaceChildren(...all.map(([id, name]) => el("button", { type: "button", role: "tab", "aria-selected": String(this.topic === Number(id)),
      on: { click: () => { this.topic = Number(id); this.drawTopics(); this.conversation.draw(); } } }, name)));
  }

  drawList() {
    const shown = this.list.hidden ? [] : chatsOf(this.person);
    this.list.replaceChildren(...shown.map((chat) => this.chatRow(chat)));
    this.drawUnread();
  }

  chatRow(chat) {
    const last = lastMessage(chat);
    const unread = this.unread(chat);
    const who = last && chat.type !== "private" && !last.sender_chat ? `${authorOf(last)}: ` : "";
    const title = el("span", { class: "chat-title" }, titleOf(chat), el("time", {}, last ? clock(last.date) : ""));
    const begun = el("span", { class: "chat-last" }, el("span", {}, last ? who + summary(last) : "Ещё ничего нет"), unread ? el("span", { class: "badge" }, String(unread)) : null);
    return el("button", { type: "button", class: "chat-row", testid: `chat-${chat.id}`, "aria-current": chat.id === this.chatId ? "true" : undefined, on: { click: () => this.open(chat) } },
      chatAvatar(chat), el("span", { class: "chat-words" }, title, begun));
  }

  headMenu(anchor) {
    const given = { person: this.person.id, chat: this.chatId };
    const botIn = isMember(this.chat, state.bot.id);
    const setBot = (status) => () => tried(this.node, "member", { ...given, status });
    if (this.chat.type === "private") {
      const blocked = this.chat.members[state.bot.id] === "kicked";
      return menu(anchor, [["link", "Открыть по ссылке…", () => openLink((payload) => this.start(payload))],
        [ "block", blocked ? "Разблокировать бота" : "Заблокировать бота", () => tried(this.node, blocked ? "unblock" : "block", given), blocked ? "" : "danger"]]);
    }
    if (!isAdmin(this.chat, this.person.id)) return menu(anchor, [["back", "Все чаты", () => this.showList()]]);
    const admin = isAdmin(this.chat, state.bot.id);
    return menu(anchor, [
      !botIn && this.chat.type !== "channel" && ["contact", "Добавить бота", setBot("member")],
      !admin && ["contact", "Сделать бота администратором", setBot("administrator")],
      admin && this.chat.type !== "channel" && ["contact", "Сделать бота обычным участником", setBot("member")],
      botIn && ["block", "Удалить бота", setBot("kicked"), "danger"],
    ]);
  }

  start(payload) {
    this.open(state.chats.get(this.person.id));
    return this.composer.do("send", { text: `/start ${payload}`.trim() });
  }

  // What an address does inside the messenger, or null for one that leads outside.
  innerLink(url) {
    const host = url.hostname.replace(/^www\./, "");
    const name = url.pathname.slice(1).toLowerCase();
    if (host !== "t.me" && host !== "telegram.me") return null;
    if (name === state.bot.username.toLowerCase()) return () => this.start(url.searchParams.get("start") ?? "");
    if (name === "share/url") return () => this.conversation.share([url.searchParams.get("text"), url.searchParams.get("url")].filter(Boolean).join("\n"));
    return null;
  }

  followUrl(address) {
    const url = new URL(address, "http://localhost");
    const inner = this.innerLink(url);
    if (inner) inner();
    else if (["http:", "https:"].includes(url.protocol)) window.open(url.href, "_blank", "noopener,noreferrer");
  }
}
