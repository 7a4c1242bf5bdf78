"""When: a moment typed in plain Russian, confirmed with its weekday before it counts."""

from datetime import datetime

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Announcement
from domain.messages import Button, Message
from domain.territories import RUSSIA
from presenters.actions import action, pack
from presenters.language.dates import moment
from presenters.language.places import place_name
from presenters.language.words import Words

DEFAULT_ZONE = "Europe/Moscow"


@action("awh")
class AskTime:
    announcement: int


@action("awt")
class SetTime:
    """``minute``: since 1970, UTC; 0: at once."""

    announcement: int
    minute: int


def zone_of(gazetteer: Gazetteer, one: Announcement) -> str:
    """The clock by which its people live: of its first territory; Moscow's for the whole country."""
    code = next(iter(one.audience.territories), RUSSIA)
    known = gazetteer.by_code.get(code)
    return known.time_zone if known and code != RUSSIA else DEFAULT_ZONE


def moment_in_words(words: Words, gazetteer: Gazetteer, one: Announcement, at: datetime, now: datetime) -> Markup:
    """«пт 27 ноября, 10:00 (Саяногорск)»: the moment, and whose clock it is."""
    code = next(iter(one.audience.territories), RUSSIA)
    whose = words.label("Moscow time") if code == RUSSIA else place_name(words, gazetteer, code)
    return Markup("{} ({})").format(moment(words, at, zone_of(gazetteer, one), now), whose)


def ask_time(words: Words, gazetteer: Gazetteer, one: Announcement, back: Button) -> Message:
    code = next(iter(one.audience.territories), RUSSIA)
    whose = words.label("Moscow time") if code == RUSSIA else place_name(words, gazetteer, code)
    text = words(
        "When shall it leave? Write for example «tomorrow at 10», «20 December 18:30», «in 2 hours». Clock: {whose}.",
        whose=whose,
    )
    at_once = Button(words.label("At once"), action=pack(SetTime(one.id, 0)))
    return Message(text, ((at_once,), (back,)))


def is_it_then(words: Words, gazetteer: Gazetteer, one: Announcement, at: datetime, now: datetime) -> Message:
    text = words("<b>{moment}</b> — right?", moment=moment_in_words(words, gazetteer, one, at, now))
    yes = Button(words.label("Yes"), action=pack(SetTime(one.id, int(at.timestamp() // 60))))
    other = Button(words.label("Another time"), action=pack(AskTime(one.id)))
    return Message(text, ((yes, other),))


def not_a_time(words: Words) -> Message:
    return Message(words("I cannot read a moment in that. Write for example «tomorrow at 10» or «20 December 18:30»."))


def past(words: Words) -> Message:
    return Message(words("That moment has passed. Which one ahead did you mean?"))


def passed(words: Words) -> str:
    """Over a button that was pressed too late."""
    return words.label("That moment has passed. Please choose another.")
