"""Fixtures that every room's tests may use: the local Telegram, and a browser where there is one."""

from collections.abc import AsyncIterator

import pytest

from sandbox.server import Sandbox

pytest_plugins = ["tests.databases"]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A local Telegram of its own for each test, on a free port of 127.0.0.1."""
    async with Sandbox() as local:
        yield local
