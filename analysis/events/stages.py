"""Stages of applications, judging and the thing itself: which is open, which is over, which comes after which."""

import re
from collections.abc import Sequence
from datetime import date

from analysis.events.roles import APPLY, ELECTION, Dated
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Day, Precision

SURE = 1.0
"""The score of a day that surely is one of an event."""
LEAD = 350
_RECRUITED = re.compile(r"\bнабор\b|\bприем[ау]?\b|предложени|\bиде[иейю]\b")
JUDGED, _CONTEST = cue("judged"), cue("contest")

_ENROLLED_IN = (
    r"школ[уы]\b|(?:перв\w+ )?класс(?:ы|е|ах)?\b|(?:дет)?сад(?:ы|ик|ики)?\b|лагер[ья]\b|круж(?:ок|ки)\b|секци[юи]\b"
    r"|студи[юи]\b|колледж\b|техникум\b|вуз\w?\b|университет\b|лице[йи]\b|гимнази[юи]\b|кадет|отряд\w?\b|парламент\b|групп[уы]\b|смен[уы]\b"
    r"|отдых\b|состав\b|курсы\b|путевк"
)
ENROLLED = re.compile(
    r"\b(?:запис(?:ь|ыва)|прием|набор|документ|заявлени)\w* (?:[а-я]+ ){0,2}(?:в|на) "
    rf"(?:[а-я]+ |«){{0,2}}(?:{_ENROLLED_IN})|\bзапис(?:ь|ыва)\w* в «|\bпутевк"
)
"""A headline of enrolment: what one enrols for begins long after."""


def is_applied_for(document: Document) -> bool:
    """Not so a vaccination or a collection: what ends there has no last day to apply."""
    lead = document.title_end + LEAD
    return bool(_CONTEST.search(document.low, 0, lead) or _RECRUITED.search(document.low, 0, lead))


def spans(e: Dated, end: Dated) -> bool:
    """«Перепись пройдёт с 15 октября по 14 ноября, на сайте — до 8 ноября»: open until its own last day."""
    last = e.found.last if e.found.precision is Precision.RANGE and e.score >= SURE else None
    return last is not None and _in_order(e.found.first) <= _in_order(end.found.first) < _in_order(last)


def held_after(events: Sequence[Dated], periods: Sequence[Dated], deadlines: Sequence[Dated]) -> bool:
    """Applications are taken first, and the thing itself has a day of its own after them."""
    lasts = [p.found.last for p in periods if p.found.last] + [d.found.first for d in deadlines]
    last = max((_in_order(day) for day in lasts if day.day), default=None)
    return last is not None and any(_held(d, last) for d in events)


def _held(d: Dated, last: tuple[int, ...]) -> bool:
    sure = d.score >= SURE or d.closing
    return _in_order(d.found.first) > last and sure and not JUDGED.search(d.clause)


def _in_order(day: Day) -> tuple[int, int, int]:
    """By which days can be compared also where no year is known."""
    return day.year or 0, day.month or 0, day.day or 0


def open_now(periods: Sequence[Dated], published: date | None) -> Dated | None:
    """Of several stages the first that is not over; the first named where the days are not known."""
    still = [p for p in periods if not is_over(p, published)] or periods
    return min(still, key=lambda p: (_may_be_over(p, published), p.found.first.on() or date.min), default=None)


def _may_be_over(p: Dated, published: date | None) -> bool:
    """A first day alone and past: it may be over, while of one with a last day it is known that it is not."""
    return p.found.last is None and published is not None and is_before(p, published)


def is_over(p: Dated, published: date | None) -> bool:
    last = p.found.last.on() if p.found.last else None
    return published is not None and last is not None and last < published


def is_open(document: Document, e: Dated, due: Dated | None, published: date | None) -> bool:
    """A period in which one may apply: of a contest, but not that of its jury, not over, not after the last day."""
    if e.found.precision is not Precision.RANGE or JUDGED.search(e.clause) or is_over(e, published):
        return False
    if ELECTION.search(document.low) or not _applied(document.low[: document.title_end] + e.clause):
        return False
    last = due.found.first.on() if due else None
    return last is None or (e.found.first.on() or last) <= last


def goes_on_from(e: Dated) -> bool:
    """«С 15 ноября идёт конкурс»."""
    return e.found.from_ and bool(_CONTEST.search(e.clause))


def _applied(text: str) -> bool:
    return bool(_CONTEST.search(text) or ("этап" in text and APPLY.search(text)))


def is_before(e: Dated, day: date | None) -> bool:
    first = e.found.first.on()
    return first is not None and day is not None and first < day
