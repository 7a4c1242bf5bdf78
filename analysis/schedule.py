"""Start, end, time and deadline of an event, chosen from the dates of a text and their roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day

from analysis import times
from analysis.dates import Found, Precision
from analysis.document import Document
from analysis.patterns import cue
from analysis.roles import APPLY, VOTE, Dated, Role

_OFFICE = cue("office")
MOST_CLOCKS = 40
_BEGINS = re.compile(
    r"(?:начало|начн\w+|открыти\w+|старт\w*|сбор|состоится|пройд\w+|приходите|ждем|соберутся|начать|торговать|выйдут|приглаша\w+)[^.\n\d]{0,40}(?:в|с|к|—|–|-|:)?\s*$"
)
_OPENS = re.compile(r"откры|начал|начн|старт|пройд|состо|отключ|собер|собрал|ждут|ждем|приглаша")
_ENDS = re.compile(r"\b(?:до|по|не позднее)\s*$")


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
        shaped = _campaign(events, periods, deadlines, published, campaign=campaign)
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
    best = _whole(best, dated)
    start = best.found.first.on()
    end = best.found.last.on() if best.found.last and best.found.precision is Precision.RANGE else None
    if end is None:
        closing = next(
            (
                d
                for d in dated
                if d.role is Role.END and d.found.start > best.found.start and d.found.start - best.found.end < 200
            ),
            None,
        )
        end = closing.found.first.on() if closing and start else None
    if start and end and end < start:
        end = None
    deadline = (due.found.last or due.found.first).on() if due else None
    clock = find_time(document, best.found, dated)
    return Schedule(start, end, clock.time if clock else None, deadline, best.found, due.found if due else None, clock)


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
    if period is None and due is None:
        return None
    voting = bool(VOTE.search((period or due).clause)) if (period or due) else False  # type: ignore[union-attr]
    if period is not None:
        start = period.found.first.on()
        last = period.found.last.on() if period.found.last else None
        deadline = due.found.first.on() if due and due.found.first.on() else last
        return Schedule(
            start,
            last or (deadline if voting else None),
            None,
            deadline,
            period.found,
            (due or period).found,
            None,
            campaign=True,
        )
    if due is None:
        return None
    day = due.found.first.on()
    if not campaign and not voting:
        return Schedule(None, None, None, day, None, due.found, None, campaign=True)
    opened = next((e for e in events if re.search(r"откры|старт|начал", e.clause) and _is_today(e, published)), None)
    start = opened.found.first.on() if opened else None
    return Schedule(
        start, day if voting else None, None, day, opened.found if opened else None, due.found, None, campaign=True
    )


def _is_today(e: Dated, published: date | None) -> bool:
    return published is not None and e.found.first.on() == published


def find_time(document: Document, chosen: Found | None, dated: Sequence[Dated]) -> times.Clock | None:
    """The hour the event begins: beside its date, else after a word like «начало»."""
    clocks = [c for c in times.find(document.low)[:MOST_CLOCKS] if not _foreign(document, c, dated)]
    if not clocks:
        return None
    best = max(clocks, key=lambda c: _clock_score(document, c, chosen))
    return best if _clock_score(document, best, chosen) >= 1 else None


def _foreign(document: Document, clock: times.Clock, dated: Sequence[Dated]) -> bool:
    """An hour of something else: of publication, of a deadline, of office days, the end of a period."""
    low = document.low
    before = low[max(0, clock.start - 30) : clock.start]
    if _ENDS.search(before):
        return True
    for d in dated:
        beside = abs(d.found.start - clock.end) < 12 or abs(clock.start - d.found.end) < 12
        if (
            d.role is Role.PUBLISHED
            and low.find("\n", min(d.found.end, clock.start), max(d.found.end, clock.start)) < 0
            and abs(clock.start - d.found.start) < 60
        ):
            return True
        if d.role in (Role.DEADLINE, Role.APPLICATIONS, Role.RESULTS) and beside:
            return True
        if d.found.start <= clock.start < d.found.end:
            return d.found.precision is Precision.RANGE
    sentence = document.sentence_at(clock.start)
    local = low[max(sentence.start, clock.start - 70) : min(sentence.end, clock.end + 60)]
    return bool(_OFFICE.search(local))


def _clock_score(document: Document, clock: times.Clock, chosen: Found | None) -> float:
    low = document.low
    score = 0.0
    if _BEGINS.search(low[max(0, clock.start - 60) : clock.start]):
        score += 2.5
    if chosen is not None:
        gap = max(clock.start - chosen.end, chosen.start - clock.end)
        same_line = "\n" not in low[min(chosen.end, clock.end) : max(chosen.start, clock.start)]
        score += 3.0 if gap < 40 else 2.0 if gap < 130 and same_line else 1.2 if gap < 400 else 0.0
    if (
        chosen is None
        and clock.start < document.title_end + 400
        and _OPENS.search(document.sentence_at(clock.start).text.lower())
    ):
        score += 0.6
    if re.search(r"\b(?:в|с|к)\s*$", low[max(0, clock.start - 4) : clock.start]):
        score += 0.6
    return score - clock.start / 4000


__all__ = ["APPLY", "Schedule", "find_time", "plan"]
