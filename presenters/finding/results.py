"""A page of a list: what was understood, what was found, and the buttons that narrow, order, turn and follow it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.cards import Listed
from domain.events import EventStatus
from domain.messages import Button, Message, Rows, shortened
from domain.queries import Order, Query
from domain.spans import Span
from presenters.actions import pack
from presenters.finding.filters import span_labels
from presenters.finding.listing import Feed, Listing, OpenItem, View
from presenters.finding.understood import understood
from presenters.language.dates import short_day
from presenters.language.places import place_name
from presenters.language.words import Words

PAGE = 5
LONGEST_TITLE = 110
_LONGEST = {Feed.NEWS: Span.ANY, Feed.EVENTS: Span.AHEAD, Feed.DEADLINES: Span.AHEAD}


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers and all that is said around it."""

    listing: Listing
    query: Query
    """As asked with the filters."""
    lines: Sequence[Listed]
    total: int
    more: bool
    """Whether there are more than ``total``."""
    dropped: tuple[str, ...] = ()
    whole: bool = False
    """Whether the first of them holds every word of the question."""
    wider: tuple[str, ...] = ()
    """Territories around the one asked about, nearest first."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def results(words: Words, gazetteer: Gazetteer, found: Results, now: datetime, zone: str) -> Message:
    today = now.astimezone(ZoneInfo(zone)).date()
    head = [headline(words, found), *remarks(words, gazetteer, found, today)]
    if not found.lines:
        return Message("\n".join([*head, "", nothing(words, found)]), _when_nothing(words, gazetteer, found))
    first = found.listing.page * PAGE + 1
    lines = [line(words, gazetteer, one, number, found, today) for number, one in enumerate(found.lines, first)]
    return Message("\n".join([*head, "", *lines]), _buttons(words, found, first))


def headline(words: Words, found: Results) -> Markup:
    """Names the list. Its first words in bold are the question as typed: a pressed button reads them back."""
    return Markup(" ").join(part for part in (_label(words, found.listing.feed), _question(words, found)) if part)


def plain_headline(words: Words, feed: Feed, typed: str) -> Markup:
    """The same above a choice of filters, where nothing is counted."""
    question = words("«<b>{typed}</b>»", typed=typed) if typed else Markup()
    return Markup(" ").join(part for part in (_label(words, feed), question) if part)


def _label(words: Words, feed: Feed) -> Markup:
    return {
        Feed.SEARCH: Markup(),
        Feed.NEWS: words("📰 News"),
        Feed.EVENTS: words("📅 What is coming up"),
        Feed.DEADLINES: words("⏳ By when to apply"),
    }[feed]


def _question(words: Words, found: Results) -> Markup:
    typed = found.query.typed
    if not typed:
        return Markup()
    if not found.total or found.dropped:  # what is shown instead is no count of what was asked for
        return words("«<b>{typed}</b>»", typed=typed)
    if found.more:
        return words("«<b>{typed}</b>» — more than {count} found", typed=typed, count=found.total)
    return words.plural(
        "«<b>{typed}</b>» — {count} found", "«<b>{typed}</b>» — {count} found", found.total, typed=typed
    )


def remarks(words: Words, gazetteer: Gazetteer, found: Results, today: date) -> list[Markup]:
    """What was repaired, what was understood, what had to be left out."""
    said = []
    if found.query.corrected:
        said.append(words("I searched for «{searched}».", searched=found.query.searched))
    meant = understood(words, gazetteer, found.query, today)
    if meant:
        said.append(Markup(" · ").join(meant))
    if found.dropped:
        said.append(_left_out(words, found.dropped))
    return said


def _left_out(words: Words, dropped: Sequence[str]) -> Markup:
    if "territories" in dropped and "window" in dropped:
        return words("Nothing there at that time. Here is what I know of other places and times:")
    if "territories" in dropped:
        return words("Nothing in that place. Here is what I know of other places:")
    if "window" in dropped:
        return words("Nothing at that time. Here is what I know of other times:")
    return words("Nothing of that kind. Here is everything else:")


def line(words: Words, gazetteer: Gazetteer, one: Listed, number: int, found: Results, today: date) -> Markup:
    """«1. V форум ТОС · 15 дек, Саяногорск»."""
    mark = "🔴 " if one.item.urgent else ""
    off = one.event is not None and one.event.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    title = Markup("{}").format(shortened(one.item.title, LONGEST_TITLE))
    title = Markup("<s>{}</s>").format(title) if off else title
    where = one.item.place or (place_name(words, gazetteer, one.item.regions[0]) if one.item.regions else "")
    about = ", ".join(part for part in (_when(words, one, found.query, today), where) if part)
    return Markup("{}. {}{} · {}").format(number, mark, title, about)


def _when(words: Words, one: Listed, query: Query, today: date) -> str:
    event = one.event
    if event is not None and event.deadlines and (query.deadlines or event.start_date is None):
        zone = ZoneInfo(event.time_zone)
        days = [stage.at.astimezone(zone).date() for stage in event.deadlines]
        nearest = next((day for day in days if day >= today), days[-1])
        return words.label("until {day}", day=short_day(words, nearest, today))
    if event is not None and event.start_date is not None:
        ongoing = event.end_date is not None and event.start_date < today <= event.end_date
        if ongoing and event.end_date is not None:
            return words.label("until {day}", day=short_day(words, event.end_date, today))
        return short_day(words, event.start_date, today)
    return short_day(words, one.item.published_at.date(), today)


def nothing(words: Words, found: Results) -> Markup:
    if found.listing.feed is Feed.SEARCH and not found.query.concerning:
        return words(
            "I found nothing. Try other words, or follow this search: I will tell you as soon as there is something."
        )
    return words("There is nothing here yet. Look further around, or at another time:")


def _buttons(words: Words, found: Results, first: int) -> Rows:
    numbers = tuple(
        Button(str(number), action=pack(OpenItem(one.item.id))) for number, one in enumerate(found.lines, first)
    )
    rows = (numbers, _pager(found), _filters(words, found), (_follow(words, found), _change(words, found)))
    return tuple(row for row in rows if row)


def _pager(found: Results) -> tuple[Button, ...]:
    page, pages = found.listing.page, found.pages
    if pages == 1:
        return ()
    turned = [page - 1 if page else pages - 1, page, page + 1 if page + 1 < pages else 0]
    labels = ("‹", f"{page + 1}/{pages}", "›")
    return tuple(
        Button(label, action=pack(replace(found.listing, page=to))) for label, to in zip(labels, turned, strict=True)
    )


def _filters(words: Words, found: Results) -> tuple[Button, ...]:
    listing = replace(found.listing, page=0)
    place = Button(words.label("Place"), action=pack(replace(listing, view=View.PLACE)))
    topic = Button(words.label("Topic"), action=pack(replace(listing, view=View.TOPIC)))
    if listing.feed is not Feed.SEARCH:
        return place, topic, Button(words.label("When"), action=pack(replace(listing, view=View.TIME)))
    by_date = listing.order is Order.DATE
    label = words.label("Best first") if by_date else words.label("By date")
    order = Order.RELEVANCE if by_date else Order.DATE
    return Button(label, action=pack(replace(listing, order=order))), place, topic


def _change(words: Words, found: Results) -> Button:
    return Button(words.label("✏️ Change"), action=pack(replace(found.listing, page=0, view=View.FILTERS)))


def _follow(words: Words, found: Results) -> Button:
    return Button(words.label("🔔 Follow"), action=pack(replace(found.listing, page=0, view=View.FOLLOW)))


def _when_nothing(words: Words, gazetteer: Gazetteer, found: Results) -> Rows:
    """Wider in place, wider in time, or told later."""
    listing = replace(found.listing, page=0, view=View.LIST)
    places: Rows = tuple(
        (Button(place_name(words, gazetteer, code), action=pack(replace(listing, place=code))),)
        for code in found.wider[:2]
    )
    return (*places, *_longer(words, found), (_follow(words, found), _change(words, found)))


def _longer(words: Words, found: Results) -> Rows:
    """All time that a list may have, where it is asked for less. A search leaves its time out by itself."""
    span, asked = _LONGEST.get(found.listing.feed), found.query.window
    if span is None or asked is None or asked.end is None:
        return ()
    longer = replace(found.listing, page=0, view=View.LIST, span=span)
    return ((Button(span_labels(words)[span], action=pack(longer)),),)
