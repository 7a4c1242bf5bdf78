"""Start, end, time and deadline of an event, chosen from the dates of a text and their roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as time_of_day

from analysis import times
from analysis.clocks import find_time
from analysis.dates import Found, Precision
from analysis.datewords import COUNTS
from analysis.document import Document
from analysis.roles import VOTE, Dated, Role

NEAR = 200
_OPENED = re.compile(r"откры|старт|начал")
_LISTED = re.compile(r"(?:\s*\([^)\n]{1,25}\))?\s*[—–:-]\s")
"""What stands after a day in a timetable."""
_FINAL = re.compile(
    r"\s*[—–,-]?\s*(?:пройд\w+ |состоится |состоятся )?(?:финал|заключительн|закрыти|гала-концерт|завершающ)"
)
_LASTS = re.compile(
    r"(?:продлит|длит|растян|пройдет|идет|займет)\w*\s(?:[^.\n]{0,40}\s)?(?P<count>\d{1,2}|одну|две|три|четыре)\sнедел"
)
_ELECTION = re.compile(r"избирательн|избирател|выбор\w* (?:глав|депутат|губернатор|мэр)|депутат|референдум")


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the text fixes; ``chosen`` is the expression the start rests on, ``due`` the one of the deadline."""

    start: date | None = None
    end: date | None = None
    time: time_of_day | None = None
    deadline: date | None = None
    chosen: Found | None = None
    due: Found | None = None
    clock: times.Clock | None = None
    campaign: bool = False
    """Something to apply to or vote in: it is open until its deadline."""


def plan(document: Document, dated: Sequence[Dated], published: date | None, *, campaign: bool) -> Schedule:
    """The schedule; ``campaign`` says that the text is of a contest, a vote or other applications."""
    events = [d for d in dated if d.role is Role.EVENT]
    periods = [d for d in dated if d.role in (Role.APPLICATIONS, Role.VOTING)]
    deadlines = [d for d in dated if d.role is Role.DEADLINE]
    if campaign and not deadlines and not periods:
        deadlines = [d for d in dated if d.role is Role.END]
    if (campaign or not events) and not _held_after(events, periods):
        shaped = _campaign(document, events, periods, deadlines, published, campaign=campaign)
        if shaped:
            return shaped
    best = _best(events, published)
    if best is None:
        return _deadline_only(document, deadlines)
    due = next(iter(deadlines), None) or next((p for p in periods if p.found.last), None)
    return _event(document, best, dated, due)


def _held_after(events: Sequence[Dated], periods: Sequence[Dated]) -> bool:
    """Applications are taken first, and the thing itself has a day of its own after them."""
    last = max((p.found.last.on() or date.min for p in periods if p.found.last), default=None)
    return last is not None and any((d.found.first.on() or date.min) > last and d.score >= 2 for d in events)


def _best(events: Sequence[Dated], published: date | None) -> Dated | None:
    def rank(d: Dated) -> float:
        day = d.found.first.on()
        ahead = 1.0 if published and day and day > published else 0.0
        return d.score + ahead

    return max(events, key=rank, default=None)


def _event(document: Document, best: Dated, dated: Sequence[Dated], due: Dated | None) -> Schedule:
    best = _first_listed(document, _whole(best, dated), dated)
    start = best.found.first.on()
    end = best.found.last.on() if best.found.last and best.found.precision is Precision.RANGE else None
    if end is None and start:
        end = _closing(document, best, start, dated)
    if start and end and end < start:
        end = None
    deadline = (due.found.last or due.found.first).on() if due else None
    clock = find_time(document, best.found, dated)
    return Schedule(start, end, clock.time if clock else None, deadline, best.found, due.found if due else None, clock)


def _first_listed(document: Document, best: Dated, dated: Sequence[Dated]) -> Dated:
    """The first day of a timetable («27 ноября — с. Хошеутово, 28-29 ноября — с. Лапас»)."""
    listed = [d for d in dated if d.role is Role.EVENT and _LISTED.match(document.low, d.found.end)]
    if not any(d.found is best.found for d in listed):
        return best
    return min(listed, key=lambda d: d.found.first.on() or date.max)


def _closing(document: Document, best: Dated, start: date, dated: Sequence[Dated]) -> date | None:
    """The last day named apart: «до 5 мая» beside the first, a final, or the day that a stated length leads to."""
    later = [d for d in dated if d.found.start > best.found.start and (d.found.first.on() or date.min) > start]
    lasts = _LASTS.search(document.low)
    length = _days(lasts) if lasts else None
    for d in later:
        ends = d.role is Role.END and d.found.start < best.found.end + NEAR
        final = d.role is Role.EVENT and _FINAL.match(document.low, d.found.end)
        lasting = d.role is Role.EVENT and length is not None and d.found.first.on() == start + timedelta(length)
        if ends or final or lasting:
            return d.found.first.on()
    return None


def _whole(best: Dated, dated: Sequence[Dated]) -> Dated:
    """The range that begins on the chosen day, where the text names one too."""
    if best.found.precision is not Precision.DAY:
        return best
    same = (
        d
        for d in dated
        if d.role is Role.EVENT and d.found.precision is Precision.RANGE and d.found.first == best.found.first
    )
    return next(same, best)


def _deadline_only(document: Document, deadlines: Sequence[Dated]) -> Schedule:
    due = next(iter(deadlines), None)
    clock = find_time(document, None, deadlines)
    return Schedule(
        deadline=due.found.first.on() if due else None,
        due=due.found if due else None,
        clock=clock,
        time=clock.time if clock else None,
        campaign=bool(due),
    )


def _campaign(
    document: Document,
    events: Sequence[Dated],
    periods: Sequence[Dated],
    deadlines: Sequence[Dated],
    published: date | None,
    *,
    campaign: bool,
) -> Schedule | None:
    """A contest, vote or enrolment: its opening and its last day."""
    period = next(iter(periods), None) or next((e for e in events if e.found.precision is Precision.RANGE), None)
    due = next(iter(deadlines), None)
    if period is not None:
        return _opening(document, period, due)
    if due is None:
        return None
    day = due.found.first.on()
    voting = bool(VOTE.search(due.clause) or VOTE.search(document.low[: document.title_end]))
    if not campaign and not voting:
        return Schedule(deadline=day, due=due.found, campaign=True)
    opened = next((e.found for e in events if _OPENED.search(e.clause) and _is_today(e, published)), None)
    start = opened.first.on() if opened else None
    return Schedule(start, day if voting else None, None, day, opened, due.found, None, campaign=True)


def _opening(document: Document, period: Dated, due: Dated | None) -> Schedule:
    """A period of applications, or its first day with the last one named apart; elections have days, no deadline."""
    start = period.found.first.on()
    last = period.found.last.on() if period.found.last else None
    if period.role is Role.VOTING and _ELECTION.search(document.low):
        return Schedule(start, last, None, None, period.found, None, None, campaign=True)
    deadline = due.found.first.on() if due and due.found.first.on() else last
    end = last or (deadline if start else None)
    return Schedule(start, end, None, deadline, period.found, (due or period).found, None, campaign=True)


def _days(lasts: re.Match[str]) -> int:
    count = lasts["count"]
    return 7 * (int(count) if count.isdigit() else COUNTS[count])


def _is_today(e: Dated, published: date | None) -> bool:
    return published is not None and e.found.first.on() == published
