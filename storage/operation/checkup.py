"""Whether the database itself is sound, and a copy of it that can be put in its place."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import migrations
from storage.outbox.mailings import ACTIVE
from storage.tables import territories


@dataclass(frozen=True, slots=True)
class Schema:
    current: str | None
    """None where there are no tables of ours yet."""
    newest: str

    @property
    def is_newest(self) -> bool:
        return self.current == self.newest


async def schema(connection: AsyncConnection) -> Schema:
    return Schema(await connection.run_sync(migrations.version), migrations.newest())


async def has_gazetteer(connection: AsyncConnection) -> bool:
    return await connection.scalar(select(territories.c.code).limit(1)) is not None


async def faults(connection: AsyncConnection) -> list[str]:
    """What SQLite finds wrong with its file, at most ten lines; PostgreSQL looks after itself."""
    if connection.dialect.name != "sqlite":
        return []
    found = [row[0] for row in await connection.execute(text("PRAGMA integrity_check(10)")) if row[0] != "ok"]
    lost = (await connection.execute(text("PRAGMA foreign_key_check"))).fetchmany(10)
    return found + [f"a row of {row[0]} points at a row of {row[2]} that is not there" for row in lost]


def backup(url: URL, target: Path) -> int:
    """Copies an SQLite database while others write to it; returns the size of the copy in bytes.

    Mailings that were running are paused in the copy: nobody who restores it knows what was sent since. The copy is
    checked before it takes its name. Blocks: call it in a thread. Raises sqlite3.Error, or OSError.
    """
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    try:
        _copy(Path(url.database or ""), draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(source: Path, draft: Path) -> None:
    # Not mode=ro: a reader of a file in WAL mode may have to make the file of its locks.
    read = sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)
    copy = sqlite3.connect(draft)
    try:
        # In one step: a writer waits for no reader in WAL mode, but its commits make a copy in steps begin anew.
        read.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        marks = ", ".join("?" for _ in ACTIVE)
        copy.execute(f"UPDATE mailings SET state = 'paused' WHERE state IN ({marks})", ACTIVE)  # noqa: S608  marks only
        copy.commit()
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"the copy is not sound: {found}")
    finally:
        copy.close()
        read.close()
