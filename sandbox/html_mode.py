"""parse_mode=HTML, as strict as Telegram: its tags, its attributes, its words for every mistake."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sandbox.entities import Entity, Formatted, link_entity, settle, utf16
from sandbox.refusals import Refusal, bad_request

TYPES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE: Final = re.compile(r"&(?:#x([0-9A-Fa-f]{1,8})|#([0-9]{1,8})|(lt|gt|amp|quot));?")
STOP: Final = re.compile(r"[<&]")
TAG_NAME: Final = re.compile(r"[^\s>]*")
SPACE: Final = re.compile(r"\s*")
ATTRIBUTE: Final = re.compile(r"[^\s=>/\"']*")
TOKEN: Final = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int


@lru_cache(maxsize=256)  # a broadcast is one text many times
def parse_html(text: str) -> Formatted:
    """The text without its tags, and the entities. Raises Refusal «can't parse entities: …»."""
    return settle(*Parser(text).run()) if STOP.search(text) else settle(text, [])


class Parser:
    """Walks once over the text; `offset` counts the UTF-16 units already put out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.offset = 0
        self.out: list[str] = []
        self.open: list[Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while stop := STOP.search(self.text, self.at):
            self._put(self.text[self.at : stop.start()])
            self.at = stop.start()
            if stop[0] == "&":
                self._reference()
            elif self.text.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._put(self.text[self.at :])
        if self.open:
            raise self._refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.out), self.entities

    def _put(self, piece: str) -> None:
        if piece:
            self.out.append(piece)
            self.offset += utf16(piece)

    def _reference(self) -> None:
        found = REFERENCE.match(self.text, self.at)
        self._put(_character(found) if found else "&")
        self.at = found.end() if found else self.at + 1

    def _start_tag(self) -> None:
        begin = self.at
        name = _match(TAG_NAME, self.text, begin + 1)
        self.at = begin + 1 + len(name)
        if self.at >= len(self.text):
            raise self._refusal("Unclosed start tag", begin)
        tag = name.lower()
        if tag not in TYPES:
            raise self._refusal(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refusal('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(Open(tag, attributes, self.offset))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._here() == ">":
                self.at += 1
                return found
            name = _match(ATTRIBUTE, self.text, self.at)
            if not name:
                words = "Unclosed start tag" if not self._here() else f'Empty attribute name in the tag "{tag}"'
                raise self._refusal(words, begin)
            self.at += len(name)
            self._skip_space()
            if self._here() == "=":
                self.at += 1
                self._skip_space()
                found[name.lower()] = self._value(begin)
            elif tag == "blockquote" and name.lower() == "expandable":
                found["expandable"] = ""
            else:
                raise self._refusal(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)

    def _value(self, begin: int) -> str:
        quote = self._here()
        if quote not in {'"', "'"}:
            return self._token(begin)
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            raise self._refusal("Unclosed start tag", begin)
        value = self.text[self.at + 1 : end]
        self.at = end + 1
        return REFERENCE.sub(_character, value)

    def _token(self, begin: int) -> str:
        start = self.at
        token = _match(TOKEN, self.text, start)
        self.at += len(token)
        if not self._here():
            raise self._refusal("Unclosed start tag", begin)
        if self._here() != ">" and not self._here().isspace():
            raise self._refusal("Unexpected end of name token", start)
        return token.lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refusal("Unexpected end tag", begin)
        name = _match(TAG_NAME, self.text, begin + 2)
        self.at = begin + 2 + len(name)
        self._skip_space()
        if self._here() != ">":
            raise self._refusal("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name.lower() != opened.tag:
            raise self._refusal("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{name.lower()}>"')
        self._close(opened)

    def _close(self, opened: Open) -> None:
        length = self.offset - opened.offset
        if length <= 0:
            return
        extra = self._extra(opened, length)
        if extra is not None:
            self.entities.append({"type": TYPES[opened.tag], "offset": opened.offset, "length": length, **extra})

    def _extra(self, opened: Open, length: int) -> Entity | None:
        """What the attributes add to the entity; None where Telegram drops the entity in silence."""
        if opened.tag == "a":
            return link_entity(opened.attributes.get("href") or _tail("".join(self.out), length))
        if opened.tag == "tg-emoji":
            emoji = opened.attributes.get("emoji-id", "")
            if not emoji.isdecimal():
                raise self._refusal("Invalid custom emoji identifier specified")
            return {"custom_emoji_id": emoji}
        if opened.tag == "tg-time":
            return self._time(opened.attributes)
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            return {"type": "expandable_blockquote"}
        if opened.tag == "code":
            self._name_language(opened)
        language = opened.attributes.get("language", "") if opened.tag == "pre" else ""
        return {"language": language} if language else {}

    def _name_language(self, code: Open) -> None:
        """The class of a code inside a pre is the language of that pre."""
        named = code.attributes.get("class", "")
        around = self.open[-1] if self.open else None
        if named.startswith("language-") and around and around.tag == "pre" and around.offset == code.offset:
            around.attributes["language"] = named.removeprefix("language-")

    def _time(self, attributes: dict[str, str]) -> Entity:
        unix = attributes.get("unix", "")
        if not unix.isdecimal():
            raise self._refusal("Invalid date specified")
        shown = {"date_time_format": attributes["format"]} if attributes.get("format") else {}
        return {"unix_time": int(unix), **shown}

    def _here(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def _skip_space(self) -> None:
        self.at += len(_match(SPACE, self.text, self.at))

    def _refusal(self, words: str, position: int | None = None, more: str = "") -> Refusal:
        where = "" if position is None else f" at byte offset {len(self.text[:position].encode('utf-8', 'replace'))}"
        return bad_request(f"can't parse entities: {words}{where}{more}")


def _match(pattern: re.Pattern[str], text: str, at: int) -> str:
    found = pattern.match(text, at)
    return found[0] if found else ""


def _tail(text: str, length: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[-2 * length :].decode("utf-16-le", "replace")


def _character(found: re.Match[str]) -> str:
    """The character behind an «&…;»; what names none stays as it is written."""
    if found[3]:
        return NAMED[found[3]]
    number = int(found[1], 16) if found[1] else int(found[2])
    impossible = number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF
    return found[0] if impossible else chr(number)
