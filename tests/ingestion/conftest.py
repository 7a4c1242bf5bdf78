"""What tests of gathering share: a site, the parsing children, a poller over a real database."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from domain.sources import Intake, Source, SourceKind, Trust
from ingestion.child import Children
from ingestion.collecting import Collector, Vk
from ingestion.detection import Detector
from ingestion.fetching.client import Client
from ingestion.gathering import Gathering
from ingestion.polling import poll
from storage.engine import Database
from storage.intake import sources
from tests.ingestion.given import NOW
from tests.ingestion.site import Site, serving

SAYANOGORSK = "95708000"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(builtin())


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as made:
        yield made


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    async with Children(children=1, seconds=2) as made:
        yield made


@pytest.fixture(scope="session")
def readers() -> Iterator[Children]:
    """Parsing children that serve all tests of a process: starting them takes half a second."""
    made = Children(children=1)
    asyncio.run(made.__aenter__())
    yield made
    asyncio.run(made.__aexit__(None, None, None))


@pytest.fixture
async def gathered(site: Site, readers: Children) -> AsyncIterator[Gathering]:
    async with Client(allow_private=True, contact="https://news.example") as client:
        collector = Collector(client, readers, Vk("key", site.url))
        yield Gathering(client, readers, collector, Detector(collector, lambda: NOW))


class Gatherer:
    """A database and everything that fills it, driven poll by poll."""

    def __init__(self, database: Database, reader: Reader, gathered: Gathering) -> None:
        self.database = database
        self.reader = reader
        self.gathered = gathered
        self.now = NOW

    async def follow(
        self,
        url: str,
        *,
        kind: SourceKind = SourceKind.FEED,
        trust: Trust = Trust.AUTO,
        territory: str | None = SAYANOGORSK,
        settings: dict[str, str] | None = None,
    ) -> Source:
        async with self.database.begin() as connection:
            return await sources.add(
                connection, kind=kind, url=url, trust=trust, territory=territory, settings=settings, now=self.now
            )

    async def poll(self, source: Source, *, later: timedelta = timedelta(hours=1)) -> Intake:
        """One poll, after which the clock moves on."""
        current = await self.source(source)
        chance, interval = random.Random(1), timedelta(minutes=15)
        intake = await poll(self.database, self.reader, self.gathered.collector, current, self.now, interval, chance)
        self.now += later
        return intake

    async def source(self, source: Source) -> Source:
        async with self.database.read() as connection:
            found = await sources.get(connection, source.id)
        assert found is not None
        return found

    async def rows(self, statement: str) -> list[tuple[object, ...]]:
        async with self.database.read() as connection:
            return [tuple(row) for row in await connection.exec_driver_sql(statement)]


@pytest.fixture
async def gatherer(sqlite: Database, reader: Reader, gathered: Gathering) -> Gatherer:
    return Gatherer(sqlite, reader, gathered)
