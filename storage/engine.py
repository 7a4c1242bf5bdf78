"""The database behind its doors: `begin()` for the one writer, `read()` for readers beside it, `look()` for searches.

SQLite fails a transaction at once, whatever its timeout, where it begins as a reader and then writes. So writers
begin IMMEDIATE, one at a time by a lock of our own, and readers cannot write at all.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine import Connection as SyncConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.looking import Looker

Connection = AsyncConnection
"""What storage functions take first: the name by which the other rooms know it."""

BUSY_TIMEOUT_MS = 30_000
POSTGRES_CONNECTIONS = 10
# To compile a statement costs more than any of ours takes.
_POSTGRES_SETTINGS = {"jit": "off"}

# FULL: what was committed survives a power cut; measured 1.8 instead of 1.5 µs a row in groups.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
)
_QUERY_ONLY = "PRAGMA query_only = ON"
T = TypeVar("T")


class Database:
    """Engines and their doors. Close it: the threads of aiosqlite outlive the loop otherwise."""

    def __init__(self, url: str) -> None:
        self.url = check_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            _make_folder(self.url)
            self._writer = _sqlite_engine(self.url, connections=1, begin="BEGIN IMMEDIATE", query_only=False)
            self._reader = _sqlite_engine(self.url, os.cpu_count() or 2, begin="BEGIN", query_only=True)
            self._writing: asyncio.Semaphore = asyncio.Semaphore(1)
            self._looker = Looker(self._opened)
        else:
            self._writer = self._reader = create_async_engine(
                self.url,
                pool_size=POSTGRES_CONNECTIONS,
                hide_parameters=True,
                connect_args={"server_settings": _POSTGRES_SETTINGS},
            )
            self._looking = self._reader.execution_options(isolation_level="AUTOCOMMIT")
            self._writing = asyncio.Semaphore(POSTGRES_CONNECTIONS)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction: committed at the end, rolled back on any error. No network await inside."""
        async with self._writing, self._writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A consistent view for reading; SQLite refuses to write through it.

        It ends by rolling back, once: a commit would be followed by a rollback of the pool all the same.
        """
        async with self._reader.connect() as connection:
            await connection.begin()
            yield connection

    async def look(self, read: Callable[[Any], T]) -> T:
        """Runs a function with a connection outside of any transaction: SQLite's own, or SQLAlchemy's to PostgreSQL.

        Each of its statements sees what is committed by then. For what asks often and little: a reader's way through
        its transaction takes longer than most searches.
        """
        if self.is_sqlite:
            return await self._looker.look(read)
        async with self._looking.connect() as connection:
            return await connection.run_sync(read)

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()
        if self.is_sqlite:
            await asyncio.to_thread(self._looker.close)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.url.database or "", isolation_level=None, check_same_thread=False)
        for pragma in (*_SQLITE_PRAGMAS, _QUERY_ONLY):
            connection.execute(pragma)
        return connection


def check_url(text: str) -> URL:
    """Raises ValueError, with what is wanted instead, for an address that cannot be a database of ours."""
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise ValueError("wants sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME")
    if url.drivername == "sqlite+aiosqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("wants a file, which the writer and the readers share: sqlite+aiosqlite:///var/glashatai.db")
    return url


def _make_folder(url: URL) -> None:
    database = url.database or ""
    Path(database).parent.mkdir(parents=True, exist_ok=True)


def _sqlite_engine(url: URL, connections: int, begin: str, *, query_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY_TIMEOUT_MS / 1000,
        hide_parameters=True,  # an error would print what people wrote
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None  # the driver must not begin by itself
        cursor = dbapi_connection.cursor()
        for pragma in _SQLITE_PRAGMAS:
            cursor.execute(pragma)
        if query_only:
            cursor.execute(_QUERY_ONLY)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: SyncConnection) -> None:
        # One turn of the driver's thread; a cursor would take three.
        driver: Any = connection.connection.dbapi_connection
        driver.run_async(lambda aiosqlite: aiosqlite.execute_fetchall(begin))

    @event.listens_for(engine.sync_engine, "invalidate")
    def let_go(driver: Any, _record: object, _error: object) -> None:
        # Whoever was cancelled within a statement still holds its cursor: SQLite would close the connection only when
        # that is gone, and the lock of its transaction would stay until then.
        with suppress(sqlite3.Error):
            driver.run_async(lambda aiosqlite: aiosqlite.rollback())

    return engine


def insert_ignoring(connection: AsyncConnection, table: Table) -> Any:
    """An INSERT that passes over rows that are there already, on either engine."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing()
