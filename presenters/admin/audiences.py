"""To whom: territories within one's own rights, and topics to tick."""

from collections.abc import Callable, Sequence

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Announcement, Audience
from domain.messages import Button, Message, Rows
from domain.topics import Topic
from presenters.actions import action, pack
from presenters.language.places import place_name, place_title
from presenters.language.topics import IN_ORDER, topic_label
from presenters.language.words import Words

MOST_TERRITORIES = 20
MOST_CANDIDATES = 8
_NAMED = 4
"""Territories, and topics, named in a line; of more it is said how many."""


@action("aau")
class AskAudience:
    announcement: int


@action("aat")
class AskTerritory:
    announcement: int


@action("aap")
class AddTerritory:
    announcement: int
    territory: str


@action("aar")
class RemoveTerritory:
    announcement: int
    territory: str


@action("aas")
class TickTopic:
    announcement: int
    topic: Topic


@action("aad")
class AudienceDone:
    announcement: int


def audience_in_words(words: Words, gazetteer: Gazetteer, audience: Audience) -> str:
    """«Саяногорск × ТОС», «Саяногорск, Абакан × все темы»."""
    places = _enumerated(words, [place_name(words, gazetteer, code) for code in audience.territories])
    topics = _enumerated(words, [topic_label(words, topic) for topic in audience.topics]) or words.label("all topics")
    return f"{places} × {topics}"


def _enumerated(words: Words, names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (words.label(" and {count} more", count=more) if more > 0 else "")


def audience(words: Words, gazetteer: Gazetteer, draft: Announcement) -> Message:
    """Territories with a way to remove each, topics to tick."""
    chosen = draft.audience
    text = words("<b>To whom?</b>")
    if chosen.territories:
        text += "\n\n" + words("{audience}", audience=audience_in_words(words, gazetteer, chosen))
        text += "\n\n" + words("Who follows a ticked topic there gets it; without a tick, everyone there.")
    boxes = topic_boxes(words, draft.audience.topics, lambda topic: TickTopic(draft.id, topic))
    return Message(text, (*_territories(words, gazetteer, draft), *boxes, *_done(words, draft)))


def _territories(words: Words, gazetteer: Gazetteer, draft: Announcement) -> Rows:
    rows = [
        (
            Button(
                words.label("✖ {place}", place=place_title(words, gazetteer, code)),
                action=pack(RemoveTerritory(draft.id, code)),
            ),
        )
        for code in draft.audience.territories
    ]
    add = Button(words.label("➕ Territory"), action=pack(AskTerritory(draft.id)))
    return (*rows, (add,))


def topic_boxes(words: Words, chosen: Sequence[Topic], tick: Callable[[Topic], object]) -> Rows:
    """A box for each topic; ``tick``: the action of one."""
    boxes = []
    for topic in IN_ORDER:
        mark = "☑" if topic in chosen else "☐"
        boxes.append(Button(f"{mark} {topic_label(words, topic)}", action=pack(tick(topic))))
    return tuple(tuple(boxes[at : at + 2]) for at in range(0, len(boxes), 2))


def _done(words: Words, draft: Announcement) -> Rows:
    return ((Button(words.label("Done"), action=pack(AudienceDone(draft.id))),),)


def ask_territory(words: Words, gazetteer: Gazetteer, announcement: int, own: Sequence[str]) -> Message:
    """``own``: the territories in which the person has the right, offered at once."""
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(AddTerritory(announcement, code))),)
        for code in own[:MOST_CANDIDATES]
    )
    back = Button(words.label("‹ Back"), action=pack(AskAudience(announcement)))
    return Message(words("For which territory? Write its name or choose:"), (*rows, (back,)))


def which_territory(words: Words, gazetteer: Gazetteer, announcement: int, found: Sequence[str]) -> Message:
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(AddTerritory(announcement, code))),)
        for code in found[:MOST_CANDIDATES]
    )
    back = Button(words.label("‹ Back"), action=pack(AskAudience(announcement)))
    return Message(words("Several territories have that name. Which one?"), (*rows, (back,)))


def unknown_territory(words: Words, typed: str) -> Message:
    return Message(
        words("I do not know a place called «{typed}». Write its official name or its region.", typed=typed[:60])
    )


def not_yours(words: Words, gazetteer: Gazetteer, codes: Sequence[str], own: Sequence[str]) -> Message:
    return Message(
        words(
            "{place} is outside your rights. You may announce for: {own}.",
            place=place_title(words, gazetteer, codes[0]),
            own=", ".join(place_name(words, gazetteer, code) for code in own) or "—",
        )
    )


def too_many_territories(words: Words) -> str:
    return words.label("That is more territories than one announcement may have: choose the region instead.")
