"""What every command shares: where data and words go, the loop, the database, territories by name."""

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
from bot.installation import opened, prepare
from bot.settings import refuse

__all__ = [
    "AsJson",
    "TerritoryOption",
    "opened",
    "prepare",
    "print_json",
    "print_table",
    "progress",
    "run",
    "territory_code",
    "utc_now",
    "words",
]

T = TypeVar("T")

MOST_CANDIDATES = 8

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
    meant = found or gazetteer.lookup(name)
    candidates = "; ".join(f"{gazetteer.title(one.code)} ({one.code})" for one in meant[:MOST_CANDIDATES])
    if found:
        reason = f"{name!r} may be several places, name one by its code: {candidates}"
    elif meant:
        reason = f"no territory is called {name!r}; did you mean {candidates}?"
    else:
        reason = f"no territory is called {name!r}; try: glashatai place search {name!r}"
    return refuse(reason)


def utc_now() -> datetime:
    return datetime.now(UTC)
