"""Lists of news, events, deadlines and answers: asked for, turned, narrowed, followed."""

from datetime import date, time, timedelta

import pytest

from domain.subscribers import Frequency
from domain.topics import Topic
from sandbox.people import Person
from sandbox.screens import Seen
from storage.people import subscriptions
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, House
from tests.stories import event, tell

FORUM = date(2026, 12, 15)
SATURDAY = date(2026, 11, 28)
NEWS = (
    "Депутаты приняли бюджет на три года.",
    "Школа получила новый спортивный зал.",
    "Автобус седьмого маршрута пойдёт чаще.",
    "Библиотека собрала тысячу книг для сёл.",
    "Энергетики заменили опоры на окраине.",
    "Хоккеисты выиграли кубок области.",
    "Музей показывает письма фронтовиков.",
    "Волонтёры высадили аллею у больницы.",
    "Пожарные спасли жителей общежития.",
    "Мэрия открыла приём по пятницам.",
    "Студенты очистили берег Енисея.",
    "Врачи проверили зрение у пенсионеров.",
)


@pytest.fixture
async def anna(house: House) -> Person:
    """Lives in Саяногорск, where a forum, a clean-up, a contest and a dozen pieces of news are told of."""
    now = house.clock()
    async with house.database.begin() as connection:
        await tell(
            connection,
            "V форум ТОС в Саяногорске",
            "Председателей ТОС ждут 15 декабря в 14:00 в ДК «Энергетик».",
            now=now,
            event=event("V форум ТОС", FORUM, at=time(14), venue="ДК «Энергетик»", deadline=date(2026, 12, 10)),
        )
        await tell(
            connection,
            "Субботник в парке Саяногорска",
            now=now,
            topics=[Topic.IMPROVEMENT_ECOLOGY],
            event=event("Субботник", SATURDAY),
        )
        await tell(
            connection,
            "Концерт в Абакане",
            now=now,
            territories=[ABAKAN],
            place="Абакан",
            topics=[Topic.CULTURE_LEISURE],
            event=event("Концерт", SATURDAY, territory=ABAKAN),
        )
        for hours, text in enumerate(NEWS):
            published = now - timedelta(hours=hours)
            title = f"Итоги: {text[0].lower()}{text[1:].rstrip('.')}"
            await tell(connection, title, text, now=now, published=published, topics=[Topic.GOVERNANCE])
    return await house.resident("Анна")


def lines(seen: Seen) -> list[str]:
    return [line for line in seen.text.splitlines() if line[:1].isdigit()]


async def test_free_text_is_a_question(anna: Person) -> None:
    await anna.send("форум тосов")
    seen = await anna.expects("«форум тосов»")
    assert lines(seen)[0] == "1. V форум ТОС в Саяногорске · 15 дек, Саяногорск"


async def test_what_was_repaired_is_said(anna: Person) -> None:
    await anna.send("cj,hfybt njc")
    seen = await anna.expects("Показываю по запросу «собрание тос»")
    assert "«cj,hfybt njc»" in seen.text


async def test_what_was_understood_is_said_and_can_be_changed(anna: Person) -> None:
    await anna.send("что в Абакане 28 ноября")
    seen = await anna.expects("📍 Абакан · 🗓 ")
    assert lines(seen) == ["1. Концерт в Абакане · 28 нояб, Абакан"]
    await anna.press("Изменить")
    await anna.expects("Что изменить?")
    await anna.press("📍 Место")
    await anna.expects("Какое место?")
    await anna.press("Саяногорск")
    seen = await anna.expects("📍 Саяногорск · 🗓 ")
    assert lines(seen) == ["1. Субботник в парке Саяногорска · 28 нояб, Саяногорск"]


async def test_pages_are_turned_in_place(anna: Person) -> None:
    await anna.send("/news")
    first = await anna.expects("📰 Новости")
    assert len(lines(first)) == 5
    assert lines(first)[0].startswith("1. Итоги: депутаты")
    await anna.press("›")
    second = await anna.expects("6. Итоги: хоккеисты")
    assert second.id == first.id
    await anna.press("‹")
    await anna.expects("1. Итоги: депутаты")


async def test_a_search_is_turned_with_its_words_after_a_restart(house: House, anna: Person) -> None:
    await anna.send("итоги <b>")
    await anna.expects("«итоги <b>» — нашлось 12 записей")
    await house.restart()
    await anna.press("›")
    seen = await anna.expects("«итоги <b>» — нашлось 12 записей")
    assert lines(seen)[0].startswith("6. Итоги: ")


async def test_events_come_in_the_order_of_their_days(anna: Person) -> None:
    await anna.send("/events")
    seen = await anna.expects("📅 Что впереди")
    assert lines(seen) == [
        "1. Субботник в парке Саяногорска · 28 нояб, Саяногорск",
        "2. V форум ТОС в Саяногорске · 15 дек, Саяногорск",
    ]


async def test_events_of_the_whole_region_by_button(anna: Person) -> None:
    await anna.send("/events")
    await anna.expects("📅 Что впереди")
    await anna.press("Место")
    await anna.expects("Какое место?")
    await anna.press("Республика Хакасия")
    seen = await anna.expects("Концерт в Абакане")
    assert "📍 Республика Хакасия" in seen.text


async def test_another_place_is_typed(anna: Person) -> None:
    await anna.send("/events")
    await anna.expects("📅 Что впереди")
    await anna.press("Место")
    await anna.press("Другое место")
    await anna.expects("Напишите название места")
    await anna.send("ыыыыыы")
    await anna.expects("Не знаю места «ыыыыыы»")
    await anna.send("абакан")
    seen = await anna.expects("📍 Абакан")
    assert lines(seen) == ["1. Концерт в Абакане · 28 нояб, Абакан"]


async def test_topic_and_time_narrow_a_list(anna: Person) -> None:
    await anna.send("/events")
    await anna.expects("📅 Что впереди")
    await anna.press("Тема")
    await anna.expects("Какая тема?")
    await anna.press("ТОС")
    seen = await anna.expects("🏷 ТОС")
    assert lines(seen) == ["1. V форум ТОС в Саяногорске · 15 дек, Саяногорск"]
    await anna.press("Когда")
    await anna.expects("За какое время?")
    await anna.press("Ближайшие 7 дней")
    await anna.expects("Здесь пока ничего нет")


async def test_deadlines_are_by_their_last_day(anna: Person) -> None:
    await anna.send("/deadlines")
    seen = await anna.expects("⏳ Сроки подачи")
    assert lines(seen) == ["1. V форум ТОС в Саяногорске · до 10 дек, Саяногорск"]


async def test_where_nothing_is_found_wider_is_offered(house: House, anna: Person) -> None:
    boris = await house.resident("Борис", home=ABAKAN)
    await boris.send("/deadlines")
    await boris.expects("Здесь пока ничего нет")
    await boris.press("Республика Хакасия")
    await boris.expects("V форум ТОС в Саяногорске")


async def test_where_nothing_is_found_a_longer_time_is_offered(anna: Person) -> None:
    await anna.send("/deadlines")
    await anna.expects("⏳ Сроки подачи")
    await anna.press("Когда")
    await anna.expects("За какое время?")
    await anna.press("Сегодня")
    await anna.expects("Здесь пока ничего нет")
    await anna.press("Всё, что впереди")
    await anna.expects("V форум ТОС в Саяногорске")


async def test_a_time_without_answers_is_dropped_and_that_is_said(anna: Person) -> None:
    await anna.send("форум тос 3 декабря")
    seen = await anna.expects("На это время ничего не нашлось")
    assert "V форум ТОС" in lines(seen)[0]


async def test_a_search_by_date(anna: Person) -> None:
    await anna.send("саяногорск субботник форум")
    await anna.expects("«саяногорск субботник форум»")
    await anna.press("По дате")
    seen = await anna.expects("1. Субботник")
    assert any(button.text == "По смыслу" for button in seen.buttons)


async def test_nonsense_finds_nothing_and_offers_to_follow(anna: Person) -> None:
    await anna.send("абракадабрище")
    await anna.expects("Ничего не нашлось")
    await anna.press("Следить")
    await anna.expects("Как часто?")


async def test_a_saved_search_is_a_subscription(house: House, anna: Person) -> None:
    await anna.send("форум тос")
    await anna.expects("«форум тос»")
    await anna.press("Следить")
    await anna.expects("Сообщу, когда появится новое: Саяногорск")
    await anna.press("По пятницам")
    await anna.expects("Теперь вы следите: «форум тос», Саяногорск — по пятницам")
    subscriber = await house.subscriber(anna)
    async with house.database.read() as connection:
        found = await subscriptions.of(connection, subscriber.id)
    assert [(one.territory, one.words, one.frequency) for one in found if one.words] == [
        (SAYANOGORSK, "форум тос", Frequency.WEEKLY)
    ]


async def test_a_list_is_followed_by_topic_and_place(house: House, anna: Person) -> None:
    await anna.send("/events")
    await anna.press("Место")
    await anna.press("Республика Хакасия")
    await anna.press("Тема")
    await anna.press("Спорт")
    await anna.press("Следить")
    await anna.press("Сразу")
    await anna.expects("Теперь вы следите: Республика Хакасия, Спорт — сразу")
    subscriber = await house.subscriber(anna)
    async with house.database.read() as connection:
        found = await subscriptions.of(connection, subscriber.id)
    assert (KHAKASSIA, Topic.SPORT, "") in {(one.territory, one.topic, one.words) for one in found}


@pytest.mark.parametrize(
    "data", ["ls:l:s:-5::::a:r", "ls:l:s:9999999::::a:r", "ls:x:s:0:::::r", "ls:l:s:0:99:nope:::r"]
)
async def test_forged_lists_are_answered(anna: Person, data: str) -> None:
    await anna.send("форум тос")
    seen = await anna.expects("«форум тос»")
    await anna.forge(data, seen)
    await anna.answer()


async def test_search_without_words_says_how(anna: Person) -> None:
    await anna.send("/search")
    await anna.expects("Напишите своими словами")


async def test_a_command_with_words_searches_in_its_list(anna: Person) -> None:
    await anna.send("/events концерт абакан")
    seen = await anna.expects("📅 Что впереди «концерт абакан»")
    assert lines(seen) == ["1. Концерт в Абакане · 28 нояб, Абакан"]


async def test_question_of_time_alone_is_answered_from_where_one_lives(anna: Person) -> None:
    await anna.send("что 28 ноября")
    seen = await anna.expects("📍 Саяногорск и общее для всех")
    assert "Субботник в парке Саяногорска" in seen.text
    assert "Концерт в Абакане" not in seen.text


async def test_question_of_time_alone_that_has_no_answer_there_leads_further_around(anna: Person) -> None:
    await anna.send("что 5 декабря")
    await anna.expects("📍 Саяногорск и общее для всех")
    await anna.expects("Посмотрите шире")
