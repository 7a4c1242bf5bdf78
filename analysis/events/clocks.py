"""The hour an event begins, told apart from office hours, ends of periods and the minute of publication."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.events import bylines
from analysis.events.roles import Dated, Role
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time import times
from analysis.time.dates import Found

MOST_CLOCKS, BESIDE, PROGRAMME, LEAST = 40, 12, 3, 1.0
_OFFICE, _PHONE = cue("office"), cue("phone")
_ARRIVAL, _CLOSING = cue("arrival"), cue("closing")
_LINE = re.compile(r"\b(?:горяч|прям|телефонн)\w+ лини[яию]\b")
_LINE_OPENS = re.compile(
    rf"{_LINE.pattern} (?:[а-я]+ ){{0,2}}(?:откроется|пройдет|состоится|провед[её]т|проведут|будет)"
)
"""A line that is open on one day: to call is what one is called to."""
_SOME_WEEKDAYS = re.compile(
    r"(?:понедельник|вторник|среда), (?:вторник|среда|четверг|пятница)(?:,| и) (?:четверг|пятница|суббота|воскресенье)"
)
_BEGINS = re.compile(rf"(?:{cue('begins').pattern})[^.,;\n\d]{{0,40}}(?:в|с|к|на|—|–|-|:)?[ ]*\Z")
_TO = r"(?:\s?[-–—]\s?\d{1,2}[:.]\d\d|\s(?:до|по)\s\d{1,2}(?:[:.-]\d\d)?)?"
_BEGINNING = re.compile(r"\bначало[: ]+(?:[вс] )?\Z")
_THEN_BEGINS = re.compile(rf"{_TO}[^.;\n\d]{{0,32}}?\b(?:{cue('opens').pattern})")
_THEN_ARRIVE = re.compile(rf"{_TO}[^.;,()\n\d]{{0,40}}?\b(?:{_ARRIVAL.pattern})")
_THEN_GATHER = re.compile(rf"(?:{_THEN_ARRIVE.pattern})|{_TO}[^.;,()\n\d]{{0,15}}\b(?:сбор\b|встреча гостей|прибыти)")
_ARRIVE_AT = re.compile(rf"(?:{_ARRIVAL.pattern})(?![^.,;\n]* и (?:начал|старт|открыти|перв\w+ ))[^.,;\n\d]{{0,30}}\Z")
"""But not «сбор команд и первый свисток в 14:00»."""
_THEN_CLOSE = re.compile(rf"{_TO}[^.;\n\d]{{0,20}}?\b(?:{_CLOSING.pattern})")
_AT = re.compile(r"\s*(?:года?|г\.)?,?\s*(?:в|с)\s+")
_NEXT_HOUR = re.compile(r",[^,\d]{12,45}?\d{1,2}[:.-]\d\d")
_SECOND = re.compile(r"\d\s?(?:ч\.?|час\w*)?(?:\s?[-–—]\s?|\sи\s(?:в\s)?)\Z")
_HEADS_LINE = re.compile(r"(?:\n|\A)[^\w\n]*(?:[вс] )?\Z")
_DASH = re.compile(r"\s*(?:час\w*|ч\.?)?\s*[–—-]\s*[^\W\d]")
_TO_HOUR = re.compile(r"\s?[–—-]\s?\d{1,2}[:.]\d\d")
_INCLUSIVE = re.compile(r"\s*\(?включительно\)?")
_OPENS = re.compile(r"откры|начал|начн|старт|пройд|состо|отключ|собер|собрал|ждут|ждем|приглаша")
_ENDS = re.compile(r"\b(?:до|по|не позднее|не позже)\s*$")
_COUNTED = re.compile(r"\b(?:к|на)\s*$")
_COUNT = re.compile(r"по данным|проголос|явк[аи]|по состоянию")
_RUN = re.compile(
    r"\b(?:рейс\w*|уйд[еу]т|отправ\w+|электричк\w+|поезд\w*|автобус\w* (?:из|от|до))\b"
    r"|\bиз (?:[а-я]+ )?[а-я]+\s+(?:в|[–—-])\s*$|:\d\d,\s*$"
)
"""A timetable of transport."""
_OTHERS = (Role.DEADLINE, Role.END, Role.APPLICATIONS, Role.RESULTS, Role.PUBLISHED)


def find_time(document: Document, chosen: Found | None, dated: Sequence[Dated]) -> times.Clock | None:
    """The hour the event begins: beside its date, else after a word like «начало»."""
    clocks = [c for c in times.find(document.low)[:MOST_CLOCKS] if not _foreign(document, c, chosen, dated)]
    same = (d for d in dated if d.role is Role.EVENT and chosen and d.found.first == chosen.first)
    days = [d.found for d in same if not _is_of_arrival(d)]
    if chosen is not None and chosen not in days:
        days.append(chosen)
    later = _later_entries(document.low, clocks)
    rest = (c for c in clocks if c not in later or _is_beside(document.low, c, chosen))
    scored = [(_clock_score(document, c, chosen, days), c) for c in rest]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= LEAST else None


def _later_entries(low: str, clocks: Sequence[times.Clock]) -> Sequence[times.Clock]:
    """Of a programme the entries after its first that is no arrival: «16.00 — открытие памятника» opens no festival."""
    later = list[times.Clock]()
    for entries in _programmes(low, clocks):
        first = next((i for i, c in enumerate(entries) if not _THEN_GATHER.match(low, c.end)), len(entries))
        later += entries[first + 1 :]
    return later


def _programmes(low: str, clocks: Sequence[times.Clock]) -> Iterator[Sequence[times.Clock]]:
    """The hours that head neighbouring lines, or stand before dashes in them."""
    listed = [c for c in clocks if _HEADS_LINE.search(low, max(0, c.start - 60), c.start) or _DASH.match(low, c.end)]
    apart = [i for i in range(1, len(listed)) if low.count("\n", listed[i - 1].end, listed[i].start) > 1]
    runs = (listed[first:last] for first, last in pairwise((0, *apart, len(listed))))
    return (run for run in runs if len(run) >= PROGRAMME)


def _is_beside(low: str, clock: times.Clock, chosen: Found | None) -> bool:
    return chosen is not None and _stand_together(low, chosen, clock)


def clock_beside(document: Document, opening: Found) -> times.Clock | None:
    """The hour of a single day at which applications open: «5 мая в 10:00»."""
    if opening.last is not None:
        return None
    clocks = (c for c in times.find(document.low[: opening.end + BESIDE + 8]) if c.start >= opening.end)
    return next((c for c in clocks if _AT.fullmatch(document.low, opening.end, c.start)), None)


def _foreign(document: Document, clock: times.Clock, chosen: Found | None, dated: Sequence[Dated]) -> bool:
    """An hour of something else: of publication, of a deadline, of office days, the end of a period."""
    low = document.low
    if _ENDS.search(low, max(0, clock.start - 30), clock.start):
        return True
    if bylines.stamped(document, clock.start, [d.found for d in dated if d.role is not Role.PUBLISHED]):
        return True
    owner = _owner(low, clock, dated)
    if owner is not None and owner.found is not chosen:
        lasts = owner.role is Role.END and chosen is None
        if (owner.role in _OTHERS and not lasts) or _is_of_arrival(owner):
            return True
        if chosen and None not in (day := owner.found.first.on(), chosen.first.on()):
            return owner.role is Role.EVENT and day != chosen.first.on()
    if chosen is not None and _is_of_another_day(document, clock, chosen, dated):
        return True
    if any(d.found.start <= clock.start < d.found.end and not _opens(low, clock, d) for d in dated):
        return True
    if chosen is not None and _is_of_a_line(document):
        return False
    if chosen is not None and min(abs(clock.start - chosen.end), abs(chosen.start - clock.end)) < BESIDE:
        return False
    return _of_an_office(document, clock, chosen)


def _is_of_a_line(document: Document) -> bool:
    return bool(_LINE.search(document.low, 0, document.title_end) or _LINE_OPENS.search(document.low))


def _is_of_another_day(document: Document, clock: times.Clock, chosen: Found, dated: Sequence[Dated]) -> bool:
    """«3 мая, в Радоницу, — каждые 15 минут с 7:00»: the only day named in its sentence is not the chosen one."""
    sentence = document.sentence_at(clock.start)
    days = [d for d in dated if sentence.start <= d.found.start < sentence.end]
    return bool(days) and all(_is_another(d, chosen) and d.found.end <= clock.start for d in days)


def _is_another(d: Dated, chosen: Found) -> bool:
    known = d.found.first.month is not None and chosen.first.month is not None
    return known and d.role in (Role.EVENT, Role.DEADLINE) and d.found.last is None and d.found.first != chosen.first


def _opens(low: str, clock: times.Clock, d: Dated) -> bool:
    """The first hour within a range: «24 марта с 23.00 до 5.00 25 марта»."""
    if clock.start <= d.found.start + 3:
        return False
    return low.endswith(" с ", d.found.start, clock.start) or bool(_TO_HOUR.match(low, clock.end))


def _is_of_arrival(d: Dated) -> bool:
    """«Регистрация: 12 февраля с 8.30 до 10.00 на старте» names the day of the race and hours before it."""
    return _ARRIVAL.match(d.clause.lstrip()) is not None


def _owner(low: str, clock: times.Clock, dated: Sequence[Dated]) -> Dated | None:
    """The date a clock stands beside, on the same line: «27 мая в 10:00», «в 10:00 27 мая»."""
    return next((d for d in dated if _stand_together(low, d.found, clock)), None)


def _stand_together(low: str, day: Found, clock: times.Clock) -> bool:
    first, last = min(day.end, clock.end), max(day.start, clock.start)
    return last - first < BESIDE + _inclusive(low, first) and "\n" not in low[first:last]


def _inclusive(low: str, start: int) -> int:
    """So many letters lie between a last day and its hours because it is said to be included."""
    said = _INCLUSIVE.match(low, start)
    return said.end() - said.start() if said else 0


def _of_an_office(document: Document, clock: times.Clock, chosen: Found | None) -> bool:
    """Hours in which something is open, answered or handed out; counts at an hour; departures."""
    low = document.low
    sentence = document.sentence_at(clock.start)
    before = low[max(sentence.start, clock.start - 70) : clock.start]
    if _BEGINNING.search(before):
        return False
    apart = chosen is None or not sentence.start <= chosen.start < sentence.end
    if apart and _SOME_WEEKDAYS.search(low, sentence.start, sentence.end):
        return True
    local = before + low[clock.start : _before_next(low, clock, min(sentence.end, clock.end + 60))]
    if _PHONE.search(before) or (_COUNTED.search(before) and _COUNT.search(local)) or _RUN.search(before):
        return True
    return bool(_OFFICE.search(local) or (chosen is None and cue("weekly").search(local)))


def _before_next(low: str, clock: times.Clock, end: int) -> int:
    """Where what is said of an hour ends, if another hour with words of its own comes before ``end``."""
    following = _NEXT_HOUR.search(low, clock.end, end)
    return following.start() if following else end


def _clock_score(document: Document, clock: times.Clock, chosen: Found | None, days: Sequence[Found]) -> float:
    low = document.low
    before = low[max(0, clock.start - 60) : clock.start]
    score = -clock.start / 4000 + _said_of(low, clock, before)
    if days:
        score += max(_nearness(low, clock, day) - (day is not chosen) for day in days)
    elif clock.start < document.title_end + 400 and _OPENS.search(document.sentence_at(clock.start).text.lower()):
        score += 0.6
    if re.search(r"\b(?:в|с|к|на)\s*$", before):
        score += 0.6
    return score


def _nearness(low: str, clock: times.Clock, day: Found) -> float:
    gap = max(clock.start - day.end, day.start - clock.end)
    same_line = "\n" not in low[min(day.end, clock.end) : max(day.start, clock.start)]
    if gap < BESIDE and same_line:
        return 4.5
    if gap < 40:
        return 3.0
    return 2.0 if gap < 130 and same_line else 1.2 if gap < 440 else 0.0


def _said_of(low: str, clock: times.Clock, before: str) -> float:
    """What the words around an hour say of it: a beginning, an arrival before it, a closing after it."""
    score = 2.5 if _BEGINS.search(before) else 0.0
    if _THEN_ARRIVE.match(low, clock.end) or _ARRIVE_AT.search(before):
        return score - 5.0
    if _THEN_BEGINS.match(low, clock.end):
        score = max(score, 2.0)
    if _THEN_CLOSE.match(low, clock.end):
        score -= 1.5
    if clock.time.minute % 5:
        score -= 1.5
    return score - (1.0 if _SECOND.search(before[-9:]) else 0.0)
