"""What a person types of their own event: «Собрание ТОС 20 декабря в 18:30, школа 5». One line, every part of it meant.

Running text is read with more caution (analysis.events); here nobody mentions a day in passing.
"""

import re
from dataclasses import replace
from datetime import date, time

from analysis.reader import Reader
from analysis.text.patterns import plain
from analysis.time import dates, moments, times
from domain.readings import EventKind, EventReading

LONGEST = 300
"""Characters up to which a text is a line somebody typed."""
LONGEST_VENUE = 100
_PARTS = re.compile(r"[,;\n]|\.\s|\s[—–-]\s")
_NOT_A_VENUE = re.compile(
    r"заявк|приглаша|приходите|вход|телефон|тел\.|справк|регистрац|ждем|ждём|срок|до \d", re.IGNORECASE
)
_BARE_HOUR = re.compile(r",?\s*в\s+(2[0-3]|1?\d)(?=\s*(?:[,;!\n]|\.(?!\d)|$))")
"""Right behind a day and before a pause: «завтра в 10, школа 5»."""
_PREPOSITION = re.compile(r"^(?:место|адрес|где)\s*[:—–-]?\s*", re.IGNORECASE)


def read_typed_event(
    reader: Reader, text: str, today: date, home: str | None, *, is_answer: bool = False
) -> EventReading | None:
    """What the reader finds, completed where a line leaves little doubt; None where nothing is told.

    ``is_answer``: it was asked when and where, so that «школа 5» alone is a venue.
    """
    found = reader.read(text, published=today, home=home).event
    told = found or EventReading(title=text.strip().split("\n")[0][:160], kind=EventKind.OTHER)
    if told.start_date is None and told.deadline is None:
        told = replace(told, start_date=moments.read_day(text, today))
    if len(text) <= LONGEST:
        told = replace(told, time=told.time or _clock(text), venue=told.venue or _venue(text, is_answer=is_answer))
    return told if found or any((told.start_date, told.time, told.venue)) else None


def _clock(text: str) -> time | None:
    low = plain(text)
    found = times.find(low)
    if found:
        return found[0].time
    hours = (_BARE_HOUR.match(low, day.end) for day in dates.find(low))
    return next((time(int(hour[1])) for hour in hours if hour), None)


def _venue(text: str, *, is_answer: bool) -> str | None:
    """The part behind the day that holds neither day nor hour; of an answer without a day its first part."""
    parts = [part.strip() for part in _PARTS.split(text)]
    is_timed = [bool(part) and _is_timed(part) for part in parts]
    if True not in is_timed and not is_answer:
        return None
    first = is_timed.index(True) if True in is_timed else -1
    for part in (part for at, part in enumerate(parts) if at > first and not is_timed[at]):
        if 2 < len(part) <= LONGEST_VENUE and not _NOT_A_VENUE.search(part):
            return _PREPOSITION.sub("", part).strip(" .!")
    return None


def _is_timed(part: str) -> bool:
    low = plain(part)
    return bool(times.find(low)) or bool(dates.find(low))
