"""Publishes the menus of commands; what may really be done is asked at every act all the same."""

import contextlib
from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from domain.roles import Grant
from presenters.language.words import LANGUAGES, words_for
from presenters.menu import Entry, group_menu, private_menu
from storage.engine import Database
from storage.people import roles


async def publish(bot: Bot, database: Database, language: str) -> None:
    """At start: the menus of everyone, and those of each person with a role.

    ``language``: of clients whose language we do not speak.
    """
    await _publish_for_everyone(bot, language, code=None)
    for one in LANGUAGES:
        await _publish_for_everyone(bot, one, code=one)
    async with database.read() as connection:
        everyone = await roles.everyone(connection)
    for user in {grant.user_id for grant in everyone}:
        await publish_for(bot, user, [grant for grant in everyone if grant.user_id == user], language)


async def publish_for(bot: Bot, user_id: int, grants: Sequence[Grant], language: str) -> None:
    """After roles of one person changed. Nothing happens where they have never opened the bot."""
    scope = BotCommandScopeChat(chat_id=user_id)
    with contextlib.suppress(TelegramBadRequest):
        await bot.set_my_commands(_commands(private_menu(words_for(language), grants)), scope)


async def _publish_for_everyone(bot: Bot, language: str, code: str | None) -> None:
    words = words_for(language)
    await bot.set_my_commands(_commands(private_menu(words)), BotCommandScopeAllPrivateChats(), language_code=code)
    await bot.set_my_commands(_commands(group_menu(words)), BotCommandScopeAllGroupChats(), language_code=code)


def _commands(entries: Sequence[Entry]) -> list[BotCommand]:
    return [BotCommand(command=command, description=description) for command, description in entries]
