"""Mailings that may cost Stars: faster, counted, and never stuck for want of money."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from delivery.pacer import Pacer, paid_pacer
from domain.roles import Role
from domain.stars import stars
from domain.territories import RUSSIA
from sandbox.limits import Limits
from sandbox.server import Sandbox
from storage.engine import Database
from storage.outbox import mailings
from storage.people import roles
from tests.deliveries import NOON, add_people, letter, mail, states
from tests.delivery.conftest import Office, copies

OWNER = 9001
PEOPLE = range(1, 301)


@pytest.fixture
async def bank(sqlite: Database) -> AsyncIterator[Office]:
    """A Telegram that counts, and takes the bot's 10 Stars: 100 messages above the free ones."""
    limits = Limits(per_second=30, burst=30)
    async with Sandbox(limits=limits, stars=10, population=range(1, 100_000)) as sandbox:
        office = Office(sqlite, sandbox)
        office.pacer = Pacer(29.9)
        office.paid = paid_pacer(1000)
        async with sqlite.begin() as connection:
            await add_people(connection, PEOPLE)
        yield office


async def test_a_paid_mailing_leaves_faster_than_what_is_free(bank: Office) -> None:
    paid = await mail(bank.database, letter(paid=True))
    async with bank.sending():
        await bank.until(lambda: paid_for(bank, 50))
        assert not await bank.is_over(paid)


async def paid_for(bank: Office, count: int) -> bool:
    return bank.sandbox.telegram.gate.paid >= count


async def test_without_stars_the_rest_goes_for_free_and_those_who_send_are_told_once(bank: Office) -> None:
    async with bank.database.begin() as connection:
        await roles.grant(connection, OWNER, Role.OWNER, RUSSIA, now=NOON)
        await add_people(connection, [OWNER])
    mailing_id = await mail(bank.database, letter(paid=True))
    async with bank.sending():
        await bank.finished(mailing_id)
        await bank.until(lambda: told(bank))
    assert bank.sandbox.telegram.gate.paid == 100
    assert copies(bank) == dict.fromkeys([*PEOPLE, OWNER], 1)
    assert set((await states(bank.database, mailing_id)).values()) == {"sent"}
    words = Counter(post.message["text"] for post in bank.sandbox.world.chats[OWNER].posts.values())
    assert sum(count for text, count in words.items() if "Звёзды бота закончились" in text) == 1


async def told(bank: Office) -> bool:
    return len(bank.sandbox.world.chats[OWNER].posts) == 2 if OWNER in bank.sandbox.world.chats else False


async def test_where_nothing_is_paid_for_no_message_says_that_it_may_cost(bank: Office) -> None:
    bank.paid = None
    async with bank.database.begin() as connection:
        await mailings.create(connection, letter(paid=True), NOON)
    async with bank.sending():
        await bank.until(lambda: sent(bank, 40))
    assert bank.sandbox.telegram.gate.paid == 0


async def sent(bank: Office, count: int) -> bool:
    return bank.sandbox.ledger.total >= count


def test_a_tenth_of_a_star_a_message_is_rounded_up() -> None:
    assert [stars(messages) for messages in (0, 1, 10, 11, 1_000_000)] == [0, 1, 1, 2, 100_000]


def test_in_no_second_more_leaves_than_is_allowed() -> None:
    pacer = paid_pacer(1000)
    assert pacer is not None
    assert pacer.rate + pacer.burst == 1000
    assert paid_pacer(0) is None
