"""Digests: each at its reader's own hour, found again after downtime, and what waited for a morning in one piece."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from domain.cards import Listed
from domain.digests import Period, Section, latest_period, section_of
from domain.mailings import Mailing, MailingDraft, MailingKind
from domain.subscribers import Frequency
from storage.content import cards
from storage.engine import Connection, Database
from storage.outbox import digests, mailings
from storage.outbox.audiences import Window

PART = 12
"""Items in one message: so many fit 4096 characters whatever their titles."""
MOST_PARTS = 3
BUNDLED_FOR = timedelta(days=2)
"""What waited longer than that is no news any more."""
OFTEN = (Frequency.DAILY, Frequency.WEEKLY)


async def start_digests(database: Database, now: datetime) -> int:
    """Makes the mailings of the digests that are due; their people are written by the sender. Returns how many."""
    async with database.read() as connection:
        due = {
            _key(frequency, period, zone, hour): (frequency, period, zone, hour)
            for zone, hour in await digests.hours(connection)
            for frequency in OFTEN
            for period in [latest_period(frequency, zone, hour, now)]
        }
        done = await digests.made(connection, due)
        wanted = [
            (key, frequency, period, zone, hour)
            for key, (frequency, period, zone, hour) in due.items()
            if key not in done and await digests.is_wanted(connection, frequency, zone, hour, period.due_at)
        ]
    for key, frequency, period, zone, hour in wanted:
        content = {"frequency": frequency, "day": period.day.isoformat(), "zone": zone, "hour": hour}
        draft = MailingDraft(kind=MailingKind.DIGEST, key=key, content={**content, "due_at": period.due_at.isoformat()})
        async with database.begin() as connection:
            await mailings.create(connection, draft, now)
    return len(wanted)


async def freeze(connection: Connection, mailing: Mailing, through: int, now: datetime) -> Window:
    """Writes the next window of a digest's people."""
    said = mailing.content or {}
    frequency, period = Frequency(said["frequency"]), _period(said)
    owed = await digests.owed(connection, frequency, said["zone"], said["hour"], period, after=through, now=now)
    added = await _write(connection, mailing.id, owed, said["day"], now)
    await digests.note(connection, added, frequency, period, now)
    last = max(owed, default=through)
    return Window(0, last, done=len(owed) < digests.WINDOW)


async def bundle_waiting(database: Database, now: datetime) -> int:
    """Gives people in one piece what came while they wanted quiet; returns to how many."""
    after, count = 0, 0
    while True:
        async with database.begin() as connection:
            owed = await digests.bundled(connection, after=after, since=now - BUNDLED_FOR, now=now)
            if owed:
                draft = MailingDraft(kind=MailingKind.DIGEST, key=f"bundle:{now.isoformat()}:{after}", content={})
                mailing_id = await mailings.create(connection, draft, now, frozen=True)
                await _write(connection, mailing_id, owed, None, now)
        if not owed:
            return count
        after, count = max(owed), count + len(owed)


async def _write(
    connection: Connection, mailing_id: int, owed: dict[int, list[int]], day: str | None, now: datetime
) -> dict[int, int]:
    """Deliveries for the first messages; what fits no single one follows in mailings of its own."""
    listed = await cards.listed(connection, sorted({item for items in owed.values() for item in items}))
    known = {one.item.id: one for one in listed}
    parts = {person: split([known[item] for item in items if item in known], now) for person, items in owed.items()}
    first = {person: _content(all_, 0, day, len(owed[person])) for person, all_ in parts.items() if all_}
    added = await digests.write(connection, mailing_id, first, owed)
    for number in range(1, MOST_PARTS):
        more = {
            person: _content(all_, number, day, len(owed[person]))
            for person, all_ in parts.items()
            if number < len(all_) and person in added
        }
        if more:
            draft = MailingDraft(kind=MailingKind.DIGEST, key=f"part:{mailing_id}:{number}", content={})
            await digests.write(connection, await mailings.create(connection, draft, now, frozen=True), more, {})
    return added


def split(listed: Sequence[Listed], now: datetime) -> list[list[int]]:
    """The items of each message, in the order of sections; what is more than three messages hold is left to asking."""
    order = list(Section)
    ordered = sorted(listed, key=lambda one: (order.index(section_of(one.item, one.event, now)), _moment(one)))
    ids = [one.item.id for one in ordered]
    return [ids[start : start + PART] for start in range(0, len(ids), PART)][:MOST_PARTS]


def _moment(one: Listed) -> float:
    """Events by their beginning, news the newest first."""
    if one.event is not None and one.event.starts_at is not None:
        return one.event.starts_at.timestamp()
    return -one.item.published_at.timestamp()


def _content(parts: list[list[int]], number: int, day: str | None, count: int) -> dict[str, Any]:
    shown = sum(map(len, parts))
    last = number == len(parts) - 1
    more = count - shown if last else 0
    return {"items": parts[number], "part": number + 1, "parts": len(parts), "day": day, "more": more}


def _key(frequency: Frequency, period: Period, zone: str, hour: int) -> str:
    return f"digest:{frequency}:{period.day}:{zone}:{hour}"


def _period(said: dict[str, Any]) -> Period:
    return Period(date.fromisoformat(said["day"]), datetime.fromisoformat(said["due_at"]))
