"""Publishers: who is polled next, and what an operator does to them. How polls went: storage.intake.source_health."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.sources import Source, SourceKind, SourceState, Trust
from storage.tables import publications, sources, territories, territory_paths

_POLLED = tuple(kind.value for kind in SourceKind if kind not in (SourceKind.IMPORT, SourceKind.TELEGRAM))
_FIELDS = tuple(name for name in Source.__slots__)


async def add(
    connection: AsyncConnection,
    *,
    kind: SourceKind,
    url: str,
    now: datetime,
    title: str = "",
    territory: str | None = None,
    trust: Trust = Trust.REVIEW,
    every_minutes: int | None = None,
    settings: dict[str, str] | None = None,
    added_by: int | None = None,
) -> Source:
    """Adds a source, due at once; one that is known by kind and address takes the new settings and lives again."""
    values: dict[str, Any] = {
        "title": title[:500],
        "territory": territory,
        "trust": trust,
        "state": SourceState.ACTIVE,
        "every_minutes": every_minutes,
        "settings": settings or {},
        "next_poll_at": now,
    }
    known = await by_address(connection, kind, url)
    if known is not None:
        await connection.execute(update(sources).where(sources.c.id == known.id).values(**values, failures=0))
    else:
        listens = kind in (SourceKind.IMPORT, SourceKind.TELEGRAM)
        made = {"kind": kind, "url": url, "added_at": now, "added_by": added_by, "seeded_at": now if listens else None}
        await connection.execute(insert(sources).values(**values, **made))
    return await _one(connection, _all().where(sources.c.kind == kind, sources.c.url == url))


async def archive(connection: AsyncConnection, name: str, territory: str | None, now: datetime) -> Source:
    """The source under which texts are kept that nobody polls: imports, forwarded posts, suggestions."""
    known = await by_address(connection, SourceKind.IMPORT, name)
    if known is not None and territory in (None, known.territory):
        return known
    return await add(
        connection, kind=SourceKind.IMPORT, url=name, title=name, territory=territory, trust=Trust.AUTO, now=now
    )


async def own(connection: AsyncConnection, kind: str, territory: str, now: datetime) -> Source:
    """The source under which the house keeps what its own people say about a territory; its title is the place."""
    known = await by_address(connection, SourceKind.IMPORT, f"{kind}:{territory}")
    if known is not None:
        return known
    name = await connection.scalar(select(territories.c.short_name).where(territories.c.code == territory))
    return await add(
        connection,
        kind=SourceKind.IMPORT,
        url=f"{kind}:{territory}",
        title=name or "",
        territory=territory,
        trust=Trust.AUTO,
        now=now,
    )


async def get(connection: AsyncConnection, source_id: int) -> Source | None:
    return await _maybe(connection, _all().where(sources.c.id == source_id))


async def by_address(connection: AsyncConnection, kind: SourceKind, url: str) -> Source | None:
    return await _maybe(connection, _all().where(sources.c.kind == kind, sources.c.url == url))


async def of_channel(connection: AsyncConnection, chat_id: int, username: str | None) -> Source | None:
    """The Telegram channel, registered by its id or by its public name."""
    addresses = [channel_address(chat_id)] + ([f"https://t.me/{username.lower()}"] if username else [])
    wanted = _all().where(sources.c.kind == SourceKind.TELEGRAM, sources.c.url.in_(addresses))
    return await _maybe(connection, wanted.order_by(sources.c.id))


def channel_address(chat_id: int) -> str:
    return f"tg://channel?id={chat_id}"


async def listed(
    connection: AsyncConnection, *, within: Sequence[str] | None = None, offset: int = 0, limit: int = 1000
) -> list[Source]:
    """Sources that were not removed, troubled ones first; ``within``: only of these territories and inside them."""
    rows = await connection.execute(
        _listed(_all(), within).order_by(sources.c.failures.desc(), sources.c.id).offset(offset).limit(limit)
    )
    return [_source(row) for row in rows.mappings()]


async def count(connection: AsyncConnection, *, within: Sequence[str] | None = None) -> int:
    return await connection.scalar(_listed(select(func.count()).select_from(sources), within)) or 0


async def counts_of_publications(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, int]:
    rows = await connection.execute(
        select(publications.c.source_id, func.count())
        .where(publications.c.source_id.in_(ids))
        .group_by(publications.c.source_id)
    )
    return {source_id: number for source_id, number in rows.all()}  # noqa: C416  mypy knows the pairs, not the rows


async def claim_due(connection: AsyncConnection, now: datetime, until: datetime, limit: int) -> list[Source]:
    """Active sources whose next poll has come, longest overdue first.

    They are claimed: nobody else is given them before ``until``, when they come up again should their poll be lost.
    """
    is_due = (sources.c.state == SourceState.ACTIVE, sources.c.next_poll_at <= now, sources.c.kind.in_(_POLLED))
    rows = await connection.execute(
        _all().where(*is_due).order_by(sources.c.next_poll_at).limit(limit).with_for_update(skip_locked=True)
    )
    claimed = [_source(row) for row in rows.mappings()]
    await postpone(connection, [source.id for source in claimed], until, last_poll_at=now)
    return claimed


async def postpone(connection: AsyncConnection, ids: Sequence[int], until: datetime, **values: Any) -> None:
    """Lets sources wait; it is no fault of theirs."""
    if ids:
        await connection.execute(update(sources).where(sources.c.id.in_(ids)).values(next_poll_at=until, **values))


async def set_state(connection: AsyncConnection, source_id: int, state: SourceState, now: datetime) -> bool:
    """Pauses, resumes or removes; resumed sources are due at once. False where there is no such source."""
    values: dict[str, Any] = {"state": state}
    if state is SourceState.ACTIVE:
        values |= {"next_poll_at": now, "failures": 0}
    return await _update(connection, source_id, values)


async def set_trust(connection: AsyncConnection, source_id: int, trust: Trust) -> bool:
    return await _update(connection, source_id, {"trust": trust})


async def _update(connection: AsyncConnection, source_id: int, values: dict[str, Any]) -> bool:
    return (await connection.execute(update(sources).where(sources.c.id == source_id).values(**values))).rowcount > 0


def _all() -> Select[Any]:
    return select(*(sources.c[name] for name in _FIELDS))


def _listed(query: Select[Any], within: Sequence[str] | None) -> Select[Any]:
    query = query.where(sources.c.state != SourceState.REMOVED, sources.c.kind != SourceKind.IMPORT)
    if within is None:
        return query
    inside = select(territory_paths.c.code).where(territory_paths.c.ancestor.in_(within))
    return query.where(sources.c.territory.in_(inside))


async def _maybe(connection: AsyncConnection, query: Select[Any]) -> Source | None:
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else _source(row)


async def _one(connection: AsyncConnection, query: Select[Any]) -> Source:
    return _source((await connection.execute(query)).mappings().one())


def _source(row: RowMapping) -> Source:
    return source_of({name: row[name] for name in _FIELDS})


def source_of(values: dict[str, Any]) -> Source:
    """A source from its columns."""
    return Source(
        **{
            **values,
            "kind": SourceKind(values["kind"]),
            "trust": Trust(values["trust"]),
            "state": SourceState(values["state"]),
        }
    )
