// One message: who, what, buttons, time.

import { el, hue, iconButton } from "./dom.js";
import { mediaOf } from "./media.js";
import { richText } from "./richtext.js";
import { authorOf, nameOf, service, summary } from "./store.js";

const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });
const DAY_YEAR = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", year: "numeric" });

export function clock(seconds) {
  return CLOCK.format(new Date(seconds * 1000));
}

export function dayOf(seconds) {
  const date = new Date(seconds * 1000);
  const today = new Date();
  const days = Math.round((new Date(today.getFullYear(), today.getMonth(), today.getDate()) - new Date(date.getFullYear(), date.getMonth(), date.getDate())) / 864e5);
  if (days === 0) return "сегодня";
  if (days === 1) return "вчера";
  return (date.getFullYear() === today.getFullYear() ? DAY : DAY_YEAR).format(date);
}

export function messageNode(message, context) {
  const told = service(message);
  const id = { id: message.message_id };
  if (told) return el("div", { class: "service", data: id, testid: "service" }, el("span", {}, told));
  const mine = message.from?.id === context.person.id && !message.sender_chat;
  const classes = ["message", mine ? "out" : "in"];
  if (message.photo) classes.push("with-photo");
  if (message.media_group_id) classes.push("album");
  const bubble = el("div", { class: "bubble" }, head(message, context, mine), mediaOf(message, context), words(message, context), foot(message));
  return el("article", { class: classes.join(" "), data: id, testid: "message", "aria-label": `${authorOf(message)}, ${clock(message.date)}` },
    el("div", { class: "row" }, bubble, iconButton("more", "Действия с сообщением", (event) => context.messageMenu(message, event.currentTarget), { class: "icon-button message-more" })),
    keyboard(message, context), reaction(message));
}

function head(message, context, mine) {
  const parts = [];
  if (!mine && context.chat.type !== "private" && !message.sender_chat) {
    const name = el("div", { class: "author" }, authorOf(message));
    name.style.setProperty("--hue", message.from.is_bot ? 172 : hue(message.from.id));
    parts.push(name);
  }
  if (message.forward_origin) parts.push(el("div", { class: "forwarded" }, "Переслано: ", el("strong", {}, originName(message.forward_origin))));
  if (message.via_bot) parts.push(el("div", { class: "forwarded" }, `через @${message.via_bot.username}`));
  const answered = message.reply_to_message;
  if (answered) {
    const quote = el("button", { type: "button", class: "answered", on: { click: () => context.scrollTo(answered.message_id) } }, el("strong", {}, authorOf(answered)), el("span", {}, summary(answered).slice(0, 90)));
    parts.push(quote);
  }
  return parts;
}

function originName(origin) {
  return origin.type === "channel" ? origin.chat.title : origin.sender_user ? nameOf(origin.sender_user) : "неизвестно кто";
}

function words(message, context) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return el("div", { class: "words", testid: "text" }, richText(text, message.entities ?? message.caption_entities, context));
}

function foot(message) {
  const edited = message.edit_date ? "изменено " : "";
  return el("div", { class: "foot" }, edited && el("span", { testid: "edited" }, edited), el("time", {}, clock(message.date)));
}

function reaction(message) {
  return message.reaction ? el("span", { class: "reaction", "aria-label": `Реакция бота: ${message.reaction}` }, message.reaction) : null;
}

function keyboard(message, context) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const drawn = rows.map((row) => el("div", { class: "button-row" }, row.map((button) => inlineButton(button, message, context))));
  return el("div", { class: "keyboard", role: "group", "aria-label": "Кнопки под сообщением" }, drawn);
}

function inlineButton(button, message, context) {
  const style = ["danger", "success", "primary"].includes(button.style) ? ` ${button.style}` : "";
  const mark = button.url ? "↗" : button.copy_text ? "⧉" : button.switch_inline_query !== undefined ? "↪" : "";
  return el("button", { type: "button", class: `key${style}`, testid: "inline-button", on: { click: (event) => context.press(button, message, event.currentTarget) } },
    button.text, mark && el("span", { class: "key-mark", "aria-hidden": "true" }, mark));
}
