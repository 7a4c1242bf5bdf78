"""/admin: what somebody may do here, by their rights; and the words of a refusal."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from domain.messages import Button, Message, Rows
from domain.roles import Act
from presenters.actions import action, pack
from presenters.language.words import Words


@action("am")
class OpenAdmin:
    pass


@action("ann")
class NewAnnouncement:
    pass


@action("aml")
class ListMailings:
    """``shelf``: see presenters.admin.shelves.Shelf."""

    shelf: str
    page: int


@action("dl")
class ListSuggestions:
    page: int


@action("vl")
class ListReview:
    page: int


@action("rl")
class ListRoles:
    page: int


@action("cl")
class ListCampaigns:
    page: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a decision of this person."""

    suggestions: int = 0
    review: int = 0
    approvals: int = 0


def menu(words: Words, acts: Collection[Act], waiting: Waiting, *, sources: str | None = None) -> Message:
    """``acts``: allowed somewhere; ``sources``: packed action that opens the sources."""
    text = words("<b>Administration</b>\n\nWhat shall we do?")
    if waiting.approvals:
        text += "\n\n" + words.plural(
            "{count} announcement waits for your approval.",
            "{count} announcements wait for your approval.",
            waiting.approvals,
        )
    return Message(text, _rows(words, acts, waiting, sources))


def _rows(words: Words, acts: Collection[Act], waiting: Waiting, sources: str | None) -> Rows:
    offers = [
        (Act.COMPOSE, Button(words.label("📣 New announcement"), action=pack(NewAnnouncement()))),
        (Act.SEE_REPORTS, Button(words.label("📨 Mailings"), action=pack(ListMailings("running", 0)))),
        (
            Act.MODERATE,
            Button(_counted(words.label("💬 Suggestions"), waiting.suggestions), action=pack(ListSuggestions(0))),
        ),
        (Act.MODERATE, Button(_counted(words.label("🔎 In review"), waiting.review), action=pack(ListReview(0)))),
        (Act.MANAGE_SOURCES, Button(words.label("📡 Sources"), action=sources)),
        (Act.COMPOSE, Button(words.label("🌊 Campaigns"), action=pack(ListCampaigns(0)))),
        (Act.MANAGE_ROLES, Button(words.label("👥 Roles"), action=pack(ListRoles(0)))),
    ]
    shown = [button for act, button in offers if act in acts and button.action]
    first, rest = shown[:1], shown[1:]
    return (tuple(first), *(tuple(rest[at : at + 2]) for at in range(0, len(rest), 2)))


def _counted(label: str, count: int) -> str:
    return f"{label} ({count})" if count else label


def to_menu(words: Words) -> Button:
    return Button(words.label("‹ Administration"), action=pack(OpenAdmin()))


def no_role(words: Words) -> Message:
    return Message(
        words("This part is for those who work here. If you should be one of them, ask your administrator for a role.")
    )


def refused(words: Words) -> str:
    """Said over the chat: no right to do this, or none any more."""
    return words.label("You have no right to do this.")


def gone(words: Words) -> str:
    """What a button is about is not there any more, or is another's."""
    return words.label("This is not there any more.")


def said(text: str) -> Message:
    """A word that is no screen of its own."""
    return Message(Markup.escape(text))


def pages(page: int, total: int, size: int, turn: Callable[[int], Any]) -> Rows:
    """The row that turns pages; none where all fits one."""
    last = max(0, (total - 1) // size)
    if last == 0:
        return ()
    back = Button("‹", action=pack(turn(max(0, page - 1))))
    here = Button(f"{page + 1}/{last + 1}", action=pack(turn(page)))
    ahead = Button("›", action=pack(turn(min(last, page + 1))))
    return ((back, here, ahead),)
