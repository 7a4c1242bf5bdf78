"""Faults on demand: everything that can go wrong between a bot and Telegram, by method, chat and rate."""

import random
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from sandbox.refusals import Refusal, bad_request, forbidden, too_many_requests


class FaultKind(StrEnum):
    FLOOD = "flood"  # 429 with retry_after
    BAD_REQUEST = "bad_request"  # 400
    BLOCKED = "blocked"  # 403
    DEACTIVATED = "deactivated"  # 403
    KICKED = "kicked"  # 403
    CHAT_NOT_FOUND = "chat_not_found"  # 400
    MIGRATED = "migrated"  # 400 with migrate_to_chat_id
    TIMEOUT = "timeout"  # the call is done, the answer never comes
    RESET = "reset"  # the call is done, then the connection is reset
    SERVER_ERROR = "server_error"  # 500 in JSON
    SERVER_HTML = "server_html"  # 502 with a page of HTML
    NO_DESCRIPTION = "no_description"  # 500 in JSON without description
    NOT_JSON = "not_json"  # 200 with words that are no JSON
    CUT_BODY = "cut_body"  # the answer breaks off in the middle
    LATENCY = "latency"  # the call is done, the answer comes late


REFUSING = frozenset(
    {
        FaultKind.FLOOD,
        FaultKind.BAD_REQUEST,
        FaultKind.BLOCKED,
        FaultKind.DEACTIVATED,
        FaultKind.KICKED,
        FaultKind.CHAT_NOT_FOUND,
        FaultKind.MIGRATED,
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    method: None is every method with a chat_id, "*" every method at all. chat_id: None is every chat.
    rate: share of the calls that are hit. times: after so many hits it is over. seconds: latency, or how long
    a timeout hangs. accepts: whether an ambiguous fault (timeout, reset, 5xx …) does the call nevertheless.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    rate: float = 1.0
    times: int | None = None
    retry_after: int = 1
    seconds: float = 3600.0
    accepts: bool = True
    migrate_to: int = 0
    words: str = "something is wrong"

    def concerns(self, method: str, chat_id: object) -> bool:
        """`chat_id` as it came: a number, its digits from a form, a @name, or None."""
        if self.method not in (None, "*", method) or (self.method is None and chat_id is None):
            return False
        return self.chat_id is None or str(self.chat_id) == str(chat_id)

    def refusal(self) -> Refusal:
        return {
            FaultKind.FLOOD: too_many_requests(self.retry_after),
            FaultKind.BAD_REQUEST: bad_request(self.words),
            FaultKind.BLOCKED: forbidden("bot was blocked by the user"),
            FaultKind.DEACTIVATED: forbidden("user is deactivated"),
            FaultKind.KICKED: forbidden("bot was kicked from the group chat"),
            FaultKind.CHAT_NOT_FOUND: bad_request("chat not found"),
            FaultKind.MIGRATED: bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrate_to
            ),
        }[self.kind]


@dataclass
class Faults:
    """The faults that are switched on. `pick` draws from a seeded generator, so that a run can be repeated."""

    seed: int = 0
    active: dict[int, Fault] = field(default_factory=dict)
    hits: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 (chance of a test, no secret)
        self._ids = count(1)

    def add(self, fault: Fault) -> int:
        """Switches a fault on; returns its number for `remove`."""
        number = next(self._ids)
        self.active[number] = fault
        self.hits[number] = 0
        return number

    def remove(self, number: int) -> None:
        self.active.pop(number, None)

    def clear(self) -> None:
        self.active.clear()

    def pick(self, method: str, chat_id: object) -> Fault | None:
        for number, fault in list(self.active.items()):
            if not fault.concerns(method, chat_id) or (fault.rate < 1 and self._random.random() >= fault.rate):
                continue
            self.hits[number] += 1
            if fault.times is not None and self.hits[number] >= fault.times:
                del self.active[number]
            return fault
        return None
