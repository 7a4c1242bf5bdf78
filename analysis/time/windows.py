"""Times that people ask for: «на выходных», «до конца месяца», «в декабре», «15 декабря», as a window of whole days."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.text.patterns import plain
from analysis.time.dates import Day, Found, Precision, find
from analysis.time.datewords import weekday_number
from domain.queries import Window

_BEFORE = re.compile(r"(?:\b(?:до|по|к|не позднее|не позже)\s+)$")
_AFTER = re.compile(r"(?:\b(?:после|с|со|начиная с)\s+)$")
_ON = re.compile(r"(?:\b(?:в|во|на|с|со|до|по|к|за|после|эт[иоу]\w*)\s+)+$")
_SPAN = re.compile(r"\b(?:в\s+)?ближайши[ей]\s+(?:дни|время)\b|\bскоро\b")
_MONTH_NOW = re.compile(r"\b(?:в\s+|за\s+)?(?P<which>это[мт]|следующ(?:ем|ий)|прошл(?:ом|ый))\s+(?:месяце?)\b")
_BY_WEEKDAY = re.compile(
    r"\b(?:до|к)\s+(?P<day>понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)(?:а|у|ы|и|е|я|ю)\b"
)
_FORTNIGHT = timedelta(13)
_SEASONS = (
    (re.compile(r"\b(?:эт\w{2,3}\s+)?(?:зим(?:ой|ою|у)|за зиму)\b"), (12, 1), (3, 0)),
    (re.compile(r"\b(?:эт\w{2,3}\s+)?весн(?:ой|ою|у)\b"), (3, 1), (6, 0)),
    (re.compile(r"\b(?:эт\w{2,3}\s+)?(?:летом|на лето|за лето)\b"), (6, 1), (9, 0)),
    (re.compile(r"\b(?:эт\w{2,3}\s+)?осен(?:ью|ь)\b"), (9, 1), (12, 0)),
    (re.compile(r"\b(?:на|в|под)\s+(?:новый год|новогодн\w+(?:\s+(?:праздник\w*|каникул\w*))?)"), (12, 31), (1, 8)),
    (re.compile(r"\b(?:на|в)\s+майск(?:ие|их)(?:\s+праздник\w*)?"), (5, 1), (5, 11)),
)
"""How a season or long holidays are named, their first day and their last (day nought ends the month before)."""


@dataclass(frozen=True, slots=True)
class Asked:
    start: int
    end: int
    window: Window
    until: bool
    """Only an end was named: «до 1 декабря»."""


def _window(found: Found, today: date, before: str) -> Window | None:
    first, last = _bounds(found, today)
    if first is None or last is None:
        return None
    if _BEFORE.search(before):
        return Window(min(today, last), last)
    if _AFTER.search(before) and found.last is None:
        return Window(first, None)
    return Window(first, last)


def asked(text: str, today: date) -> Asked | None:
    """The first time named in a question; None where it names none."""
    low = plain(text)
    for found in find(text, today):
        before = low[: found.start]
        window = _window(found, today, before)
        if window is not None:
            lead = _ON.search(before)
            until = bool(_BEFORE.search(before))
            return Asked(lead.start() if lead else found.start, found.end, window, until)
    return _loose(low, today)


def _loose(low: str, today: date) -> Asked | None:
    m = _MONTH_NOW.search(low)
    if m:
        shift = 1 if m["which"].startswith("след") else -1 if m["which"].startswith("прош") else 0
        index = today.year * 12 + today.month - 1 + shift
        return Asked(m.start(), m.end(), _month(index // 12, index % 12 + 1), until=False)
    m = _BY_WEEKDAY.search(low)
    if m:
        last = today + timedelta(((weekday_number(m["day"]) or 0) - today.weekday()) % 7)
        return Asked(m.start(), m.end(), Window(today, last), until=True)
    for pattern, opens, closes in _SEASONS:
        if m := pattern.search(low):
            return Asked(m.start(), m.end(), _season(today, opens, closes), until=False)
    m = _SPAN.search(low)
    return Asked(m.start(), m.end(), Window(today, today + _FORTNIGHT), until=False) if m else None


def _season(today: date, opens: tuple[int, int], closes: tuple[int, int]) -> Window:
    """The one that goes on, else the next."""

    def within(year: int) -> Window:
        month, day = closes
        year_of_end = year + (month < opens[0])
        end = date(year_of_end, month, day) if day else date(year_of_end, month, 1) - timedelta(1)
        return Window(date(year, *opens), end)

    years = (within(year) for year in (today.year - 1, today.year, today.year + 1))
    return next(window for window in years if window.end and window.end >= today)


def _bounds(found: Found, today: date) -> tuple[date | None, date | None]:
    if found.precision is Precision.MONTH:
        return _months(found, today)
    first = _near(found.first, today)
    if found.last is None or first is None:
        return first, first
    last = found.last.on(found.last.year or first.year)
    if last is not None and last < first:
        last = found.last.on(first.year + 1)
    return first, last


def _months(found: Found, today: date) -> tuple[date | None, date | None]:
    month = found.first.month
    if month is None:
        return None, None
    year = found.first.year or (today.year if month >= today.month else today.year + 1)
    window = _month(year, month)
    last = found.last
    if last is None or last.month is None:
        return window.start, window.end
    return window.start, _month(last.year or (year if last.month >= month else year + 1), last.month).end


def _month(year: int, month: int) -> Window:
    return Window(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _near(day: Day, today: date) -> date | None:
    """A day without a year is the nearest one, with some preference for what lies ahead."""
    if day.year is not None:
        return day.on()
    days = [d for year in (today.year - 1, today.year, today.year + 1) if (d := day.on(year))]
    return min(days, key=lambda d: (d - today).days if d >= today else (today - d).days * 3, default=None)
