"""The local Telegram and the bot in one process, kept in one folder from one run to the next."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot import run
from bot.cli import console
from bot.demo import DATABASE, content
from bot.demo.cast import CAST, ELENA, NEIGHBOURS, VIKTOR
from bot.settings import Settings
from sandbox.server import Sandbox
from storage.engine import Database


class BusyError(RuntimeError):
    """The port is taken, or another demo keeps its state in the folder."""


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Holds the folder, so that two demos do not write over each other. Raises BusyError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"a demo is running already with its state in {folder}") from None
        yield


@asynccontextmanager
async def telegram(folder: Path, port: int) -> AsyncIterator[Sandbox]:
    """The local Telegram on 127.0.0.1, as it was left. Raises BusyError."""
    sandbox = Sandbox(port=port, cast=CAST, population=NEIGHBOURS, state_path=folder / "telegram.json")
    try:
        await sandbox.start()
    except OSError as error:
        raise BusyError(f"port {port} is taken ({error.strerror}); try: glashatai demo --port {port + 10}") from None
    try:
        # The bot may write to them before they write to it: they have met before.
        sandbox.person("", VIKTOR, started=True)
        yield sandbox
    finally:
        await sandbox.stop()


def settings(folder: Path, sandbox: Sandbox, web_port: int) -> Settings:
    """Settings of the demo alone: neither .env nor the environment has a say."""
    return Settings(
        _env_file=None,
        bot_token=sandbox.token,
        telegram_api_url=sandbox.url,
        database_url=f"sqlite+aiosqlite:///{folder / DATABASE}",
        redis_url=None,
        owner_ids=(ELENA,),
        default_time_zone="Asia/Krasnoyarsk",
        default_language="ru",
        send_rate=29.9,
        paid_send_rate=0,
        webhook_url=None,
        webhook_secret=None,
        web_host="127.0.0.1",
        web_port=web_port,
        public_url=f"http://127.0.0.1:{web_port}" if web_port else None,
        log_level="warning",
        log_format="console",
    )


async def prepare(folder: Path, chosen: Settings) -> datetime:
    """Fills a fresh database once; returns when that was, which is when the sample content is dated from."""
    mark = folder / "begun"
    if mark.exists():
        return datetime.fromisoformat(mark.read_text("utf-8").strip())
    begun = datetime.now(UTC)
    database = Database(chosen.database_url)
    try:
        await console.prepare(database)
        await content.load(database, begun)
    finally:
        await database.close()
    mark.write_text(begun.isoformat(), "utf-8")
    return begun


async def serve(chosen: Settings, ready: Callable[[], None]) -> None:
    """The bot, until Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    run.stop_on_signals(stop)
    with suppress(asyncio.CancelledError):
        await run.serve(chosen, stop, ready)
