"""Formatted text: entities with UTF-16 offsets, as Telegram stores them whatever the parse mode was."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from sandbox.refusals import bad_request

Entity = dict[str, Any]

PLAIN_TYPES: Final = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
CODE_TYPES: Final = frozenset({"code", "pre"})
QUOTES: Final = frozenset({"blockquote", "expandable_blockquote"})
KNOWN_TYPES: Final = PLAIN_TYPES | CODE_TYPES | QUOTES | {"text_link", "text_mention", "custom_emoji", "date_time"}
OUTER_FIRST: Final = (
    "blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "date_time", "url", "email",
    "mention", "hashtag", "bot_command", "bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji",
)  # fmt: skip
RANK: Final = {kind: rank for rank, kind in enumerate(OUTER_FIRST)}
"""Which of two entities over the same words is the outer one, however they were written."""
SPACE: Final = re.compile(r"\s")
CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
FOUND: Final = re.compile(
    r"(?P<url>https?://[^\s<>\"«»]+[^\s<>\"«»().,;:!?]|(?<![\w@.])t\.me/\w[\w/?=&-]*)"
    r"|(?P<email>(?<![\w.])[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#&])#\w*[^\W\d]\w*)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/@]))"
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities; offsets and lengths in UTF-16 code units."""

    text: str
    entities: tuple[Entity, ...] = ()

    def fields(self, text: str = "text", entities: str = "entities") -> dict[str, Any]:
        """The fields of a Message: text and entities, or caption and caption_entities."""
        return {text: self.text, entities: list(self.entities)} if self.entities else {text: self.text}


def utf16(text: str) -> int:
    """Length in UTF-16 code units: what Telegram counts in. Astral characters are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_link(url: str) -> str | None:
    """The link as Telegram keeps it, or None where it drops the link and shows bare text."""
    url = url.strip()
    if not url or SPACE.search(url):
        return None
    scheme, colon, _ = url.partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) and not re.match(r"\d+(/|$)", url[len(scheme) + 1 :]):
        scheme = scheme.lower()
        if scheme in {"tg", "ton", "tonsite"}:
            return url
        if scheme not in {"http", "https"}:
            return None
    else:
        url = f"http://{url}"
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host or ("." not in host and ":" not in host and host != "localhost"):
        return None
    return url if urlsplit(url).path else f"{url}/"


def link_entity(url: str) -> Entity | None:
    """text_link, or text_mention for tg://user?id=…; None for a link that Telegram drops."""
    mention = re.fullmatch(r"tg://user\?id=(\d+)", url.strip(), re.IGNORECASE)
    if mention:
        return {"type": "text_mention", "user_id": int(mention[1])}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else None


def given(text: str, entities: list[Entity]) -> Formatted:
    """A text with entities that the bot computed itself. Raises Refusal for one outside the text or inside a pair."""
    length = utf16(text)
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or entity["length"] < 0 or end > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
                if start <= length
                else f"entity begins in a wrong position: UTF-16 offset {start}"
            )
        if _splits_a_pair(text, start) or _splits_a_pair(text, end):
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {start}")
    kept = [dict(entity) for entity in entities if entity["type"] in KNOWN_TYPES and entity["length"] > 0]
    return settle(text, kept)


def _splits_a_pair(text: str, offset: int) -> bool:
    if text.isascii():
        return False
    units = text.encode("utf-16-le", "surrogatepass")
    at = units[offset * 2 : offset * 2 + 2]
    before = units[offset * 2 - 2 : offset * 2] if offset else b""
    return len(at) == 2 and len(before) == 2 and 0xDC <= at[1] <= 0xDF and 0xD8 <= before[1] <= 0xDB


def settle(text: str, entities: list[Entity]) -> Formatted:
    """Trims the text, drops what became empty, forbids what may not nest, finds links, commands and hashtags."""
    text = CONTROL.sub(" ", text)
    bare = text.lstrip(" \n")
    cut = len(text) - len(bare)
    bare = bare.rstrip(" \n")
    kept = _clipped(entities, cut, utf16(bare)) if entities else []
    kept = _nested(kept)
    found = [entity for entity in _found(bare) if not any(_clash(entity, one) for one in kept)]
    return Formatted(bare, tuple(sorted([*kept, *found], key=_order)))


def _clipped(entities: list[Entity], cut: int, length: int) -> list[Entity]:
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(length, entity["offset"] + entity["length"] - cut)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return kept


def _order(entity: Entity) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], RANK[entity["type"]]


def _nested(entities: list[Entity]) -> list[Entity]:
    """Nothing lives inside code and pre; a quote holds no quote; a link no link."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=_order):
        around = [one for one in kept if one["offset"] + one["length"] > entity["offset"]]
        kinds = {one["type"] for one in around}
        if kinds & CODE_TYPES or entity["type"] in kinds or (kinds & QUOTES and entity["type"] in QUOTES):
            continue
        kept.append(entity)
    return kept


def _clash(found: Entity, entity: Entity) -> bool:
    if entity["type"] in PLAIN_TYPES | QUOTES:
        return False
    return bool(
        found["offset"] < entity["offset"] + entity["length"] and entity["offset"] < found["offset"] + found["length"]
    )


def _found(text: str) -> list[Entity]:
    if not any(mark in text for mark in "/@#"):
        return []
    return [
        {"type": match.lastgroup, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
        for match in FOUND.finditer(text)
    ]
