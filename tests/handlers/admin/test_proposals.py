"""An organiser's event in one sentence, let through by a moderator, announced to the territory."""

import pytest
from sqlalchemy import select

from domain.roles import Role
from domain.topics import Topic
from storage.people import roles
from storage.tables import events
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, House

pytestmark = pytest.mark.usefixtures("post")
SENTENCE = "Собрание ТОС 20 декабря в 18:30, школа 5"


async def test_sentence_is_understood_approved_and_announced(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    organiser = await house.official("Председатель", Role.ORGANISER, SAYANOGORSK)
    moderator = await house.official("Модератор", Role.MODERATOR, KHAKASSIA)
    await organiser.send("/announce")
    await organiser.expects("Что вы проводите?")
    await organiser.send(SENTENCE)
    understood = await organiser.expects("Понял: вс 20 декабря, 18:30 · школа 5 — верно?")
    assert understood.labels == ["Да", "Исправить"]
    await house.restart()
    await organiser.press("Да")
    await organiser.expects("передано модераторам")
    await moderator.expects("Новое предложение № 1 · Саяногорск", anew=False)
    house.clock.advance(days=1)
    await moderator.press("Открыть № 1")
    await moderator.expects("📅 вс 20 декабря, 18:30 · школа 5")
    await moderator.press("Принять")
    await moderator.expects("принято")
    await organiser.expects("согласовано и объявлено", anew=False)
    await anna.expects(SENTENCE, anew=False)
    async with house.database.read() as connection:
        event = (await connection.execute(select(events))).mappings().one()
    assert (event["status"], event["territory"], event["venue"]) == ("confirmed", SAYANOGORSK, "школа 5")


async def test_sentence_with_the_command_and_a_correction(house: House) -> None:
    organiser = await house.official("Председатель", Role.ORGANISER, SAYANOGORSK)
    await organiser.send(f"/announce {SENTENCE}")
    await organiser.expects("вс 20 декабря, 18:30")
    await organiser.press("Исправить")
    await organiser.expects("Что вы проводите?")
    await organiser.send("Собрание ТОС когда-нибудь")
    await organiser.expects("Не нашёл здесь будущей даты")
    await organiser.send("Собрание ТОС 21 декабря в 19:00, школа 5")
    await organiser.expects("пн 21 декабря, 19:00")


async def test_organiser_of_two_territories_is_asked_which(house: House) -> None:
    organiser = await house.official("Председатель", Role.ORGANISER, SAYANOGORSK)
    async with house.database.begin() as connection:
        await roles.grant(connection, organiser.id, Role.ORGANISER, ABAKAN, now=house.clock())
    await organiser.send(f"/announce {SENTENCE}")
    await organiser.expects("Для какой из ваших территорий?")
    await organiser.press("Абакан")
    await organiser.expects("Понял: вс 20 декабря, 18:30")
