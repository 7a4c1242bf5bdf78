"""The fixture `house`: the whole bot over a local Telegram; tests/handlers/house.py tells how to use it."""

from collections.abc import AsyncIterator

import pytest

from analysis.gazetteer import builtin
from sandbox.limits import Limits
from sandbox.server import Sandbox
from storage.engine import Database
from tests.handlers.house import House


@pytest.fixture(scope="session")
def reader() -> object:
    try:
        from analysis.reader import Reader
    except ImportError:
        return None
    return Reader(builtin())


@pytest.fixture
async def house(sqlite: Database, reader: object) -> AsyncIterator[House]:
    async with Sandbox(limits=Limits.off()) as sandbox:
        made = House(sandbox, sqlite, reader)
        await made.start()
        yield made
        await made.stop()
