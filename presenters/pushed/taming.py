"""«Почему это мне?» and «Реже»: the answers under pushed messages."""

from collections.abc import Sequence

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Audience
from domain.messages import Button, Message
from domain.readings import Evidence
from domain.subscribers import Frequency, Subscription
from presenters.actions import action, pack
from presenters.language.frequencies import how_often
from presenters.language.places import place_title
from presenters.language.topics import topic_label
from presenters.language.words import Words
from presenters.navigation import ShowMine

MOST_SHOWN = 8
CLAIMS = ("place", "region", "main_topic", "start_date", "deadline")


@action("raru")
class AsBefore:
    """Takes «Реже» back for one subscription."""

    subscription: int
    frequency: Frequency


def reasons(
    words: Words,
    gazetteer: Gazetteer,
    subscriptions: Sequence[Subscription],
    audience: Audience | None,
    evidence: Sequence[Evidence],
) -> Message:
    """What somebody follows that brought this, and the words of the text it was recognised by."""
    lines = [words("<b>Why me?</b>")]
    if subscriptions:
        lines.append(words("You follow:"))
        lines += [_line(words, gazetteer, one) for one in subscriptions[:MOST_SHOWN]]
    elif audience is not None:
        places = ", ".join(place_title(words, gazetteer, code) for code in audience.territories[:MOST_SHOWN])
        topics = ", ".join(topic_label(words, topic) for topic in audience.topics)
        lines.append(words("It was sent to those who live in or follow: {places}", places=places))
        lines += [words("and follow: {topics}", topics=topics)] if topics else []
    else:
        lines.append(words("What brought it is no longer among the things you follow."))
    said = dict.fromkeys(one.words for one in evidence if one.claim in CLAIMS and one.words and one.start >= 0)
    if said:
        quoted = ", ".join(f"«{text[:60]}»" for text in list(said)[:4])
        lines.append(words("\nRecognised by the words: {quoted}", quoted=quoted))
    mine = Button(words.label("What I follow"), action=pack(ShowMine()))
    return Message(Markup("\n").join(lines), ((mine,),))


def rarer(words: Words, gazetteer: Gazetteer, changed: Sequence[tuple[Subscription, Frequency]]) -> Message:
    """``changed``: subscriptions as they were, and how often they bring something now."""
    lines = [words("Noted, from now on:")]
    lines += [
        Markup("• {} — {}").format(_name(words, gazetteer, one), how_often(words, now))
        for one, now in changed[:MOST_SHOWN]
    ]
    undo = tuple((Button(words.label("Undo"), action=pack(AsBefore(one.id, one.frequency))),) for one, _ in changed[:1])
    mine = (Button(words.label("What I follow"), action=pack(ShowMine())),)
    return Message(Markup("\n").join(lines), (*undo, mine))


def rarest_already(words: Words) -> str:
    return words.label("It comes once a week already; rarer is only to stop it: /my")


def not_by_choice(words: Words) -> str:
    return words.label("This was sent to everybody of your place. What comes to you by itself is chosen in /my.")


def as_before(words: Words) -> str:
    return words.label("As before.")


def _line(words: Words, gazetteer: Gazetteer, one: Subscription) -> Markup:
    return Markup("• {} — {}").format(_name(words, gazetteer, one), how_often(words, one.frequency))


def _name(words: Words, gazetteer: Gazetteer, one: Subscription) -> str:
    what = topic_label(words, one.topic) if one.topic else words.label("all topics")
    name = f"{place_title(words, gazetteer, one.territory)}: {what}"
    return f"{name}, «{one.words}»" if one.words else name
