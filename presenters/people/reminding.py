"""When to be reminded of an event or of a last day to apply."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from domain.events import Event
from domain.messages import Button, Message, Rows
from presenters.actions import action, pack
from presenters.finding.cards import BackToCard
from presenters.language.words import Words

HOUR, DAY = 60, 24 * 60
BEFORE_EVENT = (HOUR, 3 * HOUR, DAY, 3 * DAY, 7 * DAY)
BEFORE_DEADLINE = (DAY, 3 * DAY, 7 * DAY)
Wish = tuple[int | None, int]
"""A deadline's id (None: the event itself) and minutes before it."""


@action("rt")
class ToggleReminder:
    """``deadline`` 0: the event itself."""

    event: int
    deadline: int
    minutes: int


def reminders(words: Words, event: Event, item: int, wanted: Collection[Wish], now: datetime) -> Message:
    """What lies ahead of now may be wished for, and what is wished for may be given up."""
    rows: list[tuple[Button, ...]] = []
    if event.starts_at is not None:
        rows += _rows(words, event, None, _ahead(None, event.starts_at, BEFORE_EVENT, wanted, now), wanted)
    for stage in event.deadlines:
        rows += _rows(words, event, stage.id, _ahead(stage.id, stage.at, BEFORE_DEADLINE, wanted, now), wanted)
    back = (Button(words.label("‹ Back"), action=pack(BackToCard(item))),)
    if rows:
        text = words(
            "<b>{title}</b>\n\nWhen shall I remind you? If the time moves, so does the reminder.", title=event.title
        )
    else:
        text = words("<b>{title}</b>\n\nThere is no time left to remind you.", title=event.title)
    return Message(text, (*rows, back))


def _ahead(
    deadline: int | None, at: datetime, choices: Iterable[int], wanted: Collection[Wish], now: datetime
) -> list[int]:
    return [m for m in choices if (deadline, m) in wanted or at - timedelta(minutes=m) > now]


def _rows(words: Words, event: Event, deadline: int | None, choices: Iterable[int], wanted: Collection[Wish]) -> Rows:
    buttons = [
        Button(
            f"{'☑' if (deadline, minutes) in wanted else '☐'} {_label(words, deadline, minutes)}",
            action=pack(ToggleReminder(event.id, deadline or 0, minutes)),
        )
        for minutes in choices
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _label(words: Words, deadline: int | None, minutes: int) -> str:
    days, hours = minutes // DAY, minutes // HOUR
    if deadline is not None:
        return words.plural_label("{count} day before the deadline", "{count} days before the deadline", days)
    if days:
        return words.plural_label("{count} day before", "{count} days before", days)
    return words.plural_label("{count} hour before", "{count} hours before", hours)


def too_late(words: Words) -> str:
    return words.label("That moment has passed already; choose a later one.")
