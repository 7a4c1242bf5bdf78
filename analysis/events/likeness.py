"""How much a day looks like that of the event: by the headline, the verb, the weekday and the hour beside it."""

import re

from analysis.events import asides, clauses
from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Found, Precision

EVENT = cue("event")
_DISPLACED = re.compile(rf"(?:{cue('displaced').pattern})[^\d.\n]{{0,35}}\Z")
_AND_THEN, _THEN_ANOTHER_DAY = re.compile(r"[,;]"), re.compile(r"[,;](?=[^,;\d]{0,40}\d{1,2}\s[а-я]{3})")
_ARRIVAL, _BEFOREHAND = cue("arrival"), cue("beforehand")
_ON_ITS_DAY = re.compile(rf"\bв день (?!{_ARRIVAL.pattern})[а-я]+\s?[,(]?\s*\Z")
"""«В день гонки, 11 февраля, номеров не выдают» tells of the race, «в день регистрации» of what precedes it."""
_SELF = (
    r"сам(?<=\bсам)[аио]? (?:[а-я]+ )?"
    r"(?:конкурс|отбор|форум|фестивал|турнир|праздник|слет|концерт|аукцион|забег|гонк|ярмарк)"
)
_ITSELF, _BEING_ITSELF = re.compile(rf"{_SELF}[^.;\n\d]{{0,40}}\Z"), re.compile(rf"[^.;\n]{{0,6}}{_SELF}")
"""«Сам форум пройдёт с 9 по 23 августа», «22 декабря — сам конкурс»."""
_MOVED = re.compile(
    r"новая дата|(?:перенес|перенос|сдвин|сдвиг|передвин|отлож|отклад|смест)\w* (?:[^\d.\n]{0,20})?на|состоится позже"
)
_NEXT = re.compile(
    r"\bследующ\w+(?! (?:понед|вторн|сред|четв|пятн|субб|воскр|выходн|недел|день|дни|месяц|год))[^.\n\d]{0,40}\Z"
)
"""«Следующая — 3 ноября»: told beside the one that the text is of."""


def is_itself(before: str, after: str) -> bool:
    return bool(_ITSELF.search(before) or _BEING_ITSELF.match(after))


def is_prepared(document: Document) -> bool:
    """Whether what comes before a day is beside the event: not so where the headline names a rehearsal."""
    return not _BEFOREHAND.search(document.low, 0, document.title_end)


def likeness(f: Found, clause: str, before: str, after: str, *, title: bool, preparing: bool) -> float:
    """``preparing``: a rehearsal is beside the event, not the event that the headline names."""
    told = bool(EVENT.search(clauses.beside(before, after, 90)))
    timed = bool(asides.HOUR.search(clause))
    score = (2.0 if title else 0.0) + (2.0 if told else 0.0)
    score += 1.0 if f.weekday is not None or timed else 0.0
    score += 0.7 if f.precision is Precision.RANGE else 0.0
    score += 2.0 if is_itself(before, after) else 0.0
    score += 3.0 if _MOVED.search(before[-40:]) else 0.0
    score -= 2.0 if _NEXT.search(before) and not title else 0.0
    score -= 4.0 if _DISPLACED.search(before[-70:]) else 0.0
    score -= 2.5 if _ARRIVAL.search(clauses.beside(before, after, 40)) and not _ON_ITS_DAY.search(before) else 0.0
    beside = clauses.beside(_AND_THEN.split(before.rstrip(", "))[-1], _THEN_ANOTHER_DAY.split(after)[0], 40)
    score -= 4.0 if preparing and _BEFOREHAND.search(beside) else 0.0
    score += max(-1.0, min(1.0, tense.lean(clause) / 3))
    score -= 1.0 if f.relative and f.weekday is None and not timed else 0.0
    return score - f.start / 1500
