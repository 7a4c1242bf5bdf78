"""Moments as an admin types them: «завтра в 10», «20 декабря 18:30», «через 2 часа», «15.12.2026 14:00»."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from analysis.text.patterns import plain
from analysis.time import dates, times

LONGEST = 200
DEFAULT = time(10)
"""The hour of a day named without one."""
_IN = re.compile(
    r"\bчерез\s+(?:(?P<n>\d{1,4}|пол)\s*)?-?(?P<unit>минут\w?|мин\b|час(?:а|ов)?|полчаса)(?:\s+(?P<more>\d{1,2})\s*мин\w*)?"
)
_BARE_HOUR = re.compile(
    r"\bв\s+(?P<h>2[0-3]|[01]?\d)(?:[\s.:-](?P<m>[0-5]\d))?(?:\s*(?:час\w*|ч\.?))?\s*(?P<part>утра|дня|вечера|ночи)?(?![\d.])"
)
_TRAILING_CLOCK = re.compile(r"(?:^|\s)(?P<h>2[0-3]|[01]?\d)[.:-](?P<m>[0-5]\d)$")
_PART = re.compile(r"(?<![\d.:])(?P<h>1[0-2]|[1-9])(?P<m>)\s*(?P<part>утра|дня|вечера|ночи)\b")
_NOON = 12


def read_moment(text: str, now: datetime, zone: str) -> datetime | None:
    """The moment meant, aware, in ``zone``; None where it cannot be told or has passed beyond doubt.

    A day without a year is the next such day; an hour without a day is the next such hour; a day without an hour
    begins at ten.
    """
    local = now.astimezone(ZoneInfo(zone))
    low = plain(text.strip())[:LONGEST]
    if low in ("сейчас", "немедленно", "прямо сейчас", "now"):
        return local
    shift = _in(low)
    if shift is not None:
        return (local + shift).replace(second=0, microsecond=0)
    day, clock = _day(low, local.date()), _clock(low)
    if day is None and clock is None:
        return None
    if day is None:
        moment = datetime.combine(local.date(), clock or DEFAULT, local.tzinfo)
        return moment if moment > local else moment + timedelta(days=1)
    return datetime.combine(day, clock or DEFAULT, local.tzinfo)


def read_day(text: str, today: date) -> date | None:
    """The day meant: «завтра», «15 декабря», «в субботу», «2026-12-15»; without a year the next such day."""
    return _day(plain(text.strip())[:LONGEST], today)


def _in(low: str) -> timedelta | None:
    m = _IN.search(low)
    if not m:
        return None
    if m["unit"] == "полчаса" or m["n"] == "пол":
        return timedelta(minutes=30)
    count = int(m["n"] or 1)
    if m["unit"].startswith("мин"):
        return timedelta(minutes=count)
    return timedelta(hours=count, minutes=int(m["more"] or 0))


def _day(low: str, today: date) -> date | None:
    weekday = re.fullmatch(
        r"(?:в[о]?\s+)?(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)(?:\s.*)?", low
    )
    if weekday and not low.startswith(("в ", "во ")):
        low = "в " + re.sub(r"^(сред|пятниц|суббот)а", r"\1у", low)
    for found in dates.find(low, today):
        first = found.first
        if first.day is None or found.precision is dates.Precision.PERIOD:
            continue
        if found.relative and found.weekday is not None:
            return _ahead(first.on(), today)
        if first.year is not None:
            return first.on()
        return next((d for year in range(today.year, today.year + 9) if (d := first.on(year)) and d >= today), None)
    return None


def _ahead(day: date | None, today: date) -> date | None:
    while day is not None and day < today:
        day += timedelta(7)
    return day


def _clock(low: str) -> time | None:
    for found in dates.find(low):
        low = low[: found.start] + " " * (found.end - found.start) + low[found.end :]
    found_times = times.find(low)
    if found_times:
        return found_times[0].time
    m = _BARE_HOUR.search(low) or _PART.search(low) or _TRAILING_CLOCK.search(low.rstrip())
    if not m:
        return None
    hour = int(m["h"])
    part = m.groupdict().get("part")
    if part in ("дня", "вечера") and hour < _NOON:
        hour += _NOON
    return time(hour, int(m["m"] or 0))
