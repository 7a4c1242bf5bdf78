"""How many updates of one person are let in: a bucket each, that fills again slowly."""

from dataclasses import dataclass, field
from typing import Any

MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """Updates of one person that are let in: ``burst`` at once, then ``rate`` a second."""

    burst: float = 40
    rate: float = 4


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Buckets:
    """``take`` says whether one more update of this person may pass, at a moment of a monotonic clock."""

    allowance: Allowance
    _buckets: dict[int, _Bucket] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, person: int, at: float) -> bool:
        bucket = self._buckets.setdefault(person, _Bucket(self.allowance.burst, at))
        bucket.level = min(self.allowance.burst, bucket.level + (at - bucket.at) * self.allowance.rate)
        bucket.at = at
        if len(self._buckets) > MOST_BUCKETS:
            self._forget_the_calm(at)
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True

    def _forget_the_calm(self, at: float) -> None:
        full_again = self.allowance.burst / self.allowance.rate
        self._buckets = {who: bucket for who, bucket in self._buckets.items() if at - bucket.at < full_again}


def person_of(payload: dict[str, Any]) -> int | None:
    """Who acted, by the raw update; None for channels and what Telegram itself tells."""
    for part in payload.values():
        if not isinstance(part, dict):
            continue
        person = part.get("from") or part.get("user")
        if isinstance(person, dict) and isinstance(person.get("id"), int):
            return int(person["id"])
    return None
