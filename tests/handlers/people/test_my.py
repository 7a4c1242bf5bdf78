"""/my, /settings: a resident changes what they get."""

from datetime import time, timedelta

import pytest

from domain.subscribers import UNTIL_RESUMED, Frequency, QuietHours
from domain.topics import Topic
from storage.people import subscriptions
from tests.handlers.house import KHAKASSIA, SAYANOGORSK, House
from tests.handlers.people.test_start import followed


async def test_subscriptions_are_listed_by_place(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.HOUSING_UTILITIES, Topic.TOS])
    subscriber = await house.subscriber(anna)
    async with house.database.begin() as connection:
        await subscriptions.subscribe(
            connection,
            subscriber.id,
            KHAKASSIA,
            topic=Topic.CONTESTS_GRANTS,
            frequency=Frequency.WEEKLY,
            now=house.clock.now,
        )
        await subscriptions.subscribe(
            connection, subscriber.id, SAYANOGORSK, words="форум тос", frequency=Frequency.DAILY, now=house.clock.now
        )
    await anna.send("/my")
    screen = await anna.expects("Саяногорск")
    assert screen.text == (
        "Республика Хакасия\nКонкурсы и гранты — по пятницам\n\n"
        "Саяногорск, Республика Хакасия\nОтключения и ЖКХ — сразу\nТОС — сразу\n«форум тос» — каждый вечер"
    )
    assert screen.labels == ["➕ Место", "➕ Тема", "Частота", "🌙 Тихие часы", "⏸ Пауза", "🗑 Убрать"]


async def test_place_is_added_beside_home(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    await anna.send("/my")
    await anna.press("➕ Место")
    await anna.expects("За каким местом следить?")
    await anna.send("Томская область")
    await anna.press("Да")
    await anna.press("☐ Спорт")
    await anna.press("Готово")
    await anna.press("По пятницам")
    await anna.expects("Томская область\nСпорт — по пятницам")
    assert (await house.subscriber(anna)).home == SAYANOGORSK


async def test_topic_is_added_and_another_dropped_without_touching_the_rest(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS, Topic.SPORT], frequency=Frequency.WEEKLY)
    await anna.send("/my")
    await anna.press("➕ Тема")
    await anna.press("☑ Спорт")
    await anna.press("☐ Здоровье")
    await anna.press("Готово")
    await anna.press("Сразу")
    await anna.expects("Здоровье — сразу")
    assert {one.topic: one.frequency for one in await followed(house, anna)} == {
        Topic.TOS: Frequency.WEEKLY,
        Topic.HEALTH: Frequency.AT_ONCE,
    }


async def test_quick_taps_are_all_counted(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    await anna.send("/my")
    await anna.press("➕ Тема")
    screen = await anna.expects("Что для вас важно?")
    for label in ("Спорт", "Здоровье", "Культура"):
        button = screen.button(label)
        assert button is not None
        await anna.forge(button.data or "", screen)
    await house.settle()
    await anna.press("Готово")
    await anna.press("Сразу")
    await anna.expects("Здоровье — сразу")
    topics = {one.topic for one in await followed(house, anna)}
    assert topics == {Topic.TOS, Topic.SPORT, Topic.HEALTH, Topic.CULTURE_LEISURE}


async def test_frequency_changes_for_one(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS, Topic.SPORT])
    await anna.send("/my")
    await anna.press("Частота")
    await anna.press("Саяногорск · ТОС — сразу")
    await anna.press("По пятницам")
    await anna.expects("ТОС — по пятницам\nСпорт — сразу")


async def test_frequency_changes_for_all(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS, Topic.SPORT])
    await anna.send("/my")
    await anna.press("Частота")
    await anna.press("Для всех")
    await anna.press("Каждый вечер")
    await anna.expects("ТОС — каждый вечер\nСпорт — каждый вечер")


@pytest.mark.parametrize(("label", "days"), [("На день", 1), ("На неделю", 7)])
async def test_pause_ends_by_itself(house: House, label: str, days: int) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    await anna.press("Пауза")
    await anna.press(label)
    await anna.expects("⏸ Пауза до")
    assert (await house.subscriber(anna)).paused_until == house.clock.now + timedelta(days=days)
    house.clock.advance(days=days)
    await anna.send("/my")
    screen = await anna.expects("Саяногорск")
    assert "Пауза до" not in screen.text


async def test_pause_until_resumed(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    await anna.press("Пауза")
    await anna.press("Пока не включу")
    await anna.expects("пока вы не включите снова")
    assert (await house.subscriber(anna)).paused_until == UNTIL_RESUMED
    await anna.press("Включить")
    await anna.expects("Саяногорск")
    assert (await house.subscriber(anna)).paused_until is None


async def test_one_subscription_is_removed_and_brought_back(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS, Topic.SPORT])
    await anna.send("/my")
    await anna.press("Убрать")
    await anna.press("✖ Саяногорск · ТОС")
    await anna.expects("Убрано")
    assert [one.topic for one in await followed(house, anna)] == [Topic.SPORT]
    await anna.press("Вернуть")
    await anna.expects("ТОС — сразу")


async def test_whole_place_is_removed_and_brought_back(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS, Topic.SPORT])
    await anna.send("/my")
    await anna.press("Убрать")
    await anna.press("всё целиком")
    await anna.expects("Убрано")
    assert await followed(house, anna) == []
    await anna.press("Вернуть")
    await anna.expects("ТОС — сразу\nСпорт — сразу")


async def test_quiet_hours_are_chosen_and_lead_back_to_my(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    await anna.press("Тихие часы")
    await anna.press("22–08")
    screen = await anna.expects("Саяногорск")
    assert "🌙 Тихие часы 22–08" in screen.labels
    assert (await house.subscriber(anna)).quiet == QuietHours(time(22), time(8))


async def test_any_quiet_hours_can_be_chosen_and_taken_back(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/settings")
    await anna.press("Тихие часы")
    await anna.press("Другие часы")
    await anna.press("13")
    await anna.expects("Тихо с 13:00")
    await anna.press("15")
    await anna.expects("Тихие часы: 13:00–15:00")
    await anna.press("Тихие часы 13–15")
    await anna.press("Без тихих часов")
    await anna.expects("Без тихих часов\nДайджест")
    assert (await house.subscriber(anna)).quiet is None


async def test_settings_change_language_zone_digest_and_home(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/settings")
    await anna.expects("Время: Красноярск (МСК+4)")
    await anna.press("Часовой пояс")
    await anna.press("Владивосток (МСК+7)")
    await anna.expects("Время: Владивосток (МСК+7)")
    await anna.press("Дайджест")
    await anna.press("07")
    await anna.expects("Дайджест в 7:00")
    await anna.press("Русский / English")
    await anna.expects("На каком языке говорить?")
    await anna.press("English")
    await anna.expects("Digest at 7:00")
    await anna.press("Home")
    await anna.send("Томск")
    await anna.press("Yes")
    await anna.expects("All topics — at once")
    subscriber = await house.subscriber(anna)
    assert (subscriber.language, subscriber.digest_hour, subscriber.time_zone) == ("en", 7, "Asia/Tomsk")
    assert [one.territory for one in await followed(house, anna)] == [SAYANOGORSK]


async def test_more_than_one_screen_holds_is_refused(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    subscriber = await house.subscriber(anna)
    async with house.database.begin() as connection:
        for number in range(59):
            await subscriptions.subscribe(
                connection,
                subscriber.id,
                KHAKASSIA,
                words=f"слово {number}",
                frequency=Frequency.DAILY,
                now=house.clock.now,
            )
    await anna.send("/my")
    await anna.press("➕ Место")
    await anna.press("Вся Россия")
    await anna.press("Готово")
    await anna.press("Сразу")
    assert "уже слишком много" in await anna.answer()
    assert len(await followed(house, anna)) == 60
