"""Grants: given, taken back, and asked for by territory."""

from datetime import UTC, datetime

from domain.roles import Act, Grant, Role
from domain.territories import RUSSIA
from storage.engine import Database
from storage.people import roles

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
SAYANOGORSK, KHAKASSIA, TOMSK = "95708000", "95000000", "69000000"


async def test_grant_is_given_once_and_taken_back_once(database: Database) -> None:
    async with database.begin() as c:
        assert await roles.grant(c, 1, Role.EDITOR, SAYANOGORSK, now=NOW)
        assert not await roles.grant(c, 1, Role.EDITOR, SAYANOGORSK, now=NOW)
        assert await roles.of_user(c, 1) == (Grant(1, Role.EDITOR, SAYANOGORSK),)
        assert await roles.revoke(c, 1, Role.EDITOR, SAYANOGORSK)
        assert not await roles.revoke(c, 1, Role.EDITOR, SAYANOGORSK)
        assert await roles.of_user(c, 1) == ()


async def test_owners_of_the_settings_are_made_once(database: Database) -> None:
    for _ in range(2):
        async with database.begin() as c:
            await roles.ensure_owners(c, [7, 8], NOW)
    async with database.read() as c:
        assert await roles.everyone(c) == [Grant(7, Role.OWNER, RUSSIA), Grant(8, Role.OWNER, RUSSIA)]


async def test_people_who_may_are_those_of_the_territory_and_all_around_it(database: Database) -> None:
    async with database.begin() as c:
        await roles.grant(c, 1, Role.MODERATOR, SAYANOGORSK, now=NOW)
        await roles.grant(c, 2, Role.ADMIN, KHAKASSIA, now=NOW)
        await roles.grant(c, 3, Role.ADMIN, TOMSK, now=NOW)
        await roles.grant(c, 4, Role.EDITOR, SAYANOGORSK, now=NOW)
        await roles.grant(c, 5, Role.OWNER, RUSSIA, now=NOW)
        assert await roles.people_who_may(c, Act.MODERATE, SAYANOGORSK) == (1, 2, 5)
        assert await roles.people_who_may(c, Act.APPROVE, SAYANOGORSK) == (2, 5)
        assert await roles.people_who_may(c, Act.MODERATE, RUSSIA) == (5,)


async def test_list_is_narrowed_to_what_lies_inside(database: Database) -> None:
    async with database.begin() as c:
        await roles.grant(c, 1, Role.MODERATOR, SAYANOGORSK, now=NOW)
        await roles.grant(c, 2, Role.ADMIN, TOMSK, now=NOW)
        assert [one.user_id for one in await roles.everyone(c, within=[KHAKASSIA])] == [1]
