"""How many updates of one person are let in: a bucket each, that fills again slowly."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Updates of one person that are let in: ``burst`` at once, then ``rate`` a second."""

    burst: float = 40
    rate: float = 4


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float
    is_told: bool = False
    """Whether the log says already that it ran dry; it may again once the bucket was full."""


@dataclass(slots=True)
class Buckets:
    """``take`` says whether one more update of this person may pass, at a moment of a monotonic clock."""

    allowance: Allowance
    _buckets: OrderedDict[int, _Bucket] = field(default_factory=OrderedDict)
    """Who acted longest ago comes first."""

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, person: int, at: float) -> bool:
        bucket = self._buckets.setdefault(person, _Bucket(self.allowance.burst, at))
        bucket.level = min(self.allowance.burst, bucket.level + (at - bucket.at) * self.allowance.rate)
        bucket.at = at
        self._buckets.move_to_end(person)
        bucket.is_told = bucket.is_told and bucket.level < self.allowance.burst
        self._forget_the_calm(at)
        if bucket.level < 1:
            if not bucket.is_told:
                bucket.is_told = True
                log.warning("over the allowance: updates are dropped", person=person)
            return False
        bucket.level -= 1
        return True

    def give_back(self, person: int) -> None:
        if bucket := self._buckets.get(person):
            bucket.level += 1

    def _forget_the_calm(self, at: float) -> None:
        """Those whose bucket is full again. Each is forgotten once, so that a take costs the same among a million."""
        full_again = self.allowance.burst / self.allowance.rate
        while at - next(iter(self._buckets.values())).at >= full_again:
            self._buckets.popitem(last=False)


def person_of(payload: dict[str, Any]) -> int | None:
    """Who acted, by the raw update: a person, or the chat that somebody speaks for. None is never counted.

    Uncounted are channels, and what Telegram tells once and never again: that a chat left, or moved to another id.
    """
    for kind, part in payload.items():
        if not isinstance(part, dict) or kind == "my_chat_member" or "migrate_to_chat_id" in part:
            continue
        # An anonymous admin's `from` is a service account, the same one for all the groups of the world.
        person = part.get("sender_chat") or part.get("from") or part.get("user")
        if isinstance(person, dict) and isinstance(person.get("id"), int):
            return int(person["id"])
    return None
