"""Announcements whose time has come, however long the process was down."""

from datetime import datetime

from storage.engine import Database
from storage.outbox import mailings


async def announce_due(database: Database, now: datetime) -> int:
    """Returns how many began."""
    async with database.begin() as connection:
        return len(await mailings.announce_due(connection, now))
