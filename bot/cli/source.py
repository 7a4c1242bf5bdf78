"""`glashatai source`: where news comes from."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated, Any

import typer

from analysis.geography import gazetteer
from analysis.reader import Reader
from bot import logs, settings
from bot.cli import console, existing
from bot.settings import Settings
from domain.sources import Entry, Finding, Source, SourceKind, SourceState, Trust
from ingestion import gathering
from ingestion.gathering import Gathering
from ingestion.polling import poll
from storage import territories
from storage.engine import Connection, Database
from storage.intake import sources

app = typer.Typer(help="Sites, calendars, communities and channels that news comes from.", no_args_is_help=True)
Address = Annotated[
    str, typer.Argument(metavar="URL", help="A site, feed, calendar, VK community or Telegram channel.")
]
Number = Annotated[int, typer.Argument(metavar="ID", help="As `glashatai source list` shows it.")]
Trusted = Annotated[Trust, typer.Option(help="auto: goes out by itself; review: a moderator looks first.")]
PREVIEW = 160


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="source")


@asynccontextmanager
async def _opened(chosen: Settings) -> AsyncIterator[tuple[Database, Gathering]]:
    logs.configure("warning", chosen.log_format)
    async with console.opened(chosen) as database, gathering.opened(_options(chosen)) as gathered:
        yield database, gathered


def _options(chosen: Settings) -> gathering.Options:
    token = chosen.vk_token.get_secret_value() if chosen.vk_token else ""
    return gathering.Options(chosen.fetch_allow_private, chosen.public_url or "", token, chosen.vk_api_url)


@app.command(help="Follow a source. Its kind is found out, and what would come in is shown.")
def add(
    url: Address,
    kind: Annotated[SourceKind | None, typer.Option(help="What it is, where that is not to be found out.")] = None,
    territory: console.TerritoryOption = None,
    trust: Annotated[
        Trust, typer.Option(help="auto: goes out by itself; review: a moderator looks first.")
    ] = Trust.REVIEW,
    every: Annotated[int | None, typer.Option("--every", metavar="M", min=1, help="Minutes between polls.")] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="NAME=CSS", help="Of a page: links, title, text, date.")
    ] = None,
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()
    code = console.territory_code(gazetteer.builtin(), territory) if territory else None

    async def command() -> Source:
        async with _opened(chosen) as (database, gathered):
            finding = await gathered.detector.probe(
                url, kind=kind, zone=await _zone(database, code), settings=dict(_rule(one) for one in rule or ())
            )
            await _confirm(finding)
            async with database.begin() as connection:
                return await _follow(connection, finding, code, trust, every)

    source = console.run(command())
    if as_json:
        console.print_json(_as_dict(source))
    else:
        typer.echo(f"source {source.id}: {source.kind} {source.url}")


@app.command("list", help="Every source with its health.")
def show_list(as_json: console.AsJson = False) -> None:
    chosen = settings.load()

    async def command() -> tuple[list[Source], dict[int, int]]:
        async with existing.reading(chosen) as connection:
            found = await sources.listed(connection)
            return found, await sources.counts_of_publications(connection, [one.id for one in found])

    found, counts = console.run(command())
    if as_json:
        console.print_json([_as_dict(one) | {"publications": counts.get(one.id, 0)} for one in found])
        return
    columns = ["id", "kind", "state", "trust", "territory", "texts", "last success", "next poll", "error", "address"]
    rows: list[list[object]] = [
        [
            one.id,
            one.kind,
            one.state,
            one.trust,
            gazetteer.builtin().title(one.territory) if one.territory else None,
            counts.get(one.id, 0),
            _minute(one.last_success_at),
            _minute(one.next_poll_at),
            one.last_error,
            one.url,
        ]
        for one in found
    ]
    console.print_table(columns, rows, as_json=False)


@app.command(help="Fetch a source once, without storing, and show what would come in.")
def check(source_id: Number, as_json: console.AsJson = False) -> None:
    chosen = settings.load()

    async def command() -> Finding:
        async with _opened(chosen) as (database, gathered):
            source = await _get(database, source_id)
            zone = await _zone(database, source.territory)
            return await gathered.detector.probe(source.url, kind=source.kind, zone=zone, settings=source.settings)

    finding = console.run(command())
    if as_json:
        console.print_json(
            {"kind": finding.kind, "problem": finding.problem, "entries": [_entry(one) for one in finding.entries]}
        )
    else:
        _show(finding)
    raise typer.Exit(1 if finding.kind is None else 0)


@app.command("poll", help="Poll a source now, whether it is due or not, and take in what is new.")
def poll_now(source_id: Number, as_json: console.AsJson = False) -> None:
    chosen = settings.load()

    async def command() -> dict[str, Any]:
        async with _opened(chosen) as (database, gathered):
            source = await _get(database, source_id)
            reader, interval = Reader(gazetteer.builtin()), timedelta(minutes=chosen.poll_interval)
            chance = random.Random()  # noqa: S311  spreads polls, keeps no secret
            intake = await poll(database, reader, gathered.collector, source, console.utc_now(), interval, chance)
            error = (await _get(database, source_id)).last_error
            return {"added": intake.added, "merged": intake.merged, "updated": intake.updated, "error": error}

    outcome = console.run(command())
    if as_json:
        console.print_json(outcome)
    else:
        typer.echo(", ".join(f"{name} {value}" for name, value in outcome.items() if value is not None))
    raise typer.Exit(1 if outcome["error"] else 0)


@app.command(help="Stop polling a source for a while.")
def pause(source_id: Number) -> None:
    _set_state(source_id, SourceState.PAUSED)


@app.command(help="Poll a paused source again.")
def resume(source_id: Number) -> None:
    _set_state(source_id, SourceState.ACTIVE)


@app.command(help="Follow a source no more. What it published stays.")
def remove(source_id: Number) -> None:
    _set_state(source_id, SourceState.REMOVED)


async def _follow(
    connection: Connection, finding: Finding, territory: str | None, trust: Trust, every: int | None
) -> Source:
    return await sources.add(
        connection,
        kind=finding.kind or SourceKind.PAGE,
        url=finding.url,
        title=finding.title,
        territory=territory,
        trust=trust,
        every_minutes=every,
        settings=finding.settings,
        now=console.utc_now(),
    )


async def _confirm(finding: Finding) -> None:
    """Shows what would come in; asks only where somebody sits at a terminal."""
    if finding.kind is None:
        settings.refuse(f"{finding.url}: {finding.problem}")
    _show(finding)
    if sys.stdin.isatty() and not await asyncio.to_thread(typer.confirm, "Follow it?", default=True, err=True):
        settings.refuse("not added")


def _set_state(source_id: int, state: SourceState) -> None:
    chosen = settings.load()

    async def command() -> None:
        async with console.opened(chosen) as database:
            await _get(database, source_id)
            async with database.begin() as connection:
                await sources.set_state(connection, source_id, state, console.utc_now())

    console.run(command())
    console.words.print(f"source {source_id}: {state}")


async def _get(database: Database, source_id: int) -> Source:
    async with database.read() as connection:
        source = await sources.get(connection, source_id)
    if source is None or source.state is SourceState.REMOVED:
        settings.refuse(f"there is no source {source_id}; try: glashatai source list")
    return source


async def _zone(database: Database, code: str | None) -> str:
    async with database.read() as connection:
        return (await territories.zones(connection, [code] if code else [])).get(code or "", gathering.ZONE)


def _rule(text: str) -> tuple[str, str]:
    name, equals, css = text.partition("=")
    if not equals or name not in ("links", "title", "text", "date", "match", "full"):
        settings.refuse(f"--rule {text!r}: wants links=, title=, text= or date=CSS, match=PART, or full=yes")
    return name, css


def _show(finding: Finding) -> None:
    words = console.words
    if finding.kind is None:
        words.print(f"{finding.url}: {finding.problem}", markup=False, soft_wrap=True)
        return
    words.print(f"{finding.kind}: {finding.title or finding.url} ({finding.url})", markup=False, soft_wrap=True)
    if finding.kind is SourceKind.TELEGRAM:
        words.print("Make the bot an administrator of the channel: its posts then come in by themselves.")
    for entry in finding.entries:
        moment = entry.occurrence.starts_at if entry.occurrence else entry.published_at
        day = f"{moment:%Y-%m-%d}" if moment else "no date"
        words.print(f"  {day}  {' '.join(entry.text.split())[:PREVIEW]}", markup=False, soft_wrap=True)


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.external_id,
        "title": entry.title,
        "url": entry.url,
        "published": entry.published_at,
        "text": entry.text,
    }


def _as_dict(source: Source) -> dict[str, object]:
    names = ("id", "kind", "url", "title", "territory", "trust", "state", "every_minutes", "settings")
    health = ("last_success_at", "last_error", "failures", "next_poll_at")
    return {name: getattr(source, name) for name in (*names, *health)}


def _minute(moment: object) -> str:
    return str(moment)[:16] if moment else ""
