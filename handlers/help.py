"""/help, by the role of whoever asks; a group has its own."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from domain.subscribers import ChatKind
from handlers.screens import show
from handlers.visit import Visit
from presenters.help import help_for, help_for_group


def router() -> Router:
    router = Router(name="help")
    router.message.register(show_help, Command("help"))
    return router


async def show_help(message: Message, bot: Bot, visit: Visit) -> None:
    if visit.subscriber.kind is ChatKind.PRIVATE:
        await show(message, help_for(visit.words, visit.grants))
    else:
        await show(message, help_for_group(visit.words, (await bot.me()).username or ""))
