"""Long polling: offsets, kinds, two pollers, and a webhook in the way."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask


async def test_update_stays_until_a_later_one_is_asked_for(sandbox: Sandbox, ask: Ask) -> None:
    await sandbox.person("Анна").send("раз")
    first = (await ask("getUpdates"))["result"]
    assert (await ask("getUpdates"))["result"] == first
    assert (await ask("getUpdates", offset=first[-1]["update_id"] + 1))["result"] == []
    assert (await ask("getUpdates"))["result"] == []


async def test_poll_wakes_when_something_comes(sandbox: Sandbox, ask: Ask) -> None:
    poll = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await sandbox.polled()
    await sandbox.person("Анна").send("раз")
    assert (await poll)["result"][0]["message"]["text"] == "раз"


async def test_second_poller_ends_the_first_with_a_conflict(sandbox: Sandbox, ask: Ask) -> None:
    first = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await sandbox.polled()
    second = await ask("getUpdates", timeout=0)
    assert second == {"ok": True, "result": []}
    assert (await first)["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_polling_conflicts_with_an_active_webhook(sandbox: Sandbox, bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_only_allowed_kinds_come(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна")
    await ask("getUpdates", allowed_updates=["my_chat_member"])
    await ann.send("раз")
    ann.block()
    kinds = [set(update) - {"update_id"} for update in (await ask("getUpdates"))["result"]]
    assert kinds == [{"my_chat_member"}]
    assert "unknown kinds" in (await ask("getUpdates", allowed_updates=["mesage"]))["description"]


async def test_changes_of_members_come_only_when_asked_for(sandbox: Sandbox, ask: Ask) -> None:
    ann, boris = sandbox.person("Анна"), sandbox.person("Борис")
    group = sandbox.supergroup("Двор", ann, bot_status="administrator")
    boris.join(group)
    assert (await ask("getUpdates", allowed_updates=["chat_member"]))["result"] == []
    boris.join(group, "left")
    [update] = (await ask("getUpdates"))["result"]
    assert update["chat_member"]["new_chat_member"]["status"] == "left"


async def test_poller_that_hangs_up_is_forgotten(sandbox: Sandbox, ask: Ask) -> None:
    poll = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await sandbox.polled()
    poll.cancel()
    await sandbox.telegram.updates.until(lambda: sandbox.telegram.updates.idle)
    assert (await ask("getUpdates"))["ok"]


async def test_bot_in_a_group_hears_what_is_meant_for_it(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна")
    group = sandbox.supergroup("Двор", ann, bot_status="member", topics=("Новости",))
    await ask("sendMessage", chat_id=group.id, text="объявление")
    for text in ("просто так", "/news", "/news@other_bot", "@glashatai_bot привет"):
        await ann.send(text, group)
    await ann.send("спасибо", group, reply_to=ann.screen(group).messages[0])
    heard = [update["message"]["text"] for update in (await ask("getUpdates"))["result"]]
    assert heard == ["/news", "@glashatai_bot привет", "спасибо"]
    ann.promote_bot(group)
    await ann.send("теперь всё", group)
    assert (await ask("getUpdates"))["result"][-1]["message"]["text"] == "теперь всё"
