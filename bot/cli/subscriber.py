"""`glashatai subscriber`: people brought from elsewhere, listed, and taken along."""

import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from analysis.geography.gazetteer import Gazetteer
from bot import settings
from bot.cli import console, existing
from bot.cli.subscriber_rows import COLUMNS, Refused, Row, read_rows
from domain.subscribers import ChatKind, Subscriber, Subscription
from presenters.spreadsheets import line
from storage import territories
from storage.engine import Connection, Database
from storage.people import subscribers, subscriptions

GROUP = 500
"""Lines written in one transaction."""
LISTED = ["chat_id", "kind", "home", "language", "time_zone", "subscriptions", "paused_until", "blocked_at"]


@dataclass(slots=True)
class Counted:
    added: int = 0
    known: int = 0
    rejected: list[Refused] = field(default_factory=list)


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Subscribers: import, list, export.", no_args_is_help=True)
    columns = ", ".join(COLUMNS)
    group.command("import", help=f"Add subscribers from CSV ({columns}; only the first is needed). Idempotent.")(
        import_file
    )
    group.command("list", help="Who is served.")(list_all)
    group.command("export", help="Subscribers and what they get as CSV, in the form that import takes.")(export)
    app.add_typer(group, name="subscriber")


def import_file(
    path: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A CSV file.")],
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()

    async def command() -> Counted:
        async with console.opened(chosen) as database:
            async with database.read() as connection:
                gazetteer = Gazetteer(await territories.all_of(connection))
            try:
                rows = list(read_rows(path.read_bytes(), gazetteer))
            except ValueError as error:
                settings.refuse(f"{path}: {error}")
            return await _take_in(database, rows, _Defaults(gazetteer, chosen))

    counted = console.run(command())
    _report(path, counted, as_json=as_json)
    raise typer.Exit(1 if counted.rejected else 0)


@dataclass(frozen=True, slots=True)
class _Defaults:
    gazetteer: Gazetteer
    settings: settings.Settings

    def zone(self, row: Row) -> str:
        if row.time_zone:
            return row.time_zone
        return self.gazetteer.by_code[row.territory].time_zone if row.territory else self.settings.default_time_zone


async def _take_in(database: Database, rows: list[Row | Refused], defaults: _Defaults) -> Counted:
    counted = Counted(rejected=[row for row in rows if isinstance(row, Refused)])
    good = iter([row for row in rows if isinstance(row, Row)])
    with console.progress() as bar:
        task = bar.add_task("subscribers", total=len(rows) - len(counted.rejected))
        while group := list(islice(good, GROUP)):
            async with database.begin() as connection:
                added = [await _add(connection, row, defaults) for row in group]
            counted.added += sum(added)
            counted.known += len(added) - sum(added)
            bar.advance(task, len(group))
    return counted


async def _add(connection: Connection, row: Row, defaults: _Defaults) -> bool:
    """Whether the subscriber is new. Who is known keeps their own settings and may get one more subscription."""
    now = console.utc_now()
    known = await subscribers.by_chat(connection, row.chat_id)
    subscriber = known or await subscribers.ensure(
        connection,
        chat_id=row.chat_id,
        kind=ChatKind.PRIVATE if row.chat_id > 0 else ChatKind.GROUP,
        language=row.language or defaults.settings.default_language,
        time_zone=defaults.zone(row),
        now=now,
    )
    if row.territory:
        if subscriber.home is None:
            await subscribers.set_home(connection, subscriber.id, row.territory, subscriber.time_zone)
        await subscriptions.subscribe(
            connection, subscriber.id, row.territory, topic=row.topic, frequency=row.frequency, now=now
        )
    return known is None


def _report(path: Path, counted: Counted, *, as_json: bool) -> None:
    if as_json:
        console.print_json({**asdict(counted), "rejected": [asdict(one) for one in counted.rejected]})
    for one in counted.rejected:
        console.words.print(f"{path}:{one.line}: {one.reason}", markup=False, soft_wrap=True)
    console.words.print(f"added {counted.added}, known {counted.known}, rejected {len(counted.rejected)}")


def list_all(
    limit: Annotated[int, typer.Option(min=1, help="At most so many, oldest first.")] = 1000,
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()

    async def command() -> list[list[object]]:
        rows: list[list[object]] = []
        async with existing.reading(chosen) as connection:
            async for one in subscribers.everyone(connection):
                if len(rows) == limit:
                    break
                rows.append(_listed(one, len(await subscriptions.of(connection, one.id))))
        return rows

    console.print_table(LISTED, console.run(command()), as_json=as_json)


def _listed(one: Subscriber, followed: int) -> list[object]:
    return [
        one.chat_id,
        one.kind.value,
        one.home,
        one.language,
        one.time_zone,
        followed,
        one.paused_until,
        one.blocked_at,
    ]


def export() -> None:
    chosen = settings.load()

    async def command() -> None:
        async with existing.reading(chosen) as connection:
            sys.stdout.write(line(COLUMNS))
            async for one in subscribers.everyone(connection):
                for row in _exported(one, await subscriptions.of(connection, one.id)):
                    sys.stdout.write(line(row))

    console.run(command())


def _exported(one: Subscriber, followed: Iterable[Subscription]) -> list[list[object]]:
    """One line a subscription. Saved searches stay behind: no column holds them."""
    rows: list[list[object]] = [
        [one.chat_id, each.territory, each.topic or "", each.frequency.value, one.language, one.time_zone]
        for each in followed
        if not each.words
    ]
    return rows or [[one.chat_id, "", "", "", one.language, one.time_zone]]
