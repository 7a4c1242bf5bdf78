"""Sources: added once, claimed by one poller, listed by territory, alarmed about once."""

from datetime import UTC, datetime, timedelta

from domain.sources import Source, SourceKind, SourceState, Trust
from domain.territories import RUSSIA
from storage.engine import Connection, Database
from storage.intake import source_health, sources

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
SAYANOGORSK, KHAKASSIA, TOMSK_REGION = "95708000", "95000000", "69000000"


async def make(connection: Connection, number: int = 1, territory: str | None = SAYANOGORSK) -> Source:
    return await sources.add(
        connection, kind=SourceKind.FEED, url=f"https://site.example/{number}", territory=territory, now=NOW
    )


async def test_source_added_twice_is_one_and_lives_again(database: Database) -> None:
    async with database.begin() as connection:
        first = await make(connection)
        await sources.set_state(connection, first.id, SourceState.REMOVED, NOW)
        again = await sources.add(
            connection, kind=SourceKind.FEED, url=first.url, trust=Trust.AUTO, settings={"links": "a"}, now=NOW
        )
    assert (again.id, again.state, again.trust, again.settings) == (
        first.id,
        SourceState.ACTIVE,
        Trust.AUTO,
        {"links": "a"},
    )


async def test_due_source_is_claimed_by_one_poller_until_its_claim_ends(database: Database) -> None:
    until = NOW + timedelta(minutes=10)
    async with database.begin() as connection:
        source = await make(connection)
        assert [one.id for one in await sources.claim_due(connection, NOW, until, 10)] == [source.id]
        assert await sources.claim_due(connection, NOW, until, 10) == []
        assert len(await sources.claim_due(connection, until, until + timedelta(minutes=10), 10)) == 1


async def test_paused_sources_and_channels_are_not_polled(database: Database) -> None:
    async with database.begin() as connection:
        paused = await make(connection)
        await sources.set_state(connection, paused.id, SourceState.PAUSED, NOW)
        await sources.add(connection, kind=SourceKind.TELEGRAM, url="https://t.me/news", now=NOW)
        await sources.archive(connection, "import", None, NOW)
        assert await sources.claim_due(connection, NOW, NOW, 10) == []


async def test_sources_are_listed_by_territory_and_what_lies_inside(database: Database) -> None:
    async with database.begin() as connection:
        town = await make(connection, 1, SAYANOGORSK)
        other = await make(connection, 2, TOMSK_REGION)
        everywhere = await make(connection, 3, None)
        await sources.archive(connection, "import", None, NOW)
        inside = [one.id for one in await sources.listed(connection, within=[KHAKASSIA])]
        total = [one.id for one in await sources.listed(connection)]
        counted = await sources.count(connection, within=[KHAKASSIA, TOMSK_REGION])
        country = await sources.count(connection, within=[RUSSIA])
    assert (inside, total) == ([town.id], [town.id, other.id, everywhere.id])
    assert (counted, country) == (2, 2)


async def test_channel_is_known_by_its_number_or_its_name(database: Database) -> None:
    async with database.begin() as connection:
        named = await sources.add(connection, kind=SourceKind.TELEGRAM, url="https://t.me/news", now=NOW)
        assert await sources.of_channel(connection, -100, "News") == named
        assert await sources.of_channel(connection, -100, None) is None
        numbered = await sources.add(connection, kind=SourceKind.TELEGRAM, url=sources.channel_address(-100), now=NOW)
        assert await sources.of_channel(connection, -100, None) == numbered


async def test_failing_source_alarms_once_and_its_return_is_told_once(database: Database) -> None:
    async with database.begin() as connection:
        source = await make(connection)
        for count in range(source_health.ALARMING):
            assert await source_health.to_alarm(connection) == [], count
            await source_health.record_failure(connection, source.id, NOW, NOW, "answered 404")
        (failing,) = await source_health.to_alarm(connection)
        assert (failing.failures, failing.last_error) == (3, "answered 404")
        await source_health.set_alarmed(connection, source.id, NOW)
        assert await source_health.to_alarm(connection) == []
        assert await source_health.recovered(connection) == []
        await source_health.record_success(connection, source.id, NOW, NOW, fetched={"listed": 3, "etag": "x"})
        (back,) = await source_health.recovered(connection)
        await source_health.set_alarmed(connection, source.id, None)
        assert await source_health.recovered(connection) == []
    assert (back.seeded_at, back.listed, back.etag) == (NOW, 3, "x")


async def test_first_crawl_is_remembered_for_good(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    async with database.begin() as connection:
        source = await make(connection)
        await source_health.record_success(connection, source.id, NOW, later, seeded=False)
        before = await sources.get(connection, source.id)
        await source_health.record_success(connection, source.id, NOW, later)
        await source_health.record_success(connection, source.id, later, later)
        after = await sources.get(connection, source.id)
    assert before is not None
    assert after is not None
    assert (before.seeded_at, after.seeded_at) == (None, NOW)
