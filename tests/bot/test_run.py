"""The whole process, as an operator runs it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from sandbox.server import Sandbox

PATIENCE = 30


@asynccontextmanager
async def _running(sandbox: Sandbox, database_url: str, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=_environment(sandbox, database_url, settings),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def _environment(sandbox: Sandbox, database_url: str, settings: dict[str, str]) -> dict[str, str]:
    ours = {"BOT_TOKEN": sandbox.token, "TELEGRAM_API_URL": sandbox.url, "DATABASE_URL": database_url}
    return {**os.environ, **ours, **settings}


async def _end(process: asyncio.subprocess.Process) -> str:
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    return said.decode()


async def test_a_person_is_answered_and_sigterm_ends_the_process_in_order(sandbox: Sandbox, sqlite_url: str) -> None:
    anna = sandbox.person("Анна")
    async with _running(sandbox, sqlite_url) as process:
        await anna.send("/start")
        await anna.expects("Где вы живёте?", within=PATIENCE)
        said = await _end(process)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert sandbox.token not in said


async def test_a_process_that_was_killed_in_a_dialogue_is_followed_by_one_that_goes_on(
    sandbox: Sandbox, sqlite_url: str
) -> None:
    anna = sandbox.person("Анна")
    async with _running(sandbox, sqlite_url):
        await anna.send("/start")
        await anna.press("Назвать", within=PATIENCE)
        await anna.expects("Напишите", within=PATIENCE)
    async with _running(sandbox, sqlite_url):
        await anna.send("Саяногорск")
        await anna.expects("верно?", within=PATIENCE)


async def test_the_webhook_serves_as_well_as_polling(sandbox: Sandbox, sqlite_url: str, unused_tcp_port: int) -> None:
    anna = sandbox.person("Анна")
    settings = {
        "WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}/telegram",
        "WEBHOOK_SECRET": "secret",
        "WEB_PORT": str(unused_tcp_port),
    }
    async with _running(sandbox, sqlite_url, **settings) as process:
        await anna.send("/start")
        await anna.expects("Где вы живёте?", within=PATIENCE)
        address = f"http://127.0.0.1:{unused_tcp_port}/healthz"
        async with aiohttp.ClientSession() as client, client.get(address) as health:
            assert health.status == 200
        await _end(process)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"BOT_TOKEN": ""}, "BOT_TOKEN: is not set"),
        ({"BOT_TOKEN": "1:wrong"}, "BOT_TOKEN: Telegram does not accept it"),
        ({"SEND_RATE": "fast"}, "SEND_RATE: "),
    ],
)
async def test_what_stands_in_the_way_is_said_in_one_line(
    sandbox: Sandbox, sqlite_url: str, settings: dict[str, str], said: str
) -> None:
    async with _running(sandbox, sqlite_url, LOG_LEVEL="error", **settings) as process:
        _, words = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 2
    assert said in words.decode()
    assert words.decode().count("\n") == 1
