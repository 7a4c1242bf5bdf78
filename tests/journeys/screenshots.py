"""Makes the README's picture anew: `.venv/bin/python -m tests.journeys.screenshots`, with a fresh demo of its own."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page

from bot.demo.cast import ANNA, ELENA, VIKTOR
from tests.browser import fresh_page, started_chromium
from tests.journeys.stage import Column, Demo, compose

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "chat.png"
WINDOW = {"viewport": {"width": 1480, "height": 980}, "device_scale_factor": 1.5}
TEXT = "Друзья! На форум ТОС пойдёт автобус: в 13:00 от школы № 2, обратно в 18:00. Мест хватит всем."


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        await demo.start()
        try:
            async with started_chromium() as browser, fresh_page(browser, **WINDOW) as page:
                await page.goto(demo.url)
                await resident(Column(page, ANNA))
                await leader(Column(page, VIKTOR))
                await announcement(page)
                await page.mouse.move(0, 0)
                await page.screenshot(path=PICTURE)
        finally:
            await demo.stop()


async def resident(anna: Column) -> None:
    await anna.begin()
    await anna.sees("Где вы живёте?")
    await anna.say("Саяногорск")
    await anna.sees("Саяногорск, Республика Хакасия")
    for label, then in (("Да", "Что для вас важно?"), ("ТОС", "☑ ТОС"), ("Готово", "Как часто?"), ("Сразу", "Готово!")):
        await anna.press(label)
        await anna.sees(then)
    await anna.say("форум тос")
    await anna.sees("V форум ТОС")
    await anna.press("1")
    await anna.sees("ДК «Энергетик»")
    await anna.press("Приду")
    await anna.sees("занято 25 из 60")


async def leader(viktor: Column) -> None:
    await viktor.say("конкурсы и гранты")
    await viktor.sees("1. ")


async def announcement(page: Page) -> None:
    elena, viktor = Column(page, ELENA), Column(page, VIKTOR)
    await compose(elena, TEXT, reaches="≈")
    await elena.press("Отправить")
    await elena.sees("▓▓")
    await viktor.sees("автобус")


if __name__ == "__main__":
    asyncio.run(main())
