"""What waits for a person before it goes out: items in doubt, and questions the machine does not decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.events import Event
from domain.items import Item, fingerprint
from domain.messages import Button, Message, Rows, shortened
from presenters.actions import action, pack
from presenters.admin.composing import snippet
from presenters.admin.happenings import happening_in_words
from presenters.admin.menu import ListReview, pages, to_menu
from presenters.language.places import place_name, place_title
from presenters.language.topics import topic_label
from presenters.language.words import Words

PAGE = 8
SHOWN = 2500


@action("vsh")
class ShowItem:
    item: int


@action("vok")
class Publish:
    item: int
    seen: str
    """The fingerprint of what the card shows: nothing else is published by it."""


@action("vrj")
class RejectItem:
    item: int
    seen: str


@action("vnp")
class DropPhoto:
    item: int
    seen: str


@action("vem")
class EditItem:
    item: int


@action("vqs")
class ShowQuestion:
    question: int


@action("vqa")
class AnswerQuestion:
    question: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question of the machine: ``kind`` as storage.intake.questions.QuestionKind names it."""

    id: int
    kind: str
    territory: str | None
    details: dict[str, Any]


def listing(words: Words, gazetteer: Gazetteer, items: Sequence[Item], asked: Sequence[Asked], page: int) -> Message:
    lines = [(_item_line(words, gazetteer, one), Button(f"№ {one.id}", action=pack(ShowItem(one.id)))) for one in items]
    lines = [
        (_asked_line(words, one), Button(f"? {one.id}", action=pack(ShowQuestion(one.id)))) for one in asked
    ] + lines
    shown = lines[page * PAGE : (page + 1) * PAGE]
    texts = [text for text, _ in shown] or [words("Nothing waits here. Well done!")]
    buttons = [button for _, button in shown]
    rows: Rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    turning = pages(page, len(lines), PAGE, ListReview)
    return Message(Markup("\n\n").join([words("<b>In review</b>"), *texts]), (*rows, *turning, (to_menu(words),)))


def _item_line(words: Words, gazetteer: Gazetteer, one: Item) -> Markup:
    return Markup("<b>№ {}</b> · {} · {}").format(
        one.id, _places(words, gazetteer, one, place_name), snippet(one.title, 100)
    )


def _asked_line(words: Words, one: Asked) -> Markup:
    return Markup("<b>? {}</b> · {} · {}").format(one.id, question_label(words, one.kind), _title(one))


def item(
    words: Words,
    gazetteer: Gazetteer,
    one: Item,
    event: Event | None,
    doubts: Sequence[str],
    now: datetime,
    *,
    changed: bool = False,
) -> Message:
    """The text with what was read in it; ``doubts``: names of the fields that are not sure.

    ``changed``: it is shown instead of doing what was meant for what stood there before.
    """
    read = [words("Place: {places}", places=_places(words, gazetteer, one, place_title))]
    read.append(words("Topics: {topics}", topics=", ".join(topic_label(words, topic) for topic in one.topics)))
    if event:
        read.append(words("When and where: {what}", what=happening_in_words(words, event, now)))
    if doubts:
        read.append(words("⚠ Not sure: {fields}", fields=", ".join(_field(words, name) for name in doubts)))
    parts = [
        words("<b>In review № {number}</b> · {title}", number=one.id, title=snippet(one.title, 120)),
        Markup("<blockquote expandable>{}</blockquote>").format(shortened(one.text, SHOWN)),
        Markup("\n").join(read),
    ]
    if changed:
        parts.insert(0, words("⚠ The text has changed meanwhile. Please look again."))
    if one.url:
        parts.append(Markup('<a href="{}">{}</a>').format(one.url, words.label("Source")))
    return Message(Markup("\n\n").join(parts), _decisions(words, one, fingerprint(one, event)), photo=one.photo)


def _decisions(words: Words, one: Item, seen: str) -> Rows:
    publish = Button(words.label("✅ Publish"), action=pack(Publish(one.id, seen)))
    reject = Button(words.label("✖ Reject"), action=pack(RejectItem(one.id, seen)))
    edit = Button(words.label("✏ Edit"), action=pack(EditItem(one.id)))
    without = Button(words.label("🚫 Without the photo"), action=pack(DropPhoto(one.id, seen)))
    return ((publish, reject), *(((without,),) if one.photo else ()), (edit, _back(words)))


def question(words: Words, one: Asked) -> Message:
    """What happened, shown before and after where there is such, and what either answer does."""
    parts = [words("<b>{what}</b>", what=question_label(words, one.kind)), Markup("{}").format(_title(one))]
    for name, label in (("before", words.label("Before:")), ("after", words.label("Now:"))):
        if one.details.get(name):
            parts.append(Markup("{}\n<blockquote>{}</blockquote>").format(label, snippet(str(one.details[name]), 900)))
    yes, no = _answers(words, one.kind)
    buttons = (
        Button(yes, action=pack(AnswerQuestion(one.id, True))),
        Button(no, action=pack(AnswerQuestion(one.id, False))),
    )
    return Message(Markup("\n\n").join(parts), (buttons, (_back(words),)))


def question_label(words: Words, kind: str) -> str:
    return {
        "correction": words.label("What was sent was changed at its source"),
        "vanished": words.label("An event is no longer at its source"),
        "cancelled": words.label("A source says that an event is off"),
        "burst": words.label("A source gave far more than usual"),
    }.get(kind, kind)


def _answers(words: Words, kind: str) -> tuple[str, str]:
    return {
        "correction": (words.label("✅ Send the correction"), words.label("✖ Do not send")),
        "vanished": (words.label("✖ It is cancelled: tell everyone"), words.label("✅ It takes place")),
        "cancelled": (words.label("✖ It is cancelled: tell everyone"), words.label("✅ It takes place")),
        "burst": (words.label("✅ Send it all the same"), words.label("✖ Do not send")),
    }.get(kind, (words.label("Yes"), words.label("No")))


def _title(one: Asked) -> str:
    return snippet(str(one.details.get("title") or one.details.get("source") or ""), 120)


def _places(words: Words, gazetteer: Gazetteer, one: Item, named: Callable[[Words, Gazetteer, str], str]) -> str:
    return ", ".join(named(words, gazetteer, code) for code in one.territories[:4]) or words.label("no place named")


def _field(words: Words, name: str) -> str:
    return {
        "region": words.label("region"),
        "territories": words.label("place"),
        "place": words.label("place"),
        "topics": words.label("topics"),
        "main_topic": words.label("topic"),
        "start_date": words.label("date"),
        "end_date": words.label("last day"),
        "time": words.label("time"),
        "deadline": words.label("deadline"),
        "venue": words.label("venue"),
        "upcoming": words.label("whether it is still ahead"),
    }.get(name, name)


def _back(words: Words) -> Button:
    return Button(words.label("‹ In review"), action=pack(ListReview(0)))


def published(words: Words) -> str:
    return words.label("Published: it goes to those whom it concerns.")


def rejected(words: Words) -> str:
    return words.label("Rejected: nobody gets it.")


def answered(words: Words) -> str:
    return words.label("Noted, thank you.")


def decided_already(words: Words) -> str:
    return words.label("Somebody decided this already.")
