"""The last to be asked: nobody is left without an answer."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message

from handlers.screens import send, toast
from presenters import apologies
from presenters.language.words import Words


def router() -> Router:
    router = Router(name="fallback")
    private = F.chat.type == ChatType.PRIVATE

    @router.message(private, F.text.startswith("/"))
    async def unknown_command(message: Message, words: Words) -> None:
        await send(message, apologies.unknown_command(words))

    @router.message(private, ~F.text)
    async def not_text(message: Message, words: Words, raw_state: str | None = None) -> None:
        await send(message, apologies.text_expected(words) if raw_state else apologies.only_text(words))

    @router.callback_query()
    async def old_button(query: CallbackQuery, words: Words) -> None:
        await toast(query, apologies.old_button(words), alert=True)

    return router
