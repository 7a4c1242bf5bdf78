"""An announcement from its kind to its arrival, as an admin of a council makes it."""

import pytest

from domain.roles import Role
from domain.topics import Topic
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, House

pytestmark = pytest.mark.usefixtures("post")
NOTICE = "Субботник во дворах\n\nСобираемся в субботу у дома 12, грабли дадим. Приходите с соседями."


async def test_admin_sends_news_to_those_who_follow_the_topic_there(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    boris = await house.resident("Борис", topics=[Topic.SPORT])
    vera = await house.resident("Вера", home=ABAKAN, topics=[Topic.TOS])
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.expects("Управление")
    await admin.press("Новое объявление")
    await admin.press("Новость")
    await admin.expects("Напишите текст")
    await admin.send(NOTICE)
    await admin.expects("Кому?")
    await admin.press("ТОС")
    await admin.expects("Саяногорск × ТОС")
    await admin.press("Готово")
    card = await admin.expects("Кому: Саяногорск × ТОС ≈ 1")
    assert "Отправка займёт ~1 с" in card.text
    await admin.press("Предпросмотр")
    preview = await admin.expects("Собираемся в субботу")
    assert "<b>Субботник во дворах</b>" in preview.html
    await admin.press("Назад")
    await admin.press("Себе")
    await admin.expects("Собираемся в субботу")
    await admin.press("Отправить", message=(await admin.expects("Кому: Саяногорск", anew=False)))
    await admin.expects("доставлено 1 · не дошло 0")
    await anna.expects("Собираемся в субботу")
    assert len(boris.screen()) == len(vera.screen()) == 0


async def test_formatting_of_a_forwarded_text_is_kept(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    await admin.send("/admin")
    await admin.press("Новое объявление")
    await admin.press("Новость")
    await admin.send("Просто текст без заголовка")
    await admin.expects("Кому?")
    await admin.press("Готово")
    await admin.expects("черновик")
