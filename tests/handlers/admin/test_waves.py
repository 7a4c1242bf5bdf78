"""A campaign: four waves around a date, planned in one dialogue."""

import pytest

from domain.announcements import AnnouncementState
from domain.roles import Role
from storage.announcing import campaigns
from tests.handlers.house import SAYANOGORSK, House


async def test_waves_are_scheduled_around_the_date(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Кампании")
    await admin.press("➕ Новая кампания")
    await admin.send("Акция «10 000 шагов к жизни»\nПрисоединяйтесь к акции 20 декабря в 11:00!")
    await admin.expects("Кому?")
    await admin.press("Готово")
    await admin.expects("Понял: вс 20 декабря, 11:00")
    await admin.press("Да")
    await admin.expects("🌊 Кампания · черновик")
    await admin.press("Отправить")
    plan = await admin.expects("Волны кампании")
    for wave in (
        "Приглашение — вс 6 декабря, 10:00",
        "Напоминание — сб 19 декабря, 10:00",
        "Старт — вс 20 декабря, 09:00",
    ):
        assert wave in plan.text
    await admin.press("Запланировать все")
    await admin.expects("Кампания · Акция «10 000 шагов к жизни»")
    async with house.database.read() as connection:
        waves = await campaigns.waves(connection, 1)
    assert [one.state for one in waves] == [*[AnnouncementState.SCHEDULED] * 3, AnnouncementState.DRAFT]
    assert waves[1].title == "Завтра: Акция «10 000 шагов к жизни»"


async def test_editors_campaign_waits_for_approval(house: House) -> None:
    editor = await house.official("Редактор", Role.EDITOR, SAYANOGORSK)
    await editor.send("/admin")
    await editor.press("Кампании")
    await editor.press("➕ Новая кампания")
    await editor.send("Месячник благоустройства\nНачало 20 декабря в 11:00!")
    await editor.expects("Кому?")
    await editor.press("Готово")
    await editor.expects("Понял")
    await editor.press("Да")
    await editor.press("На согласование")
    await editor.expects("Волны кампании")
    await editor.press("Запланировать все")
    await editor.expects("на согласовании")
    async with house.database.read() as connection:
        waves = await campaigns.waves(connection, 1)
    assert {one.state for one in waves} == {AnnouncementState.AWAITING_APPROVAL, AnnouncementState.DRAFT}


pytestmark = pytest.mark.usefixtures("post")
