"""A resident's piece of news on its way through moderation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SuggestionState(StrEnum):
    WAITING = "waiting"
    ASKED = "asked"
    """A moderator asked the author something."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


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
