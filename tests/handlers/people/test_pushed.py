"""Under what came by itself: why it came, and how to have less of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from delivery.bot_api import Telegram
from delivery.freezing import freeze_step
from delivery.matching import match_new
from delivery.pacer import Pacer
from delivery.sender import Sender
from domain.subscribers import Frequency
from domain.topics import Topic
from storage.tables import subscriptions
from tests.deliveries import add_item, letter, mail
from tests.handlers.house import SAYANOGORSK, House


@pytest.fixture
async def sender(house: House) -> AsyncIterator[Sender]:
    telegram = Telegram(house.sandbox.token, house.sandbox.url)
    yield Sender(house.database, telegram, Pacer(1000), clock=house.clock)
    await telegram.close()


async def push(house: House, sender: Sender) -> None:
    """Sends whatever is owed now."""
    stop = asyncio.Event()
    running = asyncio.create_task(sender.run(stop))
    async with asyncio.timeout(10):
        while not house.sandbox.ledger.total:  # noqa: ASYNC110  the ledger tells nobody
            await asyncio.sleep(0.01)
    stop.set()
    await running


async def frequency(house: House) -> str:
    async with house.database.read() as connection:
        return str(await connection.scalar(select(subscriptions.c.frequency)))


async def test_a_pushed_item_says_why_and_becomes_rarer_and_back(house: House, sender: Sender) -> None:
    anna = await house.resident("Анна", home=SAYANOGORSK, topics=[Topic.HOUSING_UTILITIES])
    async with house.database.begin() as connection:
        evidence = [{"claim": "place", "value": SAYANOGORSK, "words": "в Саяногорске", "start": 5}]
        await add_item(connection, "Воды не будет", evidence=evidence)
    await match_new(house.database, house.clock.now)
    await freeze_step(house.database, house.clock.now)
    before = await frequency(house)
    house.sandbox.ledger.clear()
    await push(house, sender)
    await anna.expects("Воды не будет")
    await anna.press("Почему это мне?")
    shown = await anna.expects("Вы подписаны")
    assert "в Саяногорске" in shown.text
    assert "Отключения и ЖКХ" in shown.text
    await anna.press("Реже")
    await anna.expects("теперь так")
    assert (before, await frequency(house)) == (Frequency.AT_ONCE, Frequency.DAILY)
    await anna.press("Вернуть")
    assert await anna.answer() == "Снова как было."
    assert await frequency(house) == Frequency.AT_ONCE


async def test_an_announcement_says_whom_it_was_for(house: House, sender: Sender) -> None:
    anna = await house.resident("Анна", home=SAYANOGORSK)
    await mail(house.database, letter(), house.clock.now)
    house.sandbox.ledger.clear()
    await push(house, sender)
    await anna.expects("Воды не будет")
    await anna.press("Почему это мне?")
    await anna.expects("Вся Россия")
    await anna.press("Реже")
    assert "всем жителям" in (await anna.answer())


async def test_a_mailing_of_others_is_explained_to_nobody(house: House) -> None:
    anna = await house.resident("Анна", home=SAYANOGORSK)
    await anna.send("/help")
    shown = await anna.expects("")
    await anna.forge("why:12345", shown)
    assert await anna.answer() != ""
