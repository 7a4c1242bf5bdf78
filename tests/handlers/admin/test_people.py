"""Roles are given and taken back in the chat."""

import pytest

from domain.roles import Grant, Role
from storage.people import roles
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, House

pytestmark = pytest.mark.usefixtures("post")


async def grants_of(house: House, user: int) -> tuple[Grant, ...]:
    async with house.database.read() as connection:
        return await roles.of_user(connection, user)


async def test_role_is_given_by_id_and_works_at_once(house: House) -> None:
    owner = await house.official("Владелец", Role.OWNER)
    maria = await house.resident("Мария")
    await owner.send("/admin")
    await owner.press("Роли")
    await owner.press("➕ Назначить")
    await owner.send("не число")
    await owner.expects("Это не номер")
    await owner.send(str(maria.id))
    await owner.press("Редактор")
    await owner.expects("На какой территории?")
    await owner.send("Саяногорск")
    await owner.press("Саяногорск, Республика Хакасия")
    await owner.expects(f"✅ {maria.id}: редактор, Саяногорск")
    await maria.expects("Теперь вы редактор: Саяногорск", anew=False)
    assert await grants_of(house, maria.id) == (Grant(maria.id, Role.EDITOR, SAYANOGORSK),)
    await maria.send("/admin")
    await maria.expects("Управление")


async def test_contact_tells_whose_role_it_is(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    await admin.send("/admin")
    await admin.press("Роли")
    await admin.press("➕ Назначить")
    await admin.send_contact("+79990000000")
    asked = await admin.expects(f"Какая роль у {admin.id}?")
    assert not any("Владелец" in label for label in asked.labels)


async def test_role_outside_own_territory_is_not_given(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Роли")
    await admin.press("➕ Назначить")
    await admin.send("123456")
    await admin.press("Модератор")
    await admin.send("Абакан")
    await admin.expects("вне ваших прав")


async def test_role_is_taken_back_after_a_question(house: House) -> None:
    owner = await house.official("Владелец", Role.OWNER)
    maria = await house.official("Мария", Role.MODERATOR, ABAKAN)
    await owner.send("/admin")
    await owner.press("Роли")
    await owner.press(f"✖ {maria.id}")
    await owner.expects("Снять роль?")
    await owner.press("Да")
    await owner.expects("Роли")
    assert await grants_of(house, maria.id) == ()
    await maria.send("/admin")
    await maria.expects("Этот раздел")


async def test_last_owner_stays(house: House) -> None:
    owner = await house.official("Владелец", Role.OWNER)
    await owner.send("/admin")
    await owner.press("Роли")
    await owner.press(f"✖ {owner.id}")
    await owner.press("Да")
    assert "последний владелец" in await owner.answer()
