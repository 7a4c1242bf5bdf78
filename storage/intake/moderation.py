"""The desk's side of suggestions: what waits, what a moderator decides, and what its author answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.sources import Entry
from domain.suggestions import OPEN, Suggestion, SuggestionState
from domain.territories import RUSSIA
from storage.intake import publications, sources
from storage.tables import suggestions, territory_paths

SUGGESTED = "suggestions"
"""Sources of what residents told begin so; each is named after its territory, which told nothing."""
_COLUMNS = [suggestions.c[name] for name in Suggestion.__slots__]


async def get(connection: AsyncConnection, suggestion_id: int) -> Suggestion | None:
    row = (await connection.execute(select(*_COLUMNS).where(suggestions.c.id == suggestion_id))).mappings().first()
    return from_row(row) if row else None


async def waiting(connection: AsyncConnection, *, within: Sequence[str], limit: int = 200) -> list[Suggestion]:
    """What nobody has decided about, oldest first, of these territories and all inside them.

    A suggestion without a territory waits for those who look after the whole country.
    """
    inside = select(territory_paths.c.code).where(territory_paths.c.ancestor.in_(within))
    near: ColumnElement[bool] = suggestions.c.territory.in_(inside)
    if RUSSIA in within:
        near = or_(near, suggestions.c.territory.is_(None))
    query = select(*_COLUMNS).where(suggestions.c.state.in_(OPEN), near).order_by(suggestions.c.id).limit(limit)
    return [from_row(row) for row in (await connection.execute(query)).mappings()]


async def decide(
    connection: AsyncConnection,
    suggestion_id: int,
    state: SuggestionState,
    moderator_id: int,
    now: datetime,
    *,
    reason: str = "",
) -> bool:
    """Writes a decision down (accepted, rejected) or a question (asked); False where it is decided already."""
    return await _change(
        connection, suggestion_id, OPEN, state=state, moderator_id=moderator_id, reason=reason, updated_at=now
    )


async def attach(
    connection: AsyncConnection, suggestion_id: int, item_id: int, moderator_id: int, now: datetime
) -> bool:
    """It tells what an item tells already; False where it is decided."""
    decided = {"state": SuggestionState.DUPLICATE, "item_id": item_id, "moderator_id": moderator_id, "updated_at": now}
    return await _change(connection, suggestion_id, OPEN, **decided)


async def reword(connection: AsyncConnection, suggestion_id: int, text: str, now: datetime) -> bool:
    """A moderator puts it better; False where it is decided already."""
    return await _change(connection, suggestion_id, OPEN, text=text, updated_at=now)


async def drop_photos(connection: AsyncConnection, suggestion_id: int, now: datetime) -> bool:
    """A moderator lets it out without its pictures; False where it is decided already."""
    return await _change(connection, suggestion_id, OPEN, photos=[], updated_at=now)


async def answer(connection: AsyncConnection, suggestion_id: int, author: int, text: str, now: datetime) -> bool:
    """The author (chat id) says what was asked: it stands below their text, and the suggestion waits again.

    False where it is not theirs or nothing is asked.
    """
    known = await get(connection, suggestion_id)
    if known is None or known.author_chat_id != author:
        return False
    asked, fuller = (SuggestionState.ASKED,), f"{known.text}\n\n{text}"
    return await _change(
        connection, suggestion_id, asked, text=fuller, state=SuggestionState.WAITING, reason="", updated_at=now
    )


async def moderator_of(connection: AsyncConnection, suggestion_id: int) -> int | None:
    """Who decided or asked last."""
    return await connection.scalar(select(suggestions.c.moderator_id).where(suggestions.c.id == suggestion_id))


async def hand_on(connection: AsyncConnection, suggestion: Suggestion, title: str | None, now: datetime) -> None:
    """Makes an accepted suggestion a publication, for ingestion to read into an item."""
    source = await sources.own(connection, SUGGESTED, suggestion.territory or RUSSIA, now)
    photo = next(iter(suggestion.photos), None)
    entry = Entry(f"suggestion:{suggestion.id}", suggestion.text, title=title, published_at=now, photo=photo)
    await publications.receive(connection, source.id, [entry], now)


async def _change(
    connection: AsyncConnection, suggestion_id: int, states: Sequence[SuggestionState], **values: Any
) -> bool:
    changed = update(suggestions).where(suggestions.c.id == suggestion_id, suggestions.c.state.in_(states))
    return (await connection.execute(changed.values(**values))).rowcount == 1


def from_row(row: RowMapping) -> Suggestion:
    values = {name: row[name] for name in Suggestion.__slots__}
    return Suggestion(**values | {"state": SuggestionState(row["state"]), "photos": tuple(row["photos"])})
