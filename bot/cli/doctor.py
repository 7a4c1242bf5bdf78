"""`glashatai doctor`: what is wrong with this installation, and what to do."""

from dataclasses import asdict
from pathlib import Path

import typer

from bot import checks, settings
from bot.checks import Finding
from bot.cli import console
from bot.settings import Settings
from storage.engine import Database, check_url


def register(app: typer.Typer) -> None:
    app.command(help="Say what is wrong with this installation and what to do. Exit status 1 where something is.")(
        doctor
    )


def doctor(as_json: console.AsJson = False) -> None:
    chosen = settings.load()

    async def command() -> list[Finding]:
        with console.words.status("Looking…"):
            return await _look(chosen)

    found = console.run(command())
    if as_json:
        console.print_json([asdict(one) for one in found])
    else:
        for one in found:
            typer.echo(f"{'ok   ' if one.good else 'WRONG'}  {one.part}: {one.said}")
            if one.advice:
                typer.echo(f"       → {one.advice}")
    raise typer.Exit(0 if all(one.good for one in found) else 1)


async def _look(chosen: Settings) -> list[Finding]:
    found = [one async for one in checks.telegram(chosen)]
    if missing := _missing_file(chosen):
        return [*found, missing]
    database = Database(chosen.database_url)
    try:
        found += [one async for one in checks.database(database)]
        if all(one.good for one in found if one.part in ("database", "schema")):
            async with database.read() as connection:
                found += [one async for one in checks.contents(chosen, connection, console.utc_now())]
    finally:
        await database.close()
    return found


def _missing_file(chosen: Settings) -> Finding | None:
    """Looking must not make the file that it looks for."""
    url = check_url(chosen.database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").exists():
        return None
    return checks.wrong("database", f"{url.database} is not there yet", "start the bot, or run: glashatai migrate")
