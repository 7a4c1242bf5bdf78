"""Updates of one conversation keep their order, those of others do not wait for them."""

import asyncio

from aiogram.fsm.storage.base import StorageKey

from handlers.turns import InTurn


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
