"""A person's digest: urgent first, then the week, deadlines and news; every line leads to its source."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date
from markupsafe import Markup

from domain.cards import Listed
from domain.digests import Section, section_of
from domain.messages import Button, Message
from presenters.actions import pack
from presenters.language.dates import day as day_of
from presenters.language.words import Words
from presenters.people.my import AskTopics
from presenters.pushed import pushes

LONGEST_TITLE = 110
LONGEST_VENUE = 40


def digest(
    words: Words,
    listed: Sequence[Listed],
    *,
    mailing_id: int,
    zone: str,
    now: datetime,
    day: date | None = None,
    part: int = 1,
    parts: int = 1,
    more: int = 0,
) -> Message:
    """One message of a digest, ``part`` of ``parts``; ``more`` items found no place. No day: a morning's bundle."""
    lines = [_head(words, day, part, parts)]
    order = list(Section)
    sections = [(order.index(section_of(one.item, one.event, now)), one) for one in listed]
    for number, group in groupby(sorted(sections, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        told = [one for _, one in group]
        lines.append(Markup("\n<b>{}</b>").format(_title(words, order[number], len(told))))
        lines += [_line(words, one, zone, now) for one in told]
    if more:
        lines.append(words.plural("\nAnd {count} more: /news", "\nAnd {count} more: /news", more))
    topics = Button(words.label("Topics"), action=pack(AskTopics()))
    why, rarer = pushes.taming(words, mailing_id)
    return Message(Markup("\n").join(lines), ((rarer, topics), (why,)))


def _head(words: Words, day: date | None, part: int, parts: int) -> Markup:
    if day is None:
        title = words("While it was quiet")
    else:
        pattern = "d MMMM" if words.language == "ru" else "MMMM d"
        title = words("Digest, {day}", day=format_date(day, pattern, locale=words.language))
    number = Markup(" ({}/{})").format(part, parts) if parts > 1 else Markup()
    return Markup("<b>{}</b>{}").format(title, number)


def _title(words: Words, section: Section, count: int) -> Markup:
    return {
        Section.URGENT: words("🔴 Important"),
        Section.WEEK: words("📅 This week ({count})", count=count),
        Section.DEADLINES: words("⏳ Deadlines ({count})", count=count),
        Section.LATER: words("📅 Later ({count})", count=count),
        Section.NEWS: words("📰 News ({count})", count=count),
    }[section]


def _line(words: Words, one: Listed, zone: str, now: datetime) -> Markup:
    title = Markup("{}").format(pushes.cut(one.item.title, LONGEST_TITLE))
    url = one.item.url
    if url and url.startswith(pushes.WEB):
        title = Markup('<a href="{}">{}</a>').format(url, title)
    details = list(_details(words, one, zone, now))
    return Markup("• ") + title + (Markup(" — ") + Markup(" · ").join(details) if details else Markup())


def _details(words: Words, one: Listed, zone: str, now: datetime) -> list[Markup]:
    event = one.event
    if event is None:
        return []
    found = []
    ahead = [deadline.at for deadline in event.deadlines if deadline.at >= now]
    if event.start_date is not None and event.starts_at is not None and event.starts_at >= now:
        found.append(pushes.when(words, event, zone, now))
    if event.venue and found:
        found.append(Markup("{}").format(pushes.cut(event.venue, LONGEST_VENUE)))
    if ahead:
        today = now.astimezone(ZoneInfo(event.time_zone)).date()
        last = min(ahead).astimezone(ZoneInfo(event.time_zone)).date()
        found.append(words("apply by {day}", day=day_of(words, last, today)))
    return found
