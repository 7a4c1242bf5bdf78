"""What goes out by itself: announcements and items, with the buttons by which people understand and tame them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from domain.cards import Listed
from domain.events import Event
from domain.items import Item
from domain.messages import LONGEST_CAPTION, Button, Message, Rows, is_on_the_web, length
from presenters.actions import action, pack
from presenters.language.dates import clock, day, days_away, moment, span
from presenters.language.words import Words

LONGEST_TITLE = 200
LONGEST_SUMMARY = 1200
WEB = ("https://", "http://")


@action("why")
class Why:
    """«Почему это мне?» under what a mailing brought."""

    mailing: int


@action("rar")
class Rarer:
    """«Реже»: the subscription that brought it becomes rarer."""

    mailing: int


def announcement(
    words: Words,
    title: str,
    text: str,
    *,
    mailing_id: int,
    photo: str | None = None,
    urgent: bool = False,
    corrected: bool = False,
    buttons: Rows = (),
) -> Message:
    """``text`` is HTML that was checked when it was composed; ``buttons`` stand above those of every push."""
    head = Markup("<b>{}</b>").format(title) if title else Markup()
    parts = [part for part in (head, Markup(text)) if part]  # noqa: S704  composed HTML, checked on entry
    if urgent and parts:
        parts[0] = Markup("🔴 ") + parts[0]
    if corrected:
        parts.append(words("<i>✏️ Corrected</i>"))
    return Message(Markup("\n\n").join(parts), (*buttons, taming(words, mailing_id)), photo=photo)


def item(words: Words, listed: Listed, *, mailing_id: int, zone: str, now: datetime, buttons: Rows = ()) -> Message:
    """One piece of news or one event, for a reader whose clock shows ``zone``."""
    told, event = listed.item, listed.event
    head = [headline(told), *when_and_where(words, event, zone, now)]
    foot = []
    if told.url and told.url.startswith(WEB):
        foot.append(Markup('\n<a href="{}">{}</a>').format(told.url, words.label("Read at the source")))
    room = LONGEST_SUMMARY
    if told.photo and not is_on_the_web(told.photo):  # the words must fit under it
        room = min(room, LONGEST_CAPTION - length(Markup("\n").join([*head, *foot])) - len("\n\n"))
    summary = []
    if told.summary and told.summary != told.title and room > 0:
        summary.append(Markup("\n{}").format(cut(told.summary, room)))
    text = Markup("\n").join([*head, *summary, *foot])
    return Message(text, (*buttons, taming(words, mailing_id)), photo=told.photo)


def headline(told: Item) -> Markup:
    """Bold, and marked where it is urgent."""
    mark = Markup("🔴 ") if told.urgent else Markup()
    return mark + Markup("<b>{}</b>").format(cut(told.title, LONGEST_TITLE))


def when_and_where(words: Words, event: Event | None, zone: str, now: datetime) -> list[Markup]:
    """Lines «📅 вт 15 декабря, 14:00 (через 9 дней) · ДК «Энергетик»» and «⏳ Заявки до 10 декабря»."""
    if event is None:
        return []
    lines = []
    time = when(words, event, zone, now)
    if time:
        venue = Markup(" · {}").format(cut(event.venue, LONGEST_TITLE)) if event.venue else Markup()
        lines.append(Markup("📅 ") + time + venue)
    ahead = [deadline for deadline in event.deadlines if deadline.at >= now]
    if ahead:
        today = now.astimezone(ZoneInfo(event.time_zone)).date()
        last = min(ahead, key=lambda deadline: deadline.at).at.astimezone(ZoneInfo(event.time_zone)).date()
        lines.append(
            words("⏳ Apply by {day} ({away})", day=day(words, last, today), away=days_away(words, last, today))
        )
    return lines


def when(words: Words, event: Event, zone: str, now: datetime) -> Markup:
    """The event's own local time; the reader's beside it where their clock shows another."""
    if event.start_date is None:
        return Markup()
    today = now.astimezone(ZoneInfo(event.time_zone)).date()
    text = Markup("{}").format(span(words, event.start_date, event.end_date, today))
    if event.start_time is not None:
        text += Markup(", {}").format(clock(event.start_time))
    if event.start_date >= today:
        text += Markup(" ({})").format(days_away(words, event.start_date, today))
    if event.start_time is not None and event.starts_at is not None:
        there, here = (event.starts_at.astimezone(ZoneInfo(one)) for one in (event.time_zone, zone))
        if there.date() != here.date():
            text += words(" — {time} your time", time=moment(words, event.starts_at, zone, now))
        elif there.utcoffset() != here.utcoffset():
            text += words(" — {time} your time", time=clock(here.time()))
    return text


def cut(text: str, longest: int) -> str:
    """At most so many UTF-16 units, which is how messengers count; an ellipsis where something is missing."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * longest - 2].decode("utf-16-le", "ignore").rstrip() + "…"


def recalled(words: Words, *, photo: str | None = None) -> Message:
    """What stands in the place of a message that was recalled too late to vanish."""
    return Message(words("↩️ <i>This message was recalled.</i>"), photo=photo)


def taming(words: Words, mailing_id: int) -> tuple[Button, ...]:
    """The row under every pushed message."""
    return (
        Button(words.label("Why me?"), action=pack(Why(mailing_id))),
        Button(words.label("Less often"), action=pack(Rarer(mailing_id))),
    )
