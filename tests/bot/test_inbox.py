"""From Telegram to the handlers: nothing acknowledged is lost, nothing is handled twice, nobody waits for a flooder."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiohttp import ClientSession, web
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from bot import polling, webhook
from bot.allowance import Allowance
from bot.inbox import Inbox, chat_of
from sandbox.faults import Fault, FaultKind
from sandbox.server import Sandbox
from storage.engine import Database
from storage.operation import updates
from storage.tables import updates as table

Handler = Callable[[Message], Awaitable[None]]


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    yield Bot(sandbox.token, session=session)
    await session.close()


def _inbox(database: Database, bot: Bot, handler: Handler, allowance: Allowance | None = None) -> Inbox:
    dispatcher = Dispatcher()
    dispatcher.message.register(handler)
    return Inbox(database, dispatcher, bot, allowance=allowance)


def _message(update_id: int, chat: int, text: str) -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "Анна"}
    said = {"message_id": update_id, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": update_id, "message": said}


@asynccontextmanager
async def _polling(bot: Bot, inbox: Inbox) -> AsyncIterator[None]:
    task = asyncio.create_task(polling.poll(bot, inbox, ["message"]))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _echo(message: Message) -> None:
    await message.answer(f"слышу: {message.text}")


async def test_a_person_is_answered_through_polling(sandbox: Sandbox, sqlite: Database, bot: Bot) -> None:
    anna = sandbox.person("Анна")
    inbox = _inbox(sqlite, bot, _echo)
    async with _polling(bot, inbox):
        await anna.send("раз")
        await anna.expects("слышу: раз")
    await inbox.drain()
    async with sqlite.read() as connection:
        assert await updates.count_waiting(connection) == 0


async def test_the_order_within_a_chat_is_kept(sqlite: Database, bot: Bot) -> None:
    heard: list[str] = []

    async def slow_at_first(message: Message) -> None:
        await asyncio.sleep(0.02 if message.text == "0" else 0)
        heard.append(message.text or "")

    inbox = _inbox(sqlite, bot, slow_at_first)
    await inbox.receive([_message(number, 7, str(number)) for number in range(5)])
    await inbox.drain()
    assert heard == ["0", "1", "2", "3", "4"]


async def test_an_update_delivered_twice_is_handled_once(sqlite: Database, bot: Bot) -> None:
    heard: list[str] = []

    async def hear(message: Message) -> None:
        heard.append(message.text or "")

    inbox = _inbox(sqlite, bot, hear)
    await inbox.receive([_message(1, 7, "раз")])
    await inbox.receive([_message(1, 7, "раз"), _message(2, 7, "два")])
    await inbox.drain()
    assert heard == ["раз", "два"]


async def test_what_a_crash_interrupted_is_handled_by_the_next_process(sqlite: Database, bot: Bot) -> None:
    async def never(message: Message) -> None:
        await asyncio.Event().wait()

    crashed = _inbox(sqlite, bot, never)
    await crashed.receive([_message(1, 7, "раз"), _message(2, 8, "два")])
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        if "_handle_chat" in repr(task):
            task.cancel()

    heard: list[str] = []

    async def hear(message: Message) -> None:
        heard.append(message.text or "")

    successor = _inbox(sqlite, bot, hear)
    assert await successor.recover() == 2
    await successor.drain()
    assert sorted(heard) == ["два", "раз"]


async def test_one_failing_update_does_not_stop_the_others(sqlite: Database, bot: Bot) -> None:
    heard: list[str] = []

    async def fail_once(message: Message) -> None:
        if message.text == "плохо":
            raise RuntimeError
        heard.append(message.text or "")

    inbox = _inbox(sqlite, bot, fail_once)
    await inbox.receive([_message(1, 7, "плохо"), _message(2, 7, "хорошо")])
    await inbox.drain()
    assert heard == ["хорошо"]
    assert await inbox.recover() == 0


async def test_a_flood_of_one_chat_does_not_keep_another_waiting(sqlite: Database, bot: Bot) -> None:
    heard: list[int] = []

    async def hear(message: Message) -> None:
        await asyncio.sleep(0)
        heard.append(message.chat.id)

    inbox = _inbox(sqlite, bot, hear, Allowance(burst=1000))
    await inbox.receive([_message(number, 7, "!") for number in range(500)] + [_message(1000, 8, "?")])
    await inbox.drain()
    assert heard.index(8) < 10


async def test_what_is_over_an_allowance_is_neither_written_nor_handled(sqlite: Database, bot: Bot) -> None:
    heard: list[tuple[int, str]] = []

    async def hear(message: Message) -> None:
        heard.append((message.chat.id, message.text or ""))

    inbox = _inbox(sqlite, bot, hear, Allowance(burst=3, rate=0.001))
    await inbox.receive([_message(number, 7, str(number)) for number in range(1000)] + [_message(1000, 8, "?")])
    await inbox.drain()
    assert inbox.dropped == 997
    assert sorted(heard) == [(7, "0"), (7, "1"), (7, "2"), (8, "?")]
    async with sqlite.read() as connection:
        written = set(await connection.scalars(select(table.c.update_id)))
    assert written == {0, 1, 2, 1000}


async def test_an_update_that_could_not_be_written_costs_its_person_nothing(sqlite: Database, bot: Bot) -> None:
    heard: list[str] = []

    async def hear(message: Message) -> None:
        heard.append(message.text or "")

    inbox = _inbox(sqlite, bot, hear, Allowance(burst=1, rate=0.001))
    async with sqlite.begin() as connection:
        await connection.execute(text("ALTER TABLE updates RENAME TO away"))
    for _ in range(3):
        with pytest.raises(OperationalError):
            await inbox.receive([_message(1, 7, "раз")])
    async with sqlite.begin() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO updates"))
    await inbox.receive([_message(1, 7, "раз")])
    await inbox.drain()
    assert heard == ["раз"]


async def test_polling_goes_on_after_faults(
    sandbox: Sandbox, sqlite: Database, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PAUSES", (0.01,))
    for kind in (FaultKind.SERVER_ERROR, FaultKind.SERVER_HTML, FaultKind.NO_DESCRIPTION, FaultKind.NOT_JSON):
        sandbox.fault(Fault(kind, method="getUpdates", times=1))
    anna = sandbox.person("Анна")
    async with _polling(bot, _inbox(sqlite, bot, _echo)):
        await anna.send("раз")
        await anna.expects("слышу: раз")


async def test_a_second_poller_is_refused_loudly(
    sandbox: Sandbox, sqlite: Database, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PAUSES", (0.01,))
    inbox = _inbox(sqlite, bot, _echo)
    await bot.set_webhook("https://example.org/telegram")
    with pytest.raises(polling.AnotherPollerError):
        await polling.poll(bot, inbox, ["message"])


def test_an_update_belongs_to_its_chat_or_else_to_its_person() -> None:
    assert chat_of(_message(1, 7, "x")) == 7
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 3}, "message": {"chat": {"id": 9}}}}) == 9
    assert chat_of({"update_id": 1, "inline_query": {"from": {"id": 3}}}) == 3
    assert chat_of({"update_id": 1, "poll": {"id": "5"}}) == 0


@asynccontextmanager
async def _webhook(inbox: Inbox) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes([webhook.route(inbox, "secret")])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}{webhook.PATH}"
    await runner.cleanup()


async def test_the_webhook_lets_in_only_who_knows_the_secret(sqlite: Database, bot: Bot) -> None:
    heard: list[str] = []

    async def hear(message: Message) -> None:
        heard.append(message.text or "")

    inbox = _inbox(sqlite, bot, hear)
    header = "X-Telegram-Bot-Api-Secret-Token"
    async with _webhook(inbox) as url, ClientSession() as client:
        for given in ({}, {header: ""}, {header: "wrong"}, {header: "секрет"}):
            async with client.post(url, json=_message(1, 7, "чужой"), headers=given) as response:
                assert response.status == 401
        async with client.post(url, json=_message(2, 7, "свой"), headers={header: "secret"}) as response:
            assert response.status == 200
    await inbox.drain()
    assert heard == ["свой"]


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"[]", b"{}", b'{"update_id": "1"}', b'{"update_id": -1}', b"[" * 99999]
)
async def test_the_webhook_calls_nonsense_a_bad_request(sqlite: Database, bot: Bot, body: bytes) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "secret"}
    inbox = _inbox(sqlite, bot, _echo)
    async with (
        _webhook(inbox) as url,
        ClientSession() as client,
        client.post(url, data=body, headers=headers) as answer,
    ):
        assert answer.status == 400


async def test_telegram_delivers_through_the_webhook(sandbox: Sandbox, sqlite: Database, bot: Bot) -> None:
    anna = sandbox.person("Анна")
    async with _webhook(_inbox(sqlite, bot, _echo)) as url:
        await bot.set_webhook(url, secret_token="secret")
        await anna.send("раз")
        await anna.expects("слышу: раз")
        await bot.delete_webhook()
