"""A resident's piece of news on its way through moderation."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class SuggestionState(StrEnum):
    WAITING = "waiting"
    ASKED = "asked"
    """A moderator asked the author something."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


OPEN = (SuggestionState.WAITING, SuggestionState.ASKED)
"""Not decided yet."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    id: int
    author_chat_id: int
    state: SuggestionState
    text: str
    photos: tuple[str, ...]
    territory: str | None
    is_event: bool
    """An organiser proposes a meeting of their own."""
    reason: str
    """What the moderator answered or asked; shown to the author."""
    similar_to: int | None
    similarity: float
    item_id: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What its author has told so far."""

    text: str = ""
    photos: tuple[str, ...] = ()
    territory: str | None = None
    day: date | None = None
    clock: time | None = None
    """Local to the author."""
    place_stated: bool = False
    """The author named the place apart from the text; None then means that there is none."""
    when_stated: bool = False
    """The author named the time apart from the text, or said that there is none."""
