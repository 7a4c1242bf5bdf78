"""One person's flood delays nobody else, and the updates of one conversation keep their order."""

import asyncio

from aiogram.fsm.storage.base import StorageKey

from handlers.pace import MOST_BUCKETS, Allowance, Buckets, InTurn
from tests.handlers.house import House


def test_bucket_lets_a_burst_pass_and_then_so_many_a_second() -> None:
    buckets = Buckets(Allowance(burst=3, rate=2))
    assert [buckets.take(1, at=0.0) for _ in range(5)] == [True, True, True, False, False]
    assert [buckets.take(1, at=1.0) for _ in range(3)] == [True, True, False]
    assert buckets.take(2, at=1.0)


def test_memory_of_people_is_bounded() -> None:
    buckets = Buckets(Allowance(burst=2, rate=2))
    for person in range(MOST_BUCKETS):
        buckets.take(person, at=0.0)
    for person in range(MOST_BUCKETS, MOST_BUCKETS + 5):
        buckets.take(person, at=10.0)
    assert len(buckets) <= 5


async def test_flood_is_answered_within_its_allowance_and_others_at_once(house: House) -> None:
    house.allowance = Allowance(burst=5, rate=0.001)
    await house.restart()
    spammer, anna = house.person("Спамер"), house.person("Анна")
    for _ in range(300):
        await spammer.send("/help")
    await anna.send("/help")
    await anna.expects("/my")
    await house.settle()
    assert house.sandbox.ledger.count(spammer.id) == 5


async def test_updates_of_one_conversation_wait_for_each_other() -> None:
    turns, order = InTurn(), list[str]()
    anna, boris = (StorageKey(bot_id=1, chat_id=chat, user_id=chat) for chat in (1, 2))
    begun = asyncio.Event()

    async def first() -> None:
        async with turns.lock(anna):
            begun.set()
            async with turns.lock(boris):
                order.append("other conversation")
            order.append("first")

    async def second() -> None:
        await begun.wait()
        async with turns.lock(anna):
            order.append("second")

    await asyncio.gather(first(), second())
    assert order == ["other conversation", "first", "second"]
    assert len(turns) == 0
