"""Screens of /start: where somebody lives, what matters to them, how often; the same three to add a place later."""

from collections.abc import Sequence

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows
from domain.subscribers import Frequency
from domain.territories import RUSSIA
from domain.topics import Topic
from presenters.actions import pack
from presenters.language.frequencies import frequency_label, how_often
from presenters.language.places import place_title
from presenters.language.topics import IN_ORDER, from_mask, to_mask, topic_label
from presenters.language.words import Words
from presenters.navigation import Origin, back
from presenters.people.settling import (
    AskLocation,
    AskName,
    AskPlace,
    ChooseFrequency,
    ChoosePlace,
    ChooseTopics,
    Consent,
    Purpose,
    TickTopic,
    TopicsDone,
)

MOST_CANDIDATES = 8


def where(words: Words, purpose: Purpose) -> Message:
    """The first question; answered by a button, by a typed name or by a location."""
    texts = {
        Purpose.HOME: words("Hello! I bring you news and events of your area.\n\nWhere do you live?"),
        Purpose.ADD: words("Which place do you want to follow? Write its name or choose:"),
        Purpose.MOVE: words("Where do you live now? Write the name of the place or choose:"),
    }
    return Message(texts.get(purpose, texts[Purpose.ADD]), _ways_to_name(words, purpose))


def _ways_to_name(words: Words, purpose: Purpose) -> Rows:
    locate = Button(words.label("📍 Locate me"), action=pack(AskLocation(purpose)))
    name = Button(words.label("🔎 Name it"), action=pack(AskName(purpose)))
    whole = Button(words.label("All of Russia"), action=pack(ChoosePlace(RUSSIA, purpose)))
    rows: Rows = ((locate, name), (whole,))
    if purpose is Purpose.HOME:
        return rows
    return (*rows, (back(words, Origin.SETTINGS if purpose is Purpose.MOVE else Origin.MY),))


def greet_group(words: Words) -> Message:
    """Where the bot was added to a group."""
    text = words(
        "Hello! I can bring the news and events of your place right into this group. "
        "An administrator of the group chooses what comes."
    )
    name = Button(words.label("🔎 Name it"), action=pack(AskName(Purpose.HOME)))
    whole = Button(words.label("All of Russia"), action=pack(ChoosePlace(RUSSIA, Purpose.HOME)))
    return Message(text, ((name, whole),))


def ask_name_in_group(words: Words) -> Message:
    """There we only see answers to our own messages."""
    return Message(words("Answer this message with the name of your town, village or district."))


def ask_name(words: Words, purpose: Purpose) -> Message:
    text = words(
        "Write the name of your town, village or district, for example: Sayanogorsk. "
        "If there are several of that name, add the region."
    )
    other = Button(words.label("‹ Back"), action=pack(AskPlace(purpose)))
    return Message(text, ((other,),))


def ask_location(words: Words) -> Message:
    return Message(
        words(
            "Press the button below the input field and I will find the nearest municipality. "
            "I do not keep your location. You can also just write the name."
        ),
        ask_location=words.label("📍 Send my location"),
    )


def located(words: Words) -> str:
    """Said once the location came; it takes the button below the input field away."""
    return words.label("Thank you. I looked up the nearest municipality and kept nothing.")


def found(words: Words, gazetteer: Gazetteer, typed: str, codes: Sequence[str], purpose: Purpose) -> Message:
    """The answer to a typed name, by how many territories it may mean."""
    if not codes:
        return unknown_place(words, typed, purpose)
    if len(codes) == 1:
        return is_it(words, gazetteer, codes[0], purpose)
    return which(words, gazetteer, codes, purpose)


def is_it(words: Words, gazetteer: Gazetteer, code: str, purpose: Purpose) -> Message:
    yes = Button(words.label("Yes"), action=pack(ChoosePlace(code, purpose)))
    other = Button(words.label("Another place"), action=pack(AskPlace(purpose)))
    return Message(words("<b>{place}</b> — right?", place=place_title(words, gazetteer, code)), ((yes, other),))


def which(words: Words, gazetteer: Gazetteer, codes: Sequence[str], purpose: Purpose) -> Message:
    """Several territories have the name."""
    text = words("There are several places of that name. Which one?")
    if len(codes) > MOST_CANDIDATES:
        text += words(" If yours is not here, write it with its region.")
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(ChoosePlace(code, purpose))),)
        for code in codes[:MOST_CANDIDATES]
    )
    other = Button(words.label("Another place"), action=pack(AskPlace(purpose)))
    return Message(text, (*rows, (other,)))


def unknown_place(words: Words, typed: str, purpose: Purpose) -> Message:
    text = words(
        "I do not know a place called «{typed}». Try the name of the town or district, or add the region.",
        typed=typed[:60],
    )
    return Message(text, _ways_to_name(words, purpose))


def what_matters(words: Words, gazetteer: Gazetteer, place: str, chosen: int, purpose: Purpose) -> Message:
    text = words(
        "<b>{place}</b>\n\nWhat matters to you? Tick nothing and I will bring everything.",
        place=place_title(words, gazetteer, place),
    )
    boxes = [_box(words, topic, place, chosen, purpose) for topic in IN_ORDER]
    rows: Rows = tuple(tuple(boxes[at : at + 2]) for at in range(0, len(boxes), 2))
    done = Button(words.label("Done"), action=pack(TopicsDone(place, chosen, purpose)))
    return Message(text, (*rows, (done,)))


def _box(words: Words, topic: Topic, place: str, chosen: int, purpose: Purpose) -> Button:
    mark = "☑" if chosen & to_mask([topic]) else "☐"
    return Button(f"{mark} {topic_label(words, topic)}", action=pack(TickTopic(place, topic, chosen, purpose)))


def how_frequently(words: Words, gazetteer: Gazetteer, place: str, chosen: int, purpose: Purpose) -> Message:
    text = words(
        "<b>{place}</b>: {topics}\n\nHow often?",
        place=place_title(words, gazetteer, place),
        topics=topics_in_words(words, from_mask(chosen)),
    )
    buttons = tuple(
        Button(frequency_label(words, one), action=pack(ChooseFrequency(place, chosen, one, purpose)))
        for one in Frequency
    )
    back = Button(words.label("‹ Topics"), action=pack(ChooseTopics(place, chosen, purpose)))
    return Message(text, (buttons, (back,)))


def topics_in_words(words: Words, topics: Sequence[Topic]) -> str:
    return ", ".join(topic_label(words, topic) for topic in IN_ORDER if topic in topics) or words.label("all topics")


def welcome(
    words: Words,
    gazetteer: Gazetteer,
    place: str,
    topics: Sequence[Topic],
    frequency: Frequency,
    hour: int,
    *,
    consent_to: int | None,
) -> Message:
    """What was set up and what comes next. ``consent_to``: version of the terms still to be agreed to."""
    summary = words(
        "<b>Done!</b>\n{place}: {topics} — {frequency}.",
        place=place_title(words, gazetteer, place),
        topics=topics_in_words(words, topics),
        frequency=how_often(words, frequency),
    )
    parts = [summary, _what_comes(words, frequency, hour)]
    if consent_to is None:
        return Message("\n\n".join(parts))
    parts.append(
        words(
            "To bring you this I keep the number of this chat, your place, topics and settings, and what you follow "
            "and answer here; the whole list: "
            "/privacy. Please agree to that."
        )
    )
    agree = Button(words.label("✅ I agree"), action=pack(Consent(consent_to)))
    return Message("\n\n".join(parts), ((agree,),))


def _what_comes(words: Words, frequency: Frequency, hour: int) -> str:
    coming = {
        Frequency.AT_ONCE: words("News will come as soon as it appears."),
        Frequency.DAILY: words("A digest will come every day at {hour}:00, if there is anything new.", hour=hour),
        Frequency.WEEKLY: words("A digest will come on Fridays at {hour}:00, if there is anything new.", hour=hour),
    }[frequency]
    return coming + words(
        "\nAsk in your own words whenever you like: «what is on at the weekend». "
        "Latest: /news and /events. Change or pause: /my"
    )


def thanks_for_consent(words: Words) -> str:
    return words.label("Thank you! Your consent is recorded; /delete_me takes it back at any time.")
