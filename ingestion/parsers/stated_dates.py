"""Dates as feeds and pages state them beside a text: RFC 822, ISO 8601, DD.MM.YYYY, «26 ноября 2018», «сегодня, 14:00».

A day without a time is noon of that day in the source's zone; so it is the same day for whoever reads it.
"""

import re
from datetime import date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_CLOCK = r"(?:[,\s]*(?:в|at|T|\|)?\s*(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
_NUMBERS = re.compile(
    r"\b(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./](?P<year>\d{4}|\d{2})\b(?:\s*г(?:\.|ода))?" + _CLOCK
)
_WORDS = re.compile(
    r"\b(?P<day>[0-3]?\d)\s+(?P<name>(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*)\.?,?\s*"
    r"(?P<year>\d{4})?(?:\s*г(?:\.|ода|\b))?" + _CLOCK,
    re.IGNORECASE,
)
_NEAR = re.compile(r"\b(?P<near>сегодня|вчера)\b" + _CLOCK, re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?\s?(?:Z|[+-]\d\d:?\d\d)?)?")
_RFC = re.compile(r"^(?:[A-Za-z]{3,9},?\s*)?\d{1,2}\s+[A-Za-z]{3,9}\.?\s+\d{2,4}\s")
LONGEST = 400
EARLIEST = 1990


def read_date(text: str | None, zone: str, now: datetime) -> datetime | None:
    """The moment that is stated, aware; None where there is none, or none that can be."""
    text = (text or "").strip()[:LONGEST]
    for read in (_iso, _rfc, _numbers, _words, _near):
        try:
            moment = read(text, zone, now)
        except (ValueError, OverflowError, TypeError):
            continue
        if moment is not None and moment.year >= EARLIEST and moment <= now + timedelta(days=2):
            return moment
    return None


def _iso(text: str, zone: str, _now: datetime) -> datetime | None:
    found = _ISO.search(text)
    if not found:
        return None
    stated = found[0].replace(" +", "+").replace(" Z", "Z")
    if len(stated) == len("2026-11-21"):
        return _at(date.fromisoformat(stated), None, zone)
    moment = datetime.fromisoformat(stated)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _rfc(text: str, zone: str, _now: datetime) -> datetime | None:
    if not _RFC.match(text):
        return None
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _numbers(text: str, zone: str, _now: datetime) -> datetime | None:
    found = _NUMBERS.search(text)
    if not found:
        return None
    year = int(found["year"])
    day = date(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))
    return _at(day, found, zone)


def _words(text: str, zone: str, now: datetime) -> datetime | None:
    found = _WORDS.search(text)
    if not found:
        return None
    month = next(i for i, stem in enumerate(_MONTHS, 1) if found["name"].lower().startswith(stem))
    if found["year"]:
        return _at(date(int(found["year"]), month, int(found["day"])), found, zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    this_year = date(today.year, month, int(found["day"]))
    # What was published without a year was published not long ago.
    return _at(this_year if this_year <= today else this_year.replace(year=today.year - 1), found, zone)


def _near(text: str, zone: str, now: datetime) -> datetime | None:
    found = _NEAR.search(text)
    if not found:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    return _at(today - timedelta(days=found["near"].lower() == "вчера"), found, zone)


def _at(day: date, found: re.Match[str] | None, zone: str) -> datetime:
    clock = time(12)
    if found is not None and found["hour"]:
        clock = time(int(found["hour"]), int(found["minute"]))
    return datetime.combine(day, clock, ZoneInfo(zone))
