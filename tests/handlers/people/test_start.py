"""The first minutes of a resident."""

import pytest

from domain.subscribers import ChatKind, Frequency, Subscription
from domain.topics import Topic
from sandbox.people import Person
from storage.people import subscribers, subscriptions
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, House
from tests.stories import tell


async def followed(house: House, person: Person) -> list[Subscription]:
    subscriber = await house.subscriber(person)
    async with house.database.read() as connection:
        return list(await subscriptions.of(connection, subscriber.id))


async def test_resident_is_set_up_by_name_topics_and_frequency(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.expects("Где вы живёте?")
    await anna.press("Назвать")
    await anna.expects("Напишите название")
    await anna.send("саяногорск")
    await anna.expects("Саяногорск, Республика Хакасия — верно?")
    await anna.press("Да")
    await anna.expects("Что для вас важно?")
    await anna.press("Отключения и ЖКХ")
    await anna.press("☐ ТОС")
    await anna.press("Готово")
    await anna.expects("Как часто?")
    await anna.press("Каждый вечер")
    await anna.expects("Готово!")
    found = await followed(house, anna)
    assert {(one.territory, one.topic, one.frequency) for one in found} == {
        (SAYANOGORSK, Topic.HOUSING_UTILITIES, Frequency.DAILY),
        (SAYANOGORSK, Topic.TOS, Frequency.DAILY),
    }
    subscriber = await house.subscriber(anna)
    assert (subscriber.home, subscriber.time_zone) == (SAYANOGORSK, "Asia/Krasnoyarsk")


async def test_name_can_be_typed_at_once_and_with_a_typo(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.expects("Где вы живёте?")
    await anna.send("саяногрск")
    await anna.expects("Саяногорск, Республика Хакасия — верно?")


async def test_yes_and_no_may_be_typed_to_the_place_that_is_offered(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.expects("Где вы живёте?")
    await anna.send("Абакан")
    await anna.expects("Абакан, Республика Хакасия — верно?")
    await anna.send("нет")
    await anna.expects("Где вы живёте?")
    await anna.send("Саяногорск")
    await anna.expects("Саяногорск, Республика Хакасия — верно?")
    await anna.send("Да!")
    await anna.expects("Что для вас важно?")


async def test_yes_to_nothing_is_no_place(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.expects("Где вы живёте?")
    await anna.send("да")
    await anna.expects("Не знаю места «да»")


async def test_ambiguous_name_is_asked_about(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.expects("Где вы живёте?")
    await anna.send("Железногорск")
    await anna.expects("Какое ваше?")
    await anna.press("Железногорск, Красноярский край")
    await anna.expects("Что для вас важно?")


async def test_unknown_name_is_answered_with_other_ways(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.expects("Где вы живёте?")
    await anna.send("<Ктулху & Ко>")
    await anna.expects("Не знаю места «<Ктулху & Ко>»")
    await anna.press("Вся Россия")
    await anna.expects("Что для вас важно?")


async def test_location_gives_the_nearest_municipality_and_is_not_kept(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.press("Определить")
    await anna.expects("под полем ввода")
    await anna.send_location(53.72, 91.44)
    await anna.expects("Абакан, Республика Хакасия — верно?")
    assert not anna.screen().keyboard
    await anna.press("Да")
    await anna.press("Готово")
    await anna.press("Сразу")
    await anna.expects("Готово!")
    assert [one.territory for one in await followed(house, anna)] == [ABAKAN]


async def test_nothing_ticked_is_everything(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.press("Вся Россия")
    await anna.press("Готово")
    await anna.press("По пятницам")
    await anna.expects("Вся Россия: все темы — по пятницам")
    assert [(one.topic, one.frequency) for one in await followed(house, anna)] == [(None, Frequency.WEEKLY)]


async def test_consent_is_asked_apart_and_recorded_with_its_version(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.press("Вся Россия")
    await anna.press("Готово")
    await anna.press("Сразу")
    await anna.expects("подтвердите согласие")
    subscriber = await house.subscriber(anna)
    async with house.database.read() as connection:
        assert await subscribers.agreed(connection, subscriber.id) == (None, None)
    await anna.press("Даю согласие")
    assert "Согласие записано" in await anna.answer()
    async with house.database.read() as connection:
        assert await subscribers.agreed(connection, subscriber.id) == (1, house.clock.now)
    assert (await anna.expects("подтвердите согласие")).labels == []


async def test_restart_in_the_middle_loses_nothing(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.expects("Где вы живёте?")
    await house.restart()
    await anna.send("Саяногорск")
    await anna.press("Да")
    await anna.press("☐ ТОС")
    await anna.expects("Что для вас важно?")
    await house.restart()
    await anna.press("Готово")
    await anna.expects("Как часто?")
    await house.restart()
    await anna.press("Сразу")
    await anna.expects("Готово!")
    assert [one.topic for one in await followed(house, anna)] == [Topic.TOS]


async def test_deep_link_subscribes_to_its_territory(house: House) -> None:
    anna = house.person("Анна")
    await anna.start(f"t_{KHAKASSIA}")
    await anna.expects("Республика Хакасия")
    await anna.press("Готово")
    await anna.press("Сразу")
    await anna.expects("Готово!")
    assert [one.territory for one in await followed(house, anna)] == [KHAKASSIA]


@pytest.mark.parametrize("payload", ["t_99999999", "x", "t_", "t_95708000_drop"])
async def test_unknown_deep_link_begins_as_usual(house: House, payload: str) -> None:
    anna = house.person("Анна")
    await anna.start(payload)
    await anna.expects("Где вы живёте?")


async def test_start_of_somebody_known_shows_what_they_get(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    await anna.send("/start")
    await anna.expects("ТОС — сразу")


async def test_client_language_decides_how_we_speak_at_first(house: House) -> None:
    ann = house.person("Ann", language="en")
    await ann.send("/start")
    await ann.expects("Where do you live?")
    other = house.person("Ulla", language="sv")
    await other.send("/start")
    await other.expects("Где вы живёте?")


async def test_group_is_set_up_by_its_administrator_alone(house: House) -> None:
    maria, boris = house.person("Мария"), house.person("Борис")
    group = house.sandbox.group("ТОС Заречный", maria, boris)
    maria.add_bot(group)
    greeting = await maria.expects("прямо в эту группу", group)
    await boris.press("Вся Россия", group)
    assert "только администраторы" in await boris.answer()
    await maria.press("Назвать", group)
    question = await maria.expects("Ответьте на это сообщение", group)
    await maria.send("Саяногорск", group, reply_to=question)
    await maria.press("Да", group)
    await maria.press("Готово", group)
    await maria.press("Сразу", group)
    await maria.expects("Готово!", group)
    async with house.database.read() as connection:
        subscriber = await subscribers.by_chat(connection, group.id)
        assert subscriber is not None
        assert (subscriber.kind, subscriber.home) == (ChatKind.GROUP, SAYANOGORSK)
    assert greeting.rows


async def test_location_shared_in_a_group_is_none_of_our_business(house: House) -> None:
    maria = house.person("Мария")
    group = house.sandbox.supergroup("ТОС Заречный", maria, bot_status="administrator")
    await maria.send_location(53.72, 91.44, group)
    await house.settle()
    assert [one.from_id for one in maria.screen(group)] == [maria.id]


async def test_who_blocks_is_marked_and_who_unblocks_is_served_again(house: House) -> None:
    anna = await house.resident("Анна")
    anna.block()
    await house.settle()
    assert (await house.subscriber(anna)).blocked_at == house.clock.now
    anna.unblock()
    await house.settle()
    assert (await house.subscriber(anna)).blocked_at is None


async def test_question_in_place_of_a_name_is_answered(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    await anna.press("➕ Место")
    await anna.expects("За каким местом следить?")
    await anna.send("гранты для соседей до конца месяца")
    await anna.expects("«гранты для соседей до конца месяца»")
    await anna.send("Абакан")
    await anna.expects("«Абакан»")


async def test_a_word_that_news_hold_is_a_question_and_the_place_is_awaited_still(house: House) -> None:
    async with house.database.begin() as connection:
        await tell(connection, "Субботник в парке", now=house.clock())
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.send("саяногорск")
    await anna.expects("Саяногорск, Республика Хакасия — верно?")
    await anna.send("субботники")
    await anna.expects("Субботник в парке")
    for neither in ("да", "…", "👍", "субботник абракадабра"):
        await anna.send(neither)
        await anna.expects(f"Не знаю места «{neither}»")
    await anna.send("абракадабра")
    await anna.expects("Не знаю места «абракадабра»")
    await anna.send("Абакан")
    await anna.expects("Абакан, Республика Хакасия — верно?")


async def test_way_back_from_naming_a_place_leaves_the_dialogue(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/my")
    await anna.press("➕ Место")
    await anna.press("‹ Назад")
    await anna.expects("Все темы — сразу")
    await anna.send("Абакан")
    await anna.expects("«Абакан»")
