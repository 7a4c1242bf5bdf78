"""The inbox of updates."""

from datetime import UTC, datetime, timedelta

from storage.engine import Database
from storage.operation import updates

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def _payloads(*ids: int) -> list[dict[str, object]]:
    return [{"update_id": number, "message": {"text": f"text {number}"}} for number in ids]


async def test_an_update_received_twice_is_new_once(database: Database) -> None:
    async with database.begin() as connection:
        assert await updates.receive(connection, _payloads(1, 2), NOW) == {1, 2}
        assert await updates.receive(connection, _payloads(2, 3), NOW) == {3}


async def test_what_is_not_done_waits_in_order_and_what_is_done_does_not(database: Database) -> None:
    async with database.begin() as connection:
        await updates.receive(connection, _payloads(3, 1, 2), NOW)
        await updates.done(connection, [2], NOW)
        assert [payload["update_id"] for payload in await updates.waiting(connection)] == [1, 3]
        assert await updates.count_waiting(connection) == 2


async def test_an_update_that_ends_the_process_again_and_again_is_given_up(database: Database) -> None:
    async with database.begin() as connection:
        await updates.receive(connection, _payloads(1), NOW)
        for _ in range(updates.MAX_ATTEMPTS):
            assert await updates.waiting(connection)
        assert not await updates.waiting(connection)


async def test_a_handled_update_keeps_its_number_and_nothing_of_its_text(database: Database) -> None:
    async with database.begin() as connection:
        await updates.receive(connection, _payloads(1), NOW)
        await updates.done(connection, [1], NOW)
        assert await updates.receive(connection, _payloads(1), NOW) == set()
        assert await updates.forget(connection, NOW + timedelta(days=1)) == 1
        assert await updates.receive(connection, _payloads(1), NOW) == {1}
