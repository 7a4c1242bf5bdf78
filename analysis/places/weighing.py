"""One mention of a territory and what it weighs: in a headline, a lead, at the foot of a page, beside an office."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from analysis.geography.placenames import NameKind
from analysis.text.document import Document
from analysis.text.patterns import cue

TITLE, LEAD, LESS = 2.0, 1.4, 0.5
LEAD_LENGTH = 300
LINE = 160
"""A longer line is a paragraph, not a head or a foot."""
_OWN_QUOTES = re.compile(r"(?:МО|образовани\w+|сельсовет|округ\w*|район\w*)\s?$")
_LISTED_BEFORE = re.compile(r"[А-ЯЁа-яё],\s(?:и\s)?$|\sи\s(?:в\s)?$|[—;•]\s?$")
_LISTED_AFTER = re.compile(r"(?:,| и| или)\s(?:в\s|с\.\s|г\.\s)?[А-ЯЁ]")
_ADDRESS_AFTER = re.compile(
    r"[»\"]?,?\s(?:ул\.|улиц|пр\.|пр-т|просп|пер\.|переул|пл\.|площад|наб\.|шоссе|бульв|мкр|д\.\s?\d|здани)",
    re.IGNORECASE,
)


class Mark(StrEnum):
    """How a name stands in the text."""

    TITLE = auto()
    LEAD = auto()
    FOOT = auto()
    OFFICE = auto()
    """After an office or a people: «глава X», «жители X», «делегация из X»."""
    QUOTED = auto()
    INSIDE = auto()
    """After «в», «на», «по»: where something is."""
    ADDRESS = auto()
    VENUE = auto()
    """After a house that somebody comes to: «в ДК села X»."""
    LISTED = auto()
    TYPED = auto()
    PEOPLE = auto()
    """Named by the inhabitants: «томичи»."""
    RANK = auto()
    """Named by its rank: «областной центр»."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One name: the territories it may mean (none for settlements no table knows), its label and its weight."""

    start: int
    end: int
    words: str
    codes: tuple[str, ...]
    kind: NameKind
    weight: float
    label: str | None = None
    """What the place is called if no table tells: nominative, with its kind."""
    rural: bool = False
    marks: frozenset[Mark] = frozenset()
    within: tuple[str, ...] = ()
    """Districts of the name that follows a settlement."""

    @property
    def title(self) -> bool:
        return Mark.TITLE in self.marks


def weighed(
    document: Document,
    start: int,
    end: int,
    codes: tuple[str, ...],
    kind: NameKind,
    weight: float,
    label: str | None = None,
    *,
    rural: bool = False,
    also: Iterable[Mark] = (),
) -> Mention:
    """The mention with its weight changed by where it stands."""
    marks = {*_marks(document, start, end), *also}
    if Mark.TITLE in marks:
        weight *= TITLE
    elif Mark.LEAD in marks:
        weight *= LEAD
    if Mark.FOOT in marks:
        weight *= LESS
    if Mark.TITLE not in marks and kind is not NameKind.REGION and Mark.OFFICE in marks:
        weight *= LESS
    if kind is not NameKind.ADJECTIVE and Mark.QUOTED in marks:
        weight *= LESS
    return Mention(start, end, document.text[start:end], codes, kind, weight, label, rural, frozenset(marks))


def _marks(document: Document, start: int, end: int) -> Iterator[Mark]:
    text = document.text
    before, near = document.low[max(0, start - 60) : start], text[max(0, start - 6) : start]
    if start < document.title_end:
        yield Mark.TITLE
    elif start < document.title_end + LEAD_LENGTH:
        yield Mark.LEAD
    if start >= document.title_end and _at_foot(document, start, end):
        yield Mark.FOOT
    if cue("affiliation").search(before):
        yield Mark.OFFICE
    if cue("inside").search(before):
        yield Mark.INSIDE
    if cue("venue_before").search(before):
        yield Mark.VENUE
    if cue("address_before").search(before) or _ADDRESS_AFTER.match(text, end):
        yield Mark.ADDRESS
    if _LISTED_BEFORE.search(near) or _LISTED_AFTER.match(text, end):
        yield Mark.LISTED
    if _quoted(text, start, end):
        yield Mark.QUOTED


def _at_foot(document: Document, start: int, end: int) -> bool:
    """In a line that tells of the site, not of the news."""
    begin, stop = document.low.rfind("\n", 0, start) + 1, document.low.find("\n", end)
    line = document.low[begin : stop if stop >= 0 else len(document.low)]
    return len(line) < LINE and bool(cue("foot").search(line))


def _quoted(text: str, start: int, end: int) -> bool:
    """Within a name in quotes that is more than the place: «Вестник Земетчинского района», «Развитие Тамбовщины»."""
    opened = max(text.rfind("«", max(0, start - 80), start), text.rfind('"', max(0, start - 80), start))
    if opened < 0 or "»" in text[opened:start] or _OWN_QUOTES.search(text[max(0, opened - 16) : opened]):
        return False
    return text[opened + 1 : start].strip() != "" or text[end : end + 1] != "»"
