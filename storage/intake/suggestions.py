"""Suggestions from their author's side: sent, looked up, withdrawn. The desk's side is storage.intake.moderation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.duplicates import SURE, signature
from domain.suggestions import OPEN, Suggestion, SuggestionState
from storage.intake.moderation import from_row
from storage.intake.stories import similar_to_text
from storage.tables import suggestions

_COLUMNS = [suggestions.c[name] for name in Suggestion.__slots__]


@dataclass(frozen=True, slots=True)
class Receipt:
    """``number`` is None where nothing was sent because the news is known under the title ``known_as``."""

    number: int | None
    repeated: bool = False
    """The author had sent the very same before; the number is of that one."""
    known_as: str = ""


async def submit(
    connection: AsyncConnection,
    *,
    author: int,
    text: str,
    photos: tuple[str, ...],
    territory: str | None,
    sure: bool,
    now: datetime,
) -> Receipt:
    """Sends a suggestion with the item it is most like beside it. ``sure``: also where that tells the same."""
    before = await same_of_author(connection, author, text)
    if before is not None:
        return Receipt(before, repeated=True)
    likest = next(iter(await similar_to_text(connection, signature(text), limit=1)), None)
    if likest and likest.similarity >= SURE and not sure:
        return Receipt(None, known_as=likest.title)
    number = await create(
        connection,
        author=author,
        text=text,
        photos=photos,
        territory=territory,
        similar_to=likest.item_id if likest else None,
        similarity=likest.similarity if likest else 0.0,
        now=now,
    )
    return Receipt(number)


async def create(
    connection: AsyncConnection,
    *,
    author: int,
    text: str,
    photos: tuple[str, ...] = (),
    territory: str | None = None,
    is_event: bool = False,
    similar_to: int | None = None,
    similarity: float = 0.0,
    now: datetime,
) -> int:
    """Puts a suggestion before the moderators; returns its number. ``author``: chat id."""
    values = {
        "author_chat_id": author,
        "state": SuggestionState.WAITING,
        "text": text,
        "photos": list(photos),
        "territory": territory,
        "is_event": is_event,
        "similar_to": similar_to,
        "similarity": similarity,
        "created_at": now,
        "updated_at": now,
    }
    made = await connection.execute(insert(suggestions).values(values).returning(suggestions.c.id))
    return int(made.scalar_one())


async def of_author(connection: AsyncConnection, author: int, *, limit: int = 10) -> list[Suggestion]:
    """The author's suggestions, newest first."""
    query = select(*_COLUMNS).where(suggestions.c.author_chat_id == author).order_by(suggestions.c.id.desc())
    return [from_row(row) for row in (await connection.execute(query.limit(limit))).mappings()]


async def count_open(connection: AsyncConnection, author: int) -> int:
    """How many of the author's wait for a decision."""
    query = select(func.count()).where(suggestions.c.author_chat_id == author, suggestions.c.state.in_(OPEN))
    return int((await connection.execute(query)).scalar_one())


async def same_of_author(connection: AsyncConnection, author: int, text: str) -> int | None:
    """The number of an undecided suggestion of the same author in the same words."""
    query = select(suggestions.c.id).where(
        suggestions.c.author_chat_id == author, suggestions.c.state.in_(OPEN), suggestions.c.text == text
    )
    return (await connection.execute(query.limit(1))).scalar_one_or_none()


async def withdraw(connection: AsyncConnection, author: int, suggestion_id: int, now: datetime) -> bool:
    """The author takes it back; False where it is not theirs or decided already."""
    own = (suggestions.c.id == suggestion_id) & (suggestions.c.author_chat_id == author)
    changed = await connection.execute(
        update(suggestions)
        .where(own, suggestions.c.state.in_(OPEN))
        .values(state=SuggestionState.WITHDRAWN, updated_at=now)
    )
    return changed.rowcount == 1
