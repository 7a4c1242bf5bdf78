"""Pushes updates to the bot's webhook: with its secret, again and again with growing pauses, until it takes them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import aiohttp

from sandbox.telegram import Telegram
from sandbox.world import Json

LONGEST_PAUSE: Final = 60.0
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (name of a header)

Perform = Callable[[Telegram, str, Json], Awaitable[object]]


class Pusher:
    """One task per update under way, at most `max_connections` at once. `pause`: seconds before the first retry.

    A webhook that answers 410 Gone is dropped at once; Telegram itself waits 23 hours.
    """

    def __init__(self, telegram: Telegram, perform: Perform, pause: float = 1.0) -> None:
        self.telegram = telegram
        self.perform = perform
        self.pause = pause
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        telegram.updates.on_push = self.wake

    def wake(self) -> None:
        """Starts pushing what is pending and not yet under way."""
        webhook = self.telegram.updates.webhook
        for update in self.telegram.updates.pending:
            if not webhook.url or len(self._tasks) >= webhook.connections:
                return
            number = update["update_id"]
            if number not in self._tasks:
                task = asyncio.get_running_loop().create_task(self._deliver(update))
                self._tasks[number] = task
                task.add_done_callback(partial(self._done, number))

    async def stop(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _done(self, number: int, _task: asyncio.Task[None]) -> None:
        self._tasks.pop(number, None)
        if self._session and not self._session.closed:
            self.wake()

    async def _deliver(self, update: Json) -> None:
        pause, updates = self.pause, self.telegram.updates
        while updates.webhook.url:
            status = await self._post(update)
            if 200 <= status < 300:
                updates.forget(update["update_id"])
                return
            if status == 410:
                updates.use_webhook("", "", 40)
                return
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _post(self, update: Json) -> int:
        """The status of the answer; 0 where there was none."""
        webhook = self.telegram.updates.webhook
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        try:
            async with self._session.post(webhook.url, json=update, headers=headers, allow_redirects=False) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(f"Connection failed: {error}")
            return 0
        if not 200 <= answer.status < 300:
            self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        elif answer.content_type == "application/json" and body:
            await self._obey(body)
        return answer.status

    async def _obey(self, body: bytes) -> None:
        """A call may come as the answer to an update; its result goes nowhere, as in Telegram."""
        try:
            given = json.loads(body)
        except ValueError:
            return
        if isinstance(given, dict) and isinstance(given.get("method"), str):
            await self.perform(self.telegram, given.pop("method"), given)

    def _failed(self, words: str) -> None:
        webhook = self.telegram.updates.webhook
        webhook.last_error, webhook.last_error_date = words, self.telegram.world.now()
