"""What waits for a person: readings in doubt, and what the machine does not decide."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from delivery.matching import match_new
from domain.items import ItemState
from domain.roles import Role
from domain.sources import Entry, SourceKind, Trust
from domain.territories import RUSSIA
from domain.topics import Topic
from ingestion.unread import read_unread
from sandbox.people import Person
from storage.content import items as content
from storage.intake import publications, questions, sources
from storage.intake.questions import QuestionKind
from storage.tables import events, item_territories, item_topics, items
from tests.handlers.house import ABAKAN, SAYANOGORSK, House
from tests.sandbox.pictures import png
from tests.stories import event, event_of, tell

pytestmark = pytest.mark.usefixtures("post")


async def publish(house: House, text: str, *, trust: Trust = Trust.REVIEW, identity: str = "1") -> None:
    async with house.database.begin() as connection:
        source = await sources.add(
            connection,
            kind=SourceKind.FEED,
            url="https://example.test/feed",
            title="Администрация",
            territory=SAYANOGORSK,
            trust=trust,
            now=house.clock(),
        )
        entry = Entry(identity, text, published_at=house.clock())
        await publications.receive(connection, source.id, [entry], house.clock())
    await read_unread(house.database, house.reader, house.clock())


async def open_review(moderator: Person, button: str) -> None:
    await moderator.send("/admin")
    await moderator.press("На проверке")
    await moderator.expects("На проверке")
    await moderator.press(button)


async def test_item_of_a_source_on_review_is_published_by_a_moderator(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе.")
    await open_review(moderator, "№ 1")
    card = await moderator.expects("На проверке № 1")
    assert "Место: Саяногорск" in card.text
    assert "Когда и где: сб 5 декабря, 18:00" in card.text
    await moderator.press("Опубликовать")
    assert "Опубликовано" in await moderator.answer()
    await moderator.expects("Всё разобрано")
    async with house.database.read() as connection:
        state, status = (await connection.execute(select(items.c.state, events.c.status).join(events))).one()
    assert (state, status) == ("published", "confirmed")


async def test_rejected_item_is_found_by_nobody_and_decided_once(house: House) -> None:
    first = await house.official("Первый", Role.MODERATOR, SAYANOGORSK)
    second = await house.official("Второй", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Распродажа шуб на рынке")
    await open_review(first, "№ 1")
    await first.expects("На проверке № 1")
    await open_review(second, "№ 1")
    await second.expects("На проверке № 1")
    await first.press("Отклонить")
    assert "Отклонено" in await first.answer()
    await second.press("Опубликовать")
    assert "уже кто-то решил" in await second.answer()


async def ask_of_a_meeting(house: House, kind: QuestionKind, **details: str) -> None:
    """A meeting that everybody may know of, and a question about it that a moderator is to answer."""
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00.", trust=Trust.AUTO)
    async with house.database.begin() as connection:
        event = (await connection.execute(select(events.c.id))).scalar_one()
        await questions.ask(
            connection,
            kind,
            "1",
            now=house.clock(),
            territory=SAYANOGORSK,
            event_id=event,
            details={"title": "Собрание жителей"} | details,
        )


async def test_vanished_event_is_cancelled_when_a_moderator_says_so(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await ask_of_a_meeting(house, QuestionKind.VANISHED)
    await open_review(moderator, "? 1")
    await moderator.expects("Мероприятие пропало из источника")
    await moderator.press("Отменено: сообщить всем")
    assert "Записал" in await moderator.answer()
    async with house.database.read() as connection:
        assert (await connection.execute(select(events.c.status))).scalar_one() == "cancelled"


@pytest.mark.parametrize(("button", "status"), [("Отменено: сообщить всем", "cancelled"), ("Состоится", "tentative")])
async def test_event_that_a_source_calls_off_is_cancelled_by_a_moderators_word_alone(
    house: House, button: str, status: str
) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await ask_of_a_meeting(house, QuestionKind.CANCELLED, status="cancelled")
    await open_review(moderator, "? 1")
    await moderator.expects("мероприятия не будет")
    await moderator.press(button)
    assert "Записал" in await moderator.answer()
    async with house.database.read() as connection:
        assert (await connection.execute(select(events.c.status))).scalar_one() == status


@pytest.mark.parametrize(("button", "arrives"), [("Всё равно отправить", True), ("Не отправлять", False)])
async def test_burst_reaches_people_by_a_moderators_word_alone(house: House, button: str, arrives: bool) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    async with house.database.begin() as connection:
        source = await sources.add(
            connection,
            kind=SourceKind.FEED,
            url="https://example.test/feed",
            title="Администрация",
            territory=SAYANOGORSK,
            trust=Trust.AUTO,
            now=house.clock(),
        )
        entry = Entry("1", "Воды не будет до вечера на улице Ленина", published_at=house.clock())
        await publications.receive(connection, source.id, [entry], house.clock(), silent=True)
        await questions.ask(
            connection,
            QuestionKind.BURST,
            "1",
            now=house.clock(),
            territory=SAYANOGORSK,
            source_id=source.id,
            details={"source": "Администрация", "count": 40, "titles": ["Воды не будет"]},
        )
    await read_unread(house.database, house.reader, house.clock())
    await match_new(house.database, house.clock())
    assert len(anna.screen()) == 0
    await open_review(moderator, "? 1")
    await moderator.expects("намного больше обычного")
    await moderator.press(button)
    assert "Записал" in await moderator.answer()
    await match_new(house.database, house.clock())
    if arrives:
        await anna.expects("Воды не будет до вечера", anew=False)
    else:
        await house.settle()
        assert len(anna.screen()) == 0


async def test_confirmed_correction_edits_what_an_items_mailing_delivered(house: House) -> None:
    anna = await house.resident("Анна")
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Ремонт крыши начат в школе номер пять", trust=Trust.AUTO)
    await match_new(house.database, house.clock())
    await anna.expects("в школе номер пять", anew=False)
    house.clock.advance(seconds=timedelta(minutes=5).total_seconds())
    await publish(house, "Ремонт крыши начат в доме культуры", trust=Trust.AUTO)
    await open_review(moderator, "? 1")
    card = await moderator.expects("Отправленное изменилось в источнике")
    assert "номер пять" in card.text
    assert "доме культуры" in card.text
    await moderator.press("Отправить исправление")
    edited = await anna.expects("в доме культуры", anew=False)
    assert edited.edited


async def open_editor(moderator: Person, field: str) -> None:
    await open_review(moderator, "№ 1")
    await moderator.expects("На проверке № 1")
    await moderator.press("Править")
    await moderator.expects("Что изменить в № 1?")
    await moderator.press(field)


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("Заголовок", "Сход граждан", "Сход граждан"),
        ("Текст", "Ждём всех жителей улицы Мира", "Ждём всех жителей улицы Мира"),
        ("Когда и где", "12 декабря в 19:00, дом культуры", "сб 12 декабря, 19:00 · дом культуры"),
    ],
)
async def test_what_waits_is_put_right_before_it_goes_out(house: House, field: str, typed: str, shown: str) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе.")
    await open_editor(moderator, field)
    await moderator.send(typed)
    card = await moderator.expects("На проверке № 1")
    assert shown in card.text
    await moderator.press("Опубликовать")
    assert "Опубликовано" in await moderator.answer()
    anna = await house.resident("Анна")
    await anna.start("i_1")
    await anna.expects(shown.partition(" · ")[0])


async def test_place_of_what_waits_is_only_changed_to_ones_own(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await house.official("Модератор", Role.MODERATOR, ABAKAN, person=moderator)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    await open_editor(moderator, "Место")
    await moderator.send("Томск")
    await moderator.expects("территорий нет «Томск»")
    await moderator.send("Абакан")
    card = await moderator.expects("На проверке № 1")
    assert "Место: Абакан" in card.text
    async with house.database.read() as connection:
        concerned = list(await connection.scalars(select(item_territories.c.territory)))
    assert concerned == [ABAKAN]


async def test_topics_of_what_waits_are_ticked(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    await open_editor(moderator, "Темы")
    before = await moderator.expects("О чём № 1?")
    assert before.button("☐ Спорт")
    await moderator.press("☐ Спорт")
    await moderator.expects("О чём № 1?")
    async with house.database.read() as connection:
        assert "sport" in list(await connection.scalars(select(item_topics.c.topic)))


async def test_source_that_edits_its_text_later_has_the_word_again_before_a_moderator(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    await open_editor(moderator, "Текст")
    await moderator.expects("Пришлите текст")
    await moderator.send("Ждём всех жителей улицы Мира")
    await moderator.expects("На проверке № 1")
    await moderator.press("Опубликовать")
    await moderator.answer()
    await publish(house, "Собрание жителей пройдёт в доме культуры")
    async with house.database.read() as connection:
        one = await content.get(connection, 1)
    assert one is not None
    assert (one.state, one.text) == (ItemState.REVIEW, "Собрание жителей пройдёт в доме культуры")


async def decide_behind(house: House, state: ItemState = ItemState.REJECTED) -> None:
    """Somebody else's decision about № 1."""
    async with house.database.begin() as connection:
        await content.set_state(connection, 1, state, house.clock())


@pytest.mark.parametrize(
    ("field", "question", "typed"),
    [
        ("Заголовок", "Пришлите заголовок", "Сход граждан"),
        ("Текст", "Пришлите текст", "Ждём всех жителей улицы Мира"),
        ("Место", "Напишите его название", "Саяногорск"),
        ("Когда и где", "Напишите одной строкой", "12 декабря в 19:00, дом культуры"),
    ],
)
async def test_line_that_comes_after_the_decision_is_answered_by_it(
    house: House, field: str, question: str, typed: str
) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе.")
    await open_editor(moderator, field)
    await moderator.expects(question)
    await decide_behind(house)
    await moderator.send(typed)
    await moderator.expects("уже кто-то решил")
    await moderator.send("форум тос")
    await moderator.expects("«форум тос»")


async def test_topic_ticked_after_the_decision_changes_nothing(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    await open_editor(moderator, "Темы")
    await moderator.expects("О чём № 1?")
    await decide_behind(house, ItemState.PUBLISHED)
    await moderator.press("☐ Спорт")
    assert "уже кто-то решил" in await moderator.answer()


async def test_ticked_topic_comes_behind_the_main_one(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    async with house.database.begin() as connection:
        topics = [Topic.SPORT, Topic.TOS]
        await tell(connection, "Забег", now=house.clock(), topics=topics, state=ItemState.REVIEW)
    await open_editor(moderator, "Темы")
    await moderator.expects("О чём № 1?")
    await moderator.press("☐ Культура")
    await moderator.expects("О чём № 1?")
    async with house.database.read() as connection:
        assert await connection.scalar(select(items.c.topics)) == ["sport", "tos", "culture_leisure"]


async def test_event_that_others_tell_of_stays_where_a_doubted_item_is_dated_anew(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    async with house.database.begin() as connection:
        forum = event("Форум жителей", date(2026, 12, 15), at=time(14))
        await tell(connection, "Доброе утро", now=house.clock(), state=ItemState.REVIEW, event=forum)
        known = await event_of(connection, await tell(connection, "Все на форум", now=house.clock(), event=forum))
        assert await event_of(connection, 1) == known
    before = await stated(house, known)
    await open_editor(moderator, "Когда и где")
    await moderator.send("20 декабря в 19:00, дом культуры")
    card = await moderator.expects("На проверке № 1")
    assert "вс 20 декабря, 19:00 · дом культуры" in card.text
    await moderator.press("Отклонить")
    await moderator.answer()
    assert await stated(house, known) == before


async def stated(house: House, event_id: int) -> tuple[object, ...]:
    columns = (events.c.start_date, events.c.start_time, events.c.venue, events.c.sequence, events.c.status)
    async with house.database.read() as connection:
        return tuple((await connection.execute(select(*columns).where(events.c.id == event_id))).one())


async def test_long_text_is_put_right_at_its_beginning_and_loses_nothing(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\n" + "Повестка собрания длинная. " * 300 + "Приходите все.")
    await open_editor(moderator, "Текст")
    asked = await moderator.expects("начало")
    shown = next(one for one in asked.text.split("\n") if one.startswith("Повестка"))
    await moderator.send("Собрание всех жителей\n" + shown.replace("длинная", "короткая"))
    await moderator.expects("На проверке № 1")
    async with house.database.read() as connection:
        kept = str(await connection.scalar(select(items.c.text)))
    assert kept.startswith("Собрание всех жителей\n")
    assert kept.count("Повестка собрания ") == 300
    assert 0 < kept.count("Повестка собрания короткая. ") < 300
    assert kept.endswith("Приходите все.")


async def test_what_is_decided_is_not_edited_any_more(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    await open_review(moderator, "№ 1")
    card = await moderator.expects("На проверке № 1")
    await decide_behind(house)
    await moderator.press("Править", message=card)
    assert "уже кто-то решил" in await moderator.answer()


CHANGED = "Текст тем временем изменился. Посмотрите ещё раз."
LONG = "Собрание жителей\n" + "Повестка собрания длинная. " * 300 + "Приходите все."


@pytest.mark.parametrize(
    ("text", "field", "question", "typed"),
    [
        ("Собрание жителей\nПриглашаем всех.", "Заголовок", "Пришлите заголовок", ("Сход граждан", "Сход жителей")),
        ("Собрание жителей\nПриглашаем всех.", "Текст", "Пришлите текст", ("Ждём в школе", "Ждём в клубе")),
        (LONG, "Текст", "начало", ("Короткое начало", "Другое начало")),
        ("Собрание жителей", "Место", "Напишите его название", ("Абакан", "Саяногорск")),
        ("Собрание жителей", "Когда и где", "Напишите одной строкой", ("12 декабря в 19:00", "13 декабря в 18:00")),
    ],
)
async def test_of_two_moderators_the_second_changes_nothing_unseen(
    house: House, text: str, field: str, question: str, typed: tuple[str, str]
) -> None:
    first, second = await two_moderators(house)
    await publish(house, text)
    for moderator in (first, second):
        await open_editor(moderator, field)
        await moderator.expects(question)
    await first.send(typed[0])
    await first.expects("На проверке № 1")
    after = await everything(house)
    await second.send(typed[1])
    card = await second.expects("На проверке № 1")
    assert CHANGED in card.text
    assert await everything(house) == after
    await second.press("Править", message=card)
    await second.expects("Что изменить в № 1?")
    await second.press(field)
    await second.expects(question)
    await second.send(typed[1])
    card = await second.expects("На проверке № 1")
    assert CHANGED not in card.text
    assert await everything(house) != after


async def test_what_was_changed_behind_an_open_card_is_seen_before_it_is_published(house: House) -> None:
    first, second = await two_moderators(house)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе.")
    await open_review(second, "№ 1")
    await second.expects("На проверке № 1")
    for field, typed in (("Текст", "Ждём всех жителей"), ("Когда и где", "12 декабря в 19:00, дом культуры")):
        await open_editor(first, field)
        await first.send(typed)
        await first.expects("На проверке № 1")
        await second.press("Опубликовать")
        card = await second.expects(CHANGED)
    assert "Ждём всех жителей" in card.text
    assert "сб 12 декабря, 19:00 · дом культуры" in card.text
    await second.press("Опубликовать", message=card)
    assert "Опубликовано" in await second.answer()


async def two_moderators(house: House) -> tuple[Person, Person]:
    people = [await house.official(name, Role.MODERATOR, SAYANOGORSK) for name in ("Первый", "Второй")]
    for person in people:
        await house.official("", Role.MODERATOR, ABAKAN, person=person)
    return people[0], people[1]


async def everything(house: House) -> tuple[object, ...]:
    query = select(items.c.title, items.c.text, items.c.territories, events.c.start_date)
    async with house.database.read() as connection:
        return tuple((await connection.execute(query.select_from(items.outerjoin(events)))).one())


async def test_what_was_changed_behind_an_open_card_is_seen_before_it_is_rejected(house: House) -> None:
    first, second = await two_moderators(house)
    await publish(house, "Собрание жителей\nПриглашаем всех.")
    await open_review(second, "№ 1")
    await second.expects("На проверке № 1")
    await open_editor(first, "Текст")
    await first.send("Ждём всех жителей")
    await first.expects("На проверке № 1")
    await second.press("Отклонить")
    card = await second.expects(CHANGED)
    async with house.database.read() as connection:
        assert await connection.scalar(select(items.c.state)) == "review"
    await second.press("Отклонить", message=card)
    assert "Отклонено" in await second.answer()


async def test_topic_that_two_tick_at_once_is_ticked(house: House) -> None:
    first, second = await two_moderators(house)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    for moderator in (first, second):
        await open_editor(moderator, "Темы")
        await moderator.expects("О чём № 1?")
    for moderator in (first, second):
        await moderator.press("☐ Спорт")
        await moderator.expects("О чём № 1?")
    async with house.database.read() as connection:
        assert "sport" in list(await connection.scalars(select(item_topics.c.topic)))


async def test_place_of_the_same_name_in_another_region_is_shown_with_it_before_it_is_taken(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, RUSSIA)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    await open_editor(moderator, "Место")
    await moderator.send("Томск")
    asked = await moderator.expects("Какая из них")
    assert asked.labels[0].startswith("Томск, Томская область")
    await moderator.press("Томск, Томская область")
    card = await moderator.expects("На проверке № 1")
    assert "Место: Томск, Томская область" in card.text


async def test_new_text_that_names_another_day_offers_it(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе.")
    await open_editor(moderator, "Текст")
    await moderator.send("Приглашаем на собрание жителей 12 декабря в 19:00")
    await moderator.expects("Теперь в тексте сказано: сб 12 декабря, 19:00")
    await moderator.press("Да")
    card = await moderator.expects("На проверке № 1")
    assert "Когда и где: сб 12 декабря, 19:00" in card.text


async def test_day_that_a_new_text_names_may_be_left_alone(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе.")
    await open_editor(moderator, "Текст")
    await moderator.send("Приглашаем на собрание жителей 12 декабря в 19:00")
    await moderator.press("Оставить как было")
    card = await moderator.expects("На проверке № 1")
    assert "Когда и где: сб 5 декабря, 18:00" in card.text


async def test_card_that_was_decided_elsewhere_loses_its_buttons(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, "Собрание жителей пройдёт в школе номер пять")
    await open_review(moderator, "№ 1")
    card = await moderator.expects("На проверке № 1")
    await decide_behind(house)
    await moderator.press("Править", message=card)
    dead = await moderator.expects("На проверке № 1")
    assert dead.labels == []


async def test_picture_of_what_waits_is_seen_and_can_be_left_out(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    sent = await moderator.send_photo(png(8, 8))
    photo = sent.message["photo"][-1]["file_id"]
    async with house.database.begin() as connection:
        await tell(connection, "Забег", now=house.clock(), photo=photo, state=ItemState.REVIEW)
    await open_review(moderator, "№ 1")
    card = await moderator.expects("На проверке № 1")
    assert card.message["photo"]
    await moderator.press("Без фото")
    card = await moderator.expects("На проверке № 1")
    assert "photo" not in card.message
    await moderator.press("Опубликовать", message=card)
    assert "Опубликовано" in await moderator.answer()
    async with house.database.read() as connection:
        assert await connection.scalar(select(items.c.photo)) is None
