"""Why a message came to somebody: the subscription that brought it, and the words it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import Audience
from domain.mailings import Mailing
from domain.readings import Evidence
from domain.subscribers import Subscription
from storage.outbox import mailings
from storage.people.subscriptions import from_row
from storage.tables import deliveries, items, matches, subscriptions

_SUBSCRIPTION = [subscriptions.c[name] for name in Subscription.__slots__]


@dataclass(frozen=True, slots=True)
class Why:
    """What a mailing was, and which of the reader's subscriptions it answered (none for those meant by place)."""

    mailing: Mailing
    audience: Audience | None
    subscriptions: tuple[Subscription, ...]
    evidence: tuple[Evidence, ...]
    """Of a single item."""


async def of(connection: AsyncConnection, mailing_id: int, subscriber_id: int) -> Why | None:
    """None where this mailing never was for this subscriber."""
    mailing = await mailings.find(connection, mailing_id)
    owed = select(deliveries.c.content).where(
        deliveries.c.mailing_id == mailing_id, deliveries.c.subscriber_id == subscriber_id
    )
    row = (await connection.execute(owed)).first()
    if mailing is None or row is None:
        return None
    told = [mailing.item_id] if mailing.item_id else (row[0] or {}).get("items", [])
    found = await _matched(connection, subscriber_id, told)
    evidence = await _evidence(connection, told[0]) if len(told) == 1 else ()
    return Why(mailing, await mailings.audience_of(connection, mailing_id), found, evidence)


async def _matched(
    connection: AsyncConnection, subscriber_id: int, item_ids: Sequence[int]
) -> tuple[Subscription, ...]:
    """Live ones only: what ended brings nothing any more."""
    of_items = select(matches.c.subscription_id).where(
        matches.c.subscriber_id == subscriber_id, matches.c.item_id.in_(item_ids)
    )
    query = select(*_SUBSCRIPTION).where(subscriptions.c.id.in_(of_items), subscriptions.c.ended_at.is_(None))
    return tuple(from_row(row) for row in (await connection.execute(query.order_by(subscriptions.c.id))).mappings())


async def _evidence(connection: AsyncConnection, item_id: int) -> tuple[Evidence, ...]:
    found = await connection.scalar(select(items.c.evidence).where(items.c.id == item_id))
    return tuple(Evidence(**one) for one in found or ())
