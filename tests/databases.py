"""The fixture `database`: a real, migrated SQLite file and a real PostgreSQL database, one after the other.

Both are copies of a template that is migrated and seeded once per test process.
"""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from storage.engine import Database
from storage.migrations import migrate
from storage.territories import seed

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


async def _prepare(url: str) -> None:
    database = Database(url)
    await migrate(database)
    async with database.begin() as connection:
        await seed(connection)
    await database.close()


async def _administer(statement: str) -> None:
    connection = await asyncpg.connect(f"{POSTGRES}/postgres", timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(_prepare(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    name = f"template_{uuid.uuid4().hex[:12]}"
    try:
        asyncio.run(_administer(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError) as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL does not answer at {POSTGRES}: {error}")
    asyncio.run(_prepare(_url(name)))
    yield name
    asyncio.run(_administer(f"DROP DATABASE {name} WITH (FORCE)"))


def _url(name: str) -> str:
    return f"{POSTGRES}/{name}".replace("postgresql://", "postgresql+asyncpg://")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A database file of this test's own."""
    path = tmp_path / "glashatai.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """Only SQLite: for rooms above storage, which must not care."""
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def postgresql(postgres_template: str) -> AsyncIterator[Database]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    await _administer(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    database = Database(_url(name))
    yield database
    await database.close()
    await _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each engine in turn: for tests of storage itself."""
    engine: Database = request.getfixturevalue(request.param)
    return engine
