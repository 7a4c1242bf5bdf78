"""Two people for one mailing."""

import pytest

from domain.announcements import AnnouncementState
from domain.roles import Role
from sandbox.people import Person
from storage.announcing import announcements
from tests.handlers.house import KHAKASSIA, SAYANOGORSK, House

pytestmark = pytest.mark.usefixtures("post")


async def hand_in(editor: Person) -> None:
    await editor.send("/admin")
    await editor.press("Новое объявление")
    await editor.press("Новость")
    await editor.send("Приём граждан переносится на четверг")
    await editor.expects("Кому?")
    await editor.press("Готово")
    await editor.press("На согласование")
    await editor.expects("на согласовании")


async def test_editors_announcement_goes_out_once_another_approves_it(house: House) -> None:
    anna = await house.resident("Анна")
    editor = await house.official("Редактор", Role.EDITOR, SAYANOGORSK)
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    await hand_in(editor)
    await admin.expects("ждёт вашего согласования", anew=False)
    assert len(anna.screen()) == 0
    await admin.press("Открыть № 1")
    await admin.press("Согласовать")
    await admin.expects("доставлено 1")
    await anna.expects("Приём граждан переносится")
    await editor.expects("согласовано", anew=False)
    async with house.database.read() as connection:
        one = await announcements.get(connection, 1)
    assert one
    assert one.approved_by == admin.id


async def test_returned_announcement_comes_back_with_a_word_and_may_be_handed_in_again(house: House) -> None:
    await house.resident("Анна")
    editor = await house.official("Редактор", Role.EDITOR, SAYANOGORSK)
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await hand_in(editor)
    await admin.expects("ждёт вашего согласования", anew=False)
    await admin.press("Открыть № 1")
    await admin.press("Вернуть с замечанием")
    await admin.send("Укажите кабинет")
    await admin.expects("возвращено автору")
    told = await editor.expects("Что изменить: Укажите кабинет")
    await editor.press("Открыть № 1", message=told)
    await editor.press("Текст")
    await editor.send("Приём граждан переносится на четверг, кабинет 5")
    await editor.expects("кабинет 5")
    house.clock.advance(minutes=1)
    await editor.press("На согласование")
    await admin.expects("кабинет 5", anew=False)


async def test_second_approver_is_told_that_it_is_done(house: House) -> None:
    editor = await house.official("Редактор", Role.EDITOR, SAYANOGORSK)
    first = await house.official("Первый", Role.ADMIN, SAYANOGORSK)
    second = await house.official("Второй", Role.ADMIN, SAYANOGORSK)
    await hand_in(editor)
    cards = []
    for admin in (first, second):
        await admin.expects("ждёт вашего согласования", anew=False)
        await admin.press("Открыть № 1")
        cards.append(await admin.expects("на согласовании"))
    await first.press("Согласовать")
    await first.expects("доставлено 0")
    await second.press("Согласовать", message=cards[1])
    assert "уже сделано" in await second.answer()
    async with house.database.read() as connection:
        one = await announcements.get(connection, 1)
    assert one
    assert (one.state, one.approved_by) == (AnnouncementState.SENT, first.id)
