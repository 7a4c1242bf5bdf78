"""`glashatai backup`: a copy of the database that can be put in its place."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.cli import console, existing
from storage.engine import check_url
from storage.operation import checkup


def register(app: typer.Typer) -> None:
    app.command(help="Copy the database while the bot runs. Mailings under way are paused in the copy.")(backup)


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes; an older one is replaced.")],
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()
    url = check_url(chosen.database_url)
    if url.get_backend_name() != "sqlite":
        settings.refuse("backup copies SQLite; for PostgreSQL use: pg_dump --format=custom --file=FILE DATABASE")
    if missing := existing.missing_file(chosen):
        settings.refuse(f"{missing}: there is no database yet")
    source = Path(url.database or "")
    if target.exists() and (target.is_dir() or target.samefile(source)):
        settings.refuse(f"{target}: is a folder or the database itself")
    try:
        with console.words.status(f"Copying {source}…"):
            size = console.run(asyncio.to_thread(checkup.backup, url, target))
    except (OSError, sqlite3.Error) as error:
        settings.refuse(f"{target}: {error}")
    if as_json:
        console.print_json({"file": str(target), "bytes": size})
    else:
        typer.echo(f"{target}: {size} bytes, checked")
