"""`glashatai announce` and `glashatai mailing`, as scripts use them, against the local Telegram."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from sandbox.limits import Limits
from sandbox.server import Sandbox
from storage.engine import Database
from tests.deliveries import add_people

Run = Callable[..., Awaitable[tuple[int, str, str]]]


@pytest.fixture
async def telegram() -> object:
    async with Sandbox(limits=Limits.off(), population=range(1, 1000)) as sandbox:
        yield sandbox


@pytest.fixture
async def run(telegram: Sandbox, sqlite_url: str, tmp_path: Path) -> Run:
    """Runs a command as a process of its own: status, stdout, stderr."""
    database = Database(sqlite_url)
    async with database.begin() as connection:
        await add_people(connection, range(1, 21))
    await database.close()
    environment = {
        **os.environ,
        "BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "DATABASE_URL": sqlite_url,
        "SEND_RATE": "1000",
    }

    async def run(*arguments: str, said: str = "", **changed: str) -> tuple[int, str, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=tmp_path,
            env={**environment, **changed, "PYTHONPATH": str(Path.cwd())},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate(said.encode())
        return process.returncode or 0, out.decode(), err.decode()

    return run


async def test_an_announcement_is_sent_corrected_and_recalled_from_the_shell(run: Run, telegram: Sandbox) -> None:
    status, out, _ = await run(
        "announce", "-", "-t", "Саяногорск", "--wait", "--json", said="Отключение\n\nВоды нет: Ленина 1 & 3 <до 18>"
    )
    shown = json.loads(out)
    assert status == 0
    assert (shown["state"], shown["audience"], shown["sent"], shown["pending"]) == ("finished", 20, 20, 0)
    (received,) = telegram.world.chats[5].posts.values()
    assert received.message["text"] == "Отключение\n\nВоды нет: Ленина 1 & 3 <до 18>"
    assert await run("mailing", "pause", "1") == (2, "", "glashatai: mailing 1 is not being sent\n")
    assert (await run("mailing", "correct", "1", "-", said="Вода есть"))[:2] == (0, "2\n")
    assert (await run("mailing", "recall", "1"))[:2] == (0, "3\n")
    _, out, _ = await run("mailing", "list", "--json")
    assert [(row["id"], row["kind"]) for row in json.loads(out)] == [
        (3, "recall"),
        (2, "correction"),
        (1, "announcement"),
    ]


async def test_a_mailing_waits_for_its_time_and_can_be_cancelled(run: Run) -> None:
    status, out, err = await run("announce", "-", "--at", "завтра в 10:00", said="Собрание")
    assert (status, out) == (0, "1\t20\n")
    assert "Mailing 1 to 20" in err
    assert json.loads((await run("mailing", "show", "1", "--json"))[1])["state"] == "planned"
    assert (await run("mailing", "cancel", "1"))[0] == 0
    assert (await run("mailing", "cancel", "1"))[0] == 2


async def test_part_of_a_mailing_that_failed_is_told_by_the_status(run: Run, telegram: Sandbox) -> None:
    person = telegram.person("Житель", 7)
    await person.start()
    person.block()
    status, out, _ = await run("announce", "-", "--wait", "--json", said="Собрание")
    assert (status, json.loads(out)["failed"]) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "said", "reason"),
    [
        (["announce", "-"], "   \n", "there is no text"),
        (["announce", "missing.txt"], "", "No such file"),
        (["announce", "-", "--at", "когда-нибудь"], "Текст", "--at"),
        (["announce", "-"], "ы" * 5000, "longer than"),
        (["mailing", "show", "77"], "", "there is no mailing 77"),
    ],
)
async def test_what_cannot_be_done_is_refused_in_one_line(
    run: Run, arguments: list[str], said: str, reason: str
) -> None:
    status, out, err = await run(*arguments, said=said)
    assert (status, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1


async def test_waiting_without_a_token_or_a_running_bot_is_refused(run: Run) -> None:
    status, _, err = await run("announce", "-", "--wait", said="Текст", BOT_TOKEN="")
    assert status == 2
    assert "BOT_TOKEN" in err
