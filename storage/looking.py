"""A plain connection to an SQLite file in a thread of its own: a way of reading that costs one turn.

SQLAlchemy's reader takes a turn of its thread to begin, one for each statement and one to end. A function that is
given the connection itself asks as often as it likes within one.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Looker:
    """One thread for all that look: two, taking turns with the interpreter at every row, got less done than one."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._connection: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="look")

    async def look(self, read: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._look, read)

    def _look(self, read: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None:
            self._connection = self._connect()
        return read(self._connection)

    def close(self) -> None:
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()
