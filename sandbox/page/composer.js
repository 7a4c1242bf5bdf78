// The line where a person writes: text, commands, inline queries, attachments, and the bot's reply keyboard.

import { el, iconButton } from "./dom.js";
import { choosePlace, menu, openLink, toast, tried } from "./dialogs.js";
import { isAdmin, state, summary } from "./store.js";
import { upload } from "./wire.js";

export class Composer {
  constructor(column) {
    this.column = column;
    this.mode = null;
    this.results = [];
    this.field = el("textarea", { rows: 1, placeholder: "Сообщение", "aria-label": "Сообщение", testid: "message-field",
      on: { input: () => this.typed(), keydown: (event) => this.key(event) } });
    this.commandsButton = el("button", { type: "button", class: "commands-button", testid: "commands-button", "aria-label": "Меню команд", on: { click: () => this.toggleCommands() } }, "☰ Меню");
    this.context = el("div", { class: "composer-context", hidden: true });
    this.sheet = el("div", { class: "sheet", hidden: true, role: "listbox", "aria-label": "Подсказки", testid: "sheet" });
    this.keys = el("div", { class: "reply-keyboard", hidden: true, role: "group", "aria-label": "Клавиатура бота", testid: "reply-keyboard" });
    const attach = iconButton("clip", "Приложить", (event) => this.attach(event.currentTarget), { testid: "attach" });
    this.sendButton = iconButton("send", "Отправить", () => this.send(), { class: "icon-button send", testid: "send" });
    this.line = el("div", { class: "line" }, this.commandsButton, this.field, attach, this.sendButton);
    this.stopped = el("div", { class: "stopped", hidden: true });
    this.node = el("div", { class: "composer" }, this.sheet, this.context, this.line, this.stopped, this.keys);
  }

  get chat() { return this.column.chat; }
  get person() { return this.column.person; }

  // Draws what depends on the chat; the text that is being written stays.
  refresh() {
    if (!this.chat) return;
    const commands = this.commands();
    this.commandsButton.hidden = this.chat.type !== "private" || !commands.length;
    const status = this.chat.members[state.bot.id];
    const reason = this.reasonToStop(status);
    this.line.hidden = Boolean(reason);
    this.stopped.hidden = !reason;
    this.stopped.replaceChildren(...[reason].flat().filter(Boolean));
    this.drawKeys();
    this.grow();
  }

  reasonToStop(status) {
    if (this.chat.type === "channel" && !isAdmin(this.chat, this.person.id)) return el("p", { class: "hint" }, "В канале пишут только администраторы");
    if (this.chat.type !== "private") return null;
    if (status === "left") return this.startButtons();
    if (status === "kicked") return el("button", { type: "button", class: "wide-button", testid: "unblock", on: { click: () => tried(this.column.node, "unblock", { person: this.person.id }) } }, "Разблокировать");
    return null;
  }

  startButtons() {
    return [
      el("button", { type: "button", class: "wide-button", testid: "start", on: { click: () => this.column.start("") } }, "Начать"),
      el("button", { type: "button", class: "quiet-button", testid: "start-by-link", on: { click: () => openLink((payload) => this.column.start(payload)) } }, "Открыть по ссылке…"),
    ];
  }

  newKeyboard() {
    this.used = null;
    this.refresh();
  }

  commands() { return this.chat?.commands[this.person.id] ?? []; }

  drawKeys() {
    const rows = this.chat.keyboard?.keyboard;
    this.keys.hidden = !rows || this.line.hidden || this.used === JSON.stringify(rows);
    this.field.placeholder = this.chat.keyboard?.input_field_placeholder ?? "Сообщение";
    this.keys.replaceChildren(...(rows ?? []).map((row) => el("div", { class: "button-row" }, row.map((button) =>
      el("button", { type: "button", class: "reply-key", testid: "reply-button", on: { click: () => this.replyKey(button) } }, button.text)))));
  }

  replyKey(button) {
    if (this.chat.keyboard?.one_time_keyboard) {
      this.used = JSON.stringify(this.chat.keyboard.keyboard);
      this.keys.hidden = true;
    }
    if (button.request_location) return choosePlace((latitude, longitude) => this.do("location", { latitude, longitude }));
    if (button.request_contact) return this.do("contact", {});
    return this.do("send", { text: button.text });
  }

  do(name, given) {
    const where = { person: this.person.id, chat: this.chat.id, topic: this.column.topic || undefined };
    return tried(this.column.node, name, { ...where, ...given });
  }

  write(text) {
    this.field.value = text;
    this.typed();
    this.field.focus();
  }

  answer(message) { this.setMode({ kind: "reply", message }, "Ответ"); }

  change(message) {
    this.setMode({ kind: "edit", message }, "Изменение");
    this.write(message.text ?? "");
  }

  setMode(mode, title) {
    this.mode = mode;
    this.context.hidden = !mode;
    if (!mode) return;
    const cancel = iconButton("close", "Отменить", () => { if (mode.kind === "edit") this.field.value = ""; this.setMode(null); });
    this.context.replaceChildren(el("div", {}, el("strong", {}, title), el("span", {}, summary(mode.message).slice(0, 80))), cancel);
    this.field.focus();
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    const { mode } = this;
    const done = mode?.kind === "edit" ? await this.do("edit", { message: mode.message.message_id, text })
      : await this.do("send", { text, reply_to: mode?.message.message_id });
    if (done === null && mode?.kind !== "edit") return;
    this.field.value = "";
    this.setMode(null);
    this.typed();
  }

  grow() {
    this.field.style.height = "auto"; // for browsers without field-sizing
    const height = this.field.scrollHeight;
    if (height) this.field.style.height = `${Math.min(160, height)}px`;
    this.sendButton.classList.toggle("ready", Boolean(this.field.value.trim()));
  }

  typed() {
    this.grow();
    const text = this.field.value;
    const inline = `@${state.bot.username} `.toLowerCase();
    if (text.startsWith("/") && !/\s/.test(text)) this.suggestCommands(text.slice(1).toLowerCase());
    else if (text.toLowerCase().startsWith(inline)) this.askInline(text.slice(inline.length));
    else this.closeSheet();
  }

  toggleCommands() {
    if (this.sheet.hidden) this.suggestCommands("");
    else this.closeSheet();
  }

  suggestCommands(begin) {
    const found = this.commands().filter(({ command }) => command.startsWith(begin));
    this.openSheet(found.map(({ command, description }) => ({
      node: [el("strong", {}, `/${command}`), el("span", {}, description)],
      pick: () => { this.field.value = ""; this.typed(); this.closeSheet(); this.do("send", { text: this.chat.type === "private" ? `/${command}` : `/${command}@${state.bot.username}` }); },
    })));
  }

  askInline(text) {
    clearTimeout(this.inlineTimer);
    this.inlineTimer = setTimeout(async () => {
      const asked = await this.do("inline", { text });
      if (asked) this.inlineQuery = asked.query;
    }, 250);
  }

  inlineAnswer({ query, results }) {
    if (query !== this.inlineQuery || !this.field.value.startsWith("@")) return;
    if (!results.length) return this.openSheet([{ node: [el("span", {}, "Ничего не нашлось")], pick: () => {} }]);
    this.openSheet(results.map((result) => ({
      node: [el("strong", {}, result.title ?? result.id), el("span", {}, result.description ?? "")],
      pick: () => { this.field.value = ""; this.typed(); this.do("pick", { query, result: result.id }); },
    })));
  }

  openSheet(rows) {
    this.sheet.hidden = !rows.length;
    this.sheet.replaceChildren(...rows.map(({ node, pick }, index) =>
      el("button", { type: "button", class: "suggestion", role: "option", "aria-selected": String(index === 0), on: { click: pick } }, node)));
  }

  closeSheet() {
    this.sheet.hidden = true;
    this.sheet.replaceChildren();
  }

  key(event) {
    const rows = [...this.sheet.children];
    if (!this.sheet.hidden && rows.length && this.keyInSheet(event, rows)) return event.preventDefault();
    if (event.key === "Escape") this.setMode(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return undefined;
    event.preventDefault();
    return this.send();
  }

  keyInSheet(event, rows) {
    const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      rows.forEach((row) => row.setAttribute("aria-selected", "false"));
      const next = rows[(at + step + rows.length) % rows.length];
      next.setAttribute("aria-selected", "true");
      next.scrollIntoView({ block: "nearest" });
      return true;
    }
    if (event.key === "Escape") { this.closeSheet(); return true; }
    if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) { rows[Math.max(0, at)].click(); return true; }
    return false;
  }

  attach(anchor) {
    menu(anchor, [
      ["photo", "Фотография", () => this.pickFiles("photo")],
      ["file", "Файл", () => this.pickFiles("document")],
      ["place", "Место", () => choosePlace((latitude, longitude) => this.do("location", { latitude, longitude }))],
      this.chat.type === "private" && ["contact", "Мой контакт", () => this.do("contact", {})],
    ]);
  }

  pickFiles(kind) {
    const input = el("input", { type: "file", multiple: true, hidden: true, testid: "file-input", accept: kind === "photo" ? "image/png,image/jpeg,image/gif,image/webp" : undefined });
    input.addEventListener("change", () => { this.sendFiles([...input.files].slice(0, 10), kind); input.remove(); });
    document.body.append(input);
    input.click();
  }

  async sendFiles(files, kind) {
    const group = files.length > 1 ? String(Date.now()) : undefined;
    const caption = this.field.value.trim();
    try {
      for (const [index, file] of files.entries()) {
        await this.do("file", { file: await upload(file, kind), group, caption: index ? "" : caption });
      }
      this.write("");
    } catch (error) {
      toast(this.column.node, error.message, "wrong");
    }
  }
}
