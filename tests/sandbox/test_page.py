"""The chat page in a real browser: what people see and do there."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import BotCommand
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.cast import Cast, Player, Stage, Town
from sandbox.server import Sandbox
from tests.browser import fresh_page
from tests.sandbox.page_bot import talking
from tests.sandbox.pictures import png

ANN, BORIS, GROUP, CHANNEL = 1001, 1002, -1000000000011, -1000000000012
CAST = Cast(
    people=(Player(ANN, "Анна Петрова", "жительница"), Player(BORIS, "Борис Ким", "председатель ТОС")),
    stages=(
        Stage(GROUP, "supergroup", "ТОС «Берёзка»", {BORIS: "creator", ANN: "member"}, "administrator", ("Новости",)),
        Stage(CHANNEL, "channel", "Вести", {BORIS: "creator", ANN: "member"}, "administrator"),
    ),
    towns=(Town("Саяногорск", 53.0945, 91.4103),),
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(cast=CAST) as local:
        yield local


@pytest.fixture
async def stage(sandbox: Sandbox, bot: Bot, page: Page) -> AsyncIterator[Page]:
    """The page, with a bot that answers."""
    async with talking(sandbox, bot):
        await page.goto(sandbox.url)
        yield page


@pytest.fixture
async def ann(stage: Page) -> Locator:
    column = stage.get_by_test_id(f"person-{ANN}")
    await column.get_by_test_id("start").click()
    await expect(column.get_by_text("Здравствуйте!")).to_be_visible()
    return column


async def say(column: Locator, text: str) -> None:
    field = column.get_by_test_id("message-field")
    await field.fill(text)
    await field.press("Enter")


def last(column: Locator) -> Locator:
    return column.get_by_test_id("message").last


async def test_buttons_edit_toast_alarm_and_remove(stage: Page, ann: Locator) -> None:
    await ann.get_by_role("button", name="Тост").click()
    await expect(ann.get_by_test_id("toast")).to_have_text("Записано")
    await ann.get_by_role("button", name="Тревога").click()
    await expect(ann.get_by_test_id("alert")).to_have_text("Записано")
    await ann.get_by_role("button", name="Понятно").click()
    await expect(ann.get_by_test_id("alert")).to_have_count(0)
    await ann.get_by_role("button", name="Шаг").click()
    await expect(last(ann).get_by_test_id("text")).to_have_text("Второй шаг")
    await expect(last(ann).get_by_test_id("edited")).to_be_visible()
    await ann.get_by_role("button", name="Убрать").click()
    await expect(ann.get_by_text("Второй шаг")).to_have_count(0)
    await expect(stage.get_by_test_id(f"person-{BORIS}").get_by_test_id("message")).to_have_count(0)


async def test_formatting_is_shown_and_links_lead_inside(ann: Locator) -> None:
    await say(ann, "карточка")
    card = last(ann)
    await expect(card.locator("strong")).to_have_text("V форум ТОС")
    await expect(card.locator("em")).to_have_text("вт 15 декабря")
    spoiler = card.locator(".spoiler")
    await spoiler.click()
    await expect(spoiler).to_have_class(re.compile("shown"))
    await card.get_by_role("button", name="Развернуть").click()
    await expect(card.get_by_role("button", name="Свернуть")).to_be_visible()
    await expect(card.get_by_role("link", name="сайт")).to_have_attribute("href", "https://example.org/")
    await card.get_by_role("link", name="карточка").click()
    await expect(ann.get_by_text("Здравствуйте! /start e_12")).to_be_visible()


async def test_markup_in_a_message_stays_words(stage: Page, ann: Locator) -> None:
    dialogs: list[str] = []
    stage.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await say(ann, "зло")
    await expect(last(ann).get_by_test_id("text")).to_have_text("<img src=x onerror=alert(1)> &lt;script&gt;")
    assert await ann.locator(".words img").count() == 0
    assert dialogs == []


async def test_location_is_shared_by_a_reply_key_and_by_hand(stage: Page, ann: Locator) -> None:
    await say(ann, "где я")
    await ann.get_by_test_id("reply-button").click()
    await stage.get_by_test_id("town").click()
    await expect(ann.get_by_test_id("location")).to_be_visible()
    await expect(last(ann)).to_contain_text("широта 53.0945")
    await expect(ann.get_by_test_id("reply-keyboard")).to_be_hidden()
    await ann.get_by_test_id("attach").click()
    await stage.get_by_role("menuitem", name="Место").click()
    await stage.get_by_label("Широта").fill("55.5")
    await stage.get_by_label("Долгота").fill("37.5")
    await stage.get_by_role("button", name="Отправить", exact=True).last.click()
    await expect(last(ann)).to_contain_text("широта 55.5")


async def test_files_go_both_ways(stage: Page, ann: Locator, tmp_path: Path) -> None:
    await say(ann, "файл")
    async with stage.expect_download() as download:
        await ann.get_by_test_id("document").click()
    await (await download.value).save_as(tmp_path / "saved.ics")
    assert (tmp_path / "saved.ics").read_bytes() == b"BEGIN:VCALENDAR"
    picture = tmp_path / "двор.png"
    picture.write_bytes(png(60, 40))
    await ann.get_by_test_id("attach").click()
    async with stage.expect_file_chooser() as chooser:
        await stage.get_by_role("menuitem", name="Фотография").click()
    await (await chooser.value).set_files(picture)
    await expect(last(ann)).to_contain_text("получено: фото")
    await ann.get_by_test_id("photo").click()
    await expect(stage.locator(".lightbox")).to_be_visible()


async def test_commands_are_offered_and_sent_by_keyboard(stage: Page, ann: Locator, bot: Bot) -> None:
    commands = {"news": "новости", "my": "моё"}
    await bot.set_my_commands([BotCommand(command=name, description=words) for name, words in commands.items()])
    await expect(ann.get_by_test_id("commands-button")).to_be_visible()
    field = ann.get_by_test_id("message-field")
    await field.fill("/")
    await expect(ann.get_by_role("option")).to_have_count(2)
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(last(ann)).to_contain_text("/my")
    await ann.get_by_test_id("commands-button").click()
    await ann.get_by_role("option", name="/news").click()
    await expect(last(ann)).to_contain_text("/news")


async def test_inline_query_offers_and_sends(ann: Locator) -> None:
    await ann.get_by_test_id("message-field").fill("@glashatai_bot форум")
    await ann.get_by_role("option", name="Нашлось: форум").click()
    await expect(last(ann).locator("strong")).to_have_text("форум")


async def test_own_message_is_changed_answered_forwarded_and_deleted(stage: Page, ann: Locator) -> None:
    await say(ann, "первое")
    own = ann.get_by_test_id("message").filter(has_text="первое").first

    async def choose(action: str) -> None:
        await own.hover()
        await own.get_by_role("button", name="Действия с сообщением").click()
        await stage.get_by_role("menuitem", name=action).click()

    await choose("Ответить")
    await say(ann, "второе")
    await expect(last(ann).locator(".answered")).to_contain_text("первое")
    await choose("Изменить")
    await say(ann, "поправленное")
    own = ann.get_by_test_id("message").filter(has_text="поправленное").first
    await expect(own.get_by_test_id("edited")).to_be_visible()
    await choose("Переслать")
    await stage.get_by_test_id("choose-chat").get_by_role("button", name="ТОС «Берёзка»").click()
    await expect(last(ann)).to_contain_text("Переслано: Анна Петрова")
    own = last(ann)
    await choose("Удалить")
    await expect(ann.get_by_text("Здесь пока ничего не написано.")).to_have_count(0)
    await expect(ann.get_by_test_id("message")).to_have_count(0)


async def test_group_is_seen_by_all_its_people_with_unread_counts(stage: Page, ann: Locator, bot: Bot) -> None:
    await bot.send_message(GROUP, "Собрание в 18:30")
    await bot.send_message(CHANNEL, "Нет воды")
    boris = stage.get_by_test_id(f"person-{BORIS}")
    await expect(boris.get_by_test_id("unread")).to_have_text("2")
    await boris.get_by_test_id("back").click()
    await boris.get_by_test_id(f"chat-{GROUP}").click()
    await expect(last(boris)).to_contain_text("Собрание в 18:30")
    await say(boris, "Приду")
    await ann.get_by_test_id("back").click()
    await ann.get_by_test_id(f"chat-{GROUP}").click()
    await expect(last(ann)).to_contain_text("Приду")
    await ann.get_by_role("tab", name="Новости").click()
    await expect(ann.get_by_text("Здесь пока ничего не написано.")).to_be_visible()


async def test_only_admins_write_in_a_channel(stage: Page, ann: Locator) -> None:
    await ann.get_by_test_id("back").click()
    await ann.get_by_test_id(f"chat-{CHANNEL}").click()
    await expect(ann.get_by_text("В канале пишут только администраторы")).to_be_visible()
    boris = stage.get_by_test_id(f"person-{BORIS}")
    await boris.get_by_test_id("back").click()
    await boris.get_by_test_id(f"chat-{CHANNEL}").click()
    await say(boris, "Субботник в десять")
    await expect(last(ann)).to_contain_text("Субботник в десять")


async def test_bot_is_blocked_and_unblocked(stage: Page, ann: Locator) -> None:
    await ann.get_by_test_id("chat-menu").click()
    await stage.get_by_role("menuitem", name="Заблокировать бота").click()
    await expect(ann.get_by_test_id("status")).to_have_text("бот заблокирован")
    await ann.get_by_test_id("unblock").click()
    await expect(ann.get_by_test_id("message-field")).to_be_visible()


async def test_deep_link_starts_the_bot(stage: Page) -> None:
    boris = stage.get_by_test_id(f"person-{BORIS}")
    await boris.get_by_test_id("start-by-link").click()
    await stage.get_by_test_id("deep-link").fill("https://t.me/glashatai_bot?start=t_95710000")
    await stage.get_by_test_id("deep-link").press("Enter")
    await expect(boris.get_by_text("Здравствуйте! /start t_95710000")).to_be_visible()


async def test_typing_is_shown_until_the_message_comes(ann: Locator, bot: Bot) -> None:
    await bot.send_chat_action(ANN, "typing")
    await expect(ann.get_by_test_id("status")).to_have_text("печатает…")
    await bot.send_message(ANN, "вот")
    await expect(ann.get_by_test_id("status")).to_have_text("бот")


async def test_faults_are_switched_from_the_strip(sandbox: Sandbox, stage: Page) -> None:
    await stage.get_by_test_id("faults").click()
    await stage.get_by_role("menuitem", name="Всё: 429 на 5 секунд").click()
    await expect(stage.get_by_test_id("faults")).to_have_text("Сбои: 1")
    assert len(sandbox.faults.active) == 1
    await stage.get_by_test_id("faults").click()
    await stage.get_by_role("menuitem", name="Выключить все сбои").click()
    await expect(stage.get_by_test_id("faults")).to_have_text("Сбои: нет")


async def test_page_reconnects_by_itself(sandbox: Sandbox, page: Page) -> None:
    await page.goto(sandbox.url)
    column = page.get_by_test_id(f"person-{ANN}")
    await expect(column).to_be_visible()
    await sandbox.restart()
    sandbox.world.open_private(ANN).members[sandbox.world.bot.id] = "member"
    await sandbox.person("", ANN).send("после перерыва")
    await expect(column.get_by_text("после перерыва")).to_be_visible()
    await expect(page.get_by_test_id("offline")).to_be_hidden()


async def test_narrow_page_shows_one_person_at_a_time(sandbox: Sandbox, chromium: Browser) -> None:
    async with fresh_page(chromium, viewport={"width": 390, "height": 844}) as phone:
        await phone.goto(sandbox.url)
        await expect(phone.get_by_test_id(f"person-{ANN}")).to_be_visible()
        await expect(phone.get_by_test_id(f"person-{BORIS}")).to_be_hidden()
        await phone.get_by_test_id(f"tab-{BORIS}").click()
        await expect(phone.get_by_test_id(f"person-{BORIS}")).to_be_visible()
        assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
