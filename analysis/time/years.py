"""The year that a text leaves out: fixed by the day of publication, else by years the text itself names, else none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Day, Found

_YEAR = re.compile(
    r"(?<![\d№©])(?<!© )(?<!\d[-–—])(?P<year>20[0-4]\d)(?!\d|-фз|\s?[-–—]\s?20\d\d|\s*г\.?\s?р\b|\s*года? рожд)"
)
_PLAN = re.compile(
    r"(?:\bна|\bза|\bдо|период\w?|стратеги\w+|программ\w+|бюджет\w*|план\w*(?:\s+работы)?)\s*$|\b(?:на|до|за)\s+(?:период\s+|конца\s+)?(?:до\s+)?$"
)
_AHEAD = re.compile(
    r"\b(?:благоустро|обустро|отремонтир|постро|реализ|привед|обнов|воплот|появ|сдадут|сдать|введут)[а-я]*"
    r"(?:\s+в порядок)?\s+(?:[а-я]+\s+){0,2}в\s*\Z"
)
"""What will be done in a year is told of before it."""
_LAW = re.compile(r"\bот\s+(?:\d{1,2}[.\s][\w.]{2,9}[.\s])?$|№\s*\S*$")
_HISTORY = re.compile(
    r"\b(?:создан|основан|образован|построен|постройк|зарегистрирован|учрежд|возведен|введен|принят|утвержд|родил|впервые"
    r"|действует|работает|существует|(?<!станет )известн|получил|истори|ведет|начал[аои]?сь?|принял[аи]? в )\w*"
    r"(?:[^.!?\n]|\.(?=\d|\Z)){0,30}\Z"
)
_AGE = re.compile(r"\s*(?:года?|г\.)\s*(?:постройки|выпуска|рождения|создания|основания|призыва)")
"""Years of founding, building, birth: a text speaks of them, not from them."""
_BUDGET = re.compile(r"бюджет\w*[^.\n]{0,80}?\bна\s+(20\d\d)\s+год")
_REPORT = re.compile(r"(?:исполнени\w+[^.\n]{0,80}?|отч[её]т\w*[^.\n]{0,80}?)\bза\s+(20\d\d)\s+год")
_SCHOOL = re.compile(
    r"(?P<report>\bза\s+(?:[а-я]+\s+)?)?\b(?P<first>20\d\d)\s?[/\\–—-]\s?(?:20)?(?P<second>\d\d)\s+учебн"
)
_COMPARED = re.compile(
    r"\b(?:сравн\w+|против|чем в|в отличие от|с)\s+(?:с\s+)?(?:показателями\s+|итогами\s+|уровнем\s+)?\Z"
)
_TOLD_OF = re.compile(r"\b(?:за|итог\w*|результат\w*)\s+(?:работы\s+в\s+)?(?P<year>20\d\d)")
_SITE = re.compile(rf"(?:{cue('site').pattern})[^\n]{{0,110}}\Z")
"""What a site says of itself."""
_PAST_YEAR = re.compile(r"\bв (?P<year>20[0-4]\d)(?:-?о?м)?(?: году| г\.)?,? (?P<told>(?:[^.,;:\n\d]{3,40})?)\Z")
_UNTIL = re.compile(r"\b(?:до|по|не позднее|не позже)\s+\Z")
_BREAK, FARTHEST = re.compile(r"[.!?;]\s|\n"), 120
_AUTUMN, _AUGUST = 9, 8
HALF_A_YEAR = 183


def fix(found: Sequence[Found], document: Document, published: date | None) -> list[Found]:
    """The expressions with their missing years put in, where something fixes them."""
    context = None if published else context_year(found, document)
    spelt = {(d.month, d.day): d.year for f in found for d in (f.first, f.last) if d and d.year}
    fixed = [_fixed(f, published, spelt.get((f.first.month, f.first.day), context), document.low) for f in found]
    anchors = [] if published else [f for f in found if f.first.on() and not _is_aside(f, document.low)]
    return [_turned(f, whole, anchors, document) for f, whole in zip(found, fixed, strict=True)]


def _fixed(f: Found, published: date | None, context: int | None, low: str) -> Found:
    """``context``: the year of the same day where the text spells it out, else the one it speaks from."""
    if f.first.year is not None or f.first.month is None or f.first.day is None:
        return f
    year = _looked_back_to(f, published, low) or (
        _near(f, published, low) if published else _in_context(f, context, low)
    )
    if year is None:
        return f
    first, last = replace(f.first, year=year), f.last
    if last is not None and last.year is None:
        turned = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        last = replace(last, year=year + turned)
    return replace(f, first=first, last=last)


def _turned(f: Found, fixed: Found, anchors: Sequence[Found], document: Document) -> Found:
    """«Конкурс объявлен 28 декабря 2024 года, заявки — с 16 января»: of the next year, being nearer to that day.

    After what is looked back on a day may lie a year later, before what is looked ahead to a year earlier.
    """
    day = fixed.first.on()
    if f.first.year or day is None or not anchors or f.weekday is not None:
        return fixed
    beside = min(anchors, key=lambda a: min(abs(a.start - f.end), abs(f.start - a.end)))
    apart = ((beside.first.on() or day) - day).days
    last_day = _UNTIL.search(document.low, max(0, beside.start - 20), beside.start)
    looks_back = not last_day and tense.lean(_sentence(document, beside.start)) <= 0
    if looks_back and apart > HALF_A_YEAR:
        return _moved(fixed, 1)
    return _moved(fixed, -1) if not looks_back and apart < -HALF_A_YEAR else fixed


def _moved(f: Found, years: int) -> Found:
    """The same days so many years later."""
    first, last = (day and replace(day, year=day.year and day.year + years) for day in (f.first, f.last))
    return replace(f, first=first or f.first, last=last)


def _sentence(document: Document, offset: int) -> str:
    """In lower case, with ё as е, as the words of tenses are looked for."""
    sentence = document.sentence_at(offset)
    return document.low[sentence.start : sentence.end]


def _looked_back_to(f: Found, published: date | None, low: str) -> int | None:
    """«В 2025-м её провели 22 марта», «в 2023 году, 16 сентября»."""
    told = _PAST_YEAR.search(low, max(0, f.start - 60), f.start)
    if told is None or (told["told"] and tense.lean(told["told"]) >= 0):
        return None
    year = int(told["year"])
    return None if published and year > published.year else year


def _near(f: Found, published: date, low: str) -> int | None:
    """The year that brings the day nearest to publication, ahead for a last day; a weekday beside it must agree."""
    options = [y for y in (published.year - 1, published.year, published.year + 1) if f.first.on(y)]
    if f.weekday is not None:
        agreeing = [y for y in options if _on(f.first, y).weekday() == f.weekday]
        options = agreeing or options
    behind = 3 if _is_last_day_ahead(f, low) else 1
    distances = ((_on(f.first, y) - published).days for y in options)
    return min(zip((d if d >= 0 else -behind * d for d in distances), options, strict=True), default=(0, None))[1]


def _is_last_day_ahead(f: Found, low: str) -> bool:
    """«Принимают до 1 августа», but not «принимали до 1 августа»."""
    said = _BREAK.split(low[max(0, f.start - FARTHEST) : f.start])[-1]
    return bool(_UNTIL.search(said)) and tense.lean(said) >= 0


def _on(day: Day, year: int) -> date:
    found = day.on(year)
    assert found is not None  # noqa: S101 — asked only for years in which the day exists
    return found


def _in_context(f: Found, context: int | None, low: str) -> int | None:
    year = _budget_year(f, low) or _school_year(f, context, low) or context or _agreeing_year(f, low)
    day = f.first.on(year) if year else None
    if day is None or (f.weekday is not None and day.weekday() != f.weekday):
        return None
    return year


def _budget_year(f: Found, low: str) -> int | None:
    """A budget for a year is heard in the autumn before it, the report on a year in the first half of the next."""
    if "слушани" not in low:
        return None
    plan, report = _BUDGET.search(low), _REPORT.search(low)
    month = f.first.month or 0
    if plan and not report and month > _AUTUMN:
        return int(plan[1]) - 1
    return int(report[1]) + 1 if report and not plan and month <= _AUTUMN else None


def _school_year(f: Found, context: int | None, low: str) -> int | None:
    """Of «2024/25 учебный год» the half that the month lies in; August looks back only in a report."""
    told = _SCHOOL.search(low)
    if told is None or context not in (None, int(told["first"]), int(told["first"]) + 1):
        return None
    month = f.first.month or 0
    begins = month >= _AUTUMN or (month == _AUGUST and not told["report"])
    return int(told["first"]) + (not begins)


def _agreeing_year(f: Found, low: str) -> int | None:
    """The year reported on, or the next, if a weekday beside the date agrees with one of the two."""
    told = _TOLD_OF.search(low)
    if told is None or f.weekday is None:
        return None
    years = (int(told["year"]), int(told["year"]) + 1)
    return next((y for y in years if (day := f.first.on(y)) and day.weekday() == f.weekday), None)


def context_year(found: Sequence[Found], document: Document) -> int | None:
    """The year the text speaks from, without plans, laws and history; None where it names none."""
    low = document.low
    titled = [int(m["year"]) for m in _YEAR.finditer(low, 0, document.title_end) if not _aside(low, m)]
    if titled:
        return max(titled)
    dated = [
        year
        for f in found
        for year in (f.first.year, f.last.year if f.last else None)
        if year and not _is_aside(f, low)
    ]
    if dated:
        return max(dated)
    named = [m for m in _YEAR.finditer(low) if not _aside(low, m)]
    if len({m["year"] for m in named}) > 1:
        named = [m for m in named if tense.lean(_sentence(document, m.start())) >= 0]
    years = {int(m["year"]) for m in named}
    return years.pop() if len(years) == 1 else None


def _is_aside(f: Found, low: str) -> bool:
    """A day of a law, of a founding, of what a site says of itself."""
    law, history = _LAW.search(low[max(0, f.start - 12) : f.start]), _HISTORY.search(low, max(0, f.start - 50), f.start)
    return bool(law or history or _SITE.search(low, max(0, f.start - 140), f.start))


def _aside(low: str, year: re.Match[str]) -> bool:
    start = year.start()
    before = low[max(0, start - 30) : start]
    if (
        _AHEAD.search(low, max(0, start - 60), start)
        or _COMPARED.search(before)
        or _PLAN.search(before)
        or _SITE.search(low, max(0, start - 140), start)
        or _LAW.search(before)
        or _AGE.match(low, year.end())
    ):
        return True
    return bool(_HISTORY.search(low, max(0, start - 50), start))
