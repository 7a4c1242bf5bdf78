"""«🔔 Следить»: any list as a subscription; only how often is asked."""

from dataclasses import replace

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message
from domain.subscribers import Frequency
from domain.topics import Topic
from presenters.actions import action, pack
from presenters.finding.listing import Listing, View
from presenters.language.frequencies import frequency_label, how_often
from presenters.language.places import place_name
from presenters.language.topics import topic_label
from presenters.language.words import Words
from presenters.navigation import ShowMine


@action("fo")
class Follow:
    """The words are in the message under which the button is."""

    place: str
    topic: Topic | None
    frequency: Frequency


def how_often_to_tell(
    words: Words, gazetteer: Gazetteer, head: str, listing: Listing, place: str, topic: Topic | None
) -> Message:
    """``head``: the list's headline, which carries the words of the search."""
    about = ", ".join(_about(words, gazetteer, place, topic))
    text = words("I will tell you when something new appears: {about}.\n\nHow often?", about=about)
    buttons = tuple(Button(frequency_label(words, one), action=pack(Follow(place, topic, one))) for one in Frequency)
    back = Button(words.label("‹ Back"), action=pack(replace(listing, view=View.LIST)))
    return Message(f"{head}\n\n{text}", (buttons, (back,)))


def followed(
    words: Words, gazetteer: Gazetteer, typed: str, place: str, topic: Topic | None, frequency: Frequency
) -> Message:
    about = ", ".join([*([f"«{typed}»"] if typed else []), *_about(words, gazetteer, place, topic)])
    text = words("🔔 You now follow: {about} — {frequency}.", about=about, frequency=how_often(words, frequency))
    mine = Button(words.label("My subscriptions"), action=pack(ShowMine()))
    return Message(text, ((mine,),))


def _about(words: Words, gazetteer: Gazetteer, place: str, topic: Topic | None) -> list[str]:
    return [place_name(words, gazetteer, place), *([topic_label(words, topic)] if topic else [])]
