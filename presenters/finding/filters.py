"""Where a list is narrowed: place, topic, time and kind, each a choice of buttons that lead back to the list."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows
from domain.queries import Query
from domain.spans import Span
from domain.territories import RUSSIA
from presenters.actions import pack
from presenters.finding.listing import ANYWHERE, Feed, Kinds, Listing, View, first_page
from presenters.language.places import place_name, place_title
from presenters.language.topics import IN_ORDER, topic_label
from presenters.language.words import Words

MOST_CANDIDATES = 6


def filters(words: Words, head: str, listing: Listing) -> Message:
    """All filters at one look. ``head``: the list's own headline, which carries its question."""
    choices = [(View.PLACE, words.label("📍 Place")), (View.TIME, words.label("🗓 When"))]
    choices.append((View.TOPIC, words.label("🏷 Topic")))
    if listing.feed is Feed.SEARCH:
        choices.append((View.KIND, words.label("News or events")))
    buttons = [Button(label, action=pack(replace(listing, view=view))) for view, label in choices]
    return _screen(head, words("What shall be different?"), (*_in_pairs(buttons), _back(words, listing)))


def place(
    words: Words, gazetteer: Gazetteer, head: str, listing: Listing, query: Query, home: Sequence[str]
) -> Message:
    """The places asked for, where the reader lives, and all that contains them."""
    codes = [code for asked in query.territories[:2] for code in gazetteer.path(asked)]
    codes = list(dict.fromkeys([*codes, *home]))
    named = [code for code in codes if code in gazetteer.by_code and code != RUSSIA][:MOST_CANDIDATES]
    buttons = [
        Button(_ticked(place_name(words, gazetteer, code), listing.place == code), action=_to(listing, place=code))
        for code in named
    ]
    whole = Button(
        _ticked(words.label("All of Russia"), listing.place == ANYWHERE), action=_to(listing, place=ANYWHERE)
    )
    other = Button(words.label("🔎 Another place"), action=pack(replace(listing, view=View.NAME)))
    return _screen(head, words("Which place?"), (*_in_pairs([*buttons, whole, other]), _back(words, listing)))


def ask_name(words: Words) -> Message:
    return Message(words("Write the name of the place; if there are several of that name, add the region."))


def ask_name_in_group(words: Words) -> Message:
    """There we only see answers to our own messages."""
    return Message(
        words("Answer this message with the name of the place; if there are several of that name, add the region.")
    )


def which(words: Words, gazetteer: Gazetteer, head: str, listing: Listing, codes: Sequence[str]) -> Message:
    """Several places have the name that was typed."""
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=_to(listing, place=code)),)
        for code in codes[:MOST_CANDIDATES]
    )
    text = words("There are several places of that name. Which one?")
    return _screen(head, text, (*rows, _back(words, listing)))


def unknown_place(words: Words, typed: str) -> Message:
    return Message(words("I do not know a place called «{typed}». Try another name, or /cancel.", typed=typed[:60]))


def topic(words: Words, head: str, listing: Listing) -> Message:
    boxes = [
        Button(_ticked(topic_label(words, one), listing.topic is one), action=_to(listing, topic=one))
        for one in IN_ORDER
    ]
    every = Button(_ticked(words.label("Every topic"), listing.topic is None), action=_to(listing, topic=None))
    return _screen(head, words("Which topic?"), (*_in_pairs([*boxes, every]), _back(words, listing)))


def time(words: Words, head: str, listing: Listing) -> Message:
    labels = span_labels(words)
    spans = [Span.TODAY, Span.WEEKEND, Span.WEEK, Span.MONTH]
    if listing.feed in (Feed.NEWS, Feed.SEARCH):
        spans = [Span.TODAY, Span.PAST_WEEK, Span.PAST_MONTH, *([] if listing.feed is Feed.NEWS else spans[1:])]
    if listing.feed in (Feed.EVENTS, Feed.DEADLINES):
        spans.append(Span.AHEAD)
    if listing.feed in (Feed.NEWS, Feed.SEARCH):
        spans.append(Span.ANY)
    buttons = [Button(_ticked(labels[one], listing.span is one), action=_to(listing, span=one)) for one in spans]
    return _screen(head, words("What time?"), (*_in_pairs(buttons), _back(words, listing)))


def kind(words: Words, head: str, listing: Listing) -> Message:
    labels = {
        Kinds.ALL: words.label("News and events"),
        Kinds.NEWS: words.label("News only"),
        Kinds.EVENT: words.label("Events only"),
    }
    buttons = [
        Button(_ticked(label, listing.kinds is one), action=_to(listing, kinds=one)) for one, label in labels.items()
    ]
    return _screen(head, words("What do you want to see?"), (*_in_pairs(buttons), _back(words, listing)))


def span_labels(words: Words) -> dict[Span, str]:
    return {
        Span.ANY: words.label("Any time"),
        Span.AHEAD: words.label("All that is ahead"),
        Span.TODAY: words.label("Today"),
        Span.WEEKEND: words.label("At the weekend"),
        Span.WEEK: words.label("In the next 7 days"),
        Span.MONTH: words.label("In the next 30 days"),
        Span.PAST_WEEK: words.label("In the past week"),
        Span.PAST_MONTH: words.label("In the past month"),
    }


def _screen(head: str, question: str, rows: Rows) -> Message:
    return Message(f"{head}\n\n{question}", rows)


def _to(listing: Listing, **changes: object) -> str:
    return pack(first_page(listing, **changes))


def _back(words: Words, listing: Listing) -> tuple[Button, ...]:
    return (Button(words.label("‹ Back"), action=pack(first_page(listing))),)


def _ticked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def _in_pairs(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
