"""/help, by the role of whoever asks."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.screens import show
from handlers.visit import Visit
from presenters.help import help_for


def router() -> Router:
    router = Router(name="help")
    router.message.register(show_help, Command("help"))
    return router


async def show_help(message: Message, visit: Visit) -> None:
    await show(message, help_for(visit.words, visit.grants))
