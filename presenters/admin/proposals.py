"""/announce: an organiser says in one sentence what they hold, and hands it to those who let it through."""

from collections.abc import Sequence
from datetime import datetime

from analysis.geography.gazetteer import Gazetteer
from domain.events import EventDraft
from domain.messages import Button, Message, Rows
from presenters.actions import action, pack
from presenters.admin.happenings import happening_in_words
from presenters.language.places import place_title
from presenters.language.words import Words


@action("pye")
class ProposalRight:
    pass


@action("pco")
class CorrectProposal:
    pass


@action("pte")
class ProposeFor:
    """Which of several own territories it is for."""

    territory: str


def ask(words: Words) -> Message:
    return Message(words("What do you hold? Write it in one sentence: «TOS meeting 20 December at 18:30, school 5»."))


def ask_territory(words: Words, gazetteer: Gazetteer, own: Sequence[str]) -> Message:
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(ProposeFor(code))),) for code in own[:10]
    )
    return Message(words("For which of your territories?"), rows)


def understood(words: Words, event: EventDraft, now: datetime) -> Message:
    text = words("Understood: <b>{what}</b> — right?", what=happening_in_words(words, event, now))
    yes = Button(words.label("Yes"), action=pack(ProposalRight()))
    correct = Button(words.label("Correct"), action=pack(CorrectProposal()))
    return Message(text, ((yes, correct),))


def no_date(words: Words) -> Message:
    return Message(
        words("I found no date ahead in that. Say it with a day: «TOS meeting 20 December at 18:30, school 5».")
    )


def handed_over(words: Words, suggestion: int) -> Message:
    text = words(
        "📨 Your event № {number} is with the moderators of your territory. You will hear from me.", number=suggestion
    )
    return Message(text)


def not_an_organiser(words: Words) -> Message:
    return Message(words("Organisers propose their events here. To suggest a piece of news: /suggest"))
