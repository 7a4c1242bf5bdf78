"""What is stuck is found by query, never remembered: run often, it finds nothing where all went well."""

from datetime import datetime

import structlog

from storage.engine import Database
from storage.outbox import overdue

log = structlog.get_logger(__name__)


async def recover(database: Database, now: datetime) -> int:
    """Mends what a crash, a restored backup or a hand in the database left behind; returns how many things.

    Intents without an answer in a mailing that is on are not its matter: the sender finds those itself, last.
    """
    mended = 0
    while True:
        async with database.begin() as connection:
            skipped = await overdue.skip_cancelled(connection, now)
        if not skipped:
            break
        mended += skipped
    async with database.begin() as connection:
        mended += await overdue.end_ambiguous(connection, now)
        mended += await overdue.reopen_finished(connection, now)
    if mended:
        log.warning("mended", deliveries=mended)
    return mended
