"""How many people an event has room for, where the text says so plainly.

A wrong number would turn people away, so what may be meant of a team, a prize or a car park is not taken.
"""

import re

from analysis.text.document import Document
from domain.readings import EventKind

OPEN_TO_ALL = frozenset(
    {EventKind.CONTEST, EventKind.CAMPAIGN, EventKind.DATA_CALL, EventKind.OUTAGE, EventKind.CLOSURE}
)
"""Nobody takes a seat there: a number in such a text counts something else."""
_NUMBER = r"(?P<places>[1-9]\d{0,4})(?![\d\u00a0]|[.,:]\d|[ ]\d{3}\b)"
_PATTERNS = (
    re.compile(rf"(?:^|[,;:.!(—–]\s*|\bвсего\s+)мест\s*(?:[:—–-]\s*)?{_NUMBER}", re.IGNORECASE | re.MULTILINE),
    re.compile(rf"\b(?:количество|число)\s+мест\s*(?:[:—–-]\s*)?{_NUMBER}", re.IGNORECASE),
    re.compile(rf"\bне\s+более\s+{_NUMBER}\s+участников\b", re.IGNORECASE),
)
_OF_A_PART = re.compile(
    r"команд|состав|групп|кажд|семь|коллектив|организаци|учреждени|номинаци|муниципал|район|одно|парков|призов",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


def capacity(document: Document, kind: EventKind) -> int | None:
    """None where no number is stated, or where two are."""
    if kind in OPEN_TO_ALL:
        return None
    found = (match for pattern in _PATTERNS for match in pattern.finditer(document.text))
    stated = {int(match["places"]) for match in found if not _of_a_part(document.text, match)}
    return stated.pop() if len(stated) == 1 else None


def _of_a_part(text: str, match: re.Match[str]) -> bool:
    """Whether its sentence speaks of teams and the like, each with a limit of its own."""
    number = match.start("places")
    begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, number)), default=0)
    end = _SENTENCE_END.search(text, number)
    return bool(_OF_A_PART.search(text, begin, end.start() if end else len(text)))
