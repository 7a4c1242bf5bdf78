"""Where each conversation stands, so that a restart in the middle of one loses nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import dialogues


@dataclass(frozen=True, slots=True)
class Key:
    """Whose conversation: one person with one bot in one chat (and forum topic; 0 for the chat itself)."""

    bot_id: int
    chat_id: int
    user_id: int
    thread_id: int = 0

    @property
    def condition(self) -> ColumnElement[bool]:
        return and_(
            dialogues.c.bot_id == self.bot_id,
            dialogues.c.chat_id == self.chat_id,
            dialogues.c.user_id == self.user_id,
            dialogues.c.thread_id == self.thread_id,
        )


async def state(connection: AsyncConnection, key: Key) -> str | None:
    """The question that waits for an answer; None where none does."""
    return (await connection.execute(select(dialogues.c.state).where(key.condition))).scalar_one_or_none()


async def data(connection: AsyncConnection, key: Key) -> dict[str, Any]:
    """What was answered so far."""
    found = (await connection.execute(select(dialogues.c.data).where(key.condition))).scalar_one_or_none()
    return dict(found or {})


async def set_state(connection: AsyncConnection, key: Key, value: str | None, now: datetime) -> None:
    if value is None:
        await connection.execute(update(dialogues).where(key.condition).values(state=None, updated_at=now))
    else:
        await _write(connection, key, {"state": value}, now)


async def set_data(connection: AsyncConnection, key: Key, value: dict[str, Any], now: datetime) -> None:
    """Remembers the answers; a conversation without a question and without answers leaves no row."""
    if not value:
        await connection.execute(delete(dialogues).where(key.condition, dialogues.c.state.is_(None)))
        await connection.execute(update(dialogues).where(key.condition).values(data={}, updated_at=now))
    else:
        await _write(connection, key, {"data": value}, now)


async def _write(connection: AsyncConnection, key: Key, values: dict[str, Any], now: datetime) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {
        "bot_id": key.bot_id,
        "chat_id": key.chat_id,
        "user_id": key.user_id,
        "thread_id": key.thread_id,
        "state": None,
        "data": {},
        "updated_at": now,
        **values,
    }
    await connection.execute(
        dialect.insert(dialogues)
        .values(row)
        .on_conflict_do_update(
            index_elements=["bot_id", "chat_id", "user_id", "thread_id"], set_={**values, "updated_at": now}
        )
    )


async def forget_before(connection: AsyncConnection, moment: datetime) -> int:
    """Drops conversations in which nothing happened since; returns how many."""
    return (await connection.execute(delete(dialogues).where(dialogues.c.updated_at < moment))).rowcount
