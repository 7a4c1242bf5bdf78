"""Where the CPU of a search goes: its statements, plan and ranking, the way to the thread and back."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from bench.corpus import NOW
from bench.search.questions import Classes
from storage.engine import Database
from storage.search import find
from storage.search.vocabulary import IndexVocabulary

T = TypeVar("T")


class Measured(Database):
    """Seconds of CPU: within looks, and within their statements."""

    inside = 0.0
    statements = 0.0

    async def look(self, read: Callable[[sqlite3.Connection], T]) -> T:
        def timed(connection: sqlite3.Connection) -> T:
            began = time.thread_time()
            found = read(cast("sqlite3.Connection", _Timed(connection, self)))
            self.inside += time.thread_time() - began
            return found

        return await super().look(timed)


class _Timed:
    """A connection whose statements are read to their end at once, and timed."""

    def __init__(self, connection: sqlite3.Connection, measured: Measured) -> None:
        self._connection, self._measured = connection, measured
        self._rows: list[Any] = []

    def execute(self, statement: str, values: tuple[object, ...]) -> "_Timed":
        began = time.thread_time()
        self._rows = self._connection.execute(statement, values).fetchall()
        self._measured.statements += time.thread_time() - began
        return self

    def fetchall(self) -> list[Any]:
        return self._rows


async def parts(url: str, classes: Classes, known: IndexVocabulary) -> None:
    database = Measured(url)
    queries = [query for one in classes.values() for query in one]
    await find(database, queries[0], vocabulary=known, now=NOW)
    database.inside = database.statements = 0.0
    began = time.process_time()
    for query in queries:
        await find(database, query, vocabulary=known, now=NOW)
    whole = time.process_time() - began
    await database.close()
    figures = database.statements, database.inside - database.statements, whole - database.inside
    each = [f"{seconds * 1000 / len(queries):.2f}" for seconds in figures]
    print(f"CPU of a search: statements {each[0]} ms, plan and ranking {each[1]}, the turn of the thread {each[2]}")
