"""Items as they are made: a publication becomes a new one, a new version of its own, or part of a story that is known.

Whatever changes an item puts it into the full-text index in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.duplicates import Signature
from domain.events import EventStatus
from domain.items import Draft, Item, ItemState
from domain.queries import Kind
from domain.topics import Topic
from storage.content import events as event_store
from storage.content import proposals
from storage.intake import publications, stories
from storage.intake.questions import QuestionKind, ask
from storage.intake.stories import similar_to_text
from storage.search import index
from storage.tables import item_territories, item_topics, items, mailings, matches
from storage.tables import publications as publication_table

__all__ = [
    "Outcome",
    "Saved",
    "get",
    "hold",
    "item_of",
    "refresh_index",
    "save",
    "saved_before",
    "set_state",
    "similar_to_text",
    "was_sent",
]

LONGEST_TEXT = 50_000


class Outcome(StrEnum):
    ADDED = "added"
    MERGED = "merged"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Saved:
    item_id: int
    outcome: Outcome


async def save(connection: AsyncConnection, draft: Draft, signature: Signature, now: datetime) -> Saved:
    """Makes, merges or updates the item of a publication, with its event, places, topics and bands.

    In the same transaction ``refresh_index`` has to follow, for one item or for many.
    """
    known, is_own = await _of_publication(connection, draft.publication_id)
    if known is None:
        known = await stories.find_same(connection, draft, signature)
        if known is None:
            saved = Saved(await _make(connection, draft, signature, now), Outcome.ADDED)
        else:
            saved = Saved(known, Outcome.MERGED)
    else:
        saved = Saved(known, Outcome.UPDATED if is_own else Outcome.MERGED)
    if saved.outcome is Outcome.UPDATED:
        await _renew(connection, saved.item_id, draft, signature, now)
    elif saved.outcome is Outcome.MERGED:
        await _merge(connection, saved.item_id, draft, now)
    await stories.remember(connection, saved.item_id, signature, now)
    await publications.mark_read(connection, draft.publication_id, saved.item_id, now)
    return saved


async def saved_before(connection: AsyncConnection, publication_id: int, version: int) -> Saved | None:
    """What became of a publication that somebody else has read; None where it was made into nothing."""
    item_id, is_own = await _of_publication(connection, publication_id)
    if item_id is None:
        return None
    own = Outcome.ADDED if version == 1 else Outcome.UPDATED
    return Saved(item_id, own if is_own else Outcome.MERGED)


async def get(connection: AsyncConnection, item_id: int) -> Item | None:
    row = (await connection.execute(select(items).where(items.c.id == item_id))).mappings().first()
    return None if row is None else item_of(row)


async def hold(connection: AsyncConnection, item_id: int) -> None:
    """Until the transaction ends, nobody else changes the item: what is read of it now stays true."""
    await connection.execute(select(items.c.id).where(items.c.id == item_id).with_for_update())


def item_of(row: RowMapping) -> Item:
    values = {name: row[name] for name in Item.__slots__}
    return Item(
        **values
        | {
            "kind": Kind(row["kind"]),
            "state": ItemState(row["state"]),
            "territories": tuple(row["territories"]),
            "regions": tuple(row["regions"]),
            "topics": tuple(Topic(topic) for topic in row["topics"]),
        }
    )


async def set_state(connection: AsyncConnection, item_id: int, state: ItemState, now: datetime) -> bool:
    """A moderator's decision. Published, an item is found and, unless it came silently, matched to subscriptions."""
    changed = await connection.execute(
        update(items).where(items.c.id == item_id, items.c.state != state).values(state=state, updated_at=now)
    )
    if not changed.rowcount:
        return False
    item = await get(connection, item_id)
    if state is not ItemState.PUBLISHED:
        await proposals.forget(connection, item_id)
    elif item and item.event_id:
        await proposals.settle(connection, item_id, item.event_id, now)
        event = await event_store.get(connection, item.event_id)
        if event and event.status is EventStatus.TENTATIVE:
            await event_store.set_status(connection, event.id, EventStatus.CONFIRMED, now)
    await refresh_index(connection, [item_id])
    return True


async def refresh_index(connection: AsyncConnection, item_ids: Sequence[int]) -> None:
    """Makes the full-text index say what the items say now; only what is published is found."""
    rows = (await connection.execute(select(items).where(items.c.id.in_(item_ids)))).mappings()
    found = [one for one in map(item_of, rows) if one.state is ItemState.PUBLISHED]
    known = await event_store.get_many(connection, [one.event_id for one in found if one.event_id])
    await index.remove_many(connection, list(set(item_ids) - {one.id for one in found}))
    await index.put_many(connection, [(one, known.get(one.event_id or 0)) for one in found])


async def _of_publication(connection: AsyncConnection, publication_id: int) -> tuple[int | None, bool]:
    """The item an earlier version was made into, and whether it was the first to tell the story."""
    table = publication_table
    item_id = await connection.scalar(select(table.c.item_id).where(table.c.id == publication_id))
    if item_id is None:
        return None, False
    first = await connection.scalar(select(func.min(table.c.id)).where(table.c.item_id == item_id))
    return item_id, first == publication_id


async def _make(connection: AsyncConnection, draft: Draft, signature: Signature, now: datetime) -> int:
    event_id, is_known = await _event(connection, draft, now)
    made = await connection.execute(
        insert(items).values(
            **_content(draft),
            state=draft.state,
            published_at=min(draft.published_at, now),
            **_reasons(draft, signature),
            added_at=now,
            updated_at=now,
            matched_at=now if draft.silent else None,
            event_id=event_id,
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101  both engines return the key of a single row
    item_id = int(made.inserted_primary_key[0])
    await _concern(connection, item_id, draft)
    if is_known and event_id and draft.event and draft.upcoming and draft.state is ItemState.REVIEW:
        await proposals.propose(connection, item_id, event_id, draft.event, now)
    return item_id


async def _event(connection: AsyncConnection, draft: Draft, now: datetime) -> tuple[int | None, bool]:
    """The event a new item belongs to, and whether it was known: else it is made of what the text announces."""
    if draft.event is None:
        return None, False
    known = await event_store.find_same(connection, draft.event)
    if known is None:
        return await event_store.make(connection, draft.event, now) if draft.upcoming else None, False
    off = draft.event.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    if draft.state is ItemState.PUBLISHED and off:
        await event_store.change(connection, known, draft.event, now)
    elif off:
        details = {"title": draft.title, "text": draft.text[:1000], "status": draft.event.status}
        territory = draft.event.territory
        await ask(
            connection,
            QuestionKind.CANCELLED,
            f"{known}:{draft.publication_id}",
            event_id=known,
            territory=territory,
            details=details,
            now=now,
        )
    elif draft.upcoming and draft.state is ItemState.PUBLISHED:
        await event_store.fill(connection, known, draft.event, now)
    return known, True


async def _renew(connection: AsyncConnection, item_id: int, draft: Draft, signature: Signature, now: datetime) -> None:
    """A new version of an item whose publication was edited. Where it was sent, a person decides on a correction."""
    before = await get(connection, item_id)
    if before is None:
        return
    event_id = before.event_id
    if event_id is None:
        event_id, _ = await _event(connection, draft, now)
    elif draft.event is not None and draft.state is ItemState.PUBLISHED:
        await event_store.change(connection, event_id, draft.event, now)
        await proposals.forget(connection, item_id)
    elif draft.event is not None:
        await proposals.propose(connection, item_id, event_id, draft.event, now)
    # What nobody vouches for waits for a moderator again; a decision once taken against it stands.
    keeps = before.state not in (ItemState.PUBLISHED, ItemState.REVIEW)
    values = {
        "photo": draft.photo or before.photo,  # a shortened text does not take the picture back
        "state": before.state if keeps else draft.state,
        "event_id": event_id,
        "version": before.version + 1,
        "updated_at": now,
    }
    content = _content(draft) | _reasons(draft, signature)
    await connection.execute(update(items).where(items.c.id == item_id).values(**content | values))
    for table in (item_territories, item_topics):
        await connection.execute(delete(table).where(table.c.item_id == item_id))
    await _concern(connection, item_id, draft)
    if await was_sent(connection, item_id):
        details = {"before": before.text[:2000], "after": draft.text[:2000], "title": draft.title}
        await ask(
            connection,
            QuestionKind.CORRECTION,
            f"{item_id}:{before.version + 1}",
            item_id=item_id,
            event_id=event_id,
            source_id=draft.source_id,
            territory=next(iter(draft.territories), None),
            details=details,
            now=now,
        )


async def _merge(connection: AsyncConnection, item_id: int, draft: Draft, now: datetime) -> None:
    """Another publication of a story: it adds what was not known, and vouches for what waited for a moderator."""
    item = await get(connection, item_id)
    if item is None or draft.state is not ItemState.PUBLISHED:
        return
    values: dict[str, Any] = {
        "published_at": min(item.published_at, draft.published_at),
        "url": item.url or draft.url,
        "photo": item.photo or draft.photo,
    }
    if item.state is ItemState.REVIEW:
        values |= {"state": ItemState.PUBLISHED, "matched_at": now if draft.silent else None}
    if draft.event is not None and item.event_id is not None:
        await event_store.fill(connection, item.event_id, draft.event, now)
    elif draft.event is not None:
        values["event_id"], _ = await _event(connection, draft, now)
    await connection.execute(update(items).where(items.c.id == item_id).values(**values))


async def was_sent(connection: AsyncConnection, item_id: int) -> bool:
    """Whether anybody was owed it: by a mailing of its own, or in a digest."""
    alone = select(mailings.c.id).where(mailings.c.item_id == item_id)
    bundled = select(matches.c.item_id).where(matches.c.item_id == item_id, matches.c.mailing_id.is_not(None))
    return bool(await connection.scalar(select(or_(alone.exists(), bundled.exists()))))


def _reasons(draft: Draft, signature: Signature) -> dict[str, Any]:
    return {
        "evidence": [asdict(one) for one in draft.evidence],
        "doubts": list(draft.doubts),
        "signature": signature.to_bytes(),
    }


async def _concern(connection: AsyncConnection, item_id: int, draft: Draft) -> None:
    """The rows by which an item is matched: places and topics. Whoever drafts knows which places there are."""
    for table, column, found in (
        (item_territories, "territory", draft.territories),
        (item_topics, "topic", draft.topics),
    ):
        if found:
            await connection.execute(insert(table), [{column: one, "item_id": item_id} for one in dict.fromkeys(found)])


def _content(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "title": draft.title[:500],
        "summary": draft.summary,
        "text": draft.text[:LONGEST_TEXT],
        "url": draft.url,
        "photo": draft.photo,
        "territories": list(draft.territories),
        "regions": list(draft.regions),
        "place": draft.place,
        "topics": list(draft.topics),
        "urgent": draft.urgent,
    }
