"""The heart: the world, its limits and faults, and the way every call of the bot takes through them."""

import random
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.faults import Faults
from sandbox.limits import MESSAGES_PER_STAR, Gate, Limits
from sandbox.parameters import METHODS, read
from sandbox.refusals import Refusal
from sandbox.updates import Updates
from sandbox.world import User, World

Json = dict[str, Any]

MOST_QUERIES: Final = 10_000
"""Presses and inline queries that are remembered; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a multipart body."""

    name: str
    mime: str
    data: bytes


class Ledger:
    """Every message the bot got accepted, in order, per chat: (message id, fingerprint of its text)."""

    def __init__(self) -> None:
        self.chats: dict[int, list[tuple[int, int]]] = {}
        self.total = 0

    def enter(self, chat_id: int, message_id: int, text: str) -> None:
        self.total += 1
        self.chats.setdefault(chat_id, []).append((message_id, fingerprint(text)))

    def count(self, chat_id: int, text: str | None = None) -> int:
        """Messages accepted for a chat; with `text` (after entities) copies of that one."""
        entries = self.chats.get(chat_id, [])
        return len(entries) if text is None else sum(mark == fingerprint(text) for _, mark in entries)

    def copies(self) -> Counter[int]:
        """How often the most repeated text of each chat was accepted."""
        return Counter({chat: max(Counter(mark for _, mark in all_).values()) for chat, all_ in self.chats.items()})

    def clear(self) -> None:
        self.chats.clear()
        self.total = 0


def fingerprint(text: str) -> int:
    """A number for a text that is the same in every process."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


@dataclass
class Telegram:
    """Everything behind the HTTP door. `keep_messages=False` keeps only the ledger: for millions of messages."""

    token: str
    world: World
    limits: Limits = field(default_factory=Limits)
    keep_messages: bool = True
    ticks: Callable[[], float] = time.monotonic
    seed: int = 0
    stars: int = 0

    def __post_init__(self) -> None:
        self.gate = Gate(self.limits, self.ticks, self.stars)
        self.faults = Faults(self.seed)
        self.updates = Updates()
        self.ledger = Ledger()
        self.random = random.Random(self.seed)  # noqa: S311 (no secret)
        self.queries: dict[str, Json] = {}
        self.restart: Callable[[float], None] = lambda _seconds: None

    @property
    def bot(self) -> User:
        return self.world.bot

    def ask(self, kind: str, person_id: int, **about: Any) -> str:
        """Notes a press or an inline query that waits for the bot's answer; returns its id."""
        key = str(self.world.new_key())
        self.queries[key] = {"kind": kind, "id": key, "person": person_id, "asked": self.world.clock(), **about}
        if len(self.queries) > MOST_QUERIES:
            del self.queries[next(iter(self.queries))]
        return key

    def limit(self, limits: Limits) -> None:
        """Changes the limits from now on; what was counted is forgotten."""
        self.limits = limits
        self.gate = Gate(limits, self.ticks, self.gate.credit // MESSAGES_PER_STAR)


@dataclass(slots=True)
class Call:
    """One call of a method with typed parameters."""

    telegram: Telegram
    method: str
    params: Json
    uploads: dict[str, Upload]

    @property
    def world(self) -> World:
        return self.telegram.world

    @property
    def updates(self) -> Updates:
        return self.telegram.updates

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)


def open_call(telegram: Telegram, method: str, given: Json, uploads: dict[str, Upload]) -> Call:
    """A call with checked parameters. Raises Refusal 404 for a method that Telegram does not have."""
    name = METHODS.get(method.lower())
    if name is None:
        raise Refusal(404, "Not Found")
    return Call(telegram, name, read(name, given), uploads)
