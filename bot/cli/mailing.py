"""`glashatai mailing`: what is being sent, and every way to interfere."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, TypeVar

import typer

from bot import settings
from bot.cli import console, existing
from bot.cli.wording import read_wording
from bot.settings import Settings, refuse
from domain.mailings import Mailing, MailingKind, MailingState, Progress
from storage.engine import Connection, Database
from storage.operation import leases
from storage.outbox import corrections, mailings

T = TypeVar("T")
app = typer.Typer(help="Mailings: what is being sent, and every way to interfere.", no_args_is_help=True)

OVER = (MailingState.FINISHED, MailingState.CANCELLED)
LOOK_EVERY = 0.2
Number = Annotated[int, typer.Argument(metavar="ID", help="Number of the mailing.")]


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="mailing")


@app.command("list", help="The newest mailings.")
def list_(
    kind: Annotated[list[MailingKind] | None, typer.Option("--kind", help="Only of this kind. Repeatable.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    as_json: console.AsJson = False,
) -> None:
    async def read(connection: Connection) -> list[dict[str, Any]]:
        found = await mailings.latest(connection, kinds=kind or (), limit=limit)
        return [{**as_row(one, await mailings.progress(connection, one.id)), "kind": one.kind} for one in found]

    rows = _asking(read)
    columns = ["id", "kind", "state", "audience", "sent", "failed", "unknown", "skipped", "started", "finished"]
    console.print_table(columns, [[row[name] for name in columns] for row in rows], as_json=as_json)


@app.command(help="One mailing with all its counts.")
def show(number: Number, as_json: console.AsJson = False) -> None:
    _print(_asking(lambda connection: _row(connection, number)), as_json=as_json)


@app.command(help="Stop sending for now; what is on its way arrives.")
def pause(number: Number) -> None:
    _change(number, lambda connection, _now: mailings.pause(connection, number), "is not being sent")


@app.command(help="Go on with a paused mailing.")
def resume(number: Number) -> None:
    _change(number, lambda connection, _now: mailings.resume(connection, number), "is not paused")


@app.command(help="End a mailing for good; what has not left is skipped.")
def cancel(number: Number) -> None:
    _change(number, lambda connection, now: mailings.cancel(connection, number, now), "is over already")


@app.command(help="Send again what failed.")
def retry(
    number: Number,
    unknown: Annotated[bool, typer.Option("--unknown", help="Also what may have arrived already.")] = False,
) -> None:
    def again(connection: Connection, _now: datetime) -> Awaitable[int]:
        return mailings.retry(connection, number, unknown=unknown)

    _change(number, again, "has nothing to send again")


@app.command(help="Take every delivered copy back. Prints the number of the mailing that does it.")
def recall(number: Number) -> None:
    print(_change(number, lambda connection, now: corrections.recall(connection, number, now), "cannot be recalled"))  # noqa: T201


@app.command(help="Put new words into every delivered copy. Prints the number of the mailing that does it.")
def correct(
    number: Number, file: Annotated[str, typer.Argument(metavar="FILE|-", help="The text as it should read.")]
) -> None:
    said = read_wording(file)
    content = {"title": said.title, "text": said.text}

    def anew(connection: Connection, now: datetime) -> Awaitable[int | None]:
        return corrections.correct(connection, number, content, now)

    print(_change(number, anew, "cannot be corrected"))  # noqa: T201


async def follow(database: Database, chosen: Settings, mailing_id: int, *, as_json: bool) -> int:
    """Waits for the end of a mailing, sending it from here where no bot does; prints its counts.

    Returns the exit status: 1 where something failed or is unknown.
    """
    async with _sending(database, chosen), _bar() as show_progress:
        while True:
            async with database.read() as connection:
                found = await mailings.find(connection, mailing_id)
                counted = await mailings.progress(connection, mailing_id)
            assert found is not None  # noqa: S101  it was made a moment ago
            show_progress(counted)
            if found.state in OVER:
                break
            await asyncio.sleep(LOOK_EVERY)
    _print(as_row(found, counted), as_json=as_json)
    return 1 if counted.failed or counted.unknown else 0


def as_row(mailing: Mailing, counted: Progress) -> dict[str, Any]:
    """The names that scripts rely on."""
    return {
        "id": mailing.id,
        "state": mailing.state,
        "audience": counted.audience,
        "pending": counted.pending,
        "sending": counted.sending,
        "sent": counted.sent,
        "failed": counted.failed,
        "unknown": counted.unknown,
        "skipped": counted.skipped,
        "started": mailing.started_at.isoformat() if mailing.started_at else None,
        "finished": mailing.finished_at.isoformat() if mailing.finished_at else None,
    }


def _print(row: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        console.print_json(row)
    else:
        console.print_table(["", " "], [[name, value] for name, value in row.items()], as_json=False)


@asynccontextmanager
async def _sending(database: Database, chosen: Settings) -> Any:
    """A sender of our own while this lasts: it sends where no running bot holds the lease."""
    if chosen.bot_token is None:
        await _need_a_bot(database)
        yield
        return
    from delivery.bot_api import Telegram
    from delivery.pacer import Pacer, paid_pacer
    from delivery.sender import Sender

    telegram = Telegram(chosen.token, chosen.telegram_api_url)
    stop = asyncio.Event()
    sender = Sender(database, telegram, Pacer(chosen.send_rate), paid=paid_pacer(chosen.paid_send_rate))
    running = asyncio.create_task(sender.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running
        await telegram.close()


async def _need_a_bot(database: Database) -> None:
    async with database.read() as connection:
        holder = await leases.holder(connection, "sender", console.utc_now())
    if holder is None:
        refuse("BOT_TOKEN: is not set and no bot is running, so nobody would send it")


@asynccontextmanager
async def _bar() -> Any:
    with console.progress() as bar:
        task = bar.add_task("sending", total=None)

        def show_progress(counted: Progress) -> None:
            bar.update(task, total=counted.audience or None, completed=counted.settled)

        yield show_progress


async def _row(connection: Connection, number: int) -> dict[str, Any]:
    found = await mailings.find(connection, number)
    if found is None:
        refuse(f"there is no mailing {number}")
    return as_row(found, await mailings.progress(connection, number))


def _asking(read: Callable[[Connection], Awaitable[T]]) -> T:
    chosen = settings.load()

    async def command() -> T:
        async with existing.reading(chosen) as connection:
            return await read(connection)

    return console.run(command())


def _change(number: int, change: Callable[[Connection, datetime], Awaitable[Any]], otherwise: str) -> Any:
    chosen = settings.load()

    async def command() -> Any:
        async with console.opened(chosen) as database, database.begin() as connection:
            await _row(connection, number)
            return await change(connection, console.utc_now())

    done = console.run(command())
    if not done:
        refuse(f"mailing {number} {otherwise}")
    return done
