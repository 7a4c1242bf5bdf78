"""`glashatai doctor`: what is wrong with this installation, and what to do."""

from dataclasses import asdict

import typer

from bot import checks, settings
from bot.checks import Finding
from bot.cli import console, existing
from bot.settings import Settings
from storage.engine import Database


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
    if missing := existing.missing_file(chosen):
        advice = "start the bot, or run: glashatai migrate"
        return [*found, checks.wrong("database", f"{missing} is not there yet", advice)]
    database = Database(chosen.database_url)
    try:
        found += [one async for one in checks.database(database)]
        if all(one.good for one in found if one.part in ("database", "schema")):
            async with database.read() as connection:
                found += [one async for one in checks.contents(chosen, connection, console.utc_now())]
    finally:
        await database.close()
    return found
