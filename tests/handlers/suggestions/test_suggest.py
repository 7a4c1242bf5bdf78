"""A resident suggests a piece of news."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from analysis.duplicates import signature
from domain.roles import Role
from domain.suggestions import Suggestion, SuggestionState
from sandbox.people import Person
from storage.intake import moderation, stories, suggestions
from storage.tables import deliveries, items, subscribers
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, TOMSK_REGION, House
from tests.sandbox.pictures import png

CLEANUP = "Собираемся на субботник во дворе Ленина 12 в субботу 5 декабря в 11:00, грабли дадим"
PICTURE = png(90, 60)


async def mine(house: House, person: Person) -> list[Suggestion]:
    async with house.database.read() as connection:
        return await suggestions.of_author(connection, person.id)


async def test_text_is_understood_checked_and_sent_with_a_receipt(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.expects("Что случилось или готовится?")
    await anna.send(CLEANUP)
    card = await anna.expects("Всё верно?")
    assert "📍 Саяногорск, Республика Хакасия" in card.text
    assert "🗓 сб 5 декабря, 11:00" in card.text
    await anna.press("Отправить")
    receipt = await anna.expects("Спасибо! Ваше предложение № ")
    (sent,) = await mine(house, anna)
    assert f"№ {sent.id} " in receipt.text
    assert (sent.text, sent.territory, sent.state) == (CLEANUP, SAYANOGORSK, SuggestionState.WAITING)


async def test_place_and_date_can_be_put_right(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send("Собрание жильцов в школе 5")
    await anna.expects("дата не указана")
    await anna.press("📍 Место")
    await anna.expects("Где это?")
    await anna.send("Абакан")
    await anna.expects("📍 Абакан, Республика Хакасия")
    await anna.press("Дата")
    await anna.expects("Когда?")
    await anna.send("когда-нибудь")
    await anna.expects("Дату я не понял")
    await anna.send("20 декабря 18:30")
    await anna.expects("🗓 вс 20 декабря, 18:30")
    await anna.press("Отправить")
    await anna.expects("Спасибо!")
    (sent,) = await mine(house, anna)
    assert sent.text == "Собрание жильцов в школе 5\n\nКогда: вс 20 декабря, 18:30"
    assert sent.territory == ABAKAN


async def test_day_without_an_hour_gets_none(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send("Собрание жильцов")
    await anna.press("Дата")
    await anna.send("завтра")
    card = await anna.expects("Всё верно?")
    assert "🗓 вс 22 ноября\n" in card.text


async def test_location_gives_the_place(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send("Упало дерево")
    await anna.expects("Всё верно?")
    await anna.send_location(53.72, 91.44)
    await anna.expects("📍 Абакан")


async def test_album_is_one_suggestion_and_one_screen(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.expects("Что случилось")
    await anna.send_album([PICTURE] * 3, "Упало дерево")
    await anna.expects("📷 3 фото")
    assert sum("Всё верно?" in one.text for one in anna.screen()) == 1
    await anna.press("Отправить")
    await anna.expects("Спасибо!")
    assert [len(one.photos) for one in await mine(house, anna)] == [3]


async def test_photo_without_words_is_asked_about(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send_photo(PICTURE)
    await anna.expects("Фото есть")
    await anna.send("Упало дерево")
    await anna.expects("📷 1 фото")


async def test_restart_in_the_middle_loses_nothing(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.expects("Что случилось")
    await house.restart()
    await anna.send(CLEANUP)
    await anna.expects("Всё верно?")
    await house.restart()
    await anna.send("И чай будет!")
    await anna.expects("И чай будет!")
    await house.restart()
    await anna.press("Отправить")
    await anna.expects("Спасибо!")
    assert [one.text for one in await mine(house, anna)] == [f"{CLEANUP}\n\nИ чай будет!"]


async def test_dialogue_is_left_by_button_word_or_command(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.press("Отмена")
    await anna.expects("Отменено")
    await anna.send("/suggest")
    await anna.send("отмена")
    await anna.expects("Отменено")
    await anna.send("/suggest")
    await anna.send("/cancel")
    await anna.expects("Отменено")
    await anna.send("/cancel")
    await anna.expects("Отменять нечего")
    assert await mine(house, anna) == []


async def test_button_of_a_dialogue_that_was_left_says_so(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send(CLEANUP)
    card = await anna.expects("Всё верно?")
    await anna.send("/help")
    await anna.expects("/my")
    await anna.press("Отправить", message=card)
    assert "больше не работает" in await anna.answer()
    assert await mine(house, anna) == []


async def test_same_words_again_are_not_sent_twice(house: House) -> None:
    anna = await house.resident("Анна")
    for answer in ("Спасибо!", "Вы это уже предлагали"):
        await anna.send("/suggest")
        await anna.send(CLEANUP)
        await anna.press("Отправить")
        await anna.expects(answer)
    assert len(await mine(house, anna)) == 1


async def test_what_is_known_already_is_asked_about_and_stands_beside_the_suggestion(house: House) -> None:
    number = await known_item(house, "Субботник на Ленина 12", CLEANUP)
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send(CLEANUP)
    await anna.press("Отправить")
    await anna.expects("Похоже, об этом уже известно:\n«Субботник на Ленина 12»")
    await anna.press("Всё равно отправить")
    await anna.expects("Спасибо!")
    assert [one.similar_to for one in await mine(house, anna)] == [number]


async def known_item(house: House, title: str, text: str) -> int:
    now = house.clock.now - timedelta(days=1)
    described: dict[str, Any] = {
        "kind": "news",
        "state": "published",
        "title": title,
        "summary": "",
        "text": text,
        "signature": signature(text).to_bytes(),
        "published_at": now,
        "added_at": now,
        "updated_at": now,
        "matched_at": now,
    }
    described |= {name: [] for name in ("territories", "regions", "topics", "evidence", "doubts")}
    async with house.database.begin() as connection:
        made = await connection.execute(insert(items).values(described).returning(items.c.id))
        number = int(made.scalar_one())
        await stories.remember(connection, number, signature(text), now)
    return number


async def test_author_sees_what_became_of_it_and_may_withdraw(house: House) -> None:
    anna = await house.resident("Анна")
    async with house.database.begin() as connection:
        first = await suggestions.create(connection, author=anna.id, text="Ярмарка", now=house.clock.now)
        second = await suggestions.create(connection, author=anna.id, text="Потоп", now=house.clock.now)
        await moderation.decide(
            connection, first, SuggestionState.REJECTED, 1, house.clock.now, reason="Ярмарка уже прошла"
        )
    await anna.send("/suggest")
    await anna.press("Мои предложения")
    listed = await anna.expects(f"№ {first} · сб 21 ноября · отклонено")
    assert "Ярмарка уже прошла" in listed.text
    await anna.press(f"Отозвать № {second}")
    await anna.expects(f"№ {second} · сб 21 ноября · отозвано")


async def test_nobody_withdraws_what_is_not_theirs(house: House) -> None:
    anna, boris = await house.resident("Анна"), await house.resident("Борис")
    async with house.database.begin() as connection:
        number = await suggestions.create(connection, author=anna.id, text="Ярмарка", now=house.clock.now)
    await boris.send("/suggest список")
    message = await boris.expects("Вы пока ничего не предлагали")
    await boris.forge(f"s7:{number}", message)
    assert "больше не работает" in await boris.answer()
    assert [one.state for one in await mine(house, anna)] == [SuggestionState.WAITING]


async def test_too_many_undecided_ones_wait_first(house: House) -> None:
    anna = await house.resident("Анна")
    async with house.database.begin() as connection:
        for count in range(10):
            await suggestions.create(connection, author=anna.id, text=f"{count}", now=house.clock.now)
    await anna.send("/suggest")
    await anna.expects("Ещё 10 ваших предложений ждут модератора")


async def test_too_long_a_text_is_refused_and_the_dialogue_goes_on(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send("а" * 3001)
    await anna.expects("Слишком длинно")
    await anna.send("Коротко: ярмарка")
    await anna.expects("Всё верно?")


async def test_moderators_of_the_place_are_told(house: House) -> None:
    near = await house.official("Модератор", Role.MODERATOR, KHAKASSIA)
    far = await house.official("Томич", Role.MODERATOR, TOMSK_REGION)
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send(CLEANUP)
    await anna.press("Отправить")
    await anna.expects("Спасибо!")
    async with house.database.read() as connection:
        told = select(subscribers.c.chat_id).join(deliveries, deliveries.c.subscriber_id == subscribers.c.id)
        chats = set(await connection.scalars(told))
    assert near.id in chats
    assert far.id not in chats


async def test_suggestion_that_names_no_place_is_of_the_authors_home(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/suggest")
    await anna.send("На улице Ленина, 15 открыли новую детскую площадку, приглашаем всех в субботу")
    card = await anna.expects("Всё верно?")
    assert "📍 Саяногорск, Республика Хакасия" in card.text
