"""`glashatai import`: texts out of files, idempotent, each bad line refused alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from analysis.geography import gazetteer
from analysis.reader import Reader
from bot import logs, settings
from bot.cli import console
from domain.sources import Intake, Source
from ingestion import files, pipeline
from ingestion.child import Children
from ingestion.files import Loaded
from storage.engine import Database
from storage.intake import sources

GROUP = 100
ARCHIVE = 30
"""More texts than this are an archive: they are found by whoever asks, and broadcast to nobody."""
Rejection = dict[str, object]


def register(app: typer.Typer) -> None:
    app.command("import", help="Add texts from files. Idempotent: what is there already stays as it is.")(import_files)


def import_files(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help=f"Texts: {', '.join(files.SUFFIXES)}.")],
    territory: console.TerritoryOption = None,
    source: Annotated[str | None, typer.Option("--source", help="Name of the source they are kept under.")] = None,
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()
    logs.configure("warning", chosen.log_format)
    for path in paths:
        if problem := files.problem(path):
            settings.refuse(f"{path}: {problem}")
    code = console.territory_code(gazetteer.builtin(), territory) if territory else None
    zone = gazetteer.builtin().by_code[code].time_zone if code else chosen.default_time_zone

    async def command() -> tuple[Intake, list[Rejection]]:
        total, rejections = Intake(), list[Rejection]()
        async with console.opened(chosen) as database, Children(children=1) as children:
            take_in = _Importer(database, Reader(gazetteer.builtin()), children, zone)
            for path in paths:
                intake, refused = await take_in.file(path, source, code)
                total += intake
                rejections += refused
        return total, rejections

    total, rejections = console.run(command())
    _report(total, rejections, as_json=as_json)
    raise typer.Exit(1 if rejections else 0)


@dataclass(frozen=True, slots=True)
class _Importer:
    database: Database
    reader: Reader
    children: Children
    zone: str

    async def file(self, path: Path, name: str | None, territory: str | None) -> tuple[Intake, list[Rejection]]:
        now = console.utc_now()
        async with self.database.begin() as connection:
            source = await sources.archive(connection, name or files.default_source(path), territory, now)
        total, rejections = Intake(), list[Rejection]()
        loaded = await files.read(path, self.zone, now, self.children)
        first = list(islice(loaded, ARCHIVE + 1))
        with console.progress() as bar:
            task = bar.add_task(path.name, total=None)
            for group in _groups(first, loaded):
                intake, refused = await self._group(source, group, silent=len(first) > ARCHIVE)
                total += intake
                rejections += [{"file": str(path), **rejection} for rejection in refused]
                bar.advance(task, len(group))
        return total, rejections

    async def _group(self, source: Source, group: list[Loaded], *, silent: bool) -> tuple[Intake, list[Rejection]]:
        lines = {one.entry.external_id: one.line for one in group if one.entry}
        entries = [one.entry for one in group if one.entry]
        intake = await pipeline.take_in(self.database, self.reader, source, entries, console.utc_now(), silent=silent)
        refused: list[Rejection] = [{"line": one.line, "reason": one.reason} for one in group if one.entry is None]
        refused += [{"line": lines.get(identity), "reason": reason} for identity, reason in intake.rejected]
        return intake, refused


def _groups(first: list[Loaded], rest: Iterator[Loaded]) -> Iterator[list[Loaded]]:
    if first:
        yield first
    while group := list(islice(rest, GROUP)):
        yield group


def _report(total: Intake, rejections: list[Rejection], *, as_json: bool) -> None:
    for one in rejections:
        console.words.print(f"{one['file']}:{one['line']}: {one['reason']}", markup=False, soft_wrap=True)
    counts = {name: getattr(total, name) for name in ("added", "merged", "updated", "unchanged")}
    if as_json:
        typer.echo(json.dumps({**counts, "rejected": rejections}, ensure_ascii=False))
        return
    words = [f"{name} {count}" for name, count in counts.items()]
    typer.echo(", ".join([*words, f"rejected {len(rejections)}"]))
