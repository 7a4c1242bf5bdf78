"""The books: what was sent is settled and what is to be sent is claimed, many rows in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from delivery import stars
from storage.engine import Connection, Database
from storage.operation import leases
from storage.outbox import deliveries, sending
from storage.outbox.deliveries import Settlement
from storage.people import subscribers

LEASE = "sender"


class LeaseLostError(RuntimeError):
    """Another process sends now; whatever this one still meant to write must not stand."""


@dataclass(slots=True)
class Entries:
    """What is to be written with the next transaction."""

    settled: list[Settlement] = field(default_factory=list)
    skipped: list[Settlement] = field(default_factory=list)
    """Never claimed: nothing was attempted."""
    given_back: list[int] = field(default_factory=list)
    postponed: dict[int, datetime] = field(default_factory=dict)
    unreachable: dict[int, str] = field(default_factory=dict)
    """chat id → why."""
    moved: dict[int, int] = field(default_factory=dict)
    """chat id → its new one."""
    started: set[int] = field(default_factory=set)
    """Mailings whose first message left."""
    out_of_stars: set[int] = field(default_factory=set)
    """Mailings that cannot be paid for any more."""

    def __bool__(self) -> bool:
        return bool(self.settled or self.skipped or self.given_back or self.postponed or self.unreachable or self.moved)

    @property
    def ids(self) -> list[int]:
        """Deliveries that are known to the database once this is written."""
        return [*(one.id for one in self.settled), *(one.id for one in self.skipped), *self.postponed]


class Books:
    """Entries wait here until they are committed; a failed transaction loses none of them."""

    def __init__(self, database: Database, owner: str, length: timedelta, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._owner = owner
        self.lease_length = length
        self._clock = clock
        self.open = Entries()

    async def write(self, claims: Sequence[int] = ()) -> tuple[dict[int, int], Entries]:
        """Commits what is open and the intents to send ``claims``: (delivery id → version that may leave, entries).

        Raises LeaseLostError, or what the database raises; then nothing is written and everything is still open.
        """
        entries, self.open = self.open, Entries()
        try:
            async with self._database.begin() as connection:
                await self._keep_lease(connection)
                await _write(connection, entries, self._clock())
                return (await deliveries.claim(connection, claims) if claims else {}), entries
        except BaseException:
            self.open = _merged(entries, self.open)
            raise

    async def _keep_lease(self, connection: Connection) -> None:
        if not await leases.keep(connection, LEASE, self._owner, now=self._clock(), length=self.lease_length):
            raise LeaseLostError(self._owner)


async def _write(connection: Connection, entries: Entries, now: datetime) -> None:
    await deliveries.settle(connection, entries.settled, now)
    await deliveries.skip(connection, entries.skipped, now)
    await deliveries.give_back(connection, entries.given_back)
    await deliveries.postpone(connection, entries.postponed)
    for chat_id, reason in entries.unreachable.items():
        await subscribers.block(connection, chat_id, reason, now)
    for chat_id, new_chat_id in entries.moved.items():
        await subscribers.move(connection, chat_id, new_chat_id)
    for mailing_id in entries.out_of_stars:
        await stars.ran_out(connection, mailing_id, now)
    if entries.started:
        await sending.start(connection, sorted(entries.started), now)


def _merged(first: Entries, then: Entries) -> Entries:
    return Entries(
        settled=first.settled + then.settled,
        skipped=first.skipped + then.skipped,
        given_back=first.given_back + then.given_back,
        postponed=first.postponed | then.postponed,
        unreachable=first.unreachable | then.unreachable,
        moved=first.moved | then.moved,
        started=first.started | then.started,
        out_of_stars=first.out_of_stars | then.out_of_stars,
    )
