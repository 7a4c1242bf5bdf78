"""What became of a resident's suggestions, and the way to suggest another."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.messages import Button, Message, Rows, shortened
from domain.suggestions import Suggestion, SuggestionState
from presenters.actions import action, pack
from presenters.admin.desk import AnswerModerator
from presenters.language.dates import day
from presenters.language.words import Words

_FIRST_WORDS = 70
_REASON = 200


@action("sn")
class Suggest:
    pass


@action("sm")
class ShowSuggestions:
    pass


@action("s7")
class Withdraw:
    suggestion: int


def sent(words: Words, number: int) -> Message:
    """The receipt."""
    mine = Button(words.label("My suggestions"), action=pack(ShowSuggestions()))
    return Message(
        words(
            "Thank you! Your suggestion № {number} is with the moderators. I will write when it is decided.",
            number=number,
        ),
        ((mine,),),
    )


def mine(words: Words, suggestions: Sequence[Suggestion], now: datetime) -> Message:
    if not suggestions:
        new = Button(words.label("Suggest a piece of news"), action=pack(Suggest()))
        return Message(words("You have not suggested anything yet."), ((new,),))
    entries = [_entry(words, one, now) for one in suggestions]
    rows = tuple(row for one in suggestions for row in _buttons(words, one))
    new = Button(words.label("Suggest another"), action=pack(Suggest()))
    return Message(Markup("\n\n").join([words("<b>My suggestions</b>"), *entries]), (*rows, (new,)))


def _entry(words: Words, one: Suggestion, now: datetime) -> Markup:
    entry = words(
        "<b>№ {number}</b> · {day} · {state}\n{text}",
        number=one.id,
        day=day(words, one.created_at.date(), now.date()),
        state=state_label(words, one.state),
        text=shortened(" ".join(one.text.split()), _FIRST_WORDS),
    )
    return entry + words("\n<i>{reason}</i>", reason=shortened(one.reason, _REASON)) if one.reason else entry


def state_label(words: Words, state: SuggestionState) -> str:
    return {
        SuggestionState.WAITING: words.label("waits for a moderator"),
        SuggestionState.ASKED: words.label("the moderator asks"),
        SuggestionState.ACCEPTED: words.label("accepted"),
        SuggestionState.REJECTED: words.label("rejected"),
        SuggestionState.DUPLICATE: words.label("known already"),
        SuggestionState.WITHDRAWN: words.label("withdrawn"),
    }[state]


def _buttons(words: Words, one: Suggestion) -> Rows:
    withdraw = Button(words.label("Withdraw № {number}", number=one.id), action=pack(Withdraw(one.id)))
    if one.state is SuggestionState.WAITING:
        return ((withdraw,),)
    if one.state is SuggestionState.ASKED:
        answer = Button(words.label("✍ Answer № {number}", number=one.id), action=pack(AnswerModerator(one.id)))
        return ((answer, withdraw),)
    return ()
