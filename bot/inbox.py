"""From update to handler: written down first, then handled in order within a chat and fairly between chats."""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import structlog
from aiogram import Bot, Dispatcher

from bot.allowance import Allowance, Buckets, person_of
from bot.slots import Slots
from storage.engine import Database
from storage.operation import updates

log = structlog.get_logger(__name__)

MARK_EVERY = 0.05
"""Seconds between the transactions that mark updates as done: many share one commit."""


class Inbox:
    """Takes updates from polling or webhook; nothing that `receive` returned for is lost in a crash."""

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        bot: Bot,
        *,
        slots: Slots | None = None,
        allowance: Allowance | None = None,
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._bot = bot
        self._buckets = Buckets(allowance or Allowance())
        self._chats: dict[int, deque[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = slots or Slots()
        self._done: list[int] = []
        self._marking: asyncio.Task[None] | None = None
        self.dropped = 0
        """Updates that were over somebody's allowance."""

    async def receive(self, payloads: Sequence[dict[str, Any]]) -> None:
        """Writes updates down and begins to handle those that are new. Once this returns they may be acknowledged.

        What is over one person's allowance is dropped: it costs neither a write nor anybody's turn.
        """
        payloads = [payload for payload in payloads if self._lets_in(payload)]
        if not payloads:
            return
        new = await self._write(payloads)
        for payload in payloads:
            if payload["update_id"] in new:
                self._enqueue(payload)

    async def recover(self) -> int:
        """Handles what an earlier process received and did not finish; returns how many."""
        async with self._database.begin() as connection:
            left = await updates.waiting(connection)
        for payload in left:
            self._enqueue(payload)
        return len(left)

    async def drain(self, patience: float | None = None) -> None:
        """Waits until everything received is handled and marked; what takes longer is left to the next process."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self._tasks:
                    await asyncio.wait(self._tasks)
        for task in self._tasks:
            task.cancel()
        if self._marking:
            await self._marking

    def _lets_in(self, payload: dict[str, Any]) -> bool:
        person = person_of(payload)
        if person is None or self._buckets.take(person, asyncio.get_running_loop().time()):
            return True
        self.dropped += 1
        return False

    async def _write(self, payloads: Sequence[dict[str, Any]]) -> set[int]:
        try:
            async with self._database.begin() as connection:
                return await updates.receive(connection, payloads, datetime.now(UTC))
        except BaseException:  # Telegram delivers them again, and then they must find their allowance as it was
            for person in filter(None, map(person_of, payloads)):
                self._buckets.give_back(person)
            raise

    def _enqueue(self, payload: dict[str, Any]) -> None:
        chat = chat_of(payload)
        if chat in self._chats:
            self._chats[chat].append(payload)
            return
        self._chats[chat] = deque([payload])
        task = asyncio.create_task(self._handle_chat(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle_chat(self, chat: int) -> None:
        queue = self._chats[chat]
        while queue:
            async with self._slots.taken():  # given back after each update, so that a busy chat does not hold it
                await self._handle(queue.popleft())
        del self._chats[chat]

    async def _handle(self, payload: dict[str, Any]) -> None:
        try:
            await self._dispatcher.feed_raw_update(self._bot, payload)
        except Exception:  # one update must not stop the others; the handlers have answered the person
            log.exception("update failed", update_id=payload["update_id"])
        self._done.append(payload["update_id"])
        if self._marking is None or self._marking.done():
            self._marking = asyncio.create_task(self._mark())

    async def _mark(self) -> None:
        while self._done:
            await asyncio.sleep(MARK_EVERY)
            ids, self._done = self._done, []
            async with self._database.begin() as connection:
                await updates.done(connection, ids, datetime.now(UTC))


def chat_of(payload: dict[str, Any]) -> int:
    """Whose order an update belongs to: the chat's, else the person's."""
    for part in payload.values():
        if not isinstance(part, dict):
            continue
        chat = part.get("chat") or (part.get("message") or {}).get("chat") or part.get("from") or part.get("user")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
    return 0
