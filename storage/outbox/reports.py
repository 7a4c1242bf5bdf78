"""What became of a mailing: by reason, by territory, by the minute; always counted from the deliveries themselves."""

from collections.abc import AsyncIterator
from datetime import datetime

from sqlalchemy import ScalarSelect, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.mailings import DeliveryState, Mailing
from domain.reports import Line, Place, Reason, Report
from domain.territories import TerritoryKind
from storage.outbox import mailings
from storage.tables import deliveries, subscribers, territories, territory_paths

PAGE = 5000


async def report(connection: AsyncConnection, mailing_id: int) -> Report | None:
    mailing = await mailings.find(connection, mailing_id)
    if mailing is None:
        return None
    return Report(
        mailing=mailing,
        progress=await mailings.progress(connection, mailing_id),
        reasons=await _reasons(connection, mailing_id),
        places=await _places(connection, mailing_id),
        seconds=await _seconds(connection, mailing),
    )


async def lines(connection: AsyncConnection, mailing_id: int) -> AsyncIterator[Line]:
    """Every delivery in order, a page at a time."""
    after = 0
    region = _region()
    while True:
        query = (
            select(
                deliveries.c.id,
                subscribers.c.chat_id,
                region,
                deliveries.c.state,
                func.coalesce(deliveries.c.error, ""),
                deliveries.c.attempts,
                deliveries.c.settled_at,
            )
            .outerjoin_from(deliveries, subscribers, subscribers.c.id == deliveries.c.subscriber_id)
            .where(deliveries.c.mailing_id == mailing_id, deliveries.c.id > after)
            .order_by(deliveries.c.id)
            .limit(PAGE)
        )
        rows = (await connection.execute(query)).all()
        for row in rows:
            yield Line(row[1], row[2] or "", DeliveryState(row[3]), row[4], row[5], row[6])
        if len(rows) < PAGE:
            return
        after = rows[-1][0]


async def course(connection: AsyncConnection, mailing_id: int) -> list[tuple[datetime, int]]:
    """(moment, messages sent from then to the next), for a curve: some sixty points, however long it took."""
    of_mailing = (deliveries.c.mailing_id == mailing_id) & (deliveries.c.state == DeliveryState.SENT)
    moments = [
        moment
        async for moment in await connection.stream_scalars(
            select(deliveries.c.settled_at).where(of_mailing, deliveries.c.settled_at.is_not(None))
        )
    ]
    if not moments:
        return []
    first, last = min(moments), max(moments)
    step = (last - first) / 60
    counts: dict[int, int] = {}
    for moment in moments:
        place = int((moment - first) / step) if step else 0
        counts[place] = counts.get(place, 0) + 1
    return [(first + step * place, counts[place]) for place in sorted(counts)]


async def _reasons(connection: AsyncConnection, mailing_id: int) -> tuple[Reason, ...]:
    states = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.SKIPPED)
    query = select(deliveries.c.state, deliveries.c.error, func.count()).where(
        deliveries.c.mailing_id == mailing_id, deliveries.c.state.in_(states)
    )
    counted: dict[tuple[str, str], int] = {}
    for state, error, count in await connection.execute(query.group_by(deliveries.c.state, deliveries.c.error)):
        key = (state, (error or "").partition(":")[0])
        counted[key] = counted.get(key, 0) + count
    found = sorted(counted.items(), key=lambda one: -one[1])
    return tuple(Reason(DeliveryState(state), ending, count) for (state, ending), count in found)


async def _places(connection: AsyncConnection, mailing_id: int) -> tuple[Place, ...]:
    region = _region()
    query = (
        select(
            func.coalesce(region, ""),
            func.count(),
            func.count(case((deliveries.c.state == DeliveryState.SENT, 1))),
            func.count(case((deliveries.c.state == DeliveryState.FAILED, 1))),
        )
        .outerjoin_from(deliveries, subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .where(deliveries.c.mailing_id == mailing_id)
        .group_by(func.coalesce(region, ""))
    )
    rows = await connection.execute(query)
    return tuple(Place(*row) for row in sorted(rows, key=lambda row: -row[1]))


def _region() -> ScalarSelect[str]:
    """The region that holds the subscriber's home."""
    return (
        select(territory_paths.c.ancestor)
        .join(territories, territories.c.code == territory_paths.c.ancestor)
        .where(territory_paths.c.code == subscribers.c.home, territories.c.kind == TerritoryKind.REGION)
        .limit(1)
        .scalar_subquery()
    )


async def _seconds(connection: AsyncConnection, mailing: Mailing) -> float:
    last = await connection.scalar(
        select(func.max(deliveries.c.settled_at)).where(
            deliveries.c.mailing_id == mailing.id, deliveries.c.state == DeliveryState.SENT
        )
    )
    return (last - mailing.started_at).total_seconds() if last and mailing.started_at else 0.0
