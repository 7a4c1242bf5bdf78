"""The fixture `house`: the whole bot over a local Telegram; tests/handlers/house.py tells how to use it."""

from collections.abc import AsyncIterator

import pytest

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from sandbox.limits import Limits
from sandbox.server import Sandbox
from storage.engine import Database
from tests.handlers.house import House


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Made once a process: it holds the whole dictionary."""
    return Reader(builtin())


@pytest.fixture
async def house(sqlite: Database, reader: Reader) -> AsyncIterator[House]:
    async with Sandbox(limits=Limits.off()) as sandbox:
        made = House(sandbox, sqlite, reader)
        await made.start()
        yield made
        await made.stop()
