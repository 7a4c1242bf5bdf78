"""The list of announcements: those that run, wait, are done or are still being written; searched by words."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Announcement, AnnouncementState
from domain.messages import Button, Message, Rows
from presenters.actions import action, pack
from presenters.admin.audiences import audience_in_words
from presenters.admin.cards import state_in_words
from presenters.admin.composing import ShowAnnouncement
from presenters.admin.menu import ListMailings, pages, to_menu
from presenters.admin.times import moment_in_words
from presenters.language.words import Words

PAGE = 8


class Shelf(StrEnum):
    RUNNING = "running"
    SCHEDULED = "scheduled"
    FINISHED = "finished"
    DRAFTS = "drafts"

    @property
    def states(self) -> frozenset[AnnouncementState]:
        return _STATES[self]


_STATES = {
    Shelf.RUNNING: frozenset({AnnouncementState.SENDING}),
    Shelf.SCHEDULED: frozenset({AnnouncementState.SCHEDULED, AnnouncementState.AWAITING_APPROVAL}),
    Shelf.FINISHED: frozenset({AnnouncementState.SENT, AnnouncementState.CANCELLED, AnnouncementState.RECALLED}),
    Shelf.DRAFTS: frozenset({AnnouncementState.DRAFT}),
}


@action("amf")
class FindMailing:
    pass


def shelf(
    words: Words,
    gazetteer: Gazetteer,
    which: Shelf,
    listed: Sequence[Announcement],
    page: int,
    now: datetime,
) -> Message:
    """``listed``: all of this shelf that the person may see; the page is cut out here."""
    shown = listed[page * PAGE : (page + 1) * PAGE]
    title = words("<b>Mailings</b> · {shelf}", shelf=_label(words, which))
    lines = [_line(words, gazetteer, one, now) for one in shown] or [words("Nothing is here.")]
    turning = pages(page, len(listed), PAGE, lambda to: ListMailings(which.value, to))
    return Message(Markup("\n\n").join([title, *lines]), (*_open(shown), *turning, *_shelves(words, which)))


def found(words: Words, gazetteer: Gazetteer, typed: str, listed: Sequence[Announcement], now: datetime) -> Message:
    """What a search found, newest first, as much as fits."""
    shown = listed[:PAGE]
    title = words.plural("«{typed}» — {count} found", "«{typed}» — {count} found", len(listed), typed=typed[:60])
    lines = [_line(words, gazetteer, one, now) for one in shown]
    return Message(Markup("\n\n").join([title, *lines]), (*_open(shown), *_shelves(words, None)))


def ask_words(words: Words) -> Message:
    return Message(words("Which mailing do you look for? Write its number or words of it."))


def _line(words: Words, gazetteer: Gazetteer, one: Announcement, now: datetime) -> Markup:
    line = words(
        "<b>№ {number}</b> · {title}\n{audience} · {state}",
        number=one.id,
        title=one.headline or words.label("without text"),
        audience=audience_in_words(words, gazetteer, one.audience) if one.audience.territories else "—",
        state=state_in_words(words, one.state),
    )
    if one.scheduled_at and one.state in Shelf.SCHEDULED.states:
        line += Markup(" · ") + moment_in_words(words, gazetteer, one, one.scheduled_at, now)
    return line


def _open(shown: Sequence[Announcement]) -> Rows:
    buttons = [Button(f"№ {one.id}", action=pack(ShowAnnouncement(one.id))) for one in shown]
    return tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))


def _shelves(words: Words, chosen: Shelf | None) -> Rows:
    others = [Button(_label(words, one), action=pack(ListMailings(one.value, 0))) for one in Shelf if one is not chosen]
    find = Button(words.label("🔎 Find"), action=pack(FindMailing()))
    return (tuple(others[:2]), tuple(others[2:]), (find, to_menu(words)))


def _label(words: Words, which: Shelf) -> str:
    return {
        Shelf.RUNNING: words.label("Running"),
        Shelf.SCHEDULED: words.label("Scheduled"),
        Shelf.FINISHED: words.label("Finished"),
        Shelf.DRAFTS: words.label("Drafts"),
    }[which]
