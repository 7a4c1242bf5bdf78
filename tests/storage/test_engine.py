"""The two doors of the database, and the moments that pass through them."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError, StatementError

from storage.engine import Database
from storage.tables import leases

NOON = datetime(2026, 12, 1, 12, 30, 0, 123456, tzinfo=UTC)


async def _lease(database: Database, name: str, expires_at: datetime = NOON) -> None:
    async with database.begin() as connection:
        await connection.execute(insert(leases).values(name=name, owner="test", expires_at=expires_at))


async def _fail_after_writing(database: Database) -> None:
    async with database.begin() as connection:
        await connection.execute(insert(leases).values(name="lost", owner="x", expires_at=NOON))
        raise RuntimeError


async def _names(database: Database) -> list[str]:
    async with database.read() as connection:
        return list(await connection.scalars(select(leases.c.name).order_by(leases.c.name)))


async def test_a_moment_comes_back_in_utc_to_the_microsecond(database: Database) -> None:
    await _lease(database, "sender", NOON.astimezone(timezone(timedelta(hours=7))))
    async with database.read() as connection:
        assert await connection.scalar(select(leases.c.expires_at)) == NOON


async def test_moments_before_1970_and_far_ahead_survive(database: Database) -> None:
    early, late = datetime(1890, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, 23, 59, tzinfo=UTC)
    await _lease(database, "early", early)
    await _lease(database, "late", late)
    async with database.read() as connection:
        found = await connection.scalars(select(leases.c.expires_at).order_by(leases.c.expires_at))
    assert list(found) == [early, late]


async def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"):
        await _lease(database, "naive", NOON.replace(tzinfo=None))


async def test_an_error_rolls_back_all_that_was_written(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await _fail_after_writing(database)
    assert await _names(database) == []


async def test_cancelling_a_writer_frees_the_door_and_keeps_nothing(database: Database) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with database.begin() as connection:
            await connection.execute(insert(leases).values(name="cancelled", owner="x", expires_at=NOON))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await _lease(database, "next")
    assert await _names(database) == ["next"]


async def test_many_writers_take_their_turn(database: Database) -> None:
    await asyncio.gather(*(_lease(database, f"{number:02}") for number in range(50)))
    assert len(await _names(database)) == 50


async def test_the_reading_door_of_sqlite_refuses_to_write(sqlite: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with sqlite.read() as connection:
            await connection.execute(insert(leases).values(name="x", owner="x", expires_at=NOON))


async def test_a_look_sees_what_was_committed_and_cannot_write(sqlite: Database) -> None:
    def names(connection: sqlite3.Connection) -> list[str]:
        return [name for (name,) in connection.execute("SELECT name FROM leases ORDER BY name")]

    def take(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM leases")

    assert await sqlite.look(names) == []
    await asyncio.gather(*(_lease(sqlite, f"{number:02}") for number in range(10)))
    assert await sqlite.look(names) == [f"{number:02}" for number in range(10)]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await sqlite.look(take)
    assert len(await sqlite.look(names)) == 10


async def test_a_foreign_lock_is_waited_for(sqlite: Database) -> None:
    assert sqlite.url.database
    foreign = sqlite3.connect(sqlite.url.database, isolation_level=None, check_same_thread=False)
    foreign.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(_lease(sqlite, "patient"))
    done, _ = await asyncio.wait([writing], timeout=0.3)
    assert not done
    foreign.execute("ROLLBACK")
    foreign.close()
    await writing
    assert await _names(sqlite) == ["patient"]


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        Database("sqlite+aiosqlite:///:memory:")
