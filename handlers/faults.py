"""What becomes of an error in a handler: it is logged, and the person hears one apologetic sentence, never silence."""

import contextlib

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import ErrorEvent, Update

from presenters.apologies import something_broke
from presenters.language.words import Words, words_for

log = structlog.get_logger(__name__)


def router(language: str) -> Router:
    """``language``: for those who are not known yet when it breaks."""
    router = Router(name="faults")

    @router.errors()
    async def apologise(event: ErrorEvent, bot: Bot, words: Words | None = None) -> bool:
        error = event.exception
        if isinstance(error, TelegramForbiddenError):
            log.info("nobody to answer", update=event.update.update_id)
            return True
        if isinstance(error, TelegramRetryAfter):  # an apology would be refused as well
            log.warning("not answered: Telegram asks to wait", update=event.update.update_id, seconds=error.retry_after)
            return True
        log.error("update failed", update=event.update.update_id, exc_info=error)
        with contextlib.suppress(TelegramAPIError):
            await _say_sorry(event.update, bot, words or words_for(language))
        return True

    return router


async def _say_sorry(update: Update, bot: Bot, words: Words) -> None:
    text = something_broke(words)
    if update.callback_query:
        await bot.answer_callback_query(update.callback_query.id, text, show_alert=True)
    elif update.message:
        await update.message.answer(text)
