"""parse_mode=MarkdownV2: nesting, escapes and reserved characters as Telegram demands them."""

from dataclasses import dataclass
from typing import Final

from sandbox.entities import Entity, Formatted, link_entity, settle, utf16
from sandbox.refusals import Refusal, bad_request

RESERVED: Final = frozenset("_*[]()~`>#+-=|{}.!")
MARKS: Final = {
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "![": "custom_emoji",
    "*": "bold",
    "_": "italic",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
ENDS: Final = {kind: mark for mark, kind in MARKS.items()} | {"text_link": "]", "custom_emoji": "]"}
SPOKEN: Final = {"text_link": "TextUrl", "custom_emoji": "CustomEmoji"}


@dataclass(slots=True)
class Open:
    """A mark that waits for its end."""

    kind: str
    offset: int
    start: int
    position: int
    language: str = ""


def parse_markdown_v2(text: str) -> Formatted:
    """The text without its marks, and the entities. Raises Refusal «can't parse entities: …»."""
    return settle(*Parser(text).run())


class Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.offset = 0
        self.out: list[str] = []
        self.open: list[Open] = []
        self.entities: list[Entity] = []
        self.quote: int | None = None

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text):
            self._quote_line()
            if self.at < len(self.text):
                self._step(self.text[self.at])
        self._end_quote()
        if self.open:
            last = self.open[-1]
            spoken = SPOKEN.get(last.kind, last.kind.capitalize())
            raise self._refusal(f"Can't find end of {spoken} entity", last.position)
        return "".join(self.out), self.entities

    def _step(self, character: str) -> None:
        if character == "\\" and self.at + 1 < len(self.text) and 0 < ord(self.text[self.at + 1]) <= 126:
            self._put(self.text[self.at + 1], 2)
            return
        verbatim = bool(self.open) and self.open[-1].kind in {"code", "pre"}
        if self._ends_here():
            self._close(self.open.pop())
        elif verbatim and character != "`":
            self._put(character, 1)
        elif mark := next((mark for mark in MARKS if self.text.startswith(mark, self.at)), ""):
            self._start(mark)
        elif character in RESERVED:
            raise self._reserved(character)
        else:
            self._put(character, 1)

    def _put(self, piece: str, taken: int) -> None:
        self.out.append(piece)
        self.offset += utf16(piece)
        self.at += taken

    def _quote_line(self) -> None:
        """Lines that begin with «>» are one quote; «**>» begins a new one after another."""
        first = self.at == 0 or (self.text[self.at - 1] == "\n" and not self._inside_code())
        if not first:
            return
        anew = self.text.startswith("**>", self.at)
        if anew or (self.quote is not None and not self.text.startswith(">", self.at)):
            self._end_quote()
        if anew or self.text.startswith(">", self.at):
            if self.quote is None:
                self.quote = self.offset
            self.at += 3 if anew else 1

    def _inside_code(self) -> bool:
        return bool(self.open) and self.open[-1].kind in {"code", "pre"}

    def _end_quote(self) -> None:
        if self.quote is None:
            return
        kind = "blockquote"
        if self.open and self.open[-1].kind == "spoiler" and self.open[-1].offset == self.offset - self._line_end():
            self.open.pop()
            kind = "expandable_blockquote"
        if self.open:
            raise self._refusal(f"Can't find end of {self.open[-1].kind.capitalize()} entity", self.open[-1].position)
        length = self.offset - self.quote - self._line_end()
        if length > 0:
            self.entities.append({"type": kind, "offset": self.quote, "length": length})
        self.quote = None

    def _line_end(self) -> int:
        return 1 if self.out and self.out[-1] == "\n" else 0

    def _ends_here(self) -> bool:
        if not self.open:
            return False
        mark = ENDS[self.open[-1].kind]
        longer = mark == "_" and self.text.startswith("__", self.at)
        return self.text.startswith(mark, self.at) and not longer

    def _start(self, mark: str) -> None:
        opened = Open(MARKS[mark], self.offset, len(self.out), self.at)
        self.at += len(mark)
        if opened.kind == "pre":
            end = self.at
            while end < len(self.text) and not self.text[end].isspace() and self.text[end] != "`":
                end += 1
            if end < len(self.text) and self.text[end] != "`":
                opened.language, self.at = self.text[self.at : end], end
            if self.text.startswith("\n", self.at):
                self.at += 1
        self.open.append(opened)

    def _close(self, opened: Open) -> None:
        self.at += len(ENDS[opened.kind])
        extra: Entity | None = {}
        if opened.kind in {"text_link", "custom_emoji"}:
            extra = self._target(opened)
        elif opened.language:
            extra = {"language": opened.language}
        length = self.offset - opened.offset
        if length > 0 and extra is not None:
            self.entities.append({"type": opened.kind, "offset": opened.offset, "length": length, **extra})

    def _target(self, opened: Open) -> Entity | None:
        if not self.text.startswith("(", self.at):
            if opened.kind == "custom_emoji":
                raise self._refusal("Custom emoji entity must contain a tg://emoji URL")
            return link_entity("".join(self.out[opened.start :]))
        pieces, begin = [], self.at
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != ")":
            self.at += self.text[self.at] == "\\"
            pieces.append(self.text[self.at : self.at + 1])
            self.at += 1
        if self.at >= len(self.text):
            raise self._refusal("Can't find end of a URL", begin)
        self.at += 1
        url = "".join(pieces)
        if opened.kind == "text_link":
            return link_entity(url)
        prefix = "tg://emoji?id="
        if not url.startswith(prefix):
            raise self._refusal("Custom emoji entity must contain a tg://emoji URL")
        return {"custom_emoji_id": url.removeprefix(prefix)}

    def _reserved(self, character: str) -> Refusal:
        return self._refusal(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")

    def _refusal(self, words: str, position: int | None = None) -> Refusal:
        where = "" if position is None else f" at byte offset {len(self.text[:position].encode('utf-8', 'replace'))}"
        return bad_request(f"can't parse entities: {words}{where}")
