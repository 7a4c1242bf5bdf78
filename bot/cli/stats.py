"""`glashatai stats`: how much of everything there is."""

from dataclasses import asdict
from datetime import datetime

import typer

from bot import settings
from bot.cli import console, existing
from storage.operation import figures
from storage.operation.figures import Figures


def register(app: typer.Typer) -> None:
    app.command(help="How many subscribers, items, events, deliveries there are.")(stats)


def stats(as_json: console.AsJson = False) -> None:
    chosen = settings.load()

    async def command() -> Figures:
        async with existing.reading(chosen) as connection:
            return await figures.count(connection, console.utc_now())

    counted = console.run(command())
    if as_json:
        console.print_json(asdict(counted))
        return
    console.print_table(["figure", "value"], rows(counted), as_json=False)


def rows(counted: Figures) -> list[list[object]]:
    """Name and value, one line each; a mapping gives a line for each of its keys."""
    made: list[list[object]] = []
    for name, value in asdict(counted).items():
        words = name.replace("_", " ")
        if isinstance(value, dict):
            made += [[f"{words}: {key}", count] for key, count in value.items()]
        elif isinstance(value, datetime):
            made.append([words, value.isoformat(timespec="seconds")])
        elif value is not None:
            made.append([words, value])
    return made
