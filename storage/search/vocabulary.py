"""The words that the index holds and how often: what questions are repaired by and planned with.

Loading it takes about half a second for a million items, so a process keeps one and renews it now and then.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.questions.vocabulary import Vocabulary
from storage.engine import Database
from storage.tables import term_counts, terms

RENEWED = timedelta(minutes=10)
MANY = 100_000
"""Words beyond which those that occur once are forgotten: most of them are misspelt themselves."""


class IndexVocabulary(Vocabulary):
    """Frequencies of the index's lemmas, with the number of its documents."""

    def __init__(self, frequencies: Mapping[str, int], documents: int) -> None:
        super().__init__(frequencies)
        self.documents = max(1, documents)

    def documents_with(self, lemma: str) -> int:
        return self._frequencies.get(lemma, 0)

    def warm(self) -> None:
        """Builds what the first misspelt word would wait for, some seconds at a million items."""
        self.begins("а")
        self.correct("ъъъъъъ")

    def between(self, least: int, most: int) -> list[str]:
        """Lemmas that so many documents hold."""
        return sorted(lemma for lemma, held in self._frequencies.items() if least <= held <= most)


async def load(connection: AsyncConnection) -> IndexVocabulary:
    """The vocabulary as it stands in the database now."""
    documents = await connection.scalar(text("SELECT value FROM search_state WHERE name = 'last_id'"))
    # In this order: what is added up between the two is counted twice rather than not at all.
    lately = (await connection.scalars(select(term_counts.c.counted))).all()
    rows = (await connection.execute(select(terms.c.term, terms.c.documents))).all()
    return await asyncio.to_thread(_built, rows, lately, documents or 0)


def _built(rows: Sequence[tuple[str, int]], lately: Sequence[str], documents: int) -> IndexVocabulary:
    frequencies = Counter(dict(rows))
    for counted in lately:
        frequencies.update(json.loads(counted))
    least = 2 if len(frequencies) > MANY else 1
    return IndexVocabulary({term: count for term, count in frequencies.items() if count >= least}, documents)


class Shelf:
    """One vocabulary of one database, renewed while the former one still serves."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: tuple[IndexVocabulary, datetime] | None = None
        self._renewal: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()

    async def vocabulary(self, now: datetime) -> IndexVocabulary:
        if self._kept is None:
            async with self._lock:
                if self._kept is None:
                    await self._renew(now)
        assert self._kept is not None  # noqa: S101  renewed above
        vocabulary, since = self._kept
        small = vocabulary.documents < MANY // 10
        if now - since > (RENEWED / 60 if small else RENEWED) and (self._renewal is None or self._renewal.done()):
            self._renewal = asyncio.create_task(self._renew(now))
        return vocabulary

    async def _renew(self, now: datetime) -> None:
        async with self._database.read() as connection:
            vocabulary = await load(connection)
        await asyncio.to_thread(vocabulary.warm)
        self._kept = vocabulary, now


_shelves: "WeakKeyDictionary[Database, Shelf]" = WeakKeyDictionary()


async def current(database: Database, now: datetime) -> IndexVocabulary:
    """The process's own copy, at most a few minutes old."""
    return await _shelves.setdefault(database, Shelf(database)).vocabulary(now)
