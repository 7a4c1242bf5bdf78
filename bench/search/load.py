"""What a process does besides one question at a time: many searches, whole answers in the chat, items that come in."""

import asyncio
import os
import random
import time
from itertools import islice

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from bench import corpus
from bench.corpus import NOW, Drawn
from bench.search.filling import batches
from bench.search.questions import Classes
from bench.search.tables import shares
from domain.items import Item, ItemState
from domain.queries import Kind
from domain.topics import Topic
from handlers.dispatcher import build
from sandbox.limits import Limits
from sandbox.server import Sandbox
from storage.engine import Database
from storage.search import find, index
from storage.search.vocabulary import IndexVocabulary

SECONDS = 5.0
TYPED = 20
"""Questions of each class that are typed into the chat."""
ADDED, TOGETHER = 1_000, 100
WARMING = 10_000
"""Items that are added first: a process that has run for a day knows most words that come."""


async def throughput(database: Database, classes: Classes, known: IndexVocabulary) -> None:
    """Searches of all classes, from as many tasks as there are processors."""
    mixed = [query for queries in zip(*classes.values(), strict=True) for query in queries]
    end = time.perf_counter() + SECONDS

    async def ask(at: int) -> int:
        done = 0
        while time.perf_counter() < end:
            await find(database, mixed[(at + done) % len(mixed)], vocabulary=known, now=NOW)
            done += 1
        return done

    began = time.process_time()
    tasks = os.cpu_count() or 2
    done = sum(await asyncio.gather(*(ask(at * len(mixed) // tasks) for at in range(tasks))))
    spent = (time.process_time() - began) * 1000 / done
    print(f"Throughput, all classes mixed: {done / SECONDS:,.0f} searches/s, {spent:.2f} ms CPU each")


async def in_the_chat(database: Database, classes: Classes) -> None:
    """From the update to the answer that the messenger took: the whole dispatcher, and the messenger's own work."""
    async with Sandbox(limits=Limits.off()) as local:
        bot = Bot(local.token, session=AiohttpSession(api=TelegramAPIServer.from_base(local.url)))
        dispatcher = build(database, builtin(), Reader(builtin()), clock=lambda: NOW)
        anna = local.person("Анна", started=True)
        some = islice(zip(*classes.values(), strict=True), TYPED)
        asked = [query.typed for queries in some for query in queries if query.typed]
        times = []
        for number, typed in enumerate(["что в саяногорске на выходных", *asked]):
            update = Update.model_validate({"update_id": number, "message": (await anna.send(typed)).message})
            began = time.perf_counter()
            await dispatcher.feed_update(bot, update)
            times.append((time.perf_counter() - began) * 1000)
        await bot.session.close()
    print(f"From update to answer, {len(asked)} typed questions: p50 / p95 / p99 {shares(times[1:])} ms")


async def adding(database: Database, classes: Classes, known: IndexVocabulary) -> None:
    """Items through the whole of ``index.put_many``, lemmas and all, while others search."""
    groups = batches((_item(one) for one in corpus.draw(WARMING + ADDED, seed=2)), TOGETHER)
    slow: list[float] = []
    stop = asyncio.Event()

    async def search() -> None:
        while not stop.is_set():
            began = time.perf_counter()
            query = random.choice(classes["word, territory, by date"])
            await find(database, query, vocabulary=known, now=NOW)
            slow.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.01)

    for group in islice(groups, WARMING // TOGETHER):
        await _add(database, group)
    measured = list(groups)
    searching = asyncio.create_task(search())
    began, clock = time.perf_counter(), time.process_time()
    for group in measured:
        await _add(database, group)
    wall = (time.perf_counter() - began) * 1000 / ADDED
    cpu = (time.process_time() - clock) * 1000 / ADDED
    stop.set()
    await searching
    print(f"Adding in groups of {TOGETHER}: {wall:.2f} ms an item, {cpu:.2f} ms CPU with the searches beside it")
    print(f"Searches meanwhile: p50 / p95 / p99 {shares(slow)} ms")


async def _add(database: Database, group: list[Item]) -> None:
    async with database.begin() as connection:
        await index.put_many(connection, [(item, None) for item in group])


def _item(one: Drawn) -> Item:
    """As the database gives it; it takes the place of an item that is there, so nothing has to be stored first."""
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
