"""Twelve kinds of fault, each taken for what it is."""

import pytest
from sqlalchemy import select, text, update

from delivery.bot_api import Telegram
from delivery.outcomes import Verdict
from domain.mailings import DeliveryState, MailingKind, Progress, Promise
from sandbox.faults import Fault, FaultKind
from sandbox.server import Sandbox
from storage.tables import deliveries, subscribers
from tests.deliveries import NOON, add_people, letter, mail, states
from tests.delivery.conftest import Office, copies

BODY = b'{"chat_id":5,"text":"x"}'


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (FaultKind.FLOOD, Verdict.FLOOD),
        (FaultKind.BAD_REQUEST, Verdict.REFUSED),
        (FaultKind.BLOCKED, Verdict.UNREACHABLE),
        (FaultKind.MIGRATED, Verdict.MOVED),
        (FaultKind.TIMEOUT, Verdict.AMBIGUOUS),
        (FaultKind.RESET, Verdict.AMBIGUOUS),
        (FaultKind.SERVER_ERROR, Verdict.AMBIGUOUS),
        (FaultKind.SERVER_HTML, Verdict.AMBIGUOUS),
        (FaultKind.NO_DESCRIPTION, Verdict.AMBIGUOUS),
        (FaultKind.NOT_JSON, Verdict.AMBIGUOUS),
        (FaultKind.CUT_BODY, Verdict.AMBIGUOUS),
    ],
)
async def test_a_fault_is_definite_or_ambiguous(office: Office, kind: FaultKind, verdict: Verdict) -> None:
    office.sandbox.fault(Fault(kind, migrate_to=-100500))
    telegram = Telegram(office.sandbox.token, office.sandbox.url, patience=0.3)
    outcome = await telegram.call("sendMessage", BODY)
    await telegram.close()
    assert outcome.verdict is verdict


async def test_a_connection_that_was_never_made_is_definite(unused_tcp_port: int) -> None:
    telegram = Telegram("1:x", f"http://127.0.0.1:{unused_tcp_port}")
    outcome = await telegram.call("sendMessage", BODY)
    await telegram.close()
    assert outcome.verdict is Verdict.NOT_SENT
    assert "1:x" not in (outcome.error or "")


async def test_a_flood_consumes_no_attempt_and_nothing_leaves_before_its_time(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 101))
    storm = office.sandbox.fault(Fault(FaultKind.FLOOD, retry_after=1, times=40))
    mailing_id = await mail(office.database)
    async with office.sending():
        await office.finished(mailing_id)
    async with office.database.read() as connection:
        assert set(await connection.scalars(select(deliveries.c.attempts))) == {1}
    assert copies(office) == dict.fromkeys(range(1, 101), 1)
    assert storm not in office.sandbox.faults.active
    assert office.pacer.rate < office.pacer.full_rate


async def test_an_ambiguous_message_is_tried_once_more_and_then_unknown(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 11))
    office.sandbox.fault(Fault(FaultKind.RESET, chat_id=3))
    office.sandbox.fault(Fault(FaultKind.RESET, chat_id=4, times=1, accepts=False))
    mailing_id = await mail(office.database)
    async with office.sending():
        await office.finished(mailing_id)
    assert copies(office) == {**dict.fromkeys(range(1, 11), 1), 3: 2}
    assert (await states(office.database, mailing_id))[3] == DeliveryState.UNKNOWN
    assert await office.progress(mailing_id) == Progress(10, 0, 0, 9, 0, 1, 0)


async def test_at_most_once_lists_the_ambiguous_as_unknown_at_once(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 11))
    office.sandbox.fault(Fault(FaultKind.SERVER_ERROR, chat_id=3))
    mailing_id = await mail(office.database, letter(promise=Promise.AT_MOST_ONCE))
    async with office.sending():
        await office.finished(mailing_id)
    assert set(copies(office).values()) == {1}
    assert (await states(office.database, mailing_id))[3] == DeliveryState.UNKNOWN


async def test_a_group_that_moved_is_followed(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, [-1001], kind="group")
    group = office.sandbox.supergroup("Соседи", id=-1002002, bot_status="member")
    office.sandbox.fault(Fault(FaultKind.MIGRATED, chat_id=-1001, migrate_to=group.chat.id))
    mailing_id = await mail(office.database)
    async with office.sending():
        await office.finished(mailing_id)
    assert copies(office) == {group.chat.id: 1}
    async with office.database.read() as connection:
        assert list(await connection.scalars(select(subscribers.c.chat_id))) == [group.chat.id]


async def test_while_telegram_cannot_be_reached_nothing_is_lost(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 51))
    mailing_id = await mail(office.database)
    await office.sandbox.stop()
    async with office.sending():
        await office.until(lambda: was_tried(office))
        await office.sandbox.start()
        await office.finished(mailing_id)
    assert copies(office) == dict.fromkeys(range(1, 51), 1)


async def was_tried(office: Office) -> bool:
    return office.pacer.pausing > 0


async def test_a_full_disk_sends_nothing_without_intent_and_goes_on_when_space_returns(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 3001))
        used = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count = {used + 10}"))
    async with office.database.begin() as connection:
        await connection.execute(update(subscribers).values(time_zone="Europe/Moscow"))
    mailing_id = await mail(office.database)
    async with office.sending():
        for pages in (40, 70, 100_000):
            sent = (await office.progress(mailing_id)).sent
            assert office.sandbox.ledger.total >= sent
            async with office.database.begin() as connection:
                await connection.execute(text(f"PRAGMA max_page_count = {used + pages}"))
        await office.finished(mailing_id)
    assert copies(office) == dict.fromkeys(range(1, 3001), 1)


async def test_a_foreign_lock_delays_and_loses_nothing(office: Office) -> None:
    import asyncio
    import sqlite3

    async with office.database.begin() as connection:
        await add_people(connection, range(1, 501))
    mailing_id = await mail(office.database)
    async with office.sending():
        foreign = sqlite3.connect(str(office.database.url.database), isolation_level=None, timeout=30)
        foreign.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(1)
        foreign.execute("ROLLBACK")
        foreign.close()
        await office.finished(mailing_id)
    assert copies(office) == dict.fromkeys(range(1, 501), 1)


async def test_two_senders_take_turns_and_nobody_gets_two(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 501))
    mailing_id = await mail(office.database)
    async with office.sending(), office.sending():
        await office.finished(mailing_id)
    assert copies(office) == dict.fromkeys(range(1, 501), 1)


async def test_the_sandbox_of_these_tests_is_what_it_says(office: Office) -> None:
    """A population that exists without being named: otherwise every count above would be of refusals."""
    assert isinstance(office.sandbox, Sandbox)
    telegram = Telegram(office.sandbox.token, office.sandbox.url)
    assert (await telegram.call("sendMessage", BODY)).verdict is Verdict.SENT
    await telegram.close()
    assert office.now == NOON


async def test_a_mailing_that_cannot_be_worded_holds_up_no_other(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 6))
    spoilt = await mail(office.database, letter("announcement:1", content={"text": 5, "title": []}))
    nonsense = await mail(office.database, letter("digest:x", kind=MailingKind.DIGEST, content={}))
    good = await mail(office.database, letter("announcement:2", "Живое"))
    async with office.sending():
        await office.finished(good, spoilt)
    assert set((await states(office.database, good)).values()) == {DeliveryState.SENT}
    assert await states(office.database, nonsense) == {}
