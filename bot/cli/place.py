"""`glashatai place`: the gazetteer, searched and extended by the official table of OKTMO."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from analysis.geography import gazetteer as gazetteers
from analysis.geography.gazetteer import Gazetteer
from bot import settings
from bot.cli import console, existing
from domain.territories import Territory
from ingestion import oktmo
from ingestion.oktmo import Row
from storage import territories
from storage.engine import Database

GROUP = 1000
"""Settlements written in one transaction."""
COLUMNS = ["code", "kind", "name", "title", "time_zone", "population"]


@dataclass(slots=True)
class Counted:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passed_over: int = 0
    """In no municipality that is known, outside the territory asked for, or there already under another code."""
    rejected: list[dict[str, object]] = field(default_factory=list)


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The gazetteer: find territories, add settlements.", no_args_is_help=True)
    group.command(help="Territories that a name or a code may mean, largest first.")(search)
    group.command("import", help="Add the settlements of the official OKTMO table (CSV of Rosstat). Idempotent.")(
        import_table
    )
    app.add_typer(group, name="place")


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name in any case, with typos, or an OKTMO code.")],
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()

    async def command() -> tuple[Gazetteer, tuple[Territory, ...]]:
        known = await _known(chosen)
        return known, known.lookup(text)

    known, found = console.run(command())
    rows: list[list[object]] = [
        [one.code, one.kind.value, one.name, known.title(one.code), one.time_zone, one.population] for one in found
    ]
    console.print_table(COLUMNS, rows, as_json=as_json)
    if not found:
        console.words.print(f"No territory is called {text!r}.", markup=False)
        raise typer.Exit(1)


async def _known(chosen: settings.Settings) -> Gazetteer:
    """The gazetteer with what was added to it; as it comes, where there is no database yet."""
    if existing.missing_file(chosen):
        return gazetteers.builtin()
    async with existing.reading(chosen) as connection:
        return Gazetteer(await territories.all_of(connection))


def import_table(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The table; cp1251 or UTF-8.", exists=False)],
    territory: Annotated[
        str | None,
        typer.Option(
            "--territory", "-t", help="Only what lies in this territory: a smaller gazetteer is a faster one."
        ),
    ] = None,
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()
    if not path.is_file():
        settings.refuse(f"{path}: is no file")
    if path.stat().st_size > oktmo.LARGEST:
        settings.refuse(f"{path}: is larger than {oktmo.LARGEST} bytes")

    async def command() -> Counted:
        async with console.opened(chosen) as database:
            async with database.read() as connection:
                known = Gazetteer(await territories.all_of(connection))
            within = console.territory_code(known, territory) if territory else None
            return await _import(database, known, path, within)

    try:
        counted = console.run(command())
    except ValueError as error:
        settings.refuse(f"{path}: {error}")
    _report(path, counted, as_json=as_json)
    raise typer.Exit(1 if counted.rejected else 0)


async def _import(database: Database, known: Gazetteer, path: Path, within: str | None) -> Counted:
    counted, rows = Counted(), oktmo.read(path)
    with console.progress() as bar:
        task = bar.add_task(path.name, total=None)
        while group := list(islice(rows, GROUP)):
            await _take(database, known, list(_chosen(known, group, within, counted)), counted)
            bar.advance(task, len(group))
    return counted


def _chosen(known: Gazetteer, rows: list[Row], within: str | None, counted: Counted) -> Iterator[Territory]:
    there = {_named(one): one.code for one in known.by_code.values()}
    for row in rows:
        if row.reason:
            counted.rejected.append({"line": row.line, "reason": row.reason})
            continue
        found = oktmo.settlement(row, known.by_code.get)
        outside = found is None or (within is not None and within not in known.path(found.parent or ""))
        if found is None or outside or there.get(_named(found), found.code) != found.code:
            counted.passed_over += 1
        else:
            yield found


def _named(territory: Territory) -> tuple[str, str | None]:
    """What tells a settlement from the others of its municipality."""
    return territory.short_name.lower().replace("ё", "е"), territory.parent


async def _take(database: Database, known: Gazetteer, found: list[Territory], counted: Counted) -> None:
    fresh = {one.code: one for one in found if one.code not in known.by_code}
    changed = [one for one in found if one.code in known.by_code and known.by_code[one.code] != one]
    async with database.begin() as connection:
        await territories.add(connection, fresh.values())
        for one in changed:
            await territories.replace(connection, one)
    known.by_code.update({one.code: one for one in found})
    counted.added += len(fresh)
    counted.changed += len(changed)
    counted.unchanged += len(found) - len(fresh) - len(changed)


def _report(path: Path, counted: Counted, *, as_json: bool) -> None:
    for one in counted.rejected:
        console.words.print(f"{path}:{one['line']}: {one['reason']}", markup=False)
    if as_json:
        console.print_json(asdict(counted))
        return
    words = [f"{name.replace('_', ' ')} {value}" for name, value in asdict(counted).items() if name != "rejected"]
    typer.echo(", ".join([*words, f"rejected {len(counted.rejected)}"]))
