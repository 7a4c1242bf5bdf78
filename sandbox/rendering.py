"""Entities back to Telegram's HTML, so that tests can compare formatting at a glance."""

from html import escape
from typing import Any, Final

from sandbox.entities import Entity

TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "a",
    "text_mention": "a",
    "custom_emoji": "tg-emoji",
    "date_time": "tg-time",
}


def to_html(text: str, entities: list[Entity] | tuple[Entity, ...]) -> str:
    """The text with tags; parsing it again gives the same text and entities."""
    units = text.encode("utf-16-le", "surrogatepass")
    marks: dict[int, tuple[list[str], list[str]]] = {}
    shown = [entity for entity in entities if entity["type"] in TAGS]
    for entity in sorted(shown, key=lambda one: (one["offset"], -one["length"])):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        opening, closing = _tags(entity)
        marks.setdefault(start, ([], []))[0].append(opening)
        marks.setdefault(end, ([], []))[1].insert(0, closing)
    pieces, before = [], 0
    for place in sorted(marks):
        pieces.append(_escaped(units[before * 2 : place * 2]))
        pieces.extend([*marks[place][1], *marks[place][0]])
        before = place
    return "".join([*pieces, _escaped(units[before * 2 :])])


def _escaped(units: bytes) -> str:
    return escape(units.decode("utf-16-le", "surrogatepass"), quote=False)


def _tags(entity: dict[str, Any]) -> tuple[str, str]:
    tag = TAGS[entity["type"]]
    if entity["type"] == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if entity["type"] == "pre" and entity.get("language"):
        return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
    attribute = {
        "text_link": lambda: f' href="{escape(entity["url"])}"',
        "text_mention": lambda: f' href="tg://user?id={entity["user"]["id"]}"',
        "custom_emoji": lambda: f' emoji-id="{escape(entity["custom_emoji_id"])}"',
        "date_time": lambda: f' unix="{entity["unix_time"]}"',
    }.get(entity["type"], str)()
    return f"<{tag}{attribute}>", f"</{tag}>"
