"""Plain connections to an SQLite file, each used by one thread at a time: a way of reading that costs one turn.

SQLAlchemy's reader takes a turn of its thread to begin, one for each statement and one to end. A function that is
given the connection itself asks as often as it likes within one.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Lookers:
    """So many threads; connections are made by ``connect`` as they are first needed. Close them."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], threads: int) -> None:
        self._connect = connect
        self._idle = deque[sqlite3.Connection]()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="look")

    async def look(self, read: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._look, read)

    def _look(self, read: Callable[[sqlite3.Connection], T]) -> T:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            return read(connection)
        finally:
            self._idle.append(connection)

    def close(self) -> None:
        self._threads.shutdown()
        while self._idle:
            self._idle.pop().close()
