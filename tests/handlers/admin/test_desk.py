"""Suggestions are decided by the moderators of their territory, and their authors hear of it each time."""

import pytest
from sqlalchemy import select

from domain.roles import Role
from domain.suggestions import SuggestionState
from ingestion.unread import read_unread
from sandbox.people import Person
from storage.intake import moderation, suggestions
from storage.tables import items
from tests.handlers.house import ABAKAN, SAYANOGORSK, House
from tests.sandbox.pictures import png
from tests.stories import tell

pytestmark = pytest.mark.usefixtures("post")
TEXT = "У дома 12 открыли новую детскую площадку, приходите всей семьёй"


async def suggest(house: House, author: Person, text: str = TEXT, territory: str = SAYANOGORSK) -> int:
    async with house.database.begin() as connection:
        return await suggestions.create(connection, author=author.id, text=text, territory=territory, now=house.clock())


async def open_desk(moderator: Person, number: int) -> None:
    await moderator.send("/admin")
    await moderator.press("Предложения")
    await moderator.press(f"№ {number}")
    await moderator.expects(f"Предложение № {number} · Саяногорск")


async def state_of(house: House, number: int) -> SuggestionState:
    async with house.database.read() as connection:
        one = await moderation.get(connection, number)
    assert one
    return one.state


async def test_accepted_suggestion_becomes_news_and_its_author_is_told(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    number = await suggest(house, anna)
    await open_desk(moderator, number)
    await moderator.press("Принять")
    await moderator.expects("принято")
    await anna.expects(f"Ваше предложение № {number} принято", anew=False)
    await read_unread(house.database, house.reader, house.clock())
    async with house.database.read() as connection:
        item = (await connection.execute(select(items))).mappings().one()
    assert (item["state"], item["territories"], item["matched_at"]) == ("published", [SAYANOGORSK], None)


async def test_photo_of_an_accepted_suggestion_is_seen_on_its_card(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    sent = await anna.send_photo(png(8, 8))
    photo = sent.message["photo"][-1]["file_id"]
    async with house.database.begin() as connection:
        number = await suggestions.create(
            connection, author=anna.id, text=TEXT, photos=(photo,), territory=SAYANOGORSK, now=house.clock()
        )
    await open_desk(moderator, number)
    await moderator.press("Принять")
    await moderator.expects("принято")
    await read_unread(house.database, house.reader, house.clock())
    await anna.start("i_1")
    card = await anna.expects("детскую площадку")
    assert card.message["photo"]


async def test_photos_of_a_suggestion_come_above_the_card_that_decides(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    photo = (await anna.send_photo(png(8, 8))).message["photo"][-1]["file_id"]
    async with house.database.begin() as connection:
        number = await suggestions.create(
            connection, author=anna.id, text=TEXT, photos=(photo, photo), territory=SAYANOGORSK, now=house.clock()
        )
    await open_desk(moderator, number)
    await moderator.press("Фото")
    await house.settle()
    *_, above, first, second, below = moderator.screen().messages
    assert (above.labels, bool(first.message["photo"]), bool(second.message["photo"])) == ([], True, True)
    assert below.button("Принять")
    await moderator.press("Без фото")
    await house.settle()
    async with house.database.read() as connection:
        one = await moderation.get(connection, number)
    assert one
    assert one.photos == ()
    assert moderator.screen().messages[-1].button("Фото") is None


async def test_accepted_suggestion_is_signed_by_a_resident_not_by_the_town(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await open_desk(moderator, await suggest(house, anna))
    await moderator.press("Принять")
    await moderator.expects("принято")
    await read_unread(house.database, house.reader, house.clock())
    await anna.start("i_1")
    card = await anna.expects("детскую площадку")
    assert "Сообщил житель" in card.text
    assert "Источник: Саяногорск" not in card.text


async def test_suggestion_of_what_is_known_is_attached_to_it_and_its_author_is_told(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    async with house.database.begin() as connection:
        item = await tell(connection, "Новая площадка у дома 12", now=house.clock())
        number = await suggestions.create(
            connection,
            author=anna.id,
            text=TEXT,
            territory=SAYANOGORSK,
            similar_to=item,
            similarity=0.5,
            now=house.clock(),
        )
    await open_desk(moderator, number)
    await moderator.press(f"Это № {item}")
    await moderator.expects("присоединено")
    await anna.expects("уже известно: Новая площадка у дома 12", anew=False)
    async with house.database.read() as connection:
        one = await moderation.get(connection, number)
    assert one
    assert (one.state, one.item_id) == (SuggestionState.DUPLICATE, item)


async def test_author_is_asked_answers_and_the_moderator_hears_it(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    number = await suggest(house, anna)
    await open_desk(moderator, number)
    await moderator.press("Уточнить")
    await moderator.send("Какой подъезд?")
    await moderator.expects("Вопрос автору")
    await anna.expects("Какой подъезд?", anew=False)
    await anna.press("Ответить")
    await anna.expects("Напишите ответ")
    await house.restart()
    await anna.send("Второй")
    await anna.expects("Спасибо! Ответ передан")
    told = await moderator.expects("ответил", anew=False)
    await moderator.press("Открыть", message=told)
    card = await moderator.expects("Второй")
    assert TEXT in card.text


async def test_stranger_does_not_answer_for_the_author(house: House) -> None:
    anna, boris = await house.resident("Анна"), await house.resident("Борис")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    number = await suggest(house, anna)
    await open_desk(moderator, number)
    await moderator.press("Уточнить")
    await moderator.send("Какой подъезд?")
    asked = await anna.expects("Какой подъезд?", anew=False)
    button = asked.button("Ответить")
    assert button
    await boris.send("/help")
    await boris.forge(str(button.data), await boris.expects("/news"))
    assert await boris.answer() == "Здесь уже ничего не спрашивают."


async def test_rejected_suggestion_tells_its_author_why(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    number = await suggest(house, anna)
    await open_desk(moderator, number)
    await moderator.press("Отклонить")
    await moderator.send("Это реклама")
    await moderator.expects("отклонено")
    await anna.expects("Причина: Это реклама", anew=False)


async def test_edited_suggestion_shows_its_new_text(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    number = await suggest(house, anna)
    await open_desk(moderator, number)
    await moderator.press("Править")
    await moderator.send("Открыта детская площадка: Ленина, 12")
    await moderator.expects("Открыта детская площадка: Ленина, 12")


async def test_second_moderator_hears_that_it_is_decided(house: House) -> None:
    anna = await house.resident("Анна")
    first = await house.official("Первый", Role.MODERATOR, SAYANOGORSK)
    second = await house.official("Второй", Role.MODERATOR, SAYANOGORSK)
    number = await suggest(house, anna)
    await open_desk(first, number)
    await open_desk(second, number)
    await first.press("Принять")
    await first.expects("принято")
    await second.press("Принять")
    assert await second.answer() == f"№ {number} уже решено: принято."


async def test_two_moderators_at_once_decide_once(house: House) -> None:
    anna = await house.resident("Анна")
    moderators = [await house.official(name, Role.MODERATOR, SAYANOGORSK) for name in ("Первый", "Второй")]
    number = await suggest(house, anna)
    for one in moderators:
        await open_desk(one, number)
    for one in moderators:  # both presses are on their way before either is answered
        await one.press("Принять")
    answers = [await one.answer() for one in moderators]
    assert sorted(answers) == ["", f"№ {number} уже решено: принято."]
    assert await state_of(house, number) is SuggestionState.ACCEPTED


async def test_desk_shows_what_is_of_ones_own_territory(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    own, others = await suggest(house, anna), await suggest(house, anna, "Другое место", ABAKAN)
    await moderator.send("/admin")
    await moderator.press("Предложения (1)")
    listed = await moderator.expects("Предложения")
    assert f"№ {own}" in listed.text
    assert f"№ {others}" not in listed.text
