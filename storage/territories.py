"""The tree of territories in the database, so that SQL can ask what lies inside what."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.geography.territories import load
from domain.territories import Territory, TerritoryKind
from storage.tables import territories, territory_paths

BATCH = 500


async def seed(connection: AsyncConnection) -> int:
    """Writes the built-in tree where the table is empty; returns how many territories were added."""
    if (await connection.execute(select(territories.c.code).limit(1))).first():
        return 0
    tree = load()
    await add(connection, tree)
    return len(tree)


async def add(connection: AsyncConnection, tree: Iterable[Territory]) -> None:
    """Adds territories, parents first, and the paths from each to all that contain it."""
    known = {row.code: row.parent for row in await connection.execute(select(territories.c.code, territories.c.parent))}
    rows: list[dict[str, object]] = []
    paths: list[dict[str, object]] = []
    for territory in tree:
        known[territory.code] = territory.parent
        rows.append({name: getattr(territory, name) for name in territory.__slots__})
        paths += [{"code": territory.code, "ancestor": code} for code in _path(territory.code, known)]
    await _insert(connection, territories, rows)
    await _insert(connection, territory_paths, paths)


async def replace(connection: AsyncConnection, territory: Territory) -> None:
    """Renames or re-centres one that is there; its place in the tree stays."""
    values = {name: getattr(territory, name) for name in territory.__slots__ if name not in ("code", "parent")}
    await connection.execute(territories.update().where(territories.c.code == territory.code).values(values))


async def all_of(connection: AsyncConnection) -> tuple[Territory, ...]:
    """The whole tree, parents before children: what the gazetteer is built from."""
    rows = await connection.execute(select(territories).order_by(territories.c.code))
    found = [Territory(**{**row, "kind": TerritoryKind(row["kind"])}) for row in rows.mappings()]
    order = list(TerritoryKind)
    return tuple(sorted(found, key=lambda territory: order.index(territory.kind)))


def _path(code: str, parents: dict[str, str | None]) -> list[str]:
    path, step = [], code
    while step is not None and step not in path:
        path.append(step)
        step = parents[step]  # type: ignore[assignment]
    return path


async def _insert(connection: AsyncConnection, table: object, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), BATCH):
        await connection.execute(insert(table), rows[start : start + BATCH])  # type: ignore[arg-type]


async def zones(connection: AsyncConnection, codes: Iterable[str]) -> dict[str, str]:
    """Time zones of the territories that are known among these."""
    chosen = select(territories.c.code, territories.c.time_zone).where(territories.c.code.in_(set(codes)))
    return {code: zone for code, zone in await connection.execute(chosen)}  # noqa: C416  mypy knows the pairs, not the rows
