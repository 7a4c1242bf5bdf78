"""Long polling that acknowledges an update only after it is written down."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramUnauthorizedError
from aiogram.types import Update

from bot.inbox import Inbox

log = structlog.get_logger(__name__)

WAIT = 25
"""Seconds that Telegram holds an empty answer back."""
PATIENCE = 5
"""Conflicts in a row before it is taken for granted that another process polls."""
PAUSES = (1, 2, 5, 10, 30)
"""Seconds between attempts while Telegram cannot be reached."""


class AnotherPollerError(RuntimeError):
    """Another process receives this bot's updates; two of them would take turns in losing people's messages."""


async def poll(bot: Bot, inbox: Inbox, allowed_updates: list[str]) -> None:
    """Polls until cancelled. Raises AnotherPollerError, or TelegramUnauthorizedError where the token is refused."""
    offset: int | None = None
    failures = conflicts = 0
    while True:
        try:
            received = await bot.get_updates(
                offset=offset, timeout=WAIT, allowed_updates=allowed_updates, request_timeout=WAIT + 15
            )
            failures = conflicts = 0
        except TelegramUnauthorizedError:
            raise
        except TelegramConflictError as error:
            conflicts += 1
            if conflicts > PATIENCE:
                raise AnotherPollerError(error.message) from error
            await _pause(error, conflicts)
            continue
        except (AiogramError, TypeError) as error:  # TypeError: aiogram's, for a refusal without description
            failures += 1
            await _pause(error, failures)
            continue
        if received:
            await inbox.receive([to_payload(update) for update in received])
            offset = received[-1].update_id + 1


async def reach(bot: Bot) -> None:
    """Waits until Telegram answers. Raises TelegramUnauthorizedError where it does not accept the token."""
    failures = 0
    while True:
        try:
            await bot.me()
        except TelegramUnauthorizedError:
            raise
        except (AiogramError, TypeError) as error:
            failures += 1
            await _pause(error, failures)
        else:
            return


def to_payload(update: Update) -> dict[str, object]:
    return update.model_dump(mode="json", by_alias=True, exclude_unset=True)


async def _pause(error: Exception, failures: int) -> None:
    seconds = PAUSES[min(failures, len(PAUSES)) - 1]
    log.warning("no updates", error=str(error), again_in=seconds)
    await asyncio.sleep(seconds)
