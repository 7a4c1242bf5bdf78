"""Start, end, time and deadline of an event, chosen from the dates of a text and their roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day

from analysis.events import endings, stages
from analysis.events.clocks import clock_beside, find_time
from analysis.events.roles import APPLY, VOTE, Dated, Role
from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time import times
from analysis.time.dates import Found, Precision

A_MONTH, LONG_AGO, A_YEAR, CLOSE, FURTHER, SEVERAL = 31, 200, 366, 1.2, 3.0, 2
A_FORTNIGHT, A_HALF_WEEK = 14, 4
_ABOUT = re.compile(r"через\b.*(?:недел|(?P<month>месяц))")
"""«Через две недели» is not counted to the day."""
_OWN = (Role.EVENT, Role.APPLICATIONS, Role.VOTING)
_FURTHER = re.compile(
    r"\b(?:следующ|последующ)\w+\b(?! (?:понед|вторн|сред|четв|пятн|субб|воскр|выходн|недел|день|дни|месяц|год))"
)
"""«Следующие пройдут 4 и 18 апреля»: what comes first is told less loudly."""
_OPENED, _WORKS = cue("opened"), cue("works")
_APPLIED = re.compile(r"заявк|заявок|работы|документ|предложени")


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
    ends = [d for d in dated if d.role is Role.END and not stages.is_before(d, published)]
    if periods or deadlines:
        held = [d for d in events if not stages.JUDGED.search(d.clause)]
        events = held if held or periods else events
    closed = deadlines or any(p.found.last for p in periods)
    if not closed and (periods or (campaign and stages.is_applied_for(document))):
        ended = (d for d in ends if not _WORKS.search(d.clause))
        deadlines = [d for d in ended if not any(stages.spans(e, d) for e in events)]
    enrolling = stages.ENROLLED.search(document.low, 0, document.title_end)
    if enrolling or ((campaign or not events) and not stages.held_after(events, periods, deadlines)):
        shaped = _campaign(document, events, periods, deadlines, published, campaign=campaign)
        if shaped:
            return shaped
    best = _best(events, published)
    if best is None:
        return _deadline_only(document, deadlines, ends)
    applied = (p for p in periods if p.found.last and p.role is Role.APPLICATIONS)
    dues = sorted([*deadlines, *applied], key=lambda d: d.found.start)
    due = next((d for d in dues if _is_of(d, best, document, published)), None)
    if due and _is_long_before(best, due, published):
        return _deadline_only(document, [due], ends)
    return _event(document, best, dated, due)


def _is_long_before(best: Dated, due: Dated, published: date | None) -> bool:
    """«С 2006 года действует порядок», told beside what may be said of it until July 2013."""
    day, last = best.found.first.on(), due.found.first.on()
    is_past = published is None or stages.is_before(best, published)
    return day is not None and last is not None and is_past and (last - day).days > A_YEAR


def _is_of(due: Dated, best: Dated, document: Document, published: date | None) -> bool:
    """Whether a last day is one of the event chosen: not of a vote told beside it, nor looked back on."""
    voted = VOTE.search(due.clause) and not APPLY.search(due.clause)
    of_a_vote = VOTE.search(best.clause) or VOTE.search(document.low, 0, document.title_end)
    return not (voted and not of_a_vote) and not _remembered(due, best, published)


def _remembered(due: Dated, best: Dated, published: date | None) -> bool:
    """The last day of applications that a report looks back on: «заявку на которую подали до 1 октября»."""
    return stages.is_before(due, published) and stages.is_before(best, published) and tense.lean(due.clause) < 0


def _best(events: Sequence[Dated], published: date | None) -> Dated | None:
    """The day with the best claim; of several coming ones with nearly the same claim the first (a series, a digest)."""
    claims = [(d.score + _timely(d.found.first.on(), published), d) for d in events]
    claim, best = max(claims, key=lambda pair: pair[0], default=(0.0, None))
    if best is None:
        return None
    if published:
        margin = FURTHER if _FURTHER.search(best.clause) else CLOSE
        near = [d for other, d in claims if other >= claim - margin and d.found.precision is not Precision.PERIOD]
        coming = [d for d in near if (d.found.first.on() or date.min) >= published]
        best = min(coming, key=lambda d: d.found.first.on() or date.max) if best in coming else best
    return _first_of_list(_explicit(best, events), events, published)


def _explicit(best: Dated, events: Sequence[Dated]) -> Dated:
    """«В пятницу», «выходные», where the headline or the text under it gives the number of that day."""
    if not best.found.relative:
        return best
    surer = (d for d in events if _surer(d.found, best.found) and (d.title or best.title))
    return next((d for d in surer if _names(best.found, d.found.first.on())), best)


def _surer(one: Found, other: Found) -> bool:
    """A number says more than a weekday, a weekday more than a weekend."""
    return not one.relative or (one.weekday is not None and other.precision is Precision.PERIOD)


def _names(relative: Found, day: date | None) -> bool:
    """Whether a day is one that the words counted from publication may mean."""
    if day is None:
        return False
    if about := _ABOUT.match(relative.words):
        named = relative.first.on()
        return named is not None and abs((named - day).days) <= (A_FORTNIGHT if about["month"] else A_HALF_WEEK)
    if relative.precision is Precision.PERIOD:
        first, last = relative.first.on(), relative.last.on() if relative.last else None
        return first is not None and last is not None and first <= day <= last
    return relative.weekday == day.weekday()


def _timely(day: date | None, published: date | None) -> float:
    """News are of days ahead or just past; what lies far back is told beside."""
    if not published or not day:
        return 0.0
    if day >= published:
        return 1.0
    ago = (published - day).days
    return -2.0 if ago > LONG_AGO else -1.0 if ago > A_MONTH else 0.0


def _first_of_list(best: Dated, events: Sequence[Dated], published: date | None) -> Dated:
    """Of a timetable the first day that is not over, even if another of its days is spoken of at length."""
    day = best.found.first.on()
    if day is None or best.title:
        return best
    listed = [d for d in events if d.listed and (on := d.found.first.on()) and on >= (published or on)]
    if not best.listed and len({d.found.first for d in listed}) < SEVERAL:
        return best
    rest = [d for d in listed if (d.found.first.on() or day) < day]
    return min(rest, key=lambda d: d.found.first.on() or day, default=best)


def _event(document: Document, best: Dated, dated: Sequence[Dated], due: Dated | None) -> Schedule:
    best = _whole(best, dated)
    start = best.found.first.on()
    end = best.found.last.on() if best.found.last and best.found.precision is Precision.RANGE else None
    if end is None and start:
        end = endings.end(document, best, start, dated)
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
        if d.role in _OWN and d.found.precision is Precision.RANGE and d.found.first == best.found.first
    )
    return next(same, best)


def _deadline_only(document: Document, deadlines: Sequence[Dated], ends: Sequence[Dated]) -> Schedule:
    """A last day to apply, else the day up to which something goes on."""
    due = next(iter(deadlines), None)
    last = next(iter(ends), None) if due is None else None
    clock = find_time(document, None, deadlines or ends)
    return Schedule(
        end=last.found.first.on() if last else None,
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
    lasting = [p for p in periods if p.found.last and not (VOTE.search(p.clause) or stages.is_over(p, published))]
    due = next((d for d in deadlines if not (lasting and VOTE.search(d.clause))), None)
    periods = [p for p in periods if due is None or not stages.is_before(due, p.found.first.on())]
    period = stages.open_now([*periods, *(e for e in events if stages.is_open(document, e, due, published))], published)
    if period is not None and not (due and stages.is_over(period, published) and not stages.is_before(due, published)):
        return _opening(document, _whole(period, [*periods, *events]), due, periods)
    if due is None:
        return None
    day = due.found.first.on()
    headline = VOTE.search(document.low, 0, document.title_end) and not _APPLIED.search(due.clause)
    voting = bool(VOTE.search(due.clause) or headline)
    if not campaign and not voting:
        return Schedule(deadline=day, due=due.found, campaign=True)
    opening = (
        e.found for e in events if (_OPENED.search(e.clause) or stages.goes_on_from(e)) and stages.is_before(e, day)
    )
    opened = next(opening, None)
    start = opened.first.on() if opened else None
    return Schedule(start, day if voting or start else None, None, day, opened, due.found, None, campaign=True)


def _opening(document: Document, period: Dated, due: Dated | None, periods: Sequence[Dated]) -> Schedule:
    """A period of applications, or its first day with the last one and its hour named apart."""
    start = period.found.first.on()
    last = period.found.last.on() if period.found.last else None
    deadline = due.found.first.on() if due and due.found.first.on() else last
    if start and deadline and deadline < start:
        return Schedule(None, None, None, deadline, None, (due or period).found, None, campaign=True)
    end = last or (deadline if start else None)
    clocks = (clock_beside(document, p.found) for p in (period, *periods) if p.found.first.on() == start)
    clock = next(filter(None, clocks), None)
    hour = clock.time if clock else None
    return Schedule(start, end, hour, deadline, period.found, (due or period).found, clock, campaign=True)
