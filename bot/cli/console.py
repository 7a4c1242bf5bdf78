"""What every command shares: where data and words go, the loop, the database, territories and topics by name."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from analysis.geography.gazetteer import Gazetteer
from analysis.text.spelling import is_slip
from bot.installation import opened, prepare
from bot.settings import refuse
from domain.territories import Territory
from domain.topics import Topic

__all__ = [
    "TOPICS",
    "AsJson",
    "TerritoryOption",
    "opened",
    "prepare",
    "print_json",
    "print_table",
    "progress",
    "run",
    "territory_code",
    "topic_code",
    "utc_now",
    "words",
]

T = TypeVar("T")

MOST_CANDIDATES = 8
TOPICS = f"Topics: {', '.join(Topic)}."
"""Ends the help of commands that take one."""

words = Console(stderr=True, highlight=False)
"""For people: progress, remarks, tables beside the data."""

AsJson = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
TerritoryOption = Annotated[
    str | None, typer.Option("--territory", "-t", help="Territory by name («Саяногорск») or OKTMO code.")
]


def run(command: Coroutine[Any, Any, T]) -> T:
    """Runs an asynchronous command to its end; Ctrl-C ends it with status 130 and no traceback."""
    try:
        return asyncio.run(command)
    except KeyboardInterrupt:
        sys.exit(130)


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))  # noqa: T201


def print_table(columns: list[str], rows: list[list[object]], *, as_json: bool) -> None:
    """Rows for people as a table; for programs as a list of objects."""
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def progress(*, hidden: bool = False) -> Progress:
    """A bar on stderr that is seen only where a terminal watches."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=words,
        disable=hidden or not words.is_terminal,
        transient=True,
    )


def territory_code(gazetteer: Gazetteer, name: str) -> str:
    """The territory a person names; refused, with what may have been meant, where that is not sure."""
    found = gazetteer.lookup(name, as_typed=True)
    if len(found) == 1:
        return found[0].code
    meant = found or _nearly(gazetteer, name)
    candidates = "; ".join(f"{gazetteer.title(one.code)} ({one.code})" for one in meant[:MOST_CANDIDATES])
    if found:
        reason = f"{name!r} may be several places, name one by its code: {candidates}"
    elif meant:
        reason = f"no territory is called {name!r}; did you mean {candidates}?"
    else:
        reason = f"no territory is called {name!r}; try: glashatai place search {name!r}"
    return refuse(reason)


def _nearly(gazetteer: Gazetteer, name: str) -> tuple[Territory, ...]:
    """What was meant if it is but a slip: a name further off helps nobody."""
    corrected = gazetteer.names.speller.corrected(name)
    return gazetteer.lookup(corrected, as_typed=True) if corrected and is_slip(name, corrected) else ()


def topic_code(name: str) -> Topic:
    """The topic of a code; refused with the whole list where it is none."""
    try:
        return Topic(name)
    except ValueError:
        return refuse(f"no topic is called {name!r}; the topics are {', '.join(Topic)}")


def utc_now() -> datetime:
    return datetime.now(UTC)
