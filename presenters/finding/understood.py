"""What was understood of a question, in the reader's words: «Саяногорск», «сб 21 – вс 22 ноября», «только события»."""

from datetime import date

from analysis.geography.gazetteer import Gazetteer
from domain.queries import Kind, Query, Window
from domain.territories import RUSSIA
from presenters.language.dates import day, span
from presenters.language.places import place_name
from presenters.language.topics import topic_label
from presenters.language.words import Words

MOST_PLACES = 3


def understood(words: Words, gazetteer: Gazetteer, query: Query, today: date) -> list[str]:
    """Plain text, one entry for each thing; empty where only words were asked for."""
    said = []
    if places := _places(words, gazetteer, query):
        said.append(f"📍 {places}")
    if query.window is not None:
        said.append(f"🗓 {window_in_words(words, query.window, today)}")
    said += [f"🏷 {topic_label(words, topic)}" for topic in query.only_topics]
    if query.kind is not None and query.words:
        said.append(words.label("events only") if query.kind is Kind.EVENT else words.label("news only"))
    return said


def _places(words: Words, gazetteer: Gazetteer, query: Query) -> str:
    codes = query.territories
    if not codes and query.concerning and query.concerning[0] != RUSSIA:
        return words.label("{place} and what concerns it", place=place_name(words, gazetteer, query.concerning[0]))
    names = list(dict.fromkeys(place_name(words, gazetteer, code) for code in codes))
    more = "…" if len(names) > MOST_PLACES else ""
    return ", ".join(names[:MOST_PLACES]) + more


def window_in_words(words: Words, window: Window, today: date) -> str:
    """«21–22 ноября», «с 21 ноября», «до 30 ноября»."""
    if window.start is not None and window.end is not None:
        return span(words, window.start, window.end, today)
    if window.end is not None:
        return words.label("until {day}", day=day(words, window.end, today))
    if window.start == today:
        return words.label("from today on")
    assert window.start is not None  # noqa: S101  a window without ends is no window
    return words.label("from {day}", day=day(words, window.start, today))
