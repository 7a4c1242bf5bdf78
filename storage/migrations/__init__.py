"""The schema's history. `migrate` is the only way a database gets its tables, in production and in tests."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from storage.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


def configuration(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> None:
    """Brings the schema to the newest version in one transaction: after a crash it is the old one or the new one."""
    async with database.begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    if version(connection) == newest():
        return  # Alembic is 11 MB that a running bot need not carry
    from alembic import command

    command.upgrade(configuration(connection), "head")


def newest() -> str:
    """The revision that the last of the files brings: their names begin with it."""
    return max(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def version(connection: Connection) -> str | None:
    """The revision of a database; None where there are no tables of ours yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))  # type: ignore[no-any-return]
