"""The only place of delivery that knows aiogram: replies of handlers keep the same pace as mailings, and go first."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from delivery.bot_api import Telegram
from delivery.pacer import Pacer, Turn
from delivery.spacing import Spacing

__all__ = ["PacedRequests", "Telegram"]

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
