"""What a moderator puts right in an item before it goes out; where it was decided already, nothing changes.

It is about one version of the text. Where the source edits it later, that may be the very thing to know (another day,
another place), so the source has the word again, and on trust `review` a moderator sees it before anybody else. The
signature stays that of the source's words: by these other sources' tellings of the same story are known.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import EventDraft
from domain.items import ItemState
from domain.queries import Kind
from domain.topics import Topic
from storage.content import events, proposals
from storage.tables import item_territories, item_topics, items


async def reword(
    connection: AsyncConnection, item_id: int, *, title: str, text: str, summary: str, now: datetime
) -> bool:
    values = {"title": title[:500], "text": text, "summary": summary}
    return await _change(connection, item_id, values, (), now)


async def drop_photo(connection: AsyncConnection, item_id: int, now: datetime) -> bool:
    return await _change(connection, item_id, {"photo": None}, (), now)


async def place(
    connection: AsyncConnection, item_id: int, territory: str, region: str | None, name: str | None, now: datetime
) -> bool:
    """``territory`` instead of all that was read; ``name``: as cards say it, None for a region."""
    values = {"territories": [territory], "regions": [region] if region else [], "place": name}
    done = await _change(connection, item_id, values, ("region", "territories", "place"), now)
    if done:
        await connection.execute(delete(item_territories).where(item_territories.c.item_id == item_id))
        await connection.execute(insert(item_territories).values(item_id=item_id, territory=territory))
    return done


async def retopic(connection: AsyncConnection, item_id: int, topics: Sequence[Topic], now: datetime) -> bool:
    done = await _change(connection, item_id, {"topics": list(topics)}, ("topics", "main_topic"), now)
    if done:
        await connection.execute(delete(item_topics).where(item_topics.c.item_id == item_id))
        if topics:
            rows = [{"item_id": item_id, "topic": topic} for topic in topics]
            await connection.execute(insert(item_topics), rows)
    return done


async def redate(connection: AsyncConnection, item_id: int, draft: EventDraft, now: datetime) -> bool:
    """Its event takes place then and there; an item that had none is of an event from now on.

    An event that others tell of as well is not touched by what nobody has let out yet: the item gets one of its own,
    as it would have if its text had been read so.
    """
    settled = ("start_date", "end_date", "time", "deadline", "venue", "upcoming")
    if not await _change(connection, item_id, {"kind": Kind.EVENT}, settled, now):
        return False
    event_id = await connection.scalar(select(items.c.event_id).where(items.c.id == item_id))
    if event_id is None or await proposals.others_tell(connection, event_id, item_id):
        made = await events.make(connection, draft, now)
        await connection.execute(update(items).where(items.c.id == item_id).values(event_id=made, proposal=None))
    else:
        await proposals.propose(connection, item_id, event_id, draft, now)
    return True


async def _change(
    connection: AsyncConnection, item_id: int, values: dict[str, Any], settled: Sequence[str], now: datetime
) -> bool:
    """``settled``: what is no longer in doubt."""
    waits = (items.c.id == item_id, items.c.state == ItemState.REVIEW)
    doubts = await connection.scalar(select(items.c.doubts).where(*waits).with_for_update())
    if doubts is None:
        return False
    left = [one for one in doubts if one not in settled]
    await connection.execute(update(items).where(*waits).values(**values, doubts=left, updated_at=now))
    return True
