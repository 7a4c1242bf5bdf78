"""What may be wrong with an installation, and what to do about it: the substance of `glashatai doctor`."""

import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.settings import Settings
from delivery.settling import LEASE
from storage.engine import Connection, Database
from storage.intake import sources
from storage.operation import checkup, figures, job_runs, leases
from storage.operation.figures import Figures
from storage.operation.job_runs import JobRun
from storage.people import roles

PATIENCE = 10.0
"""Seconds for an answer of Telegram."""
LEAST_SPACE = 500_000_000
"""Bytes free on the disk of the database."""
CLOCK_OFF = timedelta(seconds=30)
JOB_LATE = timedelta(hours=3)
"""The rarest job runs every hour."""
WAITS_LONG = timedelta(minutes=10)
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    good: bool
    said: str
    advice: str = ""
    """What to do; empty where all is well."""


def well(part: str, said: str) -> Finding:
    return Finding(part, True, said)


def wrong(part: str, said: str, advice: str) -> Finding:
    return Finding(part, False, said, advice)


async def telegram(settings: Settings) -> AsyncIterator[Finding]:
    """Token, address, clock, and whether updates come the way the settings say."""
    if settings.bot_token is None:
        yield wrong("token", "BOT_TOKEN is not set", "ask @BotFather in Telegram for a token and put it into .env")
        return
    try:
        known, told_at = await _ask(settings, "getMe")
        hook, _ = await _ask(settings, "getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:  # never its words: they may hold the token
        yield wrong(
            "telegram",
            f"{settings.telegram_api_url} does not answer ({type(error).__name__})",
            "look at the network (the bot goes through no proxy) or TELEGRAM_API_URL",
        )
        return
    if not known.get("ok"):
        said = f"Telegram refuses the token: {known.get('description')}"
        yield wrong("token", said, "ask @BotFather for the token that holds now")
        return
    yield well("token", f"is that of @{known['result'].get('username')}")
    yield _clock(told_at)
    yield _webhook(settings, str(hook.get("result", {}).get("url", "")))


async def _ask(settings: Settings, method: str) -> tuple[dict[str, Any], datetime | None]:
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{settings.telegram_api_url}/bot{settings.token}/{method}") as reply,
    ):
        date = reply.headers.get("Date")
        answer = await reply.json(content_type=None)
    if not isinstance(answer, dict):
        raise ValueError("no answer of a Bot API server")
    return answer, parsedate_to_datetime(date) if date else None


def _clock(told_at: datetime | None) -> Finding:
    off = abs(datetime.now(UTC) - told_at) if told_at else timedelta()
    if off > CLOCK_OFF:
        return wrong(
            "clock", f"is off by {off.total_seconds():.0f} s", "set the clock by NTP: timedatectl set-ntp true"
        )
    return well("clock", "agrees with Telegram's")


def _webhook(settings: Settings, url: str) -> Finding:
    if url == (settings.webhook_url or ""):
        return well("updates", f"by webhook at {url}" if url else "by polling")
    wanted = settings.webhook_url or "polling"
    said = f"Telegram delivers to {url or 'whoever polls'}, the settings say {wanted}"
    return wrong("updates", said, "start `glashatai run`, it sets this right; then look for a second installation")


async def database(opened: Database) -> AsyncIterator[Finding]:
    """The file or server itself; the rest is looked at only where this is well."""
    try:
        async with opened.begin():
            pass
    except Exception as error:  # noqa: BLE001  whatever the driver raises is the finding
        said = f"cannot be written: {type(error).__name__}: {str(error).splitlines()[0][:200]}"
        yield wrong("database", said, "look at DATABASE_URL, the rights of its folder, or the server")
        return
    yield well("database", f"{opened.url.render_as_string(hide_password=True)} can be written")
    async with opened.read() as connection:
        schema = await checkup.schema(connection)
        broken = await checkup.faults(connection)
    if not schema.is_newest:
        yield wrong(
            "schema", f"is {schema.current or 'empty'}, the newest is {schema.newest}", "run: glashatai migrate"
        )
    else:
        yield well("schema", f"{schema.newest}, the newest")
    for line in broken:
        yield wrong("integrity", line, "stop the bot and restore the last backup; keep the damaged file")
    if not broken:
        yield well("integrity", "no fault found")
    if opened.is_sqlite:
        yield _space(Path(opened.url.database or ""))


def _space(path: Path) -> Finding:
    free = shutil.disk_usage(path.absolute().parent).free
    said = f"{free / 1e9:.1f} GB free beside the database"
    return (
        well("disk", said) if free >= LEAST_SPACE else wrong("disk", said, "make room: nothing is sent on a full disk")
    )


async def contents(settings: Settings, connection: Connection, now: datetime) -> AsyncIterator[Finding]:
    """What the tables tell about the work."""
    if await checkup.has_gazetteer(connection):
        yield well("gazetteer", "is there")
    else:
        yield wrong("gazetteer", "is empty", "run: glashatai migrate")
    if not settings.owner_ids and not await roles.everyone(connection):
        yield wrong(
            "owners", "nobody may act", "put your Telegram id into OWNER_IDS, or run: glashatai role grant ID owner"
        )
    runs = await job_runs.last(connection)
    sender = await leases.holder(connection, LEASE, now)
    for finding in _running(runs, sender, now):
        yield finding
    async for finding in _sources(connection):
        yield finding
    counted = await figures.count(connection, now)
    for finding in _queues(counted, now, is_running=sender is not None):
        yield finding


def _running(runs: Sequence[JobRun], sender: str | None, now: datetime) -> list[Finding]:
    found = [
        wrong("jobs", f"“{run.name}” failed at {run.started_at:%Y-%m-%d %H:%M} UTC: {run.error}", "look into the log")
        for run in runs
        if run.error
    ]
    if sender is None:
        return [*found, wrong("process", "the bot does not run: nobody sends", "start: glashatai run")]
    late = [run.name for run in runs if now - run.started_at > JOB_LATE]
    found += [
        wrong("jobs", f"“{name}” did not run for hours", "restart the bot and look into the log") for name in late
    ]
    return found or [well("jobs", f"{len(runs)} run as they should")]


async def _sources(connection: Connection) -> AsyncIterator[Finding]:
    listed = await sources.listed(connection)
    failing = [source for source in listed if source.failures]
    for source in failing[:MOST_NAMED]:
        said = f"№ {source.id} {source.title or source.url} failed {source.failures} times: {source.last_error}"
        yield wrong("sources", said, f"look at it: glashatai source check {source.id}")
    if len(failing) > MOST_NAMED:
        yield wrong("sources", f"and {len(failing) - MOST_NAMED} more", "see: glashatai source list")
    if not failing:
        yield well("sources", f"{len(listed)}, all well")


def _queues(counted: Figures, now: datetime, *, is_running: bool) -> list[Finding]:
    owed = sum(counted.outbox.values())
    stuck = []
    if counted.oldest_update and now - counted.oldest_update > WAITS_LONG:
        stuck.append(wrong("updates", f"{counted.updates_waiting} wait to be handled", "start or restart the bot"))
    if counted.unread and not is_running:
        stuck.append(wrong("texts", f"{counted.unread} wait to be read", "start the bot"))
    if owed and counted.oldest_mailing and now - counted.oldest_mailing > WAITS_LONG and not is_running:
        stuck.append(wrong("outbox", f"{owed} messages wait", "start the bot: it goes on where it was"))
    return stuck or [well("outbox", f"{owed} messages on their way")]
