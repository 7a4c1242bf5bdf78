"""How many messages Telegram takes: per bot, per chat, per group; refused with 429 and the seconds to wait.

With `allow_paid_broadcast` more pass, a tenth of a Star for each above the free ones, while there are Stars.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.refusals import bad_request, too_many_requests

MESSAGES_PER_STAR = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates in messages per second; `counting` says how the global one is counted.

    bucket: `per_second` flow in, at most `burst` are saved up. window: never more than `per_second` in any one second.
    off: nothing is limited, per chat neither. A zero for a chat's or group's limit switches that one off.
    """

    counting: Literal["bucket", "window", "off"] = "bucket"
    per_second: float = 30
    burst: float = 30
    per_chat: float = 1
    chat_burst: float = 20
    group_per_minute: int = 20
    paid_per_second: float = 1000

    @classmethod
    def off(cls) -> "Limits":
        return cls(counting="off")


class Bucket:
    """Tokens that flow in steadily. `wait(now)` is 0, or the seconds until there is one."""

    __slots__ = ("burst", "level", "rate", "then")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate, self.burst, self.level, self.then = rate, burst, burst, now

    def wait(self, now: float) -> float:
        self.level = min(self.burst, self.level + (now - self.then) * self.rate)
        self.then = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate

    def take(self, _now: float) -> None:
        self.level -= 1


class Window:
    """At most `count` in any `seconds`."""

    __slots__ = ("count", "seconds", "times")

    def __init__(self, count: float, seconds: float) -> None:
        self.count, self.seconds = count, seconds
        self.times: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return 0.0 if len(self.times) < self.count else self.times[0] + self.seconds - now

    def take(self, now: float) -> None:
        self.times.append(now)


class Gate:
    """Lets a message to a chat pass, or raises Too Many Requests. A refused one counts nowhere."""

    def __init__(self, limits: Limits, clock: Callable[[], float], stars: int = 0) -> None:
        self.limits = limits
        self.clock = clock
        self.credit = stars * MESSAGES_PER_STAR
        """Messages that the bot's Stars still pay for."""
        self.paid = 0
        """Messages that were paid for."""
        now = clock()
        self._all: Bucket | Window = (
            Window(limits.per_second, 1.0)
            if limits.counting == "window"
            else Bucket(limits.per_second, limits.burst, now)
        )
        self._paid = Bucket(limits.paid_per_second, limits.paid_per_second, now)
        self._chats: dict[int, Bucket] = {}
        self._groups: dict[int, deque[float]] = {}
        self.passed: deque[float] = deque(maxlen=4096)

    def enter(self, chat_id: int, *, paid: bool = False) -> None:
        now = self.clock()
        if self.limits.counting != "off":
            self._admit(chat_id, now, paid=paid)
        self.passed.append(now)

    def rate(self) -> int:
        """Messages that passed in the last second."""
        now = self.clock()
        return sum(1 for then in reversed(self.passed) if then > now - 1)

    def _admit(self, chat_id: int, now: float, *, paid: bool) -> None:
        limits = self.limits
        chat = self._chats.get(chat_id)
        if chat is None and limits.per_chat:
            chat = self._chats[chat_id] = Bucket(limits.per_chat, limits.chat_burst, now)
        group = self._group(chat_id, now)
        wait = chat.wait(now) if chat else 0.0
        if group is not None and len(group) >= limits.group_per_minute:
            wait = max(wait, group[0] + 60 - now)
        bucket, costs = self._bucket(now, paid=paid)
        wait = wait or bucket.wait(now)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        bucket.take(now)
        self.credit -= costs
        self.paid += costs
        if chat:
            chat.take(now)
        if group is not None:
            group.append(now)

    def _bucket(self, now: float, *, paid: bool) -> tuple[Bucket | Window, int]:
        """Which limit a message is counted by, and whether it is paid for. Raises Refusal where the Stars ran out."""
        if not paid or self._all.wait(now) == 0:
            return self._all, 0
        if self.credit <= 0:
            raise bad_request("BALANCE_TOO_LOW")
        return self._paid, 1

    def _group(self, chat_id: int, now: float) -> deque[float] | None:
        if chat_id > 0 or not self.limits.group_per_minute:
            return None
        times = self._groups.setdefault(chat_id, deque())
        while times and times[0] <= now - 60:
            times.popleft()
        return times
