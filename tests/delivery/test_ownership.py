"""Who holds a lease, and when another may take it."""

import os
import subprocess
import sys
from datetime import timedelta

from delivery.ownership import is_gone, new_owner
from storage.engine import Database
from storage.operation import leases
from tests.deliveries import NOON

LENGTH = timedelta(seconds=15)


async def take(database: Database, owner: str, later: timedelta = timedelta()) -> bool:
    async with database.begin() as connection:
        return await leases.acquire(connection, "sender", owner, now=NOON + later, length=LENGTH, is_gone=is_gone)


def owner_of_a_dead_process() -> str:
    said = "from delivery.ownership import new_owner; print(new_owner())"
    return subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.strip()


async def test_a_lease_has_one_holder_until_it_runs_out(database: Database) -> None:
    first, second = new_owner(), new_owner()
    assert await take(database, first)
    assert not await take(database, second)
    assert await take(database, second, LENGTH)
    async with database.begin() as connection:
        assert not await leases.keep(connection, "sender", first, now=NOON, length=LENGTH)
        assert await leases.holder(connection, "sender", NOON) == second
        await leases.release(connection, "sender", first)
        assert await leases.holder(connection, "sender", NOON) == second


async def test_the_lease_of_a_dead_process_of_this_machine_is_taken_at_once(database: Database) -> None:
    dead = owner_of_a_dead_process()
    assert await take(database, dead)
    assert await take(database, new_owner())


def test_the_living_and_the_unknown_are_not_taken_for_dead() -> None:
    machine, pid, process, _ = new_owner().split(":")
    assert not is_gone(new_owner())
    assert not is_gone(f"{machine}:{os.getppid()}:{process}:0")
    assert not is_gone("elsewhere:1:x:0")
    assert not is_gone("")
    assert is_gone(f"{machine}:{pid}:another:0"), "our number was another process's before"
