"""When and where an announced event is, by when to apply: as it was read, for the person to confirm or correct."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from domain.events import Event, EventDraft
from domain.messages import Button, Message
from presenters.actions import action, pack
from presenters.language.dates import clock, day, span
from presenters.language.words import Words


@action("aed")
class AskDetails:
    """Shows what was read."""

    announcement: int


@action("aec")
class CorrectDetails:
    announcement: int


@action("aey")
class DetailsRight:
    announcement: int


def happening_in_words(words: Words, event: Event | EventDraft, now: datetime) -> Markup:
    """«вс 20 декабря, 18:30 · школа 5 · заявки до 10 декабря»."""
    today = now.astimezone(ZoneInfo(event.time_zone)).date()
    parts: list[str] = []
    if event.start_date:
        time = f", {clock(event.start_time)}" if event.start_time else ""
        parts.append(span(words, event.start_date, event.end_date, today) + time)
    if event.venue:
        parts.append(event.venue)
    parts += [words.label("applications until {day}", day=day(words, until, today)) for until in _deadlines(event)]
    return Markup(" · ").join(parts) if parts else words("<i>neither date nor place</i>")


def _deadlines(event: Event | EventDraft) -> list[date]:
    """Local days."""
    if isinstance(event, EventDraft):
        return [event.deadline] if event.deadline else []
    return [stage.at.astimezone(ZoneInfo(event.time_zone)).date() for stage in event.deadlines]


def understood(words: Words, announcement: int, event: Event, now: datetime) -> Message:
    text = words("Understood: <b>{what}</b> — right?", what=happening_in_words(words, event, now))
    yes = Button(words.label("Yes"), action=pack(DetailsRight(announcement)))
    correct = Button(words.label("Correct"), action=pack(CorrectDetails(announcement)))
    return Message(text, ((yes, correct),))


def no_date(words: Words, announcement: int) -> Message:
    skip = Button(words.label("Without a date"), action=pack(DetailsRight(announcement)))
    return Message(
        words("I found no date in the text. When and where is it? For example: «20 December at 18:30, school 5»."),
        ((skip,),),
    )


def ask_details(words: Words) -> Message:
    return Message(
        words(
            "Write in one line when and where it is, for example: "
            "«20 December at 18:30, school 5, applications until 10 December»."
        )
    )


def nothing_read(words: Words) -> Message:
    return Message(words("I cannot read a date, time or place in that. Try: «20 December at 18:30, school 5»."))
