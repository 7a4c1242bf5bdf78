"""What an admin composes, and the states it passes through before and while it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.messages import plain, shortened
from domain.topics import Topic

LONGEST_HEADLINE = 80
"""Characters of the line by which a list names an announcement."""


class Priority(StrEnum):
    URGENT = "urgent"
    ORDINARY = "ordinary"


class AnnouncementKind(StrEnum):
    NEWS = "news"
    EVENT = "event"
    CONTEST = "contest"
    CAMPAIGN = "campaign"


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    RECALLED = "recalled"


_NEXT: dict[AnnouncementState, frozenset[AnnouncementState]] = {
    AnnouncementState.DRAFT: frozenset(
        {AnnouncementState.AWAITING_APPROVAL, AnnouncementState.SCHEDULED, AnnouncementState.CANCELLED}
    ),
    AnnouncementState.AWAITING_APPROVAL: frozenset(
        {AnnouncementState.DRAFT, AnnouncementState.SCHEDULED, AnnouncementState.CANCELLED}
    ),
    AnnouncementState.SCHEDULED: frozenset(
        {AnnouncementState.DRAFT, AnnouncementState.SENDING, AnnouncementState.CANCELLED}
    ),
    AnnouncementState.SENDING: frozenset(
        {AnnouncementState.SENT, AnnouncementState.CANCELLED, AnnouncementState.RECALLED}
    ),
    AnnouncementState.SENT: frozenset({AnnouncementState.RECALLED}),
    AnnouncementState.CANCELLED: frozenset({AnnouncementState.RECALLED}),
    AnnouncementState.RECALLED: frozenset(),
}


def may_become(state: AnnouncementState, next_state: AnnouncementState) -> bool:
    return next_state in _NEXT[state]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant: people who live in or follow any of the territories, and follow any of the topics (none: all)."""

    territories: tuple[str, ...]
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Announcement:
    id: int
    author_id: int
    kind: AnnouncementKind
    state: AnnouncementState
    priority: Priority
    title: str
    text: str
    """HTML of the tags of domain.messages.Message."""
    photo: str | None
    version: int
    audience: Audience
    scheduled_at: datetime | None
    at_most_once: bool
    approved_by: int | None
    event_id: int | None
    item_id: int | None
    campaign_id: int | None
    paid: bool = False
    """Whether speed may be paid for in Stars."""

    @property
    def spoken(self) -> str:
        """All that people read of it, without formatting."""
        return "\n".join(part for part in (self.title, plain(self.text)) if part)

    @property
    def headline(self) -> str:
        """One line to know it by: its title, or how its text begins."""
        first = next((line for line in self.spoken.splitlines() if line.strip()), "")
        return shortened(first, LONGEST_HEADLINE)
