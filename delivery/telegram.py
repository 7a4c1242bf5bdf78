"""The only place of delivery that knows Telegram's door: bulk calls as plain JSON, replies through aiogram.

Bulk calls go past aiogram, which spends more than half of its time on building and checking objects that nobody
looks at here; docs/performance-delivery.md has the figures.
"""

import asyncio
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from delivery.outcomes import Outcome, ambiguous, not_sent, read_answer
from delivery.pacer import Pacer, Turn
from delivery.spacing import Spacing

CONNECTIONS = 300
"""At 1000 messages a second and 300 ms of latency so many are under way."""
PATIENCE = aiohttp.ClientTimeout(total=30, sock_connect=10)
HEADERS = {"Content-Type": "application/json"}


class Telegram:
    """Calls of the Bot API, each with an outcome and never an exception of the network. Close it."""

    def __init__(self, token: str, base_url: str = "https://api.telegram.org") -> None:
        self._base = f"{base_url}/bot{token}/"
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, body: bytes) -> Outcome:
        """One call with a JSON body."""
        try:
            async with self._opened().post(self._base + method, data=body) as response:
                return read_answer(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return not_sent(type(error).__name__)  # no words of the error: the token stands in its address
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return ambiguous(type(error).__name__)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(
                connector=connector, timeout=PATIENCE, headers=HEADERS, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


PACED = ("send", "edit", "copy", "forward")
UNPACED = frozenset({"sendChatAction"})
LONGEST_WAIT = 30.0
"""Seconds for which a person is let wait; a longer refusal is passed on."""
TRIES = 3


class PacedRequests(BaseRequestMiddleware):
    """Replies take their tokens from the same pacer as mailings, before them; a 429 is waited out and tried again."""

    def __init__(self, pacer: Pacer, spacing: Spacing) -> None:
        self._pacer = pacer
        self._spacing = spacing

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        chat_id: Any = getattr(method, "chat_id", None)
        name = method.__api_method__
        if chat_id is None or name in UNPACED or not name.startswith(PACED):
            return await make_request(bot, method)
        for _ in range(TRIES - 1):
            await self._pacer.take(Turn.REPLY)
            try:
                answer = await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                if refusal.retry_after > LONGEST_WAIT:
                    raise
                await self._wait(chat_id, refusal.retry_after)
            else:
                if isinstance(chat_id, int):
                    self._spacing.took(chat_id)
                return answer
        await self._pacer.take(Turn.REPLY)
        return await make_request(bot, method)

    async def _wait(self, chat_id: Any, seconds: float) -> None:
        """A refusal of one busy chat holds up this reply alone; any other holds up everything."""
        alone = isinstance(chat_id, int) and (chat_id < 0 or self._spacing.was_recent(chat_id))
        if alone:
            self._spacing.pause(chat_id, seconds)
            await asyncio.sleep(seconds)
        else:
            self._pacer.pause(seconds + 0.5)
            self._pacer.slow_down()
