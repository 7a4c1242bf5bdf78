"""Screens that refresh themselves while somebody looks: one task a screen, ended by the next press on it."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import Message as TelegramMessage

from domain.messages import Message
from handlers.screens import UNCHANGED, edit

log = structlog.get_logger(__name__)

EVERY = 5.0
"""Seconds between two looks: edits come out of the same allowance as everything else."""
LONGEST = 12 * 3600.0
"""Seconds after which a screen is left as it is; «Обновить» begins anew."""
MOST = 200
"""Screens watched at once."""

Look = Callable[[], Awaitable[tuple[Message | None, bool]]]
"""The screen as it is now (None: leave it), and whether it will change further."""


class Watchers:
    """``every``: seconds between two looks at what is shown from now on."""

    def __init__(self, every: float = EVERY) -> None:
        self.every = every
        self._tasks: dict[tuple[int, int], asyncio.Task[None]] = {}

    def watch(self, shown: TelegramMessage, look: Look) -> None:
        """Refreshes a message until ``look`` says that nothing more will change."""
        place = (shown.chat.id, shown.message_id)
        self.leave(*place)
        if len(self._tasks) >= MOST:
            return
        task = asyncio.create_task(self._follow(shown, look))
        self._tasks[place] = task
        task.add_done_callback(lambda done: self._forget(place, done))

    def leave(self, chat_id: int, message_id: int) -> None:
        """Something else is shown there from now on."""
        task = self._tasks.pop((chat_id, message_id), None)
        if task:
            task.cancel()

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, place: tuple[int, int], done: asyncio.Task[None]) -> None:
        if self._tasks.get(place) is done:
            del self._tasks[place]

    async def _follow(self, shown: TelegramMessage, look: Look) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + LONGEST
        changes = True
        while changes and loop.time() < end:
            await asyncio.sleep(self.every)
            try:
                screen, changes = await look()
                if screen:
                    await edit(shown, screen)
            except TelegramBadRequest as error:
                if UNCHANGED not in error.message:
                    return  # the person took the message away
            except TelegramAPIError as error:
                log.info("screen not refreshed", error=str(error))
            except Exception:
                log.exception("screen left as it is")
                return
