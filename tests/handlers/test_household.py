"""What holds for every screen: faults, menus, groups that move, too-old presses, languages."""

import pytest
import structlog
from aiogram.types import (
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)
from sqlalchemy import text

from domain.roles import Role
from handlers import menu
from sandbox.faults import Fault, FaultKind
from storage.people import subscribers
from storage.tables import roles
from tests.handlers.house import KHAKASSIA, House


async def test_unknown_fault_is_logged_and_answered_with_one_apology(house: House) -> None:
    anna = await house.resident("Анна")
    async with house.database.begin() as connection:
        await connection.execute(text("ALTER TABLE subscriptions RENAME TO lost"))
    with structlog.testing.capture_logs() as logs:
        await anna.send("/my")
        await anna.expects("Что-то сломалось на моей стороне")
    assert [(one["event"], one["log_level"]) for one in logs] == [("update failed", "error")]


async def test_fault_behind_a_button_is_answered_where_it_was_pressed(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    await anna.expects("Саяногорск")
    async with house.database.begin() as connection:
        await connection.execute(text("ALTER TABLE subscriptions RENAME TO lost"))
    with structlog.testing.capture_logs():
        await anna.press("Частота")
        assert "Что-то сломалось" in await anna.answer()


async def test_press_that_is_too_old_to_be_acknowledged_is_served_all_the_same(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    await anna.expects("Саяногорск")
    too_old = "query is too old and response timeout expired or query ID is invalid"
    house.sandbox.fault(Fault(FaultKind.BAD_REQUEST, method="answerCallbackQuery", words=too_old))
    await anna.press("Пауза")
    await anna.expects("На сколько?")


async def test_answer_waits_where_telegram_asks_for_it(house: House) -> None:
    anna = await house.resident("Анна")
    house.sandbox.fault(Fault(FaultKind.FLOOD, method="sendMessage", retry_after=1, times=1))
    await anna.send("/my")
    await anna.expects("Саяногорск")


async def test_forty_groups_at_their_limit_keep_nobody_else_waiting(house: House) -> None:
    anna, maria = await house.resident("Анна"), house.person("Мария")
    groups = [house.sandbox.group(f"ТОС № {number}", maria, bot_status="member") for number in range(45)]
    for group in groups:
        house.sandbox.fault(Fault(FaultKind.FLOOD, method="sendMessage", chat_id=group.id, retry_after=30))
        await maria.send("/help", group)
    await anna.send("/my")
    await anna.expects("Саяногорск")
    house.sandbox.faults.clear()
    await house.restart(patience=0)
    for group in groups:
        await maria.expects("/events", group)


async def test_an_answer_that_telegram_puts_off_for_long_is_one_calm_line_in_the_log(house: House) -> None:
    anna = await house.resident("Анна")
    house.sandbox.fault(Fault(FaultKind.FLOOD, method="sendMessage", retry_after=90))
    with structlog.testing.capture_logs() as logs:
        await anna.send("/my")
        await house.settle()
    assert [(one["log_level"], one["seconds"], "exc_info" in one) for one in logs] == [("warning", 90, False)]


async def test_screen_that_was_deleted_meanwhile_is_sent_anew(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    screen = await anna.expects("Саяногорск")
    await house.bot.delete_message(anna.id, screen.id)
    button = screen.button("Пауза")
    assert button is not None
    await anna.forge(button.data or "", screen)
    await anna.expects("На сколько?")


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [(None, "/suggest", "/announce"), (Role.ORGANISER, "/announce", "/admin"), (Role.MODERATOR, "/admin", "—")],
)
async def test_help_tells_what_the_role_may_do(house: House, role: Role | None, shown: str, hidden: str) -> None:
    person = await house.official("Глава", role, KHAKASSIA) if role else await house.resident("Анна")
    await person.send("/help")
    told = await person.expects(shown)
    assert f"\n{hidden}" not in told.text


async def test_help_in_a_group_is_the_groups_own(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    group = house.sandbox.group("ТОС «Заречный»")
    admin.join(group)
    admin.add_bot(group)
    await admin.send("/help", group)
    told = await admin.expects(f"@{(await house.bot.me()).username} конкурсы для ТОС", group)
    assert "/admin" not in told.text
    assert "/delete_me" not in told.text
    assert told.labels == ["Открыть личный чат"]


async def test_menus_follow_scope_language_and_role(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    async with house.database.begin() as connection:
        stranger = {"user_id": 999_999, "role": Role.ADMIN, "territory": KHAKASSIA, "granted_at": house.clock.now}
        await connection.execute(roles.insert().values(stranger))
    await menu.publish(house.bot, house.database, "ru")
    everyone = await commands(house, BotCommandScopeAllPrivateChats())
    assert "suggest" in everyone
    assert "admin" not in everyone
    assert (await commands(house, BotCommandScopeChat(chat_id=admin.id)))[:2] == ["admin", "announce"]
    assert "my" in await commands(house, BotCommandScopeAllGroupChats())
    english = await house.bot.get_my_commands(BotCommandScopeAllPrivateChats(), language_code="en")
    assert english[0].description == "News of my place"


async def commands(house: House, scope: BotCommandScopeUnion) -> list[str]:
    return [one.command for one in await house.bot.get_my_commands(scope)]


async def test_group_that_becomes_a_supergroup_keeps_what_it_follows(house: House) -> None:
    maria = house.person("Мария")
    group = house.sandbox.group("ТОС Заречный", maria)
    maria.add_bot(group)
    await maria.press("Вся Россия", group)
    await maria.press("Готово", group)
    await maria.press("Сразу", group)
    await maria.expects("Готово!", group)
    group.migrate(-1_000_000_000_777)
    await house.settle()
    async with house.database.read() as connection:
        assert await subscribers.by_chat(connection, -1_000_000_000_777) is not None
        assert await subscribers.by_chat(connection, group.id) is None


async def test_removed_from_a_group_means_no_more_messages_there(house: House) -> None:
    maria = house.person("Мария")
    group = house.sandbox.group("ТОС Заречный", maria)
    maria.add_bot(group)
    await maria.expects("прямо в эту группу", group)
    maria.remove_bot(group)
    await house.settle()
    async with house.database.read() as connection:
        known = await subscribers.by_chat(connection, group.id)
    assert known is not None
    assert known.blocked_at == house.clock.now
