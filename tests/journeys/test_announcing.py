"""From an admin's draft to a resident's column; and what happens to rights that are gone or were never there."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Page, expect

from bot.demo.cast import ANNA, ELENA, VIKTOR
from domain.announcements import AnnouncementState
from domain.roles import Role
from presenters.actions import pack
from presenters.admin.composing import SendOff
from storage.announcing import announcements
from storage.engine import Database
from storage.people import roles
from tests.journeys.stage import Column, Demo, compose

TEXT = "Сегодня в 18:00 встреча с главой города в ДК «Энергетик»."


@pytest.fixture
async def database(demo: Demo) -> AsyncIterator[Database]:
    opened = demo.database()
    yield opened
    await opened.close()


async def test_what_an_admin_sends_arrives_in_a_residents_column(demo: Demo, page: Page) -> None:
    elena, viktor = Column(page, ELENA), Column(page, VIKTOR)
    await compose(elena, TEXT, reaches="≈ 269")
    await elena.press("Предпросмотр")
    await expect(elena.last).not_to_contain_text("черновик")
    await elena.sees(TEXT)
    await elena.press("Назад")
    await elena.sees("≈ 269")
    await elena.press("Отправить")
    await viktor.sees(TEXT)
    await elena.sees("доставлено 269", within=60_000)
    await viktor.press("Почему это мне?")
    await expect(viktor.node).to_contain_text("Саяногорск")


async def test_who_lost_the_role_sends_nothing_any_more(demo: Demo, page: Page, database: Database) -> None:
    elena, viktor = Column(page, ELENA), Column(page, VIKTOR)
    await compose(elena, TEXT, reaches="≈ 269")
    async with database.begin() as connection:
        assert await roles.revoke(connection, ELENA, Role.OWNER)
    await elena.press("Отправить")
    await expect(elena.node.get_by_test_id("toast").or_(elena.node.get_by_test_id("alert"))).to_be_visible()
    await expect(viktor.node.get_by_test_id("message")).to_have_count(0)
    assert await states(database) == {AnnouncementState.SCHEDULED, AnnouncementState.DRAFT}


async def test_a_forged_button_opens_nothing_to_a_resident(demo: Demo, page: Page, database: Database) -> None:
    anna = Column(page, ANNA)
    await anna.begin()
    await anna.sees("Где вы живёте?")
    await compose(Column(page, ELENA), TEXT, reaches="≈ 269")
    async with database.read() as connection:
        draft = (await announcements.listed(connection, limit=1))[0]
    for sure in (False, True):
        await forge(demo, ANNA, pack(SendOff(draft.id, sure)))
    await expect(anna.node.get_by_test_id("toast").or_(anna.node.get_by_test_id("alert")).first).to_be_visible()
    await anna.say("/admin")
    await expect(anna.last).not_to_contain_text("Новое объявление")
    assert await states(database) == {AnnouncementState.SCHEDULED, AnnouncementState.DRAFT}


async def forge(demo: Demo, person: int, data: str) -> None:
    """A press that no button of the person's offers, as a forged client sends it."""
    async with aiohttp.ClientSession() as session:
        act = {"person": person, "message": 2, "data": data}
        async with session.post(f"{demo.url}/control/press", json=act) as reply:
            assert reply.status == 200, await reply.text()


async def states(database: Database) -> set[AnnouncementState]:
    async with database.read() as connection:
        return {one.state for one in await announcements.listed(connection)}
