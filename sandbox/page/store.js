// What the page knows: the bot, the people, the chats with their messages.

export const state = { bot: null, people: [], chats: new Map(), towns: [], faults: [], counting: "bucket", rate: 0 };

export function take(event) {
  if (event.event === "hello") return hello(event);
  if (event.event === "faults") state.faults = event.faults;
  if (event.event === "limits") state.counting = event.counting;
  if (event.event === "rate") state.rate = event.rate;
  const chat = state.chats.get(event.chat);
  if (!chat) return;
  if (event.event === "message" || event.event === "edited") chat.messages.set(event.message.message_id, { ...event.message, reaction: chat.messages.get(event.message.message_id)?.reaction });
  if (event.event === "deleted") for (const id of event.ids) chat.messages.delete(id);
  if (event.event === "keyboard") chat.keyboard = event.keyboard;
  if (event.event === "pinned") chat.pinned = event.pinned;
  if (event.event === "reaction" && chat.messages.has(event.message_id)) chat.messages.get(event.message_id).reaction = event.emoji;
}

function hello(event) {
  Object.assign(state, { bot: event.bot, people: event.people, towns: event.towns, faults: event.faults, counting: event.counting, rate: event.rate });
  state.chats = new Map(event.chats.map((chat) => [chat.id, { ...chat, messages: new Map(chat.messages.map((one) => [one.message_id, one])) }]));
}

export function chatsOf(person) {
  const own = [...state.chats.values()].filter((chat) => (chat.type === "private" ? chat.id === person.id : isMember(chat, person.id)));
  return own.sort((a, b) => (b.type === "private") - (a.type === "private") || lastDate(b) - lastDate(a));
}

export function isMember(chat, id) {
  return ["creator", "administrator", "member", "restricted"].includes(chat.members[id]);
}

export function isAdmin(chat, id) {
  return ["creator", "administrator"].includes(chat.members[id]);
}

export function lastMessage(chat) {
  return [...chat.messages.values()].at(-1);
}

function lastDate(chat) {
  return lastMessage(chat)?.date ?? 0;
}

export function titleOf(chat) {
  return chat.type === "private" ? nameOf(state.bot) : chat.title;
}

export function nameOf(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

export function authorOf(message) {
  return message.sender_chat ? message.sender_chat.title : nameOf(message.from);
}

export function summary(message) {
  if (message.text) return message.text;
  const shown = message.photo ? "Фотография" : message.document ? `Файл ${message.document.file_name}` : message.venue ? message.venue.title
    : message.location ? "Место на карте" : message.contact ? "Контакт" : message.poll ? `Опрос: ${message.poll.question}` : service(message) ?? "Сообщение";
  return message.caption ? `${shown}: ${message.caption}` : shown;
}

export function service(message) {
  if (message.new_chat_members) return `${nameOf(message.from)} добавляет: ${message.new_chat_members.map(nameOf).join(", ")}`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} больше не в группе`;
  if (message.pinned_message) return `${nameOf(message.from)} закрепляет: «${summary(message.pinned_message).split("\n")[0].slice(0, 40)}»`;
  if (message.migrate_to_chat_id) return "Группа стала супергруппой";
  if (message.migrate_from_chat_id) return "Супергруппа создана из группы";
  return null;
}
