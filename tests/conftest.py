"""Fixtures that every room's tests may use: the local Telegram, and a browser where there is one."""

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from playwright.async_api import Browser, Page

from bot.late_types import load_aiogram
from sandbox.server import Sandbox
from tests.browser import fresh_page, started_chromium

pytest_plugins = ["tests.databases"]

load_aiogram()  # as the bot does


@pytest.fixture(autouse=True)
def unconfigured_logs() -> Iterator[None]:
    """A command run by one test configures the logs of the whole process; the next one begins without that."""
    yield
    structlog.reset_defaults()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A local Telegram of its own for each test, on a free port of 127.0.0.1."""
    async with Sandbox() as local:
        yield local


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A running Chromium."""
    async with started_chromium() as browser:
        yield browser


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """An empty page in a window as wide as a desktop's."""
    async with fresh_page(chromium, viewport={"width": 1440, "height": 900}) as page:
        yield page
