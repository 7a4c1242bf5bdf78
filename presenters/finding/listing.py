"""Which list is shown, narrowed how, at which page: the one action that every button of a list carries.

A list keeps no state anywhere but in itself: its buttons carry the filters, and a search carries its words in the
headline of its own message. So every list works after a restart, however old it is, and nobody's questions are kept.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from domain.queries import Kind, Order, Query
from domain.spans import Span, window
from domain.topics import Topic
from presenters.actions import action

ANYWHERE = "-"
FURTHEST = 200
"""Pages; a button may be forged."""


class View(StrEnum):
    """What a button of a list opens."""

    LIST = "l"
    FILTERS = "f"
    PLACE = "p"
    NAME = "n"
    """Another place, to be typed."""
    TOPIC = "t"
    TIME = "w"
    KIND = "k"
    FOLLOW = "s"


class Feed(StrEnum):
    SEARCH = "s"
    NEWS = "n"
    EVENTS = "e"
    DEADLINES = "d"


class Kinds(StrEnum):
    AS_ASKED = ""
    ALL = "a"
    NEWS = "n"
    EVENT = "e"


@action("ls")
class Listing:
    """``place``: "" as asked or where the reader lives, "-" anywhere, or a territory code."""

    view: View
    feed: Feed
    page: int = 0
    place: str = ""
    topic: Topic | None = None
    kinds: Kinds = Kinds.AS_ASKED
    span: Span = Span.AS_ASKED
    order: Order = Order.RELEVANCE


@action("it")
class OpenItem:
    item: int


def first_page(listing: Listing, **changes: object) -> Listing:
    """The list itself, from its beginning, with something changed."""
    return replace(listing, view=View.LIST, page=0, **changes)  # type: ignore[arg-type]


def applied(listing: Listing, query: Query, home: Sequence[str], today: date) -> Query:
    """The question as the list's filters make it. ``home``: where the reader lives and all around it, nearest first."""
    query = _of_feed(listing.feed, query, today)
    if listing.place == ANYWHERE:
        query = replace(query, territories=(), places=())
    elif listing.place:
        query = replace(query, territories=(listing.place,), places=())
    elif not query.territories and (listing.feed is not Feed.SEARCH or _is_of_time_alone(query)):
        query = replace(query, concerning=tuple(home))
    if listing.span is not Span.AS_ASKED:
        query = replace(query, window=window(listing.span, today))
    if listing.kinds is not Kinds.AS_ASKED:
        kind = {Kinds.ALL: None, Kinds.NEWS: Kind.NEWS, Kinds.EVENT: Kind.EVENT}[listing.kinds]
        query = replace(query, kind=kind)
    only = (listing.topic,) if listing.topic else ()
    return replace(query, only_topics=only, order=listing.order)


def _is_of_time_alone(query: Query) -> bool:
    """«Что на выходных»: asked of what is near, as the lists are; words may be looked for anywhere."""
    return query.window is not None and not query.words and not query.phrases


def _of_feed(feed: Feed, query: Query, today: date) -> Query:
    """What /news, /events and /deadlines ask for unless the words or buttons say otherwise."""
    if feed is Feed.SEARCH:
        return query
    if feed is Feed.NEWS:
        return replace(query, kind=Kind.NEWS)
    span = Span.AHEAD if feed is Feed.EVENTS else Span.MONTH
    when = query.window or window(span, today)
    if feed is Feed.EVENTS:
        return replace(query, kind=Kind.EVENT, window=when)
    return replace(query, kind=None, window=when, deadlines=True)
