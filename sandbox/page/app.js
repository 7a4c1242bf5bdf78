// Brings the page up: the wire, the columns of the people, the strip.

import { Column } from "./column.js";
import { Strip } from "./strip.js";
import { state, take } from "./store.js";
import { connect } from "./wire.js";

const stage = document.getElementById("stage");
const strip = new Strip(document.getElementById("strip"), show);
const columns = new Map();

function show(person) {
  for (const [id, column] of columns) column.node.classList.toggle("active", id === person.id);
  strip.drawTabs(person.id);
  const column = columns.get(person.id);
  column.conversation.toEnd(false);
  column.markRead();
  for (const one of columns.values()) one.drawUnread();
  try { sessionStorage.setItem("person", person.id); } catch { /* the page works without memory */ }
}

function drawAll() {
  const known = state.people.map((person) => person.id);
  for (const [id, column] of columns) if (!known.includes(id)) { column.node.remove(); columns.delete(id); }
  for (const person of state.people) {
    if (columns.has(person.id)) { columns.get(person.id).refresh(); continue; }
    const column = new Column(person, (who, count) => strip.showUnread(who, count));
    columns.set(person.id, column);
    stage.append(column.node);
    column.conversation.toEnd(false);
  }
  document.title = `${state.bot.first_name} · местный Telegram`;
  if (!stage.querySelector(".column.active") && state.people.length) show(remembered());
  strip.draw();
}

function remembered() {
  let id = 0;
  try { id = Number(sessionStorage.getItem("person")); } catch { /* the first one then */ }
  return state.people.find((person) => person.id === id) ?? state.people[0];
}

connect((event) => {
  take(event);
  if (event.event === "hello") return drawAll();
  if (["faults", "limits", "rate"].includes(event.event)) return strip.draw();
  for (const column of columns.values()) {
    if (event.person ? event.person === column.person.id : concerns(event, column)) column.hear(event);
  }
  return undefined;
}, (online) => { strip.offline.hidden = online; });

function concerns(event, column) {
  const chat = state.chats.get(event.chat);
  return chat && (chat.type === "private" ? chat.id === column.person.id : chat.members[column.person.id]);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const column of columns.values()) if (column.visible) column.markRead();
});
