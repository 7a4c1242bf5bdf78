"""A resident's first minutes, in the browser."""

from playwright.async_api import Page

from bot.demo.cast import ANNA
from tests.journeys.stage import Column, Demo


async def test_newcomer_settles_in_asks_and_comes_to_the_forum(demo: Demo, page: Page) -> None:
    anna = Column(page, ANNA)
    await settle(anna)
    await anna.say("форум тос")
    await anna.sees("V форум ТОС пройдёт в Саяногорске")
    await anna.press("1")
    await anna.sees("ДК «Энергетик»")
    await anna.press("Приду")
    await anna.sees("занято 25 из 60")
    await anna.press("В календарь")
    async with page.expect_download() as saving:
        await anna.node.get_by_test_id("document").last.click()
    calendar = (await (await saving.value).path()).read_text("utf-8")
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "V форум ТОС" in calendar


async def test_a_restart_in_the_middle_of_a_dialogue_loses_nothing(demo: Demo, page: Page) -> None:
    anna = Column(page, ANNA)
    await anna.begin()
    await anna.sees("Где вы живёте?")
    await anna.press("Назвать")
    await anna.sees("Напишите")
    await page.goto("about:blank")
    status, said = await demo.stop()
    assert (status, "Traceback" in said) == (0, False)
    await demo.start()
    await page.goto(demo.url)
    await anna.say("Саяногорск")
    await anna.sees("Саяногорск, Республика Хакасия")
    await anna.press("Да")
    await anna.sees("Что для вас важно?")


async def settle(anna: Column) -> None:
    await anna.begin()
    await anna.sees("Где вы живёте?")
    await anna.say("Саяногорск")
    await anna.sees("Саяногорск, Республика Хакасия")
    await anna.press("Да")
    await anna.sees("Что для вас важно?")
    await anna.press("ТОС")
    await anna.sees("☑ ТОС")
    await anna.press("Готово")
    await anna.sees("Как часто?")
    await anna.press("Сразу")
    await anna.sees("Готово!")
    await anna.press("Даю согласие")
    await anna.close_alert("Спасибо")
