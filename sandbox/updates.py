"""The queue of updates: what waits for the bot, long polling, and the conflicts of two pollers."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sandbox.refusals import Refusal, conflict

Json = dict[str, Any]

NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SECOND_POLLER: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass
class Webhook:
    """Where updates are pushed to; an empty url is none."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    last_error: str = ""
    last_error_date: int = 0


class Updates:
    """Updates in the order they came. Each stays until the bot asks for a later one, as in Telegram."""

    def __init__(self) -> None:
        self.pending: deque[Json] = deque()
        self.last_id = 100_000_000
        self.allowed: frozenset[str] | None = None
        self.webhook = Webhook()
        self.on_push: Callable[[], None] = lambda: None
        self._poll: asyncio.Future[None] | None = None
        self._waiting: list[asyncio.Future[None]] = []

    def push(self, kind: str, content: Json) -> int | None:
        """Queues an update; its id, or None where the bot did not ask for this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return None
        self.last_id += 1
        self.pending.append({"update_id": self.last_id, kind: content})
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        self.on_push()
        self._changed()
        return self.last_id

    def confirm(self, offset: int) -> None:
        """Forgets every update below `offset`; a negative one keeps so many from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        self._changed()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until `condition` holds, looking again whenever the queue, the poller or the webhook changes."""
        while not condition():
            change = asyncio.get_running_loop().create_future()
            self._waiting.append(change)
            await change

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 (a parameter of Telegram)
        """What is pending, waiting up to `timeout` seconds for the first. Raises Refusal 409."""
        if self.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        self.interrupt(conflict(SECOND_POLLER))
        self.confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        return [update for update, _ in zip(self.pending, range(limit), strict=False)]

    @property
    def idle(self) -> bool:
        """Whether nobody is waiting in a long poll."""
        return self._poll is None

    def use_webhook(self, url: str, secret: str, connections: int) -> None:
        """Pushes from now on to `url`; an empty one ends pushing."""
        self.webhook = Webhook(url, secret, connections)
        self.on_push()
        self._changed()

    def forget(self, update_id: int) -> None:
        """Drops one update that the webhook has taken."""
        self.pending = deque(update for update in self.pending if update["update_id"] != update_id)
        self._changed()

    def interrupt(self, refusal: Refusal) -> None:
        """Ends the poll that is waiting with a refusal."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(refusal)

    async def _wait(self, seconds: float) -> None:
        mine = self._poll = asyncio.get_running_loop().create_future()
        self._changed()
        try:
            await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            pass
        finally:
            if self._poll is mine:
                self._poll = None
            self._changed()

    def _changed(self) -> None:
        for change in self._waiting:
            if not change.done():
                change.set_result(None)
        self._waiting.clear()
