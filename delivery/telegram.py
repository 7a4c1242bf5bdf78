"""The only place of delivery that knows aiogram: replies of handlers keep the same pace as mailings, and go first."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
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
"""Seconds for which a person is let wait; who was asked to wait longer has gone on to something else."""
TRIES = 3


class PacedRequests(BaseRequestMiddleware):
    """Replies take their tokens from the same pacer as mailings, before them; a 429 is waited out and tried again.

    aside: entered while a refusal is waited out, so that the one who waits holds nothing that others need.
    """

    def __init__(
        self,
        pacer: Pacer,
        spacing: Spacing,
        aside: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
    ) -> None:
        self._pacer = pacer
        self._spacing = spacing
        self._aside = aside

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        chat_id: Any = getattr(method, "chat_id", None)
        name = method.__api_method__
        is_paced = chat_id is not None and name not in UNPACED and name.startswith(PACED)
        for _ in range(TRIES - 1):
            try:
                return await self._request(make_request, bot, method, chat_id if is_paced else None)
            except TelegramRetryAfter as refusal:
                if refusal.retry_after > LONGEST_WAIT:
                    raise
                if is_paced:
                    self._hold_up(chat_id, refusal.retry_after)
                async with self._aside():
                    await asyncio.sleep(refusal.retry_after)
        return await self._request(make_request, bot, method, chat_id if is_paced else None)

    async def _request(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
        paced: Any,
    ) -> Response[TelegramType]:
        """``paced``: the chat whose message this is; None for what costs no token."""
        if paced is None:
            return await make_request(bot, method)
        await self._pacer.take(Turn.REPLY)
        answer = await make_request(bot, method)
        if isinstance(paced, int):
            self._spacing.took(paced)
        return answer

    def _hold_up(self, chat_id: Any, seconds: float) -> None:
        """A refusal of one busy chat holds up this chat alone; any other holds up everything."""
        if isinstance(chat_id, int) and (chat_id < 0 or self._spacing.was_recent(chat_id)):
            self._spacing.pause(chat_id, seconds)
        else:
            self._pacer.pause(seconds + 0.5)
            self._pacer.slow_down()
