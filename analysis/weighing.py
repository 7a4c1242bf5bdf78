"""One mention of a territory and what it weighs: in a headline, a lead, at the foot of a page, beside an office."""

import re
from dataclasses import dataclass

from analysis.document import Document
from analysis.patterns import cue
from analysis.placenames import NameKind

TITLE, LEAD, LESS = 2.0, 1.4, 0.5
LEAD_LENGTH = 300
LINE = 160
"""A longer line is a paragraph, not a head or a foot."""
_OWN_QUOTES = re.compile(r"(?:МО|образовани\w+|сельсовет|округ\w*|район\w*)\s?$")


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
    title: bool = False
    local: bool = False
    """After «в», «на», «по»: where something is."""
    within: tuple[str, ...] = ()
    """Districts of the name that follows a settlement."""


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
) -> Mention:
    """The mention with its weight changed by where it stands."""
    text = document.text
    before = document.low[max(0, start - 60) : start]
    title = start < document.title_end
    if title:
        weight *= TITLE
    elif start < document.title_end + LEAD_LENGTH:
        weight *= LEAD
    if not title and _at_foot(document, start, end):
        weight *= LESS
    if not title and kind is not NameKind.REGION and cue("affiliation").search(before):
        weight *= LESS
    if kind is not NameKind.ADJECTIVE and _quoted(text, start, end):
        weight *= LESS
    inside = bool(cue("inside").search(before))
    return Mention(start, end, text[start:end], codes, kind, weight, label, rural, title, inside)


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
