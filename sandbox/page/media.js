// Photos, files, places, contacts and polls inside messages.

import { el, icon, svg } from "./dom.js";

export function mediaOf(message, context) {
  if (message.photo) return photo(message, context);
  if (message.document) return documentCard(message.document);
  if (message.venue) return place(message.venue.location, message.venue);
  if (message.location) return place(message.location);
  if (message.contact) return contact(message.contact);
  if (message.poll) return poll(message.poll);
  return null;
}

function photo(message, context) {
  const shown = message.photo.at(-1);
  const picture = el("img", { src: `/media/${shown.file_id}`, alt: message.caption ?? "Фотография", width: shown.width, height: shown.height, loading: "lazy" });
  const button = el("button", { type: "button", class: "photo", "aria-label": "Открыть фотографию", testid: "photo", on: { click: () => context.lightbox(picture.src, picture.alt) } }, picture);
  if (message.has_media_spoiler) button.classList.add("veiled");
  return button;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(0)} КБ` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}

function documentCard(file) {
  const words = el("span", { class: "file-words" }, el("span", { class: "file-name" }, file.file_name ?? "файл"), el("span", { class: "file-size" }, `${size(file.file_size)} · скачать`));
  return el("a", { class: "file", href: `/media/${file.file_id}`, download: file.file_name ?? "", testid: "document" }, el("span", { class: "file-icon" }, icon("file")), words);
}

function place({ latitude, longitude }, venue) {
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const words = venue ? [el("strong", {}, venue.title), el("span", {}, venue.address)] : [el("span", {}, where)];
  return el("div", { class: "place", testid: "location", role: "group", "aria-label": `Место на карте: ${venue?.title ?? where}` }, map(latitude, longitude), el("div", { class: "place-words" }, words));
}

// A little map drawn from the coordinates alone: the same place always looks the same, and nothing is fetched.
function map(latitude, longitude) {
  let seed = Math.abs(Math.round(latitude * 1e4) * 31 + Math.round(longitude * 1e4)) % 2147483647 || 7;
  const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const shapes = [svg("rect", { width: 280, height: 130, class: "map-land" })];
  const green = () => svg("rect", { x: next() * 220, y: next() * 80, width: 40 + next() * 50, height: 25 + next() * 30, rx: 6, class: "map-park" });
  shapes.push(green(), green());
  const bend = 20 + next() * 90;
  shapes.push(svg("path", { d: `M-10 ${bend} C 80 ${bend + 40 - next() * 80}, 180 ${bend - 40 + next() * 80}, 290 ${130 - bend}`, class: "map-river" }));
  for (let line = 0; line < 6; line++) {
    const at = 15 + line * 48 + next() * 20;
    shapes.push(svg("path", { d: `M${at} -5 L${at + next() * 40 - 20} 135`, class: line % 3 ? "map-street" : "map-road" }));
  }
  for (let line = 0; line < 3; line++) {
    const at = 20 + line * 42 + next() * 14;
    shapes.push(svg("path", { d: `M-5 ${at} L285 ${at + next() * 24 - 12}`, class: line % 2 ? "map-road" : "map-street" }));
  }
  shapes.push(svg("ellipse", { cx: 140, cy: 76, rx: 7, ry: 2.500, class: "map-shadow" }));
  shapes.push(svg("path", { d: "M140 75 c-8 -11 -14 -17 -14 -25 a14 14 0 1 1 28 0 c0 8 -6 14 -14 25z", class: "map-pin" }), svg("circle", { cx: 140, cy: 50, r: 5, class: "map-dot" }));
  return svg("svg", { viewBox: "0 0 280 130", class: "map", "aria-hidden": "true", preserveAspectRatio: "xMidYMid slice" }, ...shapes);
}

function contact({ first_name, last_name, phone_number }) {
  const words = el("span", { class: "file-words" }, el("span", { class: "file-name" }, [first_name, last_name].filter(Boolean).join(" ")), el("span", { class: "file-size" }, phone_number));
  return el("div", { class: "file", testid: "contact" }, el("span", { class: "file-icon" }, icon("contact")), words);
}

function poll({ question, options, is_anonymous }) {
  const rows = options.map((option) => el("li", {}, el("span", { class: "tick", "aria-hidden": "true" }), option.text));
  return el("div", { class: "poll", testid: "poll" }, el("strong", {}, question), el("span", { class: "file-size" }, is_anonymous ? "Анонимный опрос" : "Опрос"), el("ul", {}, rows));
}
