"""Search at scale: latency by class of question, throughput, size, cost of adding; beside plain FTS5 and tantivy.

    python -m bench search [--items 100000] [--each 200] [--folder DIR] [--postgresql URL]

`--items 1000000` is the size that the design is held to. With PostgreSQL the same index is measured there too, beside
its own Russian search. Items are drawn by bench.corpus; times are milliseconds inside the index, caches warm.
"""

import argparse
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import uvloop

from bench.corpus import NOW
from bench.search import load, rivals, tantivy_index
from bench.search.filling import fill
from bench.search.parts import parts
from bench.search.questions import Classes, questions
from bench.search.tables import Ask, Times, report, timed
from domain.queries import Query
from storage.engine import Database
from storage.migrations import migrate
from storage.search import find, vocabulary
from storage.search.vocabulary import IndexVocabulary

FEW = 20
"""Questions of each class to those who take a second for one."""


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench search")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=200, help="questions of each class")
    parser.add_argument("--folder", type=Path, help="where the indexes are kept and found again")
    parser.add_argument("--postgresql", help="address of a database for this alone: postgresql+asyncpg://…")
    options = parser.parse_args(list(arguments))
    folder = options.folder or Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        uvloop.run(run(folder, options.items, options.each, options.postgresql))
    finally:
        if not options.folder:
            shutil.rmtree(folder)


async def run(folder: Path, count: int, each: int, server: str | None) -> None:
    path = folder / f"search-{count}.db"
    await _filled(path, count)
    database = Database(f"sqlite+aiosqlite:///{path}")
    await migrate(database)  # one that was kept may be older than the schema
    async with database.read() as connection:
        known = await vocabulary.load(connection)
    classes = questions(known, count, each)
    print(f"{count:,} items, {len(known):,} lemmas, SQLite {sqlite3.sqlite_version}; p50 / p95 / p99 in ms\n")
    columns = await _embedded(database, classes, known)
    columns["tantivy"] = await timed(classes, (await tantivy_index.opened(folder / f"tantivy-{count}", count)).search)
    if server:
        columns |= await _on_server(server, count, classes, known)
    report(columns)
    await parts(f"sqlite+aiosqlite:///{path}", classes, known)
    await load.throughput(database, classes, known)
    _sizes(path, count)
    await load.in_the_chat(database, classes)
    await load.adding(database, classes, known)
    await database.close()


async def _filled(path: Path, count: int) -> None:
    """Under its name only when it is whole: what was interrupted is begun again."""
    if path.exists():  # noqa: ASYNC240  a bench waits for its disk
        return
    building = path.with_suffix(".building")
    building.unlink(missing_ok=True)
    database = Database(f"sqlite+aiosqlite:///{building}")
    await fill(database, count)
    await database.close()
    os.replace(building, path)  # noqa: PTH105


async def _embedded(database: Database, classes: Classes, known: IndexVocabulary) -> dict[str, Times]:
    ours = _ours(database, known)
    async with database.read() as connection:
        return {
            "**index**": await timed(classes, ours),
            "index, CPU": await timed(classes, ours, clock=time.process_time),
            "plain FTS5 (bm25)": await timed(classes, lambda query: rivals.plain_fts5(connection, query), FEW),
        }


async def _on_server(url: str, count: int, classes: Classes, known: IndexVocabulary) -> dict[str, Times]:
    database = Database(url)
    if not await _has_items(database):
        await fill(database, count)
    await rivals.prepare_russian(database)
    async with database.read() as connection:
        found = {
            "**index on PostgreSQL**": await timed(classes, _ours(database, known)),
            "PostgreSQL's Russian": await timed(classes, lambda query: rivals.russian(connection, query), FEW // 2),
        }
    await database.close()
    return found


async def _has_items(database: Database) -> bool:
    async with database.read() as connection:
        there = await connection.exec_driver_sql("SELECT to_regclass('search_documents') IS NOT NULL")
        return bool(there.scalar())


def _ours(database: Database, known: IndexVocabulary) -> Ask:
    async def ask(query: Query) -> int:
        return len((await find(database, query, vocabulary=known, now=NOW)).hits)

    return ask


def _sizes(path: Path, count: int) -> None:
    with sqlite3.connect(path) as connection:
        sizes = dict(
            connection.execute(
                "SELECT name, sum(pgsize) FROM dbstat WHERE name LIKE 'search_%' OR name = 'terms' GROUP BY name"
            ).fetchall()
        )
    connection.close()
    parts = ", ".join(f"{name} {size / count:.0f}" for name, size in sorted(sizes.items()) if size / count >= 1)
    print(f"Index: {sum(sizes.values()) / count:.0f} bytes an item ({parts})")
