"""Parsing in child processes that are killed when they take too long or too much memory.

A parser is C code and regular expressions over whatever a stranger sent: no exception handler stops either of them.
"""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from ingestion.parsers.given import Given, ParseError

T = TypeVar("T")
SECONDS = 5.0
MEMORY = 512 * 1024 * 1024
"""Bytes beyond what the libraries themselves need."""
TASKS = 2_000
"""After so many a child makes room for a fresh one: parsers in C leak."""


class Children:
    """A pool of parsers. Use it as a context manager, one for the process."""

    def __init__(self, *, children: int = 2, seconds: float = SECONDS) -> None:
        self._children = children
        self._seconds = seconds

    async def __aenter__(self) -> "Children":
        # Not forked from us: a child of a process with threads may hang, and would inherit all our memory.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ingestion.parsing", "trafilatura"])
        self._pool = ProcessPool(max_workers=self._children, max_tasks=TASKS, context=context, initializer=_confine)
        # The first task starts the children and waits for it: half a second in which the loop would stand still.
        await asyncio.to_thread(self._pool.schedule, _nothing)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        await asyncio.to_thread(self._pool.join)

    async def parse(self, parse: Callable[[Given], T], given: Given) -> T:
        """The parser's result. Raises ParseError for whatever goes wrong with the body."""
        future: Future[T] = self._pool.schedule(parse, args=(given,), timeout=self._seconds)
        try:
            return await asyncio.wrap_future(future)
        except ParseError:
            raise
        except TimeoutError:
            raise ParseError(f"took longer than {self._seconds:g} seconds to read") from None
        except MemoryError:
            raise ParseError("took too much memory to read") from None
        except ProcessExpired:
            raise ParseError("ended the process that read it") from None
        except Exception as error:  # noqa: BLE001  whatever a parser trips over, the body is to blame
            raise ParseError(f"could not be read: {type(error).__name__}") from None


def _nothing() -> None:
    """A task that starts the pool."""


def _confine() -> None:
    import trafilatura  # noqa: F401

    import ingestion.parsing  # noqa: F401  both are loaded first, so that the bound counts from here

    with open("/proc/self/statm") as statm:  # noqa: PTH123
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
