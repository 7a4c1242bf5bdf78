"""What the bot says about itself, and what it may learn about chats."""

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat

from sandbox.methods.profile import commands_for
from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask, Json


def names(commands: list[Json]) -> list[str]:
    return [command["command"] for command in commands]


async def test_narrowest_scope_wins_and_the_persons_language_comes_first(sandbox: Sandbox, bot: Bot) -> None:
    ann, john = sandbox.person("Анна", started=True), sandbox.person("John", language="en", started=True)
    group = sandbox.supergroup("Двор", ann, bot_status="member")
    everyone = [BotCommand(command="news", description="новости")]
    await bot.set_my_commands(everyone)
    await bot.set_my_commands([BotCommand(command="news_en", description="news")], language_code="en")
    await bot.set_my_commands(
        [*everyone, BotCommand(command="admin", description="управление")], BotCommandScopeChat(chat_id=ann.id)
    )
    await bot.set_my_commands([BotCommand(command="help", description="помощь")], BotCommandScopeAllGroupChats())
    world = sandbox.world
    assert names(commands_for(world, world.chats[ann.id], ann.user)) == ["news", "admin"]
    assert names(commands_for(world, world.chats[john.id], john.user)) == ["news_en"]
    assert names(commands_for(world, group.chat, ann.user)) == ["help"]
    await bot.delete_my_commands(BotCommandScopeChat(chat_id=ann.id))
    assert names(commands_for(world, world.chats[ann.id], ann.user)) == ["news"]
    assert [one.command for one in await bot.get_my_commands()] == ["news"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Новости", "description": "да"}, "BOT_COMMAND_INVALID"),
        ({"command": "news", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_wrong_command_is_refused(ask: Ask, command: Json, words: str) -> None:
    assert (await ask("setMyCommands", commands=[command]))["description"] == f"Bad Request: {words}"


async def test_texts_are_kept_by_language(bot: Bot, ask: Ask) -> None:
    await bot.set_my_description("Новости района")
    await bot.set_my_short_description("Town news", language_code="en")
    assert (await bot.get_my_description()).description == "Новости района"
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Town news"
    assert not (await ask("setMyDescription", description="я" * 513))["ok"]


async def test_members_and_admins_are_told(sandbox: Sandbox, bot: Bot, ask: Ask) -> None:
    ann, boris = sandbox.person("Анна"), sandbox.person("Борис")
    group = sandbox.supergroup("Двор", ann, boris, bot_status="member")
    assert (await bot.get_chat_member(group.id, ann.id)).status == "creator"
    assert (await bot.get_chat_member(group.id, boris.id)).status == "member"
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [ann.id]
    assert (await bot.get_chat(group.id)).title == "Двор"
    assert await bot.get_chat_member_count(group.id) == 3
    await bot.leave_chat(group.id)
    assert (await ask("getChatMember", chat_id=group.id, user_id=ann.id))["error_code"] == 403


async def test_menu_button_is_kept_for_its_chat(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    assert (await ask("getChatMenuButton", chat_id=ann.id))["result"] == {"type": "commands"}
    await ask("setChatMenuButton", chat_id=ann.id, menu_button={"type": "default"})
    assert (await ask("getChatMenuButton", chat_id=ann.id))["result"] == {"type": "default"}
