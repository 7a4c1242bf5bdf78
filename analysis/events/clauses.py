"""The clause a date stands in: what is said there tells what the date is for."""

import re

from analysis.text.document import Document
from analysis.time.dates import Found

FARTHEST_BEFORE, FARTHEST_AFTER = 260, 200
_BREAK = re.compile(r"[.!?;](?=\s|$)|\n")
_ABBREVIATION = re.compile(
    r"\b(?:[а-я]|ул|пл|им|тел|час|мин|кв|корп|стр|пр|др|каб|руб|обл|дер|пос|рп|мкр|ст|см|тыс|млн)\.\Z"
)
_SHORT = re.compile(r"(?:\b(?!мая|[a-z])\w{1,3}|\d)\.\Z")
"""After a short word or a number a point may end no sentence; what it ends tells of the date none the less."""
_ITEM = re.compile(r"\s*(?:[-–—•*·▪◾✅🔹✔]|\d{1,2}[.)](?!\d))")
_BRACKETED = re.compile(r"\((?!\d{1,2} [а-я])[^()]{30,}\)")
"""An address or an explanation in brackets parts a verb from its day."""
_WHEN = re.compile(r"\W*(?:когда|срок\w*|период|время|дат[аы])(?: проведени[яе]| и время)?\s?[:—–-]")
MOST_ITEMS = 12
"""Lines of a list above which its heading is looked for."""


def around(document: Document, f: Found) -> tuple[str, str, str]:
    """The clause around a date, and what stands before and after the date in it.

    An entry of a list is read with the line above it: «Заявки принимают: — до 5 мая письмом».
    """
    low = document.low
    left = max(0, f.start - FARTHEST_BEFORE)
    for m in _BREAK.finditer(low, left, f.start):
        if low[m.start()] != "." or not _SHORT.search(low, max(0, m.start() - 3), m.end()):
            left = m.end()
    stop = next((m for m in _BREAK.finditer(low, f.end, f.end + FARTHEST_AFTER) if not _abbreviated(low, m)), None)
    right = stop.start() if stop else min(len(low), f.end + FARTHEST_AFTER)
    heading = _heading(low, left)
    return heading + low[left:right], heading + low[left : f.start], low[f.end : right]


def act(document: Document, clause: str) -> str:
    """The headline, where a clause only says when: «Когда: с 6 по 10 сентября»."""
    return document.low[document.title_start : document.title_end] if _WHEN.match(clause) else ""


def beside(before: str, after: str, width: int = 110) -> str:
    """The words nearest to a date, «¦» in its place."""
    return _BRACKETED.sub("", before)[-width:] + " ¦ " + after[:width]


def _abbreviated(low: str, m: re.Match[str]) -> bool:
    return low[m.start()] == "." and bool(_ABBREVIATION.search(low, max(0, m.start() - 5), m.end()))


def _heading(low: str, left: int) -> str:
    """The line with a colon at its end that stands above the entries of a list, if ``left`` begins one of them."""
    if left == 0 or low[left - 1] != "\n" or not _ITEM.match(low, left):
        return ""
    start = left
    for _ in range(MOST_ITEMS):
        end = start - 1
        start = low.rfind("\n", 0, end) + 1 if end > 0 else 0
        line = low[start:end].rstrip()
        if not line:
            continue
        if line.endswith(":"):
            return f"{line[-FARTHEST_BEFORE:]} "
        if start == 0 or not _ITEM.match(line):
            return ""
    return ""
