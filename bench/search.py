"""Search at scale: latency by class of question, throughput, size, cost of adding; beside plain FTS5 and PostgreSQL.

    python -m bench search [--items 100000] [--each 200] [--folder DIR] [--postgresql URL] [--keep]

Items are drawn by bench.corpus. Times are of the index alone unless said otherwise, caches warm, in milliseconds.
"""

import argparse
import asyncio
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import mean
from typing import TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from analysis.gazetteer import builtin
from analysis.reader import Reader
from bench import corpus
from bench.corpus import NOW, Drawn
from domain.items import Item, ItemState
from domain.queries import Kind, Order, Query, Window, Word
from domain.topics import Topic
from handlers.dispatcher import build
from handlers.pace import Allowance
from sandbox.limits import Limits
from sandbox.server import Sandbox
from storage.engine import Connection, Database
from storage.migrations import migrate
from storage.search import find, index, vocabulary
from storage.search.vocabulary import IndexVocabulary
from storage.tables import items
from storage.territories import seed

BATCH = 1_000
Classes = dict[str, list[Query]]
T = TypeVar("T")
Timed = Callable[[Query], Awaitable[int]]


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench search")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=200, help="questions of each class")
    parser.add_argument("--folder", type=Path, help="where the database is kept and found again")
    parser.add_argument("--postgresql", help="address of an empty database: postgresql+asyncpg://…")
    asyncio.run(run(parser.parse_args(list(arguments))))


async def run(options: argparse.Namespace) -> None:
    folder = options.folder or Path(tempfile.mkdtemp(prefix="bench-search-"))
    path = folder / f"search-{options.items}.db"
    try:
        await _embedded(path, options.items, options.each)
        if options.postgresql:
            await _server(options.postgresql, options.items, options.each)
    finally:
        if not options.folder:
            shutil.rmtree(folder)


async def _embedded(path: Path, count: int, each: int) -> None:
    fresh = not os.path.exists(path)  # noqa: ASYNC240, PTH110  a bench waits for its disk
    database = Database(f"sqlite+aiosqlite:///{path}")
    if fresh:
        await fill(database, count)
    known = await _vocabulary(database)
    classes = questions(known, count, each)
    print(f"\n{count:,} items, {len(known):,} lemmas, SQLite {sqlite3.sqlite_version}\n")
    async with database.read() as connection:
        ours = await _table(classes, lambda query: _found(connection, query, known))
        spent = await _table(classes, lambda query: _found(connection, query, known), clock=time.process_time)
        naive = await _table(classes, lambda query: _plain(connection, query), most=20)
    report({"index": ours, "index, CPU": spent, "plain FTS5 (bm25)": naive})
    print(f"\nThroughput, all classes mixed: {await throughput(database, classes, known):,.0f} searches/s")
    _sizes(path, count)
    await in_the_chat(database, classes)
    await adding(database, classes, known)
    await database.close()


async def _server(url: str, count: int, each: int) -> None:
    database = Database(url)
    await fill(database, count)
    known = await _vocabulary(database)
    classes = questions(known, count, each)
    print(f"\n{count:,} items on PostgreSQL\n")
    async with database.read() as connection:
        ours = await _table(classes, lambda query: _found(connection, query, known))
        naive = await _table(classes, lambda query: _russian(connection, query), most=10)
    report({"index on PostgreSQL": ours, "its own Russian search": naive})
    await database.close()


async def fill(database: Database, count: int) -> None:
    """Items and index in transactions of a thousand, as an import of an archive writes them."""
    await migrate(database)
    async with database.begin() as connection:
        await seed(connection)
    began = time.perf_counter()
    for batch in _batches(corpus.draw(count), BATCH):
        async with database.begin() as connection:
            await connection.execute(items.insert(), [_row(one) for one in batch])
            await index.add(connection, [one.document for one in batch])
        _progress(batch[-1].document.item_id, count)
    print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if not database.is_sqlite:
        await _analyze(database)


def questions(known: IndexVocabulary, count: int, each: int) -> Classes:
    """Words are drawn from the vocabulary by how many items hold them, so that a class means the same at any size."""
    chance = random.Random(7)
    rare = known.between(1, max(2, count // 5_000))
    middling = known.between(count // 2_000 + 1, count // 50 + 2)
    common = known.between(count // 10, count)
    places = list(builtin().by_code)[1:400]
    phrases = ["муниципальный год", "глава район", "житель область", "проект район", "школа дорога", "дом школа"]
    window = Window(NOW.date(), NOW.date() + timedelta(days=9))

    def word(lemma: str) -> Word:
        return Word(lemma, (lemma,))

    def ask(*words: str) -> Query:
        return Query(" ".join(words), " ".join(words), tuple(map(word, words)))

    def some(pool: list[str], least: int, most: int) -> list[str]:
        return chance.sample(pool, chance.randint(least, most))

    made: dict[str, Callable[[], Query]] = {
        "rare word": lambda: ask(chance.choice(rare)),
        "word in 60 % of items": lambda: ask(corpus.COMMONEST),
        "several middling words": lambda: ask(*some(middling, 2, 3)),
        "several common words": lambda: ask(*some(common, 2, 3)),
        "phrase": lambda: replace(ask(*(pair := chance.choice(phrases).split())), phrases=(tuple(pair),)),
        "word, territory, by date": lambda: replace(
            ask(chance.choice(common)), territories=(chance.choice(places),), order=Order.DATE
        ),
        "the same and topic": lambda: replace(
            ask(chance.choice(common)), territories=(chance.choice(places),), only_topics=(chance.choice(list(Topic)),)
        ),
        "prefix": lambda: _prefix(chance.choice(middling)[:4]),
        "time window, no words": lambda: Query(
            "", "", territories=(chance.choice(places),), window=window, kind=Kind.EVENT
        ),
        "word and time window": lambda: replace(ask(chance.choice(common)), window=window),
    }
    return {name: [make() for _ in range(each)] for name, make in made.items()}


def _prefix(start: str) -> Query:
    return Query(start, start, (Word(start, (start,), prefix=True),))


async def _found(connection: Connection, query: Query, known: IndexVocabulary) -> int:
    return len((await find(connection, query, vocabulary=known, now=NOW)).hits)


async def _plain(connection: Connection, query: Query) -> int:
    """FTS5 as most use it: any of the words, bm25, filters by a join."""
    if not query.words:
        return 0
    match = " ".join(f"{word.typed}*" if word.prefix else word.typed for word in query.words)
    match = f'"{match}"' if query.phrases else match.replace(" ", " OR ")
    join, where = "", ""
    if query.territories:
        join = "JOIN item_territories t ON t.item_id = d.item_id"
        where = f"AND t.territory = '{query.territories[0]}'"
    order = "d.published DESC" if query.order is Order.DATE else "bm25(search_index)"
    statement = (
        f"SELECT d.item_id FROM search_index JOIN search_documents d ON d.id = search_index.rowid {join} "
        f"WHERE search_index MATCH ? {where} ORDER BY {order} LIMIT 10"
    )
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    return len(list(await driver.execute_fetchall(statement, [match])))


async def _russian(connection: Connection, query: Query) -> int:
    """to_tsvector('russian'), ts_rank over everything that matches."""
    if not query.words:
        return 0
    typed = " ".join(word.typed for word in query.words)
    parse = "phraseto_tsquery" if query.phrases else "plainto_tsquery"
    statement = (
        f"SELECT id FROM items, {parse}('russian', '{typed}') q "
        "WHERE to_tsvector('russian', text) @@ q ORDER BY ts_rank(to_tsvector('russian', text), q) DESC LIMIT 10"
    )
    return len((await connection.exec_driver_sql(statement)).all())


async def _table(
    classes: Classes, search: Timed, most: int | None = None, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    found = {}
    for name, queries in classes.items():
        await search(queries[0])
        times = []
        for query in queries[:most]:
            began = clock()
            await search(query)
            times.append((clock() - began) * 1000)
        found[name] = times
    return found


async def throughput(database: Database, classes: Classes, known: IndexVocabulary, seconds: float = 5.0) -> float:
    """Searches of all classes from two tasks side by side, as many as the default pool has readers."""
    mixed = [query for queries in zip(*classes.values(), strict=True) for query in queries]
    end = time.perf_counter() + seconds

    async def ask(offset: int) -> int:
        done = 0
        while time.perf_counter() < end:
            async with database.read() as connection:
                for query in mixed[offset % len(mixed) :][:20]:
                    await find(connection, query, vocabulary=known, now=NOW)
            done, offset = done + 20, offset + 20
        return done

    return sum(await asyncio.gather(ask(0), ask(len(mixed) // 2))) / seconds


async def in_the_chat(database: Database, classes: Classes) -> None:
    """From the update to the answer that the messenger took: the whole dispatcher, and the messenger's own work."""
    async with Sandbox(limits=Limits.off()) as local:
        bot = Bot(local.token, session=AiohttpSession(api=TelegramAPIServer.from_base(local.url)))
        dispatcher = build(database, builtin(), Reader(builtin()), allowance=Allowance(10**6, 10**6), clock=lambda: NOW)
        anna = local.person("Анна", started=True)
        asked = [queries[at].typed for at in range(20) for queries in classes.values() if queries[at].typed]
        times = []
        for number, typed in enumerate(["что в саяногорске на выходных", *asked]):
            update = Update.model_validate({"update_id": number, "message": (await anna.send(typed)).message})
            began = time.perf_counter()
            await dispatcher.feed_update(bot, update)
            times.append((time.perf_counter() - began) * 1000)
        await bot.session.close()
    shares = " / ".join(_short(_at(times[1:], share)) for share in (0.5, 0.95, 0.99))
    print(f"From update to answer, {len(times)} typed questions: p50 / p95 / p99 {shares} ms")


async def adding(database: Database, classes: Classes, known: IndexVocabulary) -> None:
    """Items through the whole of ``index.put_many``, lemmas and all, while others search."""
    drawn = [_item(one) for one in corpus.draw(1_000, seed=2)]
    slow: list[float] = []
    stop = asyncio.Event()

    async def search() -> None:
        queries = classes["word, territory, by date"]
        while not stop.is_set():
            async with database.read() as connection:
                began = time.perf_counter()
                await _found(connection, random.choice(queries), known)
                slow.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.01)

    searching = asyncio.create_task(search())
    began = time.perf_counter()
    for batch in _batches(iter(drawn), 100):
        async with database.begin() as connection:
            await index.put_many(connection, [(item, None) for item in batch])
    spent = (time.perf_counter() - began) * 1000 / len(drawn)
    stop.set()
    await searching
    print(f"Adding in groups of 100: {spent:.2f} ms an item; searches meanwhile: p99 {_at(slow, 0.99):.1f} ms")


def _item(one: Drawn) -> Item:
    return Item(
        id=one.document.item_id,
        kind=Kind.NEWS,
        state=ItemState.PUBLISHED,
        title=one.title,
        summary="",
        text=f"{one.title}\n{one.text}",
        url=None,
        published_at=one.published_at,
        territories=(one.document.places.split()[0],) if one.document.places else (),
        regions=(),
        place=None,
        topics=(Topic.TOS,),
        event_id=None,
        urgent=False,
        version=1,
    )


def _row(one: Drawn) -> dict[str, object]:
    names = ("url", "place")
    return dict.fromkeys(names) | {
        "id": one.document.item_id,
        "kind": one.kind,
        "state": ItemState.PUBLISHED,
        "title": one.title,
        "summary": "",
        "text": f"{one.title}\n{one.text}",
        "published_at": one.published_at,
        "territories": one.document.places.split()[:1],
        "regions": [],
        "topics": [],
        "evidence": [],
        "doubts": [],
        "added_at": one.published_at,
        "matched_at": one.published_at,
        "updated_at": one.published_at,
    }


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


def report(columns: dict[str, dict[str, list[float]]]) -> None:
    print("| question | " + " | ".join(f"{name}: p50 / p95 / p99" for name in columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for name in next(iter(columns.values())):
        cells = [
            " / ".join(_short(_at(times[name], share)) for share in (0.5, 0.95, 0.99)) for times in columns.values()
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")
    print(f"\nMean of all: {mean(time for times in next(iter(columns.values())).values() for time in times):.2f} ms")


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


async def _vocabulary(database: Database) -> IndexVocabulary:
    async with database.read() as connection:
        return await vocabulary.load(connection)


async def _analyze(database: Database) -> None:
    async with database.begin() as connection:
        await connection.exec_driver_sql(
            "CREATE INDEX IF NOT EXISTS bench_russian ON items USING gin (to_tsvector('russian', text))"
        )
        await connection.exec_driver_sql("ANALYZE")


def _batches(drawn: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(drawn, size)):
        yield batch


def _progress(done: int, count: int) -> None:
    if sys.stderr.isatty() or done % (BATCH * 50) == 0:
        print(f"{done:,} of {count:,}", file=sys.stderr)
