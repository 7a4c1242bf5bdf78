"""The tree of territories in the database."""

from dataclasses import replace

from sqlalchemy import func, select

from analysis.geography.territories import load
from domain.territories import RUSSIA, Territory, TerritoryKind
from storage import territories
from storage.engine import Database
from storage.tables import territory_paths

SAYANOGORSK, KHAKASSIA = "95708000", "95000000"


async def test_the_whole_tree_comes_back_as_it_was_seeded(database: Database) -> None:
    async with database.read() as connection:
        assert set(await territories.all_of(connection)) == set(load())


async def test_parents_come_before_their_children(sqlite: Database) -> None:
    async with sqlite.read() as connection:
        tree = await territories.all_of(connection)
    seen: set[str] = set()
    for territory in tree:
        assert territory.parent is None or territory.parent in seen
        seen.add(territory.code)


async def test_seeding_again_adds_nothing(sqlite: Database) -> None:
    async with sqlite.begin() as connection:
        assert await territories.seed(connection) == 0


async def test_every_territory_lies_on_a_path_to_russia(database: Database) -> None:
    async with database.read() as connection:
        under_russia = select(func.count()).where(territory_paths.c.ancestor == RUSSIA)
        assert await connection.scalar(under_russia) == len(load())
        path = select(territory_paths.c.ancestor).where(territory_paths.c.code == SAYANOGORSK)
        assert set(await connection.scalars(path)) == {SAYANOGORSK, KHAKASSIA, RUSSIA}


async def test_a_new_settlement_is_found_within_its_region(database: Database) -> None:
    village = Territory(
        "95708000106", TerritoryKind.SETTLEMENT, "посёлок Майна", "Майна", SAYANOGORSK, "Asia/Krasnoyarsk"
    )
    async with database.begin() as connection:
        await territories.add(connection, [village])
        inside = select(territory_paths.c.code).where(territory_paths.c.ancestor == KHAKASSIA)
        assert village.code in set(await connection.scalars(inside))


async def test_a_renamed_territory_keeps_its_place_in_the_tree(database: Database) -> None:
    before = next(one for one in load() if one.code == SAYANOGORSK)
    async with database.begin() as connection:
        await territories.replace(connection, replace(before, short_name="Новый Саяногорск"))
        after = next(one for one in await territories.all_of(connection) if one.code == SAYANOGORSK)
    assert after == replace(before, short_name="Новый Саяногорск")
