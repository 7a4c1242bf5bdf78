"""Of an event that somebody goes to: that it is near, and that it was moved or cancelled."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup

from domain.events import Event, EventStatus
from domain.messages import Button, Message, Rows
from presenters.actions import pack
from presenters.finding.cards import AskReminders, Look, TakeCalendarFile, event_rows
from presenters.language.dates import clock, day, days_away, span
from presenters.language.words import Words
from presenters.pushed import pushes


def reminder(words: Words, event: Event, deadline_id: int | None, *, zone: str, now: datetime, group: bool) -> Message:
    """«⏰ Завтра: V форум ТОС», or that the last day to apply is near."""
    today = now.astimezone(ZoneInfo(event.time_zone)).date()
    stage = next((one for one in event.deadlines if one.id == deadline_id), None)
    if stage is not None:
        last = stage.at.astimezone(ZoneInfo(event.time_zone)).date()
        head = words("⏳ Apply {away}, by {day}:", away=days_away(words, last, today), day=day(words, last, today))
        name = Markup("<b>{}</b>").format(f"{event.title}: {stage.title}" if stage.title else event.title)
        return Message(Markup("\n").join([head, name, *_link(event)]), () if group else (_tools(words, event),))
    near = days_away(words, event.start_date, today) if event.start_date else ""
    head = words("⏰ {away}: <b>{title}</b>", away=near[:1].upper() + near[1:], title=event.title)
    lines = [head, *pushes.when_and_where(words, event, zone, now), *_link(event)]
    return Message(Markup("\n").join(lines), () if group else (_tools(words, event),))


def change(
    words: Words,
    event: Event,
    *,
    was: tuple[date | None, time | None],
    zone: str,
    now: datetime,
    group: bool,
) -> Message:
    """``was``: the local day and hour that people knew."""
    title = Markup("<b>{}</b>").format(event.title)
    today = now.astimezone(ZoneInfo(event.time_zone)).date()
    before = _before(words, *was, today)
    if event.status is EventStatus.CANCELLED:
        return Message(Markup("\n").join([words("⛔ Cancelled: {title}", title=title), *before]))
    if event.status is EventStatus.POSTPONED:
        head = words("⚠️ Postponed, the new date is not known yet: {title}", title=title)
        return Message(Markup("\n").join([head, *before]))
    moved = was != (event.start_date, event.start_time)
    head = words("🔁 Moved: {title}", title=title) if moved else words("📍 Another place: {title}", title=title)
    lines = [head, *(before if moved else []), *pushes.when_and_where(words, event, zone, now), *_link(event)]
    buttons: Rows = () if group else event_rows(words, event, Look(now))
    return Message(Markup("\n").join(lines), buttons)


def _tools(words: Words, event: Event) -> tuple[Button, ...]:
    calendar = Button(words.label("📅 To the calendar"), action=pack(TakeCalendarFile(event.id)))
    return calendar, Button(words.label("⏰ Remind me"), action=pack(AskReminders(event.id)))


def _before(words: Words, start: date | None, hour: time | None, today: date) -> list[Markup]:
    if start is None:
        return []
    text = span(words, start, None, today) + (f", {clock(hour)}" if hour else "")
    return [words("It was to be: <s>{time}</s>", time=text)]


def _link(event: Event) -> list[Markup]:
    return [Markup("🔗 {}").format(event.link)] if event.link else []
