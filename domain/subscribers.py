"""Who is served: a chat, what it wants to hear about, how often, and when it wants quiet."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.topics import Topic

UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)
"""End of a pause that the subscriber ends themselves."""
MOST_SUBSCRIPTIONS = 60
"""Of one subscriber: what still fits one screen."""


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class Frequency(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class EndReason(StrEnum):
    """Why a subscription ended; it does not vanish."""

    UNSUBSCRIBED = "unsubscribed"
    REPLACED = "replaced"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` to ``end`` in the subscriber's zone; over midnight where start is later than end."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class Subscriber:
    id: int
    chat_id: int
    thread_id: int
    """Forum topic inside a group; 0 for the chat itself."""
    kind: ChatKind
    language: str
    time_zone: str
    home: str | None
    """Territory code; where answers look first."""
    quiet: QuietHours | None
    digest_hour: int
    paused_until: datetime | None
    blocked_at: datetime | None

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now

    def is_quiet(self, now: datetime) -> bool:
        return self.quiet is not None and self.quiet.covers(now.astimezone(ZoneInfo(self.time_zone)).time())


@dataclass(frozen=True, slots=True)
class Subscription:
    """Territory × topic × words: an empty topic is every topic, empty words are any words."""

    id: int
    subscriber_id: int
    territory: str
    topic: Topic | None
    words: str
    """A saved search: what was typed; "" for none."""
    frequency: Frequency
