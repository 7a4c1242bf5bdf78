"""`glashatai migrate`: the schema."""

import typer

from bot import settings
from bot.cli import console


def register(app: typer.Typer) -> None:
    app.command(help="Bring the database to the newest schema. Safe to repeat; in one transaction.")(migrate)


def migrate() -> None:
    chosen = settings.load()

    async def command() -> None:
        async with console.opened(chosen):
            console.words.print("The schema is the newest.")

    console.run(command())
