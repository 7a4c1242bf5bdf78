"""What waits in review is put right before it goes out: title, text, place, topics, date."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.events import EventDraft
from domain.items import Item
from domain.messages import Button, Message, Rows
from domain.territories import Territory
from domain.topics import Topic
from presenters.actions import action, pack
from presenters.admin.audiences import topic_boxes
from presenters.admin.happenings import happening_in_words
from presenters.admin.review import ShowItem
from presenters.language.places import place_title
from presenters.language.words import Words

MOST_PLACES = 8
LONGEST_SHOWN = 3000
"""UTF-16 units of a text that are shown to be copied, so that the question fits beside them."""


class Field(StrEnum):
    TITLE = "title"
    TEXT = "text"
    PLACE = "place"
    TOPICS = "topics"
    DATE = "date"


@action("vef")
class EditField:
    item: int
    field: Field


@action("vep")
class PickPlace:
    item: int
    place: str


@action("vtd")
class TakeDate:
    """When and where it is as its text says."""

    item: int
    seen: str


@action("vtk")
class TickItemTopic:
    item: int
    topic: Topic
    chosen: bool
    """What the pressed box is to become: two who press it at once want the same."""


def menu(words: Words, one: Item) -> Message:
    labels = {
        Field.TITLE: words.label("Title"),
        Field.TEXT: words.label("Text"),
        Field.PLACE: words.label("📍 Place"),
        Field.TOPICS: words.label("🏷 Topics"),
        Field.DATE: words.label("🗓 When and where"),
    }
    buttons = [Button(label, action=pack(EditField(one.id, field))) for field, label in labels.items()]
    rows: Rows = (tuple(buttons[:2]), tuple(buttons[2:4]), tuple(buttons[4:]), (_back(words, one),))
    return Message(words("What is to be changed in № {number}?", number=one.id), rows)


def ask(words: Words, one: Item, field: Field) -> Message:
    """For a line; what stands there now, or its beginning, can be copied with a tap."""
    if field is Field.DATE:
        text = words(
            "Write in one line when and where it is, for example: "
            "«20 December at 18:30, school 5, applications until 10 December»."
        )
    elif field is Field.PLACE:
        text = words("Which place does № {number} concern? Write its name.", number=one.id)
    else:
        now = one.title if field is Field.TITLE else beginning(one.text)
        text = Markup("{}\n<pre>{}</pre>").format(_question(words, one, field), now)
    return Message(text, ((_back(words, one),),))


def _question(words: Words, one: Item, field: Field) -> str:
    if field is Field.TITLE:
        return words("Send the title of № {number} as it should be published.", number=one.id)
    if beginning(one.text) == one.text:
        return words("Send the text of № {number} as it should be published.", number=one.id)
    return words(
        "The text of № {number} is long; here is its beginning. Send the beginning as it should be published: "
        "what comes after it stays as it is.",
        number=one.id,
    )


def beginning(text: str) -> str:
    """As much as can be shown: the whole text, or what ends with a word."""
    shown = text.encode("utf-16-le")[: 2 * LONGEST_SHOWN].decode("utf-16-le", "ignore")
    return text if shown == text else shown.rpartition(" ")[0].rstrip() or shown


def which_place(words: Words, gazetteer: Gazetteer, one: Item, typed: str, found: Sequence[Territory]) -> Message:
    if not found:
        text = words("I know no «{name}» among your territories. Write the name of the place again.", name=typed)
    else:
        text = words("Which one?")
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, other.code), action=pack(PickPlace(one.id, other.code))),)
        for other in found[:MOST_PLACES]
    )
    return Message(text, (*rows, (_back(words, one),)))


def topics(words: Words, one: Item) -> Message:
    boxes = topic_boxes(words, one.topics, lambda topic: TickItemTopic(one.id, topic, topic not in one.topics))
    return Message(words("What is № {number} about?", number=one.id), (*boxes, (_back(words, one),)))


def offer_date(words: Words, one: Item, read: EventDraft, seen: str, now: datetime) -> Message:
    """The new words name another day than the one that is kept."""
    text = words(
        "The text now says: <b>{what}</b>. Shall it be announced so?", what=happening_in_words(words, read, now)
    )
    yes = Button(words.label("Yes"), action=pack(TakeDate(one.id, seen)))
    leave = Button(words.label("Leave it as it was"), action=pack(ShowItem(one.id)))
    return Message(text, ((yes, leave),))


def no_day(words: Words) -> Message:
    return Message(words("I cannot read a day in that. Try: «20 December at 18:30, school 5»."))


def _back(words: Words, one: Item) -> Button:
    return Button(words.label("‹ № {number}", number=one.id), action=pack(ShowItem(one.id)))
