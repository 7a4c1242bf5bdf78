"""A text made ready for reading: cleaned without moving a letter, cut into lines and sentences, tokenised once."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from analysis.text.lexicon import Token, tokenise
from analysis.text.patterns import plain

READ = 20_000
"""Characters that are read closely; municipal news say in the first of them what they are about."""
LONGEST_TITLE = 250
READ_TITLE, MENU_LINES = 600, 6
_MENU = frozenset(
    (
        "",
        "мероприятия",
        "новости",
        "полезные ссылки",
        "главная",
        "объявления",
        "события",
        "анонсы",
        "пресс-центр",
        "меню",
        "лента новостей",
    )
)
_LOOKALIKES = str.maketrans("aeopcxyABEKMHOPCTXi", "аеорсхуАВЕКМНОРСТХі")
_MIXED = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{1,3}(?=[А-Яа-яёЁ]{2})|(?<=[А-Яа-яёЁ]{2})[aeopcxyABEKMHOPCTX]{1,2}(?![A-Za-z@./])"
)
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301", None))
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>\n]{0,300}|!--[^<>]{0,300}--)>")
_ENTITIES = {
    "&nbsp;": " ",
    "&quot;": '"',
    "&laquo;": "«",
    "&raquo;": "»",
    "&amp;": "&",
    "&mdash;": "—",
    "&ndash;": "–",
    "&shy;": "",
}
_ENTITY = re.compile("|".join(_ENTITIES))
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?:[»\")]?)\s+(?=[«\"(—–-]?\s?[А-ЯЁA-Z\d])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:г|гг|ул|пр|просп|пл|пер|д|кв|корп|стр|обл|р|с|п|пос|дер|х|ст|им|т|тел|каб|руб|млн|тыс|млрд|чел|ч|час|мин|св|о|и|е|др|см|ср|гр|ред|мкр|"
    r"мк|б|наб|ш|ж|зам|зав|проф|акад|рп|пгт|эл|доб|ком|вл|оф)|\b[А-ЯЁ])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    text: str


def clean(text: str) -> str:
    """Composed, without tags, entities and invisible characters; Latin lookalikes in Russian words made Cyrillic."""
    text = unicodedata.normalize("NFC", text[: READ * 3]).translate(_INVISIBLE)
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x00", " ")
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: _ENTITIES[m[0]], text)
    return _MIXED.sub(lambda m: m[0].translate(_LOOKALIKES), text)[:READ]


class Document:
    """One text with its headline; offsets are those of ``text``."""

    def __init__(self, text: str, title: str | None = None) -> None:
        body = clean(text).strip()
        head = clean(title).strip() if title else ""
        if head and not _same(body[: len(head) + 5], head):
            body = f"{head}\n{body}"
        self.has_headline = bool(head)
        """Whether the headline stood apart from the text."""
        self.text = body
        self.low = plain(body)
        first = body.find("\n", _after_menu(body[:READ_TITLE]))
        end = first if 0 <= first <= LONGEST_TITLE else -1
        self.title_end = (
            max(len(head), end) if end >= 0 else (len(head) or (len(body) if len(body) <= LONGEST_TITLE else 0))
        )

        self.title_start = _after_menu(body[: self.title_end])

    @property
    def title(self) -> str:
        return self.text[self.title_start : self.title_end]

    @cached_property
    def tokens(self) -> list[Token]:
        return tokenise(self.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences and lines; an abbreviation's point ends none."""
        found: list[Sentence] = []
        start = 0
        for m in _SENTENCE_END.finditer(self.text):
            if "\n" not in m[0] and _ABBREVIATION.search(self.text[max(0, m.start() - 8) : m.start()]):
                continue
            self._cut(found, start, m.start())
            start = m.end()
        self._cut(found, start, len(self.text))
        return found

    def _cut(self, found: list[Sentence], start: int, end: int) -> None:
        words = self.text[start:end].strip()
        if words:
            begin = self.text.index(words, start)
            found.append(Sentence(begin, begin + len(words), words))

    def sentence_at(self, offset: int) -> Sentence:
        return next((s for s in self.sentences if s.start <= offset < s.end), Sentence(0, len(self.text), self.text))


def _after_menu(text: str) -> int:
    """Where the first line begins that is no entry of a site's menu."""
    at = 0
    for line in text.split("\n")[:MENU_LINES]:
        if line.strip().lower() not in _MENU:
            return at
        at += len(line) + 1
    return at if at < len(text) else 0


def _same(a: str, b: str) -> bool:
    def squeezed(s: str) -> str:
        return re.sub(r"\W+", "", s.lower())

    return squeezed(a).startswith(squeezed(b))
