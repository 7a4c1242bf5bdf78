"""The desk where suggestions are decided, and what their authors are told each time."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.events import EventDraft
from domain.messages import Button, Message, Rows
from domain.suggestions import OPEN, Suggestion, SuggestionState
from presenters.actions import action, pack
from presenters.admin.composing import snippet
from presenters.admin.durations import decimal
from presenters.admin.happenings import happening_in_words
from presenters.admin.menu import ListSuggestions, pages, to_menu
from presenters.language.places import place_name
from presenters.language.words import Words

PAGE = 8
SHOWN = 3000


@action("dsh")
class ShowSuggestion:
    suggestion: int


@action("dok")
class Accept:
    suggestion: int


@action("ded")
class EditSuggestion:
    suggestion: int


@action("dqu")
class AskAuthor:
    suggestion: int


@action("dno")
class Reject:
    suggestion: int


@action("dat")
class Attach:
    """It tells what the item tells that stands beside it."""

    suggestion: int


@action("dph")
class ShowPhotos:
    suggestion: int


@action("dnp")
class DropPhotos:
    suggestion: int


@action("dan")
class AnswerModerator:
    """The author answers what they were asked."""

    suggestion: int


def listing(words: Words, gazetteer: Gazetteer, waiting: Sequence[Suggestion], page: int) -> Message:
    shown = waiting[page * PAGE : (page + 1) * PAGE]
    lines = [_line(words, gazetteer, one) for one in shown] or [words("Nothing waits here. Well done!")]
    buttons = [Button(f"№ {one.id}", action=pack(ShowSuggestion(one.id))) for one in shown]
    rows: Rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    turning = pages(page, len(waiting), PAGE, ListSuggestions)
    text = Markup("\n\n").join([words("<b>Suggestions</b>"), *lines])
    return Message(text, (*rows, *turning, (to_menu(words),)))


def _line(words: Words, gazetteer: Gazetteer, one: Suggestion) -> Markup:
    return Markup("<b>№ {}</b> · {} · {}").format(one.id, _place(words, gazetteer, one), snippet(one.text, 100))


def card(
    words: Words,
    gazetteer: Gazetteer,
    one: Suggestion,
    details: EventDraft | None,
    similar: str | None,
    now: datetime,
) -> Message:
    """``details``: when and where, of an event that is proposed; ``similar``: title of the item it resembles."""
    head = words("<b>Suggestion № {number}</b> · {place}", number=one.id, place=_place(words, gazetteer, one))
    if one.is_event:
        head += Markup(" · ") + words("an organiser's event")
    parts = [head]
    if one.similar_to:
        parts.append(_similar(words, one, similar))
    parts.append(Markup("<blockquote>{}</blockquote>").format(one.text[:SHOWN]))
    if details:
        parts.append(Markup("📅 ") + happening_in_words(words, details, now))
    if one.photos:
        parts.append(words.plural("🖼 {count} photo", "🖼 {count} photos", len(one.photos)))
    if one.state is SuggestionState.ASKED:
        parts.append(words("❓ Asked: {question} — the author has not answered yet.", question=one.reason))
    return Message(Markup("\n\n").join(parts), _buttons(words, one))


def _similar(words: Words, one: Suggestion, title: str | None) -> Markup:
    return words(
        "⚠ Similar to № {number} ({similarity}): {title}",
        number=one.similar_to,
        similarity=decimal(words, one.similarity, 2),
        title=snippet(title or "", 80),
    )


def _buttons(words: Words, one: Suggestion) -> Rows:
    back = _to_list(words)
    if one.state not in OPEN:
        return ((back,),)
    photos = Button(words.label("🖼 Photos"), action=pack(ShowPhotos(one.id)))
    without = Button(words.label("🚫 Without the photo"), action=pack(DropPhotos(one.id)))
    attach = Button(words.label("🔗 It is № {number}", number=one.similar_to), action=pack(Attach(one.id)))
    return (
        (
            Button(words.label("✅ Accept"), action=pack(Accept(one.id))),
            Button(words.label("✏ Edit"), action=pack(EditSuggestion(one.id))),
        ),
        (
            Button(words.label("❓ Ask"), action=pack(AskAuthor(one.id))),
            Button(words.label("✖ Reject"), action=pack(Reject(one.id))),
        ),
        *([(attach,)] if one.similar_to else []),
        *([(photos, without)] if one.photos else []),
        (back,),
    )


def _to_list(words: Words) -> Button:
    return Button(words.label("‹ Suggestions"), action=pack(ListSuggestions(0)))


def _place(words: Words, gazetteer: Gazetteer, one: Suggestion) -> str:
    return place_name(words, gazetteer, one.territory) if one.territory else words.label("no place named")


def photo(words: Words, one: Suggestion, number: int) -> Message:
    caption = words("Suggestion № {suggestion}, photo {number}", suggestion=one.id, number=number + 1)
    return Message(caption, photo=one.photos[number])


def ask_text(words: Words, one: Suggestion) -> Message:
    return Message(words("Send the text of № {number} as it should be published.", number=one.id), _back(words, one))


def ask_question(words: Words, one: Suggestion) -> Message:
    return Message(words("What do you want to know from the author of № {number}?", number=one.id), _back(words, one))


def ask_reason(words: Words, one: Suggestion) -> Message:
    text = words("Why is № {number} not published? The author will read this.", number=one.id)
    return Message(text, _back(words, one))


def _back(words: Words, one: Suggestion) -> Rows:
    return ((Button(words.label("‹ Back"), action=pack(ShowSuggestion(one.id))),),)


def decided(words: Words, one: Suggestion) -> Message:
    what = {
        SuggestionState.ACCEPTED: words("✅ № {number} is accepted. Its author was told.", number=one.id),
        SuggestionState.REJECTED: words("✖ № {number} is rejected. Its author was told.", number=one.id),
        SuggestionState.ASKED: words("❓ The author of № {number} was asked.", number=one.id),
        SuggestionState.DUPLICATE: words("🔗 № {number} is attached. Its author was told.", number=one.id),
    }[one.state]
    return Message(what, ((_to_list(words),),))


def already_decided(words: Words, one: Suggestion) -> str:
    """Another moderator was quicker."""
    what = {
        SuggestionState.ACCEPTED: words.label("№ {number} is decided already: accepted.", number=one.id),
        SuggestionState.REJECTED: words.label("№ {number} is decided already: rejected.", number=one.id),
        SuggestionState.DUPLICATE: words.label("№ {number} is decided already: a duplicate.", number=one.id),
        SuggestionState.WITHDRAWN: words.label("№ {number} was withdrawn by its author.", number=one.id),
    }
    return what.get(one.state, words.label("№ {number} is decided already.", number=one.id))


def too_late(words: Words, one: Suggestion) -> Message:
    return Message(Markup.escape(already_decided(words, one)))


def told_accepted(words: Words, one: Suggestion) -> Message:
    """To the author."""
    if one.is_event:
        return Message(words("✅ Your event № {number} is approved and announced. Thank you!", number=one.id))
    return Message(words("✅ Your suggestion № {number} is accepted and will be published. Thank you!", number=one.id))


def told_attached(words: Words, one: Suggestion, title: str) -> Message:
    return Message(
        words("Your suggestion № {number} is known already: {title}. Thank you!", number=one.id, title=title)
    )


def told_rejected(words: Words, one: Suggestion) -> Message:
    return Message(
        words("Your suggestion № {number} was not published.\nReason: {reason}", number=one.id, reason=one.reason)
    )


def told_question(words: Words, one: Suggestion) -> Message:
    reply = Button(words.label("✍ Answer"), action=pack(AnswerModerator(one.id)))
    return Message(
        words("A question about your suggestion № {number}:\n{question}", number=one.id, question=one.reason),
        ((reply,),),
    )


def ask_answer(words: Words, one: Suggestion) -> Message:
    return Message(words("{question}\n\nWrite your answer to № {number}:", question=one.reason, number=one.id))


def thanks_for_answer(words: Words) -> Message:
    return Message(words("Thank you! Your answer is with the moderators; you will hear from me."))


def not_asked(words: Words) -> str:
    return words.label("Nothing is asked here any more.")


def nothing_asked(words: Words) -> Message:
    return Message(Markup.escape(not_asked(words)))


def told_answer(words: Words, one: Suggestion) -> Message:
    """To the moderator who asked."""
    return Message(words("The author of № {number} answered.", number=one.id), (_open(words, one),))


def told_new(words: Words, gazetteer: Gazetteer, one: Suggestion) -> Message:
    """To the moderators of its territory."""
    text = words(
        "New suggestion № {number} · {place}\n{beginning}",
        number=one.id,
        place=_place(words, gazetteer, one),
        beginning=snippet(one.text),
    )
    return Message(text, (_open(words, one),))


def _open(words: Words, one: Suggestion) -> tuple[Button, ...]:
    return (Button(words.label("Open № {number}", number=one.id), action=pack(ShowSuggestion(one.id))),)
