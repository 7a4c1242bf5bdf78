"""Faults on demand: what the client sees, and whether the message was accepted all the same."""

from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from sandbox.faults import Fault, FaultKind
from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask

ANN = 1001


@pytest.fixture(autouse=True)
def ann(sandbox: Sandbox) -> None:
    sandbox.person("Анна", ANN, started=True)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.FLOOD, TelegramRetryAfter),
        (FaultKind.BLOCKED, TelegramForbiddenError),
        (FaultKind.DEACTIVATED, TelegramForbiddenError),
        (FaultKind.MIGRATED, TelegramMigrateToChat),
    ],
)
async def test_definite_refusal_accepts_nothing(sandbox: Sandbox, bot: Bot, kind: FaultKind, error: Any) -> None:
    sandbox.fault(Fault(kind, migrate_to=-100500))
    with pytest.raises(error):
        await bot.send_message(ANN, "слово")
    assert sandbox.ledger.count(ANN) == 0


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.RESET, TelegramNetworkError),
        (FaultKind.CUT_BODY, TelegramNetworkError),
        (FaultKind.SERVER_ERROR, TelegramServerError),
        (FaultKind.SERVER_HTML, ClientDecodeError),
        (FaultKind.NOT_JSON, ClientDecodeError),
        (FaultKind.NO_DESCRIPTION, Exception),
    ],
)
async def test_ambiguous_fault_hides_that_the_message_was_accepted(
    sandbox: Sandbox, bot: Bot, kind: FaultKind, error: Any
) -> None:
    sandbox.fault(Fault(kind))
    with pytest.raises(error):
        await bot.send_message(ANN, "слово")
    assert sandbox.ledger.count(ANN, "слово") == 1


async def test_timeout_accepts_and_hangs(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.fault(Fault(FaultKind.TIMEOUT))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ANN, "слово", request_timeout=1)
    assert sandbox.ledger.count(ANN) == 1


async def test_ambiguous_fault_may_also_accept_nothing(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.fault(Fault(FaultKind.SERVER_ERROR, accepts=False))
    with pytest.raises(TelegramServerError):
        await bot.send_message(ANN, "слово")
    assert sandbox.ledger.count(ANN) == 0


async def test_fault_is_over_after_its_times(sandbox: Sandbox, ask: Ask) -> None:
    number = sandbox.fault(Fault(FaultKind.FLOOD, times=2, retry_after=7))
    answers = [await ask("sendMessage", chat_id=ANN, text="а") for _ in range(3)]
    assert [answer["ok"] for answer in answers] == [False, False, True]
    assert answers[0]["parameters"] == {"retry_after": 7}
    assert sandbox.faults.hits[number] == 2


async def test_fault_keeps_to_its_chat_and_method(sandbox: Sandbox, ask: Ask) -> None:
    sandbox.person("Борис", 1002, started=True)
    sandbox.fault(Fault(FaultKind.BLOCKED, method="sendMessage", chat_id=ANN))
    assert not (await ask("sendMessage", chat_id=ANN, text="а"))["ok"]
    assert (await ask("sendMessage", chat_id=1002, text="а"))["ok"]
    assert (await ask("sendChatAction", chat_id=ANN, action="typing"))["ok"]
    assert (await ask("getMe"))["ok"]


async def test_chat_is_known_however_its_id_comes(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.fault(Fault(FaultKind.BLOCKED, chat_id=ANN))
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(ANN, "форма")
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(str(ANN), "слово")


async def test_share_of_the_calls_is_the_same_in_every_run() -> None:
    hits = []
    for _ in range(2):
        sandbox = Sandbox(seed=5)
        sandbox.fault(Fault(FaultKind.FLOOD, rate=0.05))
        hits.append([bool(sandbox.faults.pick("sendMessage", 1)) for _ in range(1000)])
    assert hits[0] == hits[1]
    assert 20 <= sum(hits[0]) <= 90


async def test_latency_answers_late_with_the_true_result(sandbox: Sandbox, ask: Ask) -> None:
    sandbox.fault(Fault(FaultKind.LATENCY, seconds=0.01))
    assert (await ask("sendMessage", chat_id=ANN, text="а"))["result"]["text"] == "а"


async def test_nobody_connects_while_connections_are_refused(sandbox: Sandbox, web: aiohttp.ClientSession) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}/getMe"
    await sandbox.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await web.get(url)
    await sandbox.start()
    async with web.get(url) as answer:
        assert answer.status == 200
