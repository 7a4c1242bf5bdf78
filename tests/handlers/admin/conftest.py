"""`post`: the sender beside the house, so that what admins send off arrives; a council's people in a few words."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from delivery.pacer import Pacer
from delivery.sender import Sender
from delivery.telegram import Telegram
from tests.handlers.house import House


@pytest.fixture
async def post(house: House) -> AsyncIterator[None]:
    """A sender that runs for the length of a test, by the clock of the house."""
    stop = asyncio.Event()
    telegram = Telegram(house.sandbox.token, house.sandbox.url)
    sender = Sender(house.database, telegram, Pacer(10_000.0), clock=house.clock)
    running = asyncio.create_task(sender.run(stop))
    house.dispatcher["live_every"] = 0.05
    yield
    stop.set()
    await running
    await telegram.close()
