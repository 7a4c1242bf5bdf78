"""Times question by question, and the table of them that is printed."""

import time
from collections.abc import Awaitable, Callable
from statistics import mean

from bench.search.questions import Classes
from domain.queries import Query

Ask = Callable[[Query], Awaitable[int | None]]
"""Asks one question; None where it cannot be asked in that way."""
Times = dict[str, list[float]]
SHARES = (0.5, 0.95, 0.99)


async def timed(
    classes: Classes, ask: Ask, most: int | None = None, clock: Callable[[], float] = time.perf_counter
) -> Times:
    """Milliseconds of every question of every class, after one to warm up."""
    found: Times = {}
    for name, queries in classes.items():
        found[name] = []
        if await ask(queries[0]) is None:
            continue
        for query in queries[:most]:
            began = clock()
            await ask(query)
            found[name].append((clock() - began) * 1000)
    return found


def report(columns: dict[str, Times]) -> None:
    print("| question | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for name in next(iter(columns.values())):
        print(f"| {name} | " + " | ".join(shares(times[name]) for times in columns.values()) + " |")
    means = (mean(time for times in column.values() for time in times) for column in columns.values())
    print("| mean of all | " + " | ".join(_short(value) for value in means) + " |\n")


def shares(times: list[float]) -> str:
    """p50 / p95 / p99."""
    if not times:
        return "–"
    ordered = sorted(times)
    return " / ".join(_short(ordered[min(len(ordered) - 1, int(len(ordered) * share))]) for share in SHARES)


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
