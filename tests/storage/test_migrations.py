"""The schema that migrations make is the schema of storage.tables, on either engine."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from storage.engine import Database
from storage.migrations import configuration, migrate, newest
from storage.operation import indexing
from storage.tables import metadata

KILLS = 6
_SOURCE = """
INSERT INTO sources (id, kind, url, trust, state, settings, added_at)
VALUES (1, 'feed', 'https://a.example/rss', 'auto', 'active', '{}', 0)
"""
_PUBLICATION = """
INSERT INTO publications (source_id, external_id, text, content_hash, added_at, fetched_at)
VALUES (1, '1', 'Собрание в школе', 'x', 0, 0)
"""
LEAN = [
    ("add_constraint", "uq_deliveries_mailing_id_subscriber_id"),
    ("add_fk", "fk_deliveries_mailing_id"),
    ("add_fk", "fk_deliveries_subscriber_id"),
    ("add_index", "ix_deliveries_subscriber_id"),
    ("remove_constraint", "uq_deliveries_subscriber_id_mailing_id"),
]
"""What the outbox of PostgreSQL does without, and has instead: see storage.tables.deliveries."""
_INDEXED = """
INSERT INTO items (id, kind, state, title, summary, text, published_at, territories, regions, topics, evidence, doubts,
    added_at, updated_at)
VALUES (1, 'news', 'published', 'Каток открыт', '', 'Каток открыт', now(), '[]', '[]', '[]', '[]', '[]', now(), now())
"""
_DOCUMENT = """
INSERT INTO search_documents (id, item_id, published, flags, topics, places, title, body, words)
VALUES (1, 1, 0, 0, 0, '', '', '', 'каток:1A')
"""
_MIGRATE = """
import asyncio, sys
from storage.engine import Database
from storage.migrations import migrate
async def main():
    database = Database(sys.argv[1])
    print("begins", flush=True)
    await migrate(database)
    await database.close()
asyncio.run(main())
"""


def _differences(connection: Connection) -> list[Any]:
    def is_ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and name is not None and name.startswith("search_"))

    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_ours})
    return list(compare_metadata(context, metadata))


async def test_the_migrated_schema_is_the_one_of_the_tables(database: Database) -> None:
    async with database.begin() as connection:
        found = [] if database.is_sqlite else LEAN
        assert await connection.run_sync(_named_differences) == found


def _named_differences(connection: Connection) -> list[tuple[str, str]]:
    return sorted((what, str(thing.name)) for what, thing in _differences(connection))


async def test_migrating_again_changes_nothing(sqlite: Database) -> None:
    await migrate(sqlite)
    async with sqlite.begin() as connection:
        assert await connection.run_sync(_differences) == []


async def test_the_newest_version_is_told_from_the_names_of_the_files(sqlite: Database) -> None:
    async with sqlite.begin() as connection:
        scripts = await connection.run_sync(lambda sync: ScriptDirectory.from_config(configuration(sync)))
    assert newest() == scripts.get_current_head()


def _climb(connection: Connection, revision: str) -> None:
    command.upgrade(configuration(connection), revision)


async def test_every_step_of_the_stairway_keeps_what_was_there(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'stairs.db'}")
    async with database.begin() as connection:
        stairs = await connection.run_sync(lambda one: ScriptDirectory.from_config(configuration(one)).walk_revisions())
        first, *others = [step.revision for step in stairs][::-1]
        await connection.run_sync(_climb, first)
        await connection.exec_driver_sql(_SOURCE)
        await connection.exec_driver_sql(_PUBLICATION)
        for revision in others:
            await connection.run_sync(_climb, revision)
            told = "SELECT publications.text, sources.url FROM publications JOIN sources ON sources.id = source_id"
            (kept,) = await connection.exec_driver_sql(told)
            assert tuple(kept) == ("Собрание в школе", "https://a.example/rss")
    await database.close()


async def test_an_index_of_postgresql_without_blocks_is_built_anew(postgresql: Database) -> None:
    async with postgresql.begin() as connection:
        await connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        await connection.exec_driver_sql("CREATE SCHEMA public")
        await connection.run_sync(_climb, "0007")
        await connection.exec_driver_sql(_INDEXED)
        await connection.exec_driver_sql(_DOCUMENT)
        await connection.run_sync(_climb, "head")
        assert not await indexing.is_whole(connection)
        while await indexing.keep(connection):
            pass
        assert await indexing.is_whole(connection)
        found = await connection.exec_driver_sql("SELECT item_id FROM search_documents WHERE words @@ 'qwкаток & qb0'")
        assert found.scalars().all() == [1]


async def test_an_index_without_topics_in_their_territories_is_built_anew(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'older.db'}")
    async with database.begin() as connection:
        await connection.run_sync(_climb, "0008")
        await connection.exec_driver_sql(
            _INDEXED.replace("now()", "0").replace("'[]', '[]', '[]',", "'[]', '[]', '[\"tos\"]',")
        )
        await connection.exec_driver_sql(_DOCUMENT.replace(", words)", ")").replace(", 'каток:1A')", ")"))
        await connection.run_sync(_climb, "head")
        assert not await indexing.is_whole(connection)
        while await indexing.keep(connection):
            pass
        there = "SELECT count(*) FROM search_index WHERE search_index MATCH 'qx0tos'"
        assert (await connection.exec_driver_sql(there)).scalar() == 1
    await database.close()


@pytest.mark.parametrize("after", [number / 100 for number in range(KILLS)])
def test_a_killed_migration_leaves_the_old_schema_or_the_new_one(tmp_path: Path, after: float) -> None:
    path = tmp_path / "killed.db"
    arguments = [sys.executable, "-c", _MIGRATE, f"sqlite+aiosqlite:///{path}"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert process.stdout is not None
    process.stdout.readline()
    try:
        process.wait(timeout=after or 0.001)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert _tables(path) in (set(), _expected(tmp_path))


def _tables(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return found


def _expected(folder: Path) -> set[str]:
    path = folder / "whole.db"

    async def whole() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(whole())
    return _tables(path)
