"""/suggest: a resident tells what happened or will; checks what was understood; hears what becomes of it."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows, shortened
from domain.suggestions import Draft
from presenters.actions import action, pack
from presenters.language.dates import clock, day
from presenters.language.places import place_title
from presenters.language.words import Words, number
from presenters.suggestions.suggested import ShowSuggestions

LONGEST = 3000
SHOWN = 1000
MOST_PHOTOS = 10


@action("s1")
class AskWhere:
    pass


@action("s2")
class AskWhen:
    pass


@action("s3")
class PickWhere:
    """``place`` "": not said."""

    place: str


@action("s4")
class ForgetWhen:
    pass


@action("s5")
class SendSuggestion:
    """``sure``: also where something like it is known."""

    sure: bool


@action("s6")
class CancelSuggestion:
    pass


@action("s8")
class BackToReview:
    pass


def ask_text(words: Words, *, has_earlier: bool) -> Message:
    text = words(
        "What happened, or what is going to happen? Write it as you would tell a neighbour: what, where, when. "
        "You can add photos."
    )
    rows: Rows = ((_cancel(words),),)
    if has_earlier:
        rows = ((Button(words.label("My suggestions"), action=pack(ShowSuggestions())),), *rows)
    return Message(text, rows)


def ask_words_too(words: Words) -> Message:
    """A photo came without a word."""
    return Message(words("I have the photo. Now write in a few words what it is about."), ((_cancel(words),),))


def too_long(words: Words) -> Message:
    return Message(words("That is too long for me: please keep it under {count} characters.", count=number(LONGEST)))


def review(words: Words, gazetteer: Gazetteer, draft: Draft, today: date) -> Message:
    place = place_title(words, gazetteer, draft.territory) if draft.territory else words.label("place not said")
    when = _when(words, draft, today) or words.label("date not said")
    lines = [
        words("<b>Is it right so?</b>\n\n{text}\n", text=shortened(draft.text, SHOWN)),
        words("📍 {place}", place=place),
        words("🗓 {when}", when=when),
    ]
    if draft.photos:
        lines.append(words.plural("📷 {count} photo", "📷 {count} photos", len(draft.photos)))
    lines.append(words("\nSend more text or photos to add them."))
    send = Button(words.label("✅ Send"), action=pack(SendSuggestion(False)))
    where = Button(words.label("📍 Place"), action=pack(AskWhere()))
    date = Button(words.label("🗓 Date"), action=pack(AskWhen()))
    return Message(Markup("\n").join(lines), ((send,), (where, date), (_cancel(words),)))


def ask_where(words: Words, gazetteer: Gazetteer, known: Sequence[str]) -> Message:
    """``known``: places that the author follows."""
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(PickWhere(code))),) for code in known[:6]
    )
    nowhere = Button(words.label("No place"), action=pack(PickWhere("")))
    return Message(
        words("Where is it? Write the name of the place, send a location, or choose:"),
        (*rows, (nowhere, _back(words))),
    )


def which_where(words: Words, gazetteer: Gazetteer, typed: str, codes: Sequence[str]) -> Message:
    if not codes:
        return Message(
            words(
                "I do not know a place called «{typed}». Try the name of the town or district, or add the region.",
                typed=typed[:60],
            ),
            ((_back(words),),),
        )
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(PickWhere(code))),) for code in codes[:8]
    )
    return Message(words("There are several places of that name. Which one?"), (*rows, (_back(words),)))


def ask_when(words: Words) -> Message:
    none = Button(words.label("No date"), action=pack(ForgetWhen()))
    return Message(words("When? For example: «20 December 18:30», «tomorrow at 10»."), ((none, _back(words)),))


def unclear_when(words: Words) -> Message:
    none = Button(words.label("No date"), action=pack(ForgetWhen()))
    return Message(
        words("I did not understand the date. Write it like this: «20 December 18:30»."), ((none, _back(words)),)
    )


def known_already(words: Words, title: str) -> Message:
    send = Button(words.label("Send anyway"), action=pack(SendSuggestion(True)))
    return Message(
        words("This seems to be known already:\n«{title}»\n\nSend it all the same?", title=shortened(title, SHOWN)),
        ((send, _cancel(words)),),
    )


def sent_before(words: Words, number: int) -> Message:
    return Message(words("You have suggested this already: № {number} waits for a moderator.", number=number))


def too_many(words: Words, count: int) -> Message:
    return Message(
        words.plural(
            "{count} suggestion of yours still waits for a moderator. Please let it be decided first.",
            "{count} suggestions of yours still wait for a moderator. Please let them be decided first.",
            count,
        )
    )


def time_in_words(words: Words, draft: Draft, today: date) -> str:
    """A line below the text for a time that the author named apart, for readers and for the machine."""
    when = _when(words, draft, today)
    return words.label("When: {moment}", moment=when) if when and draft.when_stated else ""


def _when(words: Words, draft: Draft, today: date) -> str:
    if draft.day is None:
        return ""
    named = day(words, draft.day, today)
    return f"{named}, {clock(draft.clock)}" if draft.clock else named


def _cancel(words: Words) -> Button:
    return Button(words.label("Cancel"), action=pack(CancelSuggestion()))


def _back(words: Words) -> Button:
    return Button(words.label("‹ Back"), action=pack(BackToReview()))
