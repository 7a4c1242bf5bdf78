"""`glashatai announce`: a mailing from the shell."""

from datetime import datetime
from typing import Annotated

import typer

from analysis.geography import gazetteer
from analysis.time.moments import read_moment
from bot import settings
from bot.cli import console, mailing
from bot.cli.wording import read_wording
from bot.settings import Settings, refuse
from domain.announcements import AnnouncementKind, AnnouncementState, Audience, Priority
from domain.mailings import Size
from domain.stars import stars
from domain.territories import RUSSIA
from domain.topics import Topic
from storage.announcing import announcements
from storage.announcing.announcements import Wording
from storage.engine import Connection
from storage.outbox import audiences, mailings

SHELL = 0
"""Author of what comes from the shell: nobody's Telegram id."""


def register(app: typer.Typer) -> None:
    app.command(
        help="Send a text to its audience. Prints the mailing's id and how many it is for.", epilog=console.TOPICS
    )(announce)


def announce(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The text; its first line becomes the headline.")],
    territory: Annotated[
        list[str] | None, typer.Option("--territory", "-t", help="Whom it concerns, by name or OKTMO code. Repeatable.")
    ] = None,
    topic: Annotated[
        list[Topic] | None,
        typer.Option("--topic", metavar="TOPIC", parser=console.topic_code, help="Only who follows it. Repeatable."),
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="Not before: «завтра в 10», ISO time.")] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="Before everything else, and through quiet hours.")] = False,
    at_most_once: Annotated[
        bool, typer.Option("--at-most-once", help="Rather not at all than twice after a fault.")
    ] = False,
    paid: Annotated[
        bool, typer.Option("--paid", help="PAID_SEND_RATE a second, for 0.1 Star a message above 30.")
    ] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Return when it is done; send it here if no bot runs.")] = False,
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()
    if paid and not chosen.paid_send_rate:
        refuse("--paid: PAID_SEND_RATE is 0, so nothing is paid for here")
    wording = read_wording(file)
    places = gazetteer.builtin()
    codes = tuple(console.territory_code(places, name) for name in territory or []) or (RUSSIA,)
    now = console.utc_now()
    when = _moment(at, now, chosen.default_time_zone) if at else None

    async def command() -> int:
        async with console.opened(chosen) as database:
            audience = Audience(codes, tuple(topic or ()))
            async with database.begin() as connection:
                mailing_id = await _start(
                    connection, wording, audience, when, now, urgent=urgent, at_most_once=at_most_once, paid=paid
                )
            async with database.read() as connection:
                size = await audiences.count(connection, audience, now)
            if not (wait and as_json):
                _report(mailing_id, size, when, chosen, paid=paid, as_json=as_json)
            return await mailing.follow(database, chosen, mailing_id, as_json=as_json) if wait else 0

    raise typer.Exit(console.run(command()))


async def _start(
    connection: Connection,
    wording: Wording,
    audience: Audience,
    when: datetime | None,
    now: datetime,
    *,
    urgent: bool,
    at_most_once: bool,
    paid: bool,
) -> int:
    """The mailing of a new announcement, which nobody has to approve."""
    number = await announcements.create(
        connection,
        SHELL,
        AnnouncementKind.NEWS,
        now,
        priority=Priority.URGENT if urgent else Priority.ORDINARY,
        wording=wording,
        audience=audience,
        scheduled_at=when,
        at_most_once=at_most_once,
        paid=paid,
    )
    await announcements.become(connection, number, AnnouncementState.SCHEDULED, now)
    start = mailings.plan if when else mailings.announce
    return await start(connection, number, now)


def _moment(text: str, now: datetime, zone: str) -> datetime:
    found = read_moment(text, now, zone)
    if found is None:
        refuse(f"--at: cannot make a time of {text!r}; for example «завтра в 10:00» or 2026-12-01T10:00")
    if found <= now:
        refuse(f"--at: {text!r} is over already")
    return found


def _report(mailing_id: int, size: Size, when: datetime | None, chosen: Settings, *, paid: bool, as_json: bool) -> None:
    if as_json:
        row = {"id": mailing_id, "audience": size.people, "quiet": size.quiet, "at": when}
        console.print_json(row | ({"stars_at_most": stars(size.people)} if paid else {}))
        return
    rate = chosen.paid_send_rate if paid else chosen.send_rate
    hours = size.people / rate / 3600
    takes = f", about {hours:.1f} h at {rate:g} a second" if hours >= 0.1 else ""
    costs = f", for {stars(size.people)} Stars at most" if paid else ""
    quiet = f", {size.quiet} of them after their quiet hours" if size.quiet else ""
    start = f" Starts {when:%Y-%m-%d %H:%M} UTC." if when else ""
    console.words.print(f"Mailing {mailing_id} to {size.people}{quiet}{takes}{costs}.{start}")
    print(f"{mailing_id}\t{size.people}")  # noqa: T201
