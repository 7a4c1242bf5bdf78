"""The schema's history. `migrate` is the only way a database gets its tables, in production and in tests."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection

from storage.engine import Database


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> None:
    """Brings the schema to the newest version in one transaction: after a crash it is the old one or the new one."""
    async with database.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(configuration(sync), "head"))
