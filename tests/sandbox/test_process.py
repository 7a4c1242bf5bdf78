"""The sandbox as its own process, and under the load of a mailing."""

import asyncio
import signal
import sys

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from sandbox.limits import Limits
from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask


async def test_process_answers_until_it_is_told_to_stop(web: aiohttp.ClientSession) -> None:
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().rsplit(maxsplit=1)[-1]
    token = (await process.stdout.readline()).decode().strip().removeprefix("BOT_TOKEN=")
    async with web.get(f"{url}/bot{token}/getMe") as answer:
        assert (await answer.json())["result"]["is_bot"]
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_mailing_faster_than_the_limit_is_told_to_wait(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.limit(Limits(per_second=5, burst=5, per_chat=0))
    people = [sandbox.person(f"Житель {n}", started=True) for n in range(6)]
    for person in people[:5]:
        await bot.send_message(person.id, "объявление")
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(people[5].id, "объявление")
    assert refused.value.retry_after == 1


async def test_ledger_counts_copies_when_messages_are_not_kept(web: aiohttp.ClientSession) -> None:
    async with Sandbox(population=range(1, 101), keep_messages=False, limits=Limits.off()) as sandbox:
        url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
        for chat in [*range(1, 101), 7, 7]:
            given = {"chat_id": chat, "text": "<b>вода</b>", "parse_mode": "HTML"}
            async with web.post(url, json=given) as answer:
                assert answer.status == 200
        assert (sandbox.ledger.total, sandbox.ledger.count(7, "вода")) == (102, 3)
        assert max(sandbox.ledger.copies().values()) == 3
        assert sum(copies > 1 for copies in sandbox.ledger.copies().values()) == 1
        assert all(not chat.posts for chat in sandbox.world.chats.values())


async def test_script_can_refuse_all_connections_for_a_while(
    sandbox: Sandbox, web: aiohttp.ClientSession, ask: Ask
) -> None:
    async with web.post(f"{sandbox.url}/control/refuse", json={"seconds": 0}) as answer:
        assert answer.status == 200
    await sandbox.restarted()
    assert (await ask("getMe"))["ok"]
