"""The demo as a process, and people's columns on its page."""

import asyncio
import re
import signal
import socket
import sys
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from storage.engine import Database

PATIENCE = 60.0
"""Seconds until a process is given up: the machine may be busy."""
SEEN = 20_000
"""Milliseconds that a person waits for an answer."""


class Demo:
    """`glashatai demo` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder / 'var' / 'demo' / 'glashatai.db'}"

    def database(self) -> Database:
        """The demo's own, opened beside it; to be closed by the caller."""
        return Database(self.database_url)

    async def start(self) -> None:
        """Returns once people are answered."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--no-browser", "--port", str(self.port)),
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = await self._process.stdout.readline()
        if self.url not in line.decode():
            _, words = await self._process.communicate()
            raise AssertionError(f"the demo did not start: {line!r} {words.decode()}")

    async def stop(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Ends the process as Ctrl-C does; returns its exit status and what it said."""
        if self._process is None:
            return 0, ""
        process, self._process = self._process, None
        process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            _, words = await process.communicate()
        assert process.returncode is not None
        return process.returncode, words.decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Column:
    """One person on the chat page."""

    def __init__(self, page: Page, person: int) -> None:
        self.node = page.get_by_test_id(f"person-{person}")

    @property
    def last(self) -> Locator:
        return self.node.get_by_test_id("message").last

    async def begin(self) -> None:
        await self.node.get_by_test_id("start").click()

    async def say(self, text: str) -> None:
        field = self.node.get_by_test_id("message-field")
        await field.fill(text)
        await field.press("Enter")

    async def press(self, label: str) -> None:
        """The newest button under a message with these words; emoji and marks beside them may be left out."""
        own = re.compile(rf"^\W*{re.escape(label)}\W*$")
        await self.node.get_by_test_id("inline-button").filter(has_text=own).last.click(timeout=SEEN)

    async def close_alert(self, text: str) -> None:
        await expect(self.node.get_by_test_id("alert")).to_contain_text(text, timeout=SEEN)
        await self.node.get_by_role("button", name="Понятно").click()

    async def sees(self, text: str, *, within: float = SEEN) -> None:
        """In the newest message, after at most so many milliseconds."""
        await expect(self.last).to_contain_text(text, timeout=within)


async def compose(elena: Column, text: str, *, reaches: str) -> None:
    """A piece of news for everybody in Саяногорск, up to the card of the draft and the count on it."""
    await elena.begin()
    await elena.sees("Где вы живёте?")
    await elena.say("/admin")
    await elena.press("Новое объявление")
    await elena.sees("Что это?")
    await elena.press("Новость")
    await elena.sees("Напишите текст")
    await elena.say(text)
    await elena.sees("Для какой территории?")
    await elena.say("Саяногорск")
    await elena.sees("Саяногорск × все темы")
    await elena.press("Готово")
    await elena.sees(reaches)
