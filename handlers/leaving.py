"""«Отмена» and /cancel leave any dialogue, whosever it is."""

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.screens import send
from presenters import apologies
from presenters.language.words import Words

_WORDS = {"отмена", "отменить", "cancel"}


def router() -> Router:
    router = Router(name="leaving")
    router.message.register(leave, F.text.lower().in_(_WORDS), ~StateFilter(None))
    router.message.register(leave, Command("cancel"), ~StateFilter(None))
    router.message.register(nothing, Command("cancel"))
    return router


async def leave(message: Message, state: FSMContext, words: Words) -> None:
    await state.clear()
    await send(message, apologies.cancelled(words))


async def nothing(message: Message, words: Words) -> None:
    await send(message, apologies.nothing_to_cancel(words))
