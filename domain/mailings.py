"""One act of sending to a frozen audience, and the single messages it owes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.announcements import Audience


class MailingKind(StrEnum):
    ANNOUNCEMENT = "announcement"
    ITEM = "item"
    DIGEST = "digest"
    REMINDER = "reminder"
    NOTICE = "notice"
    """An event was moved or cancelled; a suggestion's state changed; a source died."""
    CORRECTION = "correction"
    RECALL = "recall"


class Lane(StrEnum):
    URGENT = "urgent"
    ORDINARY = "ordinary"


class Promise(StrEnum):
    """What is promised where a fault leaves open whether a message arrived."""

    AT_LEAST_ONCE = "at_least_once"
    """Tried once more: at most two copies for anyone."""
    AT_MOST_ONCE = "at_most_once"
    """Listed as unknown, never sent twice."""


class MailingState(StrEnum):
    PLANNED = "planned"
    """Waits for its time."""
    FREEZING = "freezing"
    """The audience is being written down."""
    SENDING = "sending"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    """Intent: it may or may not have left."""
    SENT = "sent"
    """Accepted by the messenger."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Ending(StrEnum):
    """Why a delivery did not arrive: what `error` of a delivery begins with."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    CHAT_NOT_FOUND = "chat_not_found"
    MIGRATED = "migrated"
    """Into a chat that is served by itself."""
    REFUSED = "refused"
    """Any other definite refusal; the messenger's words follow after a colon."""
    GONE = "gone"
    """The copy to correct or recall is not there any more."""
    AMBIGUOUS = "ambiguous"
    """A fault after which nobody can say whether it arrived."""
    CANCELLED = "cancelled"
    PAUSED = "paused"
    """The subscriber wanted a pause."""
    LEFT = "left"
    """The subscriber had the bot forget them."""
    STALE = "stale"
    """There was nothing to say any more when its turn came."""


UNREACHABLE = frozenset({Ending.BLOCKED, Ending.DEACTIVATED, Ending.KICKED, Ending.CHAT_NOT_FOUND})
"""What ends a subscriber's deliveries until they return."""

SETTLED = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.SKIPPED})


@dataclass(frozen=True, slots=True)
class Mailing:
    id: int
    kind: MailingKind
    state: MailingState
    lane: Lane
    promise: Promise
    announcement_id: int | None
    item_id: int | None
    event_id: int | None
    corrects: int | None
    """The mailing whose delivered copies this one edits or deletes."""
    version: int
    paid: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    frozen_at: datetime | None = None
    size: int = 0
    """Deliveries written so far; the audience once ``frozen_at`` is set."""
    content: dict[str, Any] | None = None
    """What is said, as the kind of mailing needs it: see storage.outbox.mailings and presenters.pushed.pushes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingDraft:
    """A mailing before it is written down. ``key`` names the matter: a second mailing for it is not made."""

    kind: MailingKind
    key: str
    content: dict[str, Any] | None = None
    lane: Lane = Lane.ORDINARY
    promise: Promise = Promise.AT_LEAST_ONCE
    audience: Audience | None = None
    announcement_id: int | None = None
    item_id: int | None = None
    event_id: int | None = None
    corrects: int | None = None
    version: int = 1
    paid: bool = False
    created_by: int | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How many an audience holds at one moment, and for how many of them it is night."""

    people: int
    quiet: int


@dataclass(frozen=True, slots=True)
class Reactions:
    """What people did with what they got."""

    coming: int | None = None
    """Of those who answered that they come; None where there is nothing to come to."""
    left: int = 0
    """Who unsubscribed or blocked us within a day of getting it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts at one moment; the states always add up to the audience."""

    audience: int
    pending: int
    sending: int
    sent: int
    failed: int
    unknown: int
    skipped: int

    @property
    def settled(self) -> int:
        return self.sent + self.failed + self.unknown + self.skipped

    @property
    def is_complete(self) -> bool:
        return self.settled == self.audience
