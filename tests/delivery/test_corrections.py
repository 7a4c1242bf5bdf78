"""Second thoughts reach every delivered copy, and those who have none get the new words at once."""

from datetime import timedelta
from typing import Any

import pytest

from domain.mailings import DeliveryState
from sandbox.methods.media import store
from sandbox.telegram import Upload
from storage.outbox import corrections, mailings
from tests.deliveries import NOON, add_people, letter, mail, states
from tests.delivery.conftest import Office, copies
from tests.sandbox.pictures import png

ANEW = {"title": "Отключение", "text": "Воды не будет до 20:00"}


def texts(office: Office, chat_id: int) -> list[str]:
    return [post.message["text"] for post in office.sandbox.world.chats[chat_id].posts.values()]


async def correct(office: Office, mailing_id: int, content: dict[str, Any] = ANEW) -> int:
    async with office.database.begin() as connection:
        made = await corrections.correct(connection, mailing_id, content, office.now)
    assert made is not None
    return made


async def recall(office: Office, mailing_id: int) -> int:
    async with office.database.begin() as connection:
        made = await corrections.recall(connection, mailing_id, office.now)
    assert made is not None
    return made


async def sent_to(office: Office, people: range) -> int:
    async with office.database.begin() as connection:
        await add_people(connection, people)
    mailing_id = await mail(office.database)
    async with office.sending():
        await office.finished(mailing_id)
    return mailing_id


async def test_every_copy_is_edited_and_none_is_sent_again(office: Office) -> None:
    mailing_id = await sent_to(office, range(1, 41))
    correction = await correct(office, mailing_id)
    async with office.sending():
        await office.finished(correction)
    assert all("до 20:00" in texts(office, chat)[0] and "Исправлено" in texts(office, chat)[0] for chat in range(1, 41))
    assert all(len(texts(office, chat)) == 1 for chat in range(1, 41))
    assert (await office.progress(correction)).sent == 40


async def test_another_photo_takes_the_place_of_the_old_one_and_of_none(office: Office) -> None:
    first, second = (
        store(office.sandbox.world, "photo", Upload("p.png", "image/png", png(*size))).id
        for size in ((20, 10), (10, 20))
    )
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 6))
    said = {"title": "Субботник", "text": "в 10:00", "kind": "news"}
    with_photo = await mail(office.database, letter("announcement:1", content={**said, "photo": first}))
    without = await mail(office.database, letter("announcement:2", content={**said, "photo": None}))
    async with office.sending():
        await office.finished(with_photo, without)
        for mailing_id in (with_photo, without):
            done = await correct(office, mailing_id, {"title": "Субботник", "text": "в 11:00", "photo": second})
            await office.finished(done)
            assert (await office.progress(done)).sent == 5
    for chat in range(1, 6):
        posts = [post.message for post in office.sandbox.world.chats[chat].posts.values()]
        assert [post["photo"][0]["file_id"] for post in posts] == [second, second]
        assert all("в 11:00" in post["caption"] and post["reply_markup"] for post in posts)


async def test_a_correction_amid_the_mailing_leaves_nobody_with_the_old_words(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 201))
    office.pacer.full_rate = office.pacer.rate = 300
    office.pacer.burst = 3
    mailing_id = await mail(office.database)
    async with office.sending():
        await office.until(lambda: some_are_sent(office, mailing_id))
        correction = await correct(office, mailing_id)
        await office.finished(mailing_id, correction)
    assert all(len(texts(office, chat)) == 1 and "до 20:00" in texts(office, chat)[0] for chat in range(1, 201))
    edited, original = await office.progress(correction), await office.progress(mailing_id)
    assert original.sent == 200
    assert 0 < edited.sent < 200


async def some_are_sent(office: Office, mailing_id: int) -> bool:
    return (await office.progress(mailing_id)).sent >= 20


async def test_the_latest_of_two_corrections_stands(office: Office) -> None:
    mailing_id = await sent_to(office, range(1, 21))
    first = await correct(office, mailing_id)
    second = await correct(office, mailing_id, {"title": "", "text": "Вода будет"})
    async with office.sending():
        await office.finished(first, second)
    assert all(texts(office, chat)[0].startswith("Вода будет") for chat in range(1, 21))


async def test_a_copy_that_its_reader_deleted_is_gone_and_no_fault(office: Office) -> None:
    mailing_id = await sent_to(office, range(1, 4))
    office.sandbox.world.chats[2].posts.clear()
    correction = await correct(office, mailing_id)
    async with office.sending():
        await office.finished(correction)
    assert await states(office.database, correction) == {1: "sent", 2: "failed", 3: "sent"}


async def test_a_recall_deletes_what_is_young(office: Office) -> None:
    mailing_id = await sent_to(office, range(1, 21))
    made = await recall(office, mailing_id)
    async with office.sending():
        await office.finished(made)
    assert all(texts(office, chat) == [] for chat in range(1, 21))


async def test_a_recall_marks_what_is_too_old_to_be_deleted(office: Office) -> None:
    mailing_id = await sent_to(office, range(1, 6))
    office.now = NOON + timedelta(days=3)
    made = await recall(office, mailing_id)
    async with office.sending():
        await office.finished(made)
    assert all("отозвано" in texts(office, chat)[0] for chat in range(1, 6))


async def test_who_has_not_got_a_recalled_message_never_does(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 11))
    mailing_id = await mail(office.database)
    await recall(office, mailing_id)
    other = await mail(office.database, letter("announcement:2", "Другое"))
    async with office.sending():
        await office.finished(other)
    assert copies(office) == dict.fromkeys(range(1, 11), 1)
    assert all("Другое" in texts(office, chat)[0] for chat in range(1, 11))


@pytest.mark.parametrize("night", [True, False])
async def test_corrections_pass_quiet_hours_because_they_wake_nobody(office: Office, night: bool) -> None:
    mailing_id = await sent_to(office, range(1, 4))
    if night:
        office.now = NOON + timedelta(hours=12)
    correction = await correct(office, mailing_id)
    async with office.sending():
        await office.finished(correction)
    assert set((await states(office.database, correction)).values()) == {DeliveryState.SENT}


async def test_there_is_nothing_to_correct_where_nothing_was_announced(office: Office) -> None:
    async with office.database.begin() as connection:
        assert await corrections.correct(connection, 404, {}, NOON) is None
        assert await corrections.recall(connection, 404, NOON) is None
        assert await mailings.of_announcement(connection, 404) is None
