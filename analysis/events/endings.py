"""The last day of an event where it stands apart from the first: «до 5 мая», «завершится 31 мая», «13 июня — финал»."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analysis.events.roles import Dated, Role
from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.datewords import COUNTS, MONTH

NEAR = 200
_LASTS = re.compile(
    r"(?:продлит|длит|растян|пройдет|идет|займет)\w*\s(?:[^.\n]{0,40}\s)?(?P<count>\d{1,2}|одну|две|три|четыре)\sнедел"
)
_LAST_ONE = re.compile(r"\bпоследн\w+ (?:собрани|встреч|заседани|занят|показ|концерт)")
"""Of several that have begun: «отчёты стартуют 8 февраля, последнее собрание — 1 марта»."""
_OPENED = cue("opened")
_LASTING = re.compile(
    r"продл|длит|работа|идет|идут|открыт|продолж|можно|увид|действ|заверш|законч|заканч|закро|закрыв|финиш|провод|проход|ждут|ждет|ждем"
)
_BEGUN = re.compile(rf"\bнач(?:н|ал|ин)\w+ (?:[а-я]+ )?(?:в|с|весной|летом|осенью) (?:20\d\d|{MONTH})")
"""«Работы начнутся в 2025 году и закончатся к 1 сентября» have a beginning of their own."""
_DAYS = re.compile(
    r"\b(?:(?P<lasts>(?:продл|длит|растян|пройд|проход|ид[еу]т|займ)\w*\s(?:[^.\n]{0,40}\s)?)?"
    r"(?<!за\s)(?<!через\s)(?<!течение\s)(?P<count>\d|два|две|три|четыре|пять|шесть|семь)\s(?:дня|дней|суток)\b"
    r"(?(lasts)(?!\s(?:назад|до)\b)|(?:\sподряд|,?\sс\s))|двухдневн|(?P<three>трехдневн))"
)
"""«Курган два дня подряд празднует Крещение», «продлится два дня», but not «хор готовился два дня»."""


def end(document: Document, best: Dated, start: date, dated: Sequence[Dated]) -> date | None:
    """The day on which what begins at ``best`` ends, as far as the text says."""
    length = _length(document)
    ends = (d for d in dated if _closes(d, best, start, length) and not _of_another(d, best, dated))
    return next((d.found.first.on() for d in ends), None)


def _closes(d: Dated, best: Dated, start: date, length: timedelta | None) -> bool:
    """«До 5 мая» or «5 мая — финал» after the day of the beginning, or the day that a stated length leads to."""
    day = d.found.first.on()
    if day is None or day <= start:
        return False
    if d.found.start <= best.found.start:
        return _is_told_first(d, best)
    if d.role is Role.END:
        return d.found.start < best.found.end + NEAR and not _of_other_matter(d, best)
    closing = (d.closing or (_LAST_ONE.search(d.clause) and _OPENED.search(best.clause))) and not best.closing
    return d.role is Role.EVENT and (closing or (length is not None and day == start + length))


def _is_told_first(d: Dated, best: Dated) -> bool:
    """«До 8 апреля проверяют сирены, начали 29 марта»."""
    one_sentence = best.clause.startswith(d.clause) and bool(_OPENED.search(d.clause))
    return d.role is Role.END and one_sentence


def _of_other_matter(d: Dated, best: Dated) -> bool:
    """A day told after a report that says nothing of lasting: «вчера совещались; до 1 февраля обещают починить»."""
    if _BEGUN.search(d.clause):
        return True
    if d.clause == best.clause or tense.lean(best.clause) >= 0:
        return False
    return not (_OPENED.search(best.clause) and _LASTING.search(d.clause))


def _of_another(closing: Dated, best: Dated, dated: Sequence[Dated]) -> bool:
    """An end whose own beginning is named with it: «призыв начался 1 октября и завершится 31 декабря»."""
    between = (d for d in dated if best.found.end < d.found.start < closing.found.start)
    return any(d.clause == closing.clause and d.found.first.on() != best.found.first.on() for d in between)


def _length(document: Document) -> timedelta | None:
    if lasts := _LASTS.search(document.low):
        return timedelta(weeks=_number(lasts["count"]))
    if days := _DAYS.search(document.low):
        return timedelta(days=(3 if days["three"] else _number(days["count"] or "два")) - 1)
    return None


def _number(count: str) -> int:
    return int(count) if count.isdigit() else COUNTS[count]
