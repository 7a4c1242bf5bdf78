"""What the machine leaves to a person, and the answers: nobody is told of a change that a machine only guesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import insert_ignoring
from storage.tables import questions, territory_paths


class QuestionKind(StrEnum):
    CORRECTION = "correction"
    """An item that was sent has a new text: send the correction?"""
    VANISHED = "vanished"
    """An upcoming event is no longer at its source: is it cancelled?"""
    CANCELLED = "cancelled"
    """A source that nobody vouches for says that an event is off: is it?"""
    BURST = "burst"
    """A source gave far more than usual at once; nothing of it was sent: send it after all?"""


class QuestionAnswer(StrEnum):
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    kind: QuestionKind
    territory: str | None
    source_id: int | None
    item_id: int | None
    event_id: int | None
    details: dict[str, Any]
    """What the question shows: titles, numbers, texts before and after."""
    asked_at: datetime


async def ask(
    connection: AsyncConnection,
    kind: QuestionKind,
    key: str,
    *,
    now: datetime,
    territory: str | None = None,
    source_id: int | None = None,
    item_id: int | None = None,
    event_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Puts a question once: asked again under the same key, it stays the one that stands or was answered."""
    await connection.execute(
        insert_ignoring(connection, questions).values(
            kind=kind,
            key=f"{kind}:{key}",
            territory=territory,
            source_id=source_id,
            item_id=item_id,
            event_id=event_id,
            details=details or {},
            asked_at=now,
        )
    )


async def waiting(
    connection: AsyncConnection, *, within: Sequence[str] | None = None, limit: int = 50
) -> list[Question]:
    """Open questions, oldest first; ``within``: of these territories and all inside them."""
    columns = [questions.c[name] for name in Question.__slots__]
    query = select(*columns).where(questions.c.answered_at.is_(None)).order_by(questions.c.id).limit(limit)
    if within is not None:
        inside = select(territory_paths.c.code).where(territory_paths.c.ancestor.in_(within))
        query = query.where(questions.c.territory.in_(inside))
    rows = (await connection.execute(query)).mappings()
    return [Question(**{**row, "kind": QuestionKind(row["kind"])}) for row in rows]


async def get(connection: AsyncConnection, question_id: int) -> Question | None:
    columns = [questions.c[name] for name in Question.__slots__]
    row = (await connection.execute(select(*columns).where(questions.c.id == question_id))).mappings().first()
    return None if row is None else Question(**{**row, "kind": QuestionKind(row["kind"])})


async def answer(
    connection: AsyncConnection, question_id: int, given: QuestionAnswer, user_id: int, now: datetime
) -> bool:
    """Writes the answer down; False where somebody answered before. What follows from it is the caller's."""
    settled = await connection.execute(
        update(questions)
        .where(questions.c.id == question_id, questions.c.answered_at.is_(None))
        .values(answer=given, answered_by=user_id, answered_at=now)
    )
    return settled.rowcount > 0


async def untold(connection: AsyncConnection, limit: int = 50) -> list[Question]:
    """Open questions of which no moderator was told."""
    columns = [questions.c[name] for name in Question.__slots__]
    query = select(*columns).where(questions.c.answered_at.is_(None), questions.c.told_at.is_(None))
    rows = (await connection.execute(query.order_by(questions.c.id).limit(limit))).mappings()
    return [Question(**{**row, "kind": QuestionKind(row["kind"])}) for row in rows]


async def mark_told(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    await connection.execute(update(questions).where(questions.c.id.in_(ids)).values(told_at=now))
