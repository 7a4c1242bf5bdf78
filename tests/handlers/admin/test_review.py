"""What waits for a person: readings in doubt, and what the machine does not decide."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from delivery.matching import match_new
from domain.roles import Role
from domain.sources import Entry, SourceKind, Trust
from ingestion.unread import read_unread
from sandbox.people import Person
from storage.intake import publications, questions, sources
from storage.intake.questions import QuestionKind
from storage.tables import events, items
from tests.handlers.house import SAYANOGORSK, House

pytestmark = pytest.mark.usefixtures("post")


async def publish(house: House, text: str, *, trust: Trust = Trust.REVIEW, identity: str = "1") -> None:
    async with house.database.begin() as connection:
        source = await sources.add(
            connection,
            kind=SourceKind.FEED,
            url="https://example.test/feed",
            title="Администрация",
            territory=SAYANOGORSK,
            trust=trust,
            now=house.clock(),
        )
        entry = Entry(identity, text, published_at=house.clock())
        await publications.receive(connection, source.id, [entry], house.clock())
    await read_unread(house.database, house.reader, house.clock())


async def open_review(moderator: Person, button: str) -> None:
    await moderator.send("/admin")
    await moderator.press("На проверке")
    await moderator.expects("На проверке")
    await moderator.press(button)


async def test_item_of_a_source_on_review_is_published_by_a_moderator(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе.")
    await open_review(moderator, "№ 1")
    card = await moderator.expects("На проверке № 1")
    assert "Место: Саяногорск" in card.text
    assert "Когда и где: сб 5 декабря, 18:00" in card.text
    await moderator.press("Опубликовать")
    assert "Опубликовано" in await moderator.answer()
    await moderator.expects("Всё разобрано")
    async with house.database.read() as connection:
        state, status = (await connection.execute(select(items.c.state, events.c.status).join(events))).one()
    assert (state, status) == ("published", "confirmed")


async def test_rejected_item_is_found_by_nobody_and_decided_once(house: House) -> None:
    first = await house.official("Первый", Role.MODERATOR, SAYANOGORSK)
    second = await house.official("Второй", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Распродажа шуб на рынке")
    await open_review(first, "№ 1")
    await first.expects("На проверке № 1")
    await open_review(second, "№ 1")
    await second.expects("На проверке № 1")
    await first.press("Отклонить")
    assert "Отклонено" in await first.answer()
    await second.press("Опубликовать")
    assert "уже кто-то решил" in await second.answer()


async def test_vanished_event_is_cancelled_when_a_moderator_says_so(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00.", trust=Trust.AUTO)
    async with house.database.begin() as connection:
        event = (await connection.execute(select(events.c.id))).scalar_one()
        await questions.ask(
            connection,
            QuestionKind.VANISHED,
            "1",
            now=house.clock(),
            territory=SAYANOGORSK,
            event_id=event,
            details={"title": "Собрание жителей"},
        )
    await open_review(moderator, "? 1")
    await moderator.expects("Мероприятие пропало из источника")
    await moderator.press("Отменено: сообщить всем")
    assert "Записал" in await moderator.answer()
    async with house.database.read() as connection:
        assert (await connection.execute(select(events.c.status))).scalar_one() == "cancelled"


async def test_confirmed_correction_edits_what_an_items_mailing_delivered(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей пройдёт в школе номер пять", trust=Trust.AUTO)
    await match_new(house.database, house.clock())
    await anna.expects("в школе номер пять", anew=False)
    house.clock.advance(seconds=timedelta(minutes=5).total_seconds())
    await publish(house, "Собрание жителей пройдёт в доме культуры", trust=Trust.AUTO)
    await open_review(moderator, "? 1")
    card = await moderator.expects("Отправленное изменилось в источнике")
    assert "номер пять" in card.text
    assert "доме культуры" in card.text
    await moderator.press("Отправить исправление")
    edited = await anna.expects("в доме культуры", anew=False)
    assert edited.edited
