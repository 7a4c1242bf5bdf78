"""What a text announces: whether it is an event, still ahead, of what kind, when, until when, where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.events import announcing, capacity, kinds, roles, schedule, venues
from analysis.events.roles import Role
from analysis.events.signs import Told
from analysis.text.document import Document
from analysis.time import dates, years
from domain.readings import EventKind, EventReading, Evidence
from domain.topics import Topic

_YEARED = re.compile(r"\d{4}|\d[./-]\d\d[./-]\d\d\b")
MOST_DATES = 60
"""A text with more is a table; what it announces stands at its head."""
CAMPAIGNS = frozenset({EventKind.CONTEST, EventKind.CAMPAIGN, EventKind.DATA_CALL})


@dataclass(frozen=True, slots=True)
class EventRead:
    is_event: bool
    upcoming: bool
    event: EventReading | None
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()


def read_event(document: Document, published: date | None, main: Topic) -> EventRead:
    """The event of a text, if it has one; ``main`` is the topic that the text is about."""
    told = gather(document, published, main)
    if not announcing.is_event(told):
        return EventRead(False, False, None)
    dated, planned, kind, at = told.dated, told.schedule, told.kind, told.named
    upcoming = announcing.is_upcoming(document, dated, planned, kind, told.anchor)
    event = EventReading(
        title=venues.event_title(document, at),
        kind=kind,
        start_date=planned.start,
        end_date=planned.end,
        time=planned.time,
        deadline=planned.deadline,
        venue=venues.venue(document, planned.chosen),
        cancelled=kinds.cancelled(document),
        postponed=kinds.postponed(document),
        capacity=capacity.capacity(document, kind),
    )
    return EventRead(True, upcoming, event, _evidence(document, planned, kind, at), _doubts(planned, dated))


def gather(document: Document, published: date | None, main: Topic) -> Told:
    """Dates with their roles, the schedule made of them, and the kind."""
    found = years.fix(dates.find(document.text, published)[:MOST_DATES], document, published)
    dated = roles.assign(document, found, published)
    anchor = published or _own_date(dated)
    kind, at = kinds.kind(document)
    planned = schedule.plan(document, dated, anchor, campaign=kind in CAMPAIGNS)
    return Told(document, dated, planned, kind, at, main, anchor)


def _own_date(dated: Sequence[roles.Dated]) -> date | None:
    """The day of publication as a line of the text gives it with its year."""
    stamps = (d.found for d in dated if d.role is Role.PUBLISHED and _YEARED.search(d.found.words))
    return next((stamp.first.on() for stamp in stamps), None)


def _evidence(document: Document, planned: schedule.Schedule, kind: EventKind, at: int) -> tuple[Evidence, ...]:
    out = []
    if planned.chosen and planned.start:
        out.append(_quote("start_date", planned.start.isoformat(), document, planned.chosen.start, planned.chosen.end))
    if planned.chosen and planned.end:
        out.append(_quote("end_date", planned.end.isoformat(), document, planned.chosen.start, planned.chosen.end))
    if planned.due and planned.deadline:
        out.append(_quote("deadline", planned.deadline.isoformat(), document, planned.due.start, planned.due.end))
    if planned.clock and planned.time:
        out.append(_quote("time", planned.time.strftime("%H:%M"), document, planned.clock.start, planned.clock.end))
    if at >= 0:
        out.append(
            _quote(
                "kind",
                kind.value,
                document,
                at,
                document.text.find(" ", at + 4) if " " in document.text[at + 4 :] else at + 20,
            )
        )
    return tuple(out)


def _quote(claim: str, value: str, document: Document, start: int, end: int) -> Evidence:
    return Evidence(claim, value, document.text[start:end], start)


def _doubts(planned: schedule.Schedule, dated: Sequence[roles.Dated]) -> tuple[str, ...]:
    doubts = []
    if (planned.chosen is None and planned.due is None) or (planned.start is None and planned.chosen is not None):
        doubts.append("start_date")
    rivals = [d for d in dated if d.role is Role.EVENT and planned.chosen and d.found is not planned.chosen]
    if planned.start and any(d.found.first.on() not in (None, planned.start) and not d.found.relative for d in rivals):
        doubts.append("start_date")
    return tuple(dict.fromkeys(doubts))
