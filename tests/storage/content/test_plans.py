"""Items are picked by their numbers: SQLite without statistics would rather walk through all that are published."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from analysis.duplicates import signature
from storage.content import cards
from storage.engine import Connection, Database
from storage.intake import stories

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)


async def walks(connection: Connection, asked: list[tuple[str, Any]]) -> list[str]:
    """How SQLite goes through items to answer what was asked."""
    steps = []
    for statement, parameters in asked:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps += [row.detail for row in plan if " items " in f"{row.detail} "]
    return steps


def listen(connection: Connection) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    return asked


async def test_lines_of_a_list_are_picked_by_number(database: Database) -> None:
    async with database.read() as connection:
        asked = listen(connection)
        await cards.listed(connection, [1, 2, 3, 4, 5])
        if database.is_sqlite:
            assert await walks(connection, list(asked)) == ["SEARCH items USING INTEGER PRIMARY KEY (rowid=?)"]


async def test_stories_that_may_be_the_same_are_picked_by_number(database: Database) -> None:
    async with database.read() as connection:
        asked = listen(connection)
        await stories.similar_to_text(connection, signature("Каток открыт в парке до конца зимы"))
        if database.is_sqlite:
            assert await walks(connection, list(asked)) == ["SEARCH items USING INTEGER PRIMARY KEY (rowid=?)"]
