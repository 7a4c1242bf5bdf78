"""/my: what a subscriber gets, grouped by place, and every way to change it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows, length
from domain.subscribers import UNTIL_RESUMED, Frequency, Subscriber, Subscription
from presenters.actions import action, pack
from presenters.language.dates import moment
from presenters.language.frequencies import frequency_label, how_often
from presenters.language.places import place_name, place_title
from presenters.language.topics import to_mask, topic_label
from presenters.language.words import Words
from presenters.navigation import Origin, back
from presenters.people.preferences import AskQuiet, quiet_label
from presenters.people.settling import AskPlace, ChooseTopics, Purpose

LONGEST_SEARCH = 40
LONGEST_LIST = 3500
"""UTF-16 units of the list of places, so that the message keeps within Telegram's 4096."""
Subscriptions = Sequence[Subscription]


@action("at")
class AskTopics:
    """Other topics; where several places are followed, the place is asked first."""


@action("fq")
class AskFrequency:
    pass


@action("fp")
class PickFrequency:
    """``subscription`` 0: all of them."""

    subscription: int


@action("fs")
class SetFrequency:
    subscription: int
    frequency: Frequency


@action("pa")
class AskPause:
    pass


@action("pf")
class Pause:
    """``days`` 0: until resumed."""

    days: int


@action("rs")
class Resume:
    pass


@action("rm")
class AskRemoval:
    pass


@action("rx")
class Remove:
    subscription: int


@action("rp")
class RemovePlace:
    place: str


@action("ru")
class Undo:
    """Brings back what was ended at this moment (microseconds since 1970)."""

    ended_at: int


def overview(
    words: Words, gazetteer: Gazetteer, subscriber: Subscriber, followed: Subscriptions, now: datetime
) -> Message:
    parts = _places(words, gazetteer, followed)
    if not parts:
        parts = [words("You follow nothing yet. Add a place, and I will bring you its news and events.")]
    if subscriber.is_paused(now):
        parts.insert(0, _paused(words, subscriber, now))
    return Message("\n\n".join(parts), _buttons(words, subscriber, followed, now))


def _places(words: Words, gazetteer: Gazetteer, followed: Subscriptions) -> list[Markup]:
    """As many places as fit one message; how many more there are."""
    parts: list[Markup] = []
    places = list(_by_place(followed))
    room = LONGEST_LIST
    for at, (place, there) in enumerate(places):
        part = _place(words, gazetteer, place, there)
        room -= length(part)
        if room < 0:
            parts.append(words.plural("…and {count} more place", "…and {count} more places", len(places) - at))
            break
        parts.append(part)
    return parts


def _by_place(followed: Subscriptions) -> Iterator[tuple[str, list[Subscription]]]:
    return ((place, list(there)) for place, there in groupby(followed, key=lambda one: one.territory))


def _place(words: Words, gazetteer: Gazetteer, place: str, there: Subscriptions) -> Markup:
    lines = [
        words("{what} — {frequency}", what=_what(words, one), frequency=how_often(words, one.frequency))
        for one in there
    ]
    title = words("<b>{place}</b>", place=place_title(words, gazetteer, place))
    return Markup("\n").join([title, *lines])


def _what(words: Words, subscription: Subscription) -> str:
    """«ТОС», «все темы», «ТОС: «форум»»."""
    topic = topic_label(words, subscription.topic) if subscription.topic else ""
    if not subscription.words:
        return topic or words.label("All topics")
    shortened = subscription.words[:LONGEST_SEARCH]
    return f"{topic}: «{shortened}»" if topic else f"«{shortened}»"


def _paused(words: Words, subscriber: Subscriber, now: datetime) -> Markup:
    until = subscriber.paused_until
    if until is None or until >= UNTIL_RESUMED:
        return words("⏸ Paused until you resume: nothing is sent.")
    return words("⏸ Paused until {moment}: nothing is sent.", moment=moment(words, until, subscriber.time_zone, now))


def _buttons(words: Words, subscriber: Subscriber, followed: Subscriptions, now: datetime) -> Rows:
    add_place = Button(words.label("➕ Place"), action=pack(AskPlace(Purpose.ADD)))
    if not followed:
        return ((add_place,),)
    add_topic = Button(words.label("➕ Topic"), action=pack(AskTopics()))
    frequency = Button(words.label("Frequency"), action=pack(AskFrequency()))
    quiet = Button(quiet_label(words, subscriber.quiet), action=pack(AskQuiet(Origin.MY)))
    pause = Button(words.label("⏸ Pause"), action=pack(AskPause()))
    if subscriber.is_paused(now):
        pause = Button(words.label("▶ Resume"), action=pack(Resume()))
    remove = Button(words.label("🗑 Remove"), action=pack(AskRemoval()))
    return ((add_place, add_topic), (frequency, quiet), (pause, remove))


def which_place(words: Words, gazetteer: Gazetteer, followed: Subscriptions) -> Message:
    """For which place other topics are wanted."""
    rows = tuple(
        (Button(place_title(words, gazetteer, place), action=pack(topics_of(place, followed))),)
        for place, _ in _by_place(followed)
    )
    return Message(words("Topics of which place?"), (*rows, (back(words, Origin.MY),)))


def topics_of(place: str, followed: Subscriptions) -> ChooseTopics:
    """Opens the topics of a place with those ticked that are followed there."""
    chosen = to_mask(one.topic for one in followed if one.territory == place and one.topic)
    return ChooseTopics(place, chosen, Purpose.TOPICS)


def frequencies(words: Words, gazetteer: Gazetteer, followed: Subscriptions) -> Message:
    rows: Rows = tuple((Button(_line(words, gazetteer, one), action=pack(PickFrequency(one.id))),) for one in followed)
    if len(followed) > 1:
        rows = ((Button(words.label("For all"), action=pack(PickFrequency(0))),), *rows)
    return Message(words("How often — for what?"), (*rows, (back(words, Origin.MY),)))


def _line(words: Words, gazetteer: Gazetteer, one: Subscription) -> str:
    place = place_name(words, gazetteer, one.territory)
    return f"{place} · {_what(words, one)} — {how_often(words, one.frequency)}"


def pick_frequency(words: Words, gazetteer: Gazetteer, one: Subscription | None) -> Message:
    """For one subscription; None is for all."""
    text = words("<b>{what}</b>\n\nHow often?", what=_line(words, gazetteer, one) if one else words.label("For all"))
    number = one.id if one else 0
    buttons = tuple(
        Button(frequency_label(words, often), action=pack(SetFrequency(number, often))) for often in Frequency
    )
    return Message(text, (buttons, (Button(words.label("‹ Back"), action=pack(AskFrequency())),)))


def pause(words: Words) -> Message:
    buttons = (
        Button(words.label("For a day"), action=pack(Pause(1))),
        Button(words.label("For a week"), action=pack(Pause(7))),
    )
    forever = Button(words.label("Until I resume"), action=pack(Pause(0)))
    return Message(
        words("Pause: nothing will be sent. For how long?\nYour subscriptions stay as they are."),
        (buttons, (forever,), (back(words, Origin.MY),)),
    )


def removal(words: Words, gazetteer: Gazetteer, followed: Subscriptions, *, undo: int | None = None) -> Message:
    """What can be removed; ``undo``: the moment at which something just was."""
    rows: list[tuple[Button, ...]] = []
    if undo is not None:
        rows.append((Button(words.label("↩ Bring it back"), action=pack(Undo(undo))),))
    for place, there in _by_place(followed):
        rows += _removal_of(words, gazetteer, place, there)
    text = words("Removed.") if undo is not None else words("What should I stop sending?")
    return Message(text, (*rows, (back(words, Origin.MY),)))


def _removal_of(words: Words, gazetteer: Gazetteer, place: str, there: Subscriptions) -> Rows:
    name = place_name(words, gazetteer, place)
    rows: Rows = tuple((Button(f"✖ {name} · {_what(words, one)}", action=pack(Remove(one.id))),) for one in there)
    if len(there) == 1:
        return rows
    whole = Button(words.label("✖ {place} — everything", place=name), action=pack(RemovePlace(place)))
    return (*rows, (whole,))


def too_many(words: Words) -> str:
    return words.label("That is more than I can keep for you. Remove something first: /my")
