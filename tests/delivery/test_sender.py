"""A mailing on its way: from its audience to the ledger of the local Telegram."""

from collections import Counter

from domain.mailings import MailingState, Progress
from storage.outbox import mailings
from tests.deliveries import NOON, add_people, letter, mail, states
from tests.delivery.conftest import Office, copies


async def test_everyone_gets_a_mailing_once(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 301))
    mailing_id = await mail(office.database)
    async with office.sending():
        await office.finished(mailing_id)
    assert copies(office) == dict.fromkeys(range(1, 301), 1)
    assert await office.progress(mailing_id) == Progress(300, 0, 0, 300, 0, 0, 0)
    async with office.database.read() as connection:
        found = await mailings.find(connection, mailing_id)
    assert found
    assert (found.state, found.started_at, found.finished_at) == (MailingState.FINISHED, NOON, NOON)


async def test_who_blocked_the_bot_is_tried_once_and_left_alone(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 21))
    for chat_id in (3, 7):
        person = office.sandbox.person("Житель", chat_id)
        await person.start()
        person.block()
    first = await mail(office.database)
    async with office.sending():
        await office.finished(first)
        second = await mail(office.database, letter("announcement:2", "Второе"))
        await office.finished(second)
    assert Counter((await states(office.database, first)).values()) == {"sent": 18, "failed": 2}
    assert set(await states(office.database, second)) == set(range(1, 21)) - {3, 7}
    assert office.sandbox.ledger.count(3) == 0
