"""Databases that are there already: who only looks makes none, and is told where one may be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import installation
from bot.demo import DATABASE, FOLDER
from bot.settings import Settings, refuse
from storage.engine import Connection, Database, check_url


@asynccontextmanager
async def opened(chosen: Settings) -> AsyncIterator[Database]:
    """The database; refused where there is none."""
    if missing := missing_file(chosen):
        refuse(f"{missing}: there is no database yet; start the bot, or run: glashatai migrate{or_the_demo(chosen)}")
    async with installation.opened(chosen) as database:
        yield database


@asynccontextmanager
async def reading(chosen: Settings) -> AsyncIterator[Connection]:
    """A view of the database, as ``opened`` gives it."""
    async with opened(chosen) as database, database.read() as connection:
        yield connection


def missing_file(chosen: Settings) -> Path | None:
    """The file of SQLite that the settings name and nobody has made."""
    path = _file(chosen)
    return path if path and not path.exists() else None


def name(chosen: Settings) -> str:
    """What people know the database by."""
    return str(_file(chosen) or check_url(chosen.database_url).render_as_string(hide_password=True))


def or_the_demo(chosen: Settings) -> str:
    """How to ask the database of the demo, where that is there and another was asked."""
    path = FOLDER / DATABASE
    if not path.exists() or _file(chosen) == path:
        return ""
    return f". The demo has a database of its own; for that, set DATABASE_URL=sqlite+aiosqlite:///{path}"


def _file(chosen: Settings) -> Path | None:
    url = check_url(chosen.database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None
