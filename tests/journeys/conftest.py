"""Each journey has a demo of its own, begun from one that was filled once."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.cli import console
from bot.demo import content
from storage.engine import Database
from tests.browser import fresh_page
from tests.journeys.stage import Demo

SIZE = {"width": 1500, "height": 1000}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the first start of the demo leaves it."""
    folder = tmp_path_factory.mktemp("filled")
    begun = datetime.now(UTC)

    async def fill() -> None:
        database = Database(f"sqlite+aiosqlite:///{folder / 'glashatai.db'}")
        await console.prepare(database)
        await content.load(database, begun)
        await database.close()

    asyncio.run(fill())
    (folder / "begun").write_text(begun.isoformat())
    return folder


@pytest.fixture
async def demo(filled: Path, tmp_path: Path) -> AsyncIterator[Demo]:
    shutil.copytree(filled, tmp_path / "var" / "demo")
    made = Demo(tmp_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def page(chromium: Browser, demo: Demo) -> AsyncIterator[Page]:
    async with fresh_page(chromium, viewport=SIZE) as opened:
        await opened.goto(demo.url)
        yield opened
