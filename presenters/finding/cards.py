"""An item or event in full: what happened, when and where, by when to apply, who tells it, and what can be done."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.cards import Attendance, Card
from domain.events import Answer, Event, EventStatus
from domain.messages import Button, Message, Rows, shortened
from domain.readings import EventKind
from presenters.actions import action, pack
from presenters.finding.origins import told_by
from presenters.language.dates import clock, day, days_away, short_day, span
from presenters.language.places import place_name
from presenters.language.topics import topic_label
from presenters.language.words import Words

LONGEST_TEXT = 2400
"""Characters of an item's text on its card; the whole is behind the link."""
OPEN_TEXT = 700
"""Characters that are seen without unfolding."""
NOBODY_COMES = frozenset({EventKind.OUTAGE, EventKind.CLOSURE, EventKind.CONTEST, EventKind.DATA_CALL})
"""What concerns people without their coming."""


@action("go")
class Reply:
    event: int
    answer: Answer


@action("ic")
class TakeCalendarFile:
    event: int


@action("rq")
class AskReminders:
    event: int


@action("ib")
class BackToCard:
    item: int


NOBODY_YET = Attendance()


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at a card, when and where from."""

    now: datetime
    attendance: Attendance = NOBODY_YET
    link: str | None = None
    """Address of the event's page."""
    opens: str | None = None
    """Address that opens the card in the bot: in a group people answer there, each for themselves."""


def card(words: Words, gazetteer: Gazetteer, shown: Card, look: Look) -> Message:
    parts = [head(words, gazetteer, shown, look), body(shown), *_programme(words, shown.event)]
    parts.append(told_by(words, gazetteer, shown, look.now))
    text = Markup("\n\n").join(part for part in parts if part)
    return Message(text, _buttons(words, shown, look), photo=shown.item.photo)


def head(words: Words, gazetteer: Gazetteer, shown: Card, look: Look) -> Markup:
    """Title and facts, a line each."""
    urgent = "🔴 " if shown.item.urgent else ""
    lines = [Markup("{}<b>{}</b>").format(urgent, shown.item.title)]
    if shown.event is not None:
        lines += event_facts(words, shown.event, look)
    where = _where(words, gazetteer, shown)
    if where:
        lines.append(Markup("📍 {}").format(where))
    topics = ", ".join(topic_label(words, topic) for topic in shown.item.topics[:3])
    if topics:
        lines.append(Markup("🏷 {}").format(topics))
    return Markup("\n").join(lines)


def event_facts(words: Words, event: Event, look: Look) -> list[Markup]:
    today = look.now.astimezone(ZoneInfo(event.time_zone)).date()
    lines = [_status(words, event)]
    if event.start_date is not None:
        lines.append(Markup("🗓 {}").format(when(words, event, event.start_date, today)))
    lines += [_deadline(words, event, number, today) for number in range(len(event.deadlines))]
    lines.append(_places_taken(words, event, look.attendance))
    return [line for line in lines if line]


def when(words: Words, event: Event, start: date, today: date) -> str:
    """«вт 15 декабря, 14:00 (через 9 дней)»."""
    text = span(words, start, event.end_date, today)
    if event.start_time is not None:
        text += f", {clock(event.start_time)}"
        if event.end_time is not None:
            text += f"–{clock(event.end_time)}"
    if (event.end_date or start) < today:
        distance = words.label("over")
    else:
        distance = words.label("going on now") if start < today else days_away(words, start, today)
    return f"{text} ({distance})"


def is_ahead(event: Event, now: datetime) -> bool:
    """Whether anybody can still come or apply."""
    if event.status in (EventStatus.CANCELLED, EventStatus.PAST):
        return False
    moments = [event.ends_at, *(stage.at for stage in event.deadlines)]
    return any(moment is not None and moment >= now for moment in moments)


def takes_answers(event: Event, now: datetime) -> bool:
    """Whether «I will come» makes sense."""
    return event.kind not in NOBODY_COMES and event.start_date is not None and is_ahead(event, now)


def body(shown: Card) -> Markup:
    """The text without its headline; what is long unfolds."""
    text = shortened(shown.item.text.removeprefix(shown.item.title).strip(), LONGEST_TEXT)
    if len(text) <= OPEN_TEXT:
        return Markup("{}").format(text)
    summary = shown.item.summary.removeprefix(shown.item.title).strip()
    return Markup("{}\n<blockquote expandable>{}</blockquote>").format(summary, text)


def _status(words: Words, event: Event) -> Markup:
    return {
        EventStatus.CANCELLED: words("⛔ <b>Cancelled</b>"),
        EventStatus.POSTPONED: words("⚠️ <b>Postponed</b>; the new date is not known yet"),
    }.get(event.status, Markup())


def _deadline(words: Words, event: Event, number: int, today: date) -> Markup:
    stage = event.deadlines[number]
    last = stage.at.astimezone(ZoneInfo(event.time_zone)).date()
    left = words.label("closed") if last < today else days_away(words, last, today)
    title = Markup("{}: ").format(stage.title) if stage.title else Markup()
    return words("⏳ {stage}apply by {day} ({left})", stage=title, day=day(words, last, today), left=left)


def _places_taken(words: Words, event: Event, attendance: Attendance) -> Markup:
    if event.capacity is not None:
        return words("👥 {taken} of {capacity} places taken", taken=attendance.yes, capacity=event.capacity)
    if attendance.yes:
        return words.plural("👥 {count} is coming", "👥 {count} are coming", attendance.yes)
    return Markup()


def _where(words: Words, gazetteer: Gazetteer, shown: Card) -> str:
    item, event = shown.item, shown.event
    regions = [place_name(words, gazetteer, code) for code in item.regions[:3]]
    names = [event.venue if event else None, item.place, *regions]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _programme(words: Words, event: Event | None) -> list[Markup]:
    if event is None or not event.programme:
        return []
    return [
        words("<b>Programme</b>\n<blockquote expandable>{programme}</blockquote>", programme=event.programme[:1000])
    ]


def _buttons(words: Words, shown: Card, look: Look) -> Rows:
    event = shown.event
    share = Button(words.label("↗ Share"), share=deep_link(shown))
    if look.opens is not None:
        return ((Button(words.label("Open in the bot"), url=look.opens),),)
    return (*(event_rows(words, event, look) if event else ()), (share,))


def event_rows(words: Words, event: Event, look: Look) -> Rows:
    """To answer, to note and to be reminded: under the card, and under the announcement of the event."""
    if not is_ahead(event, look.now):
        return ()
    answers = _answers(words, event, look) if takes_answers(event, look.now) else ()
    calendar = Button(words.label("📅 To the calendar"), action=pack(TakeCalendarFile(event.id)))
    remind = Button(words.label("⏰ Remind me"), action=pack(AskReminders(event.id)))
    return tuple(row for row in (answers, (calendar, remind)) if row)


def deep_link(shown: Card) -> str:
    """What stands behind t.me/bot?start= for a card."""
    return f"e_{shown.event.id}" if shown.event is not None else f"i_{shown.item.id}"


def _answers(words: Words, event: Event, look: Look) -> tuple[Button, ...]:
    labels = {
        Answer.YES: words.label("✅ I will come"),
        Answer.MAYBE: words.label("🤔 Maybe"),
        Answer.NO: words.label("✖ I cannot"),
    }
    return tuple(
        Button(f"• {label}" if look.attendance.mine is answer else label, action=pack(Reply(event.id, answer)))
        for answer, label in labels.items()
    )


def calendar_caption(words: Words, link: str | None) -> str:
    """Under the calendar file that is handed over."""
    if link is None:
        return words.label("Open the file: your calendar will take the event.")
    return words.label("Open the file: your calendar will take the event. Or by this page: {link}", link=link)


def not_there(words: Words) -> Message:
    return Message(words("This is no longer here: it was taken back or merged with another piece of news."))


def full(words: Words) -> str:
    return words.label("All places are taken. Answer «Maybe», and look in again: places do become free.")


def closed(words: Words) -> str:
    return words.label("It is over or was cancelled; answers are no longer taken.")


def thanks(words: Words, answer: Answer) -> str:
    return {
        Answer.YES: words.label("Noted: you will come. If anything changes, I will tell you."),
        Answer.MAYBE: words.label("Noted: maybe. If anything changes, I will tell you."),
        Answer.NO: words.label("Noted: you cannot come."),
    }[answer]


def inline_description(words: Words, gazetteer: Gazetteer, shown: Card, now: datetime) -> str:
    """One line under the title in a list of inline results."""
    event = shown.event
    today = now.date()
    date_ = event.start_date if event and event.start_date else shown.item.published_at.date()
    return " · ".join(part for part in (short_day(words, date_, today), _where(words, gazetteer, shown)) if part)
