"""One act of sending to a frozen audience, and the single messages it owes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
