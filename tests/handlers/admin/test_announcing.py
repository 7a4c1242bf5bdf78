"""An announcement from its kind to its arrival, as an admin of a council makes it."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from domain.roles import Role
from domain.subscribers import QuietHours
from domain.territories import RUSSIA
from domain.topics import Topic
from ingestion.unread import read_unread
from sandbox.people import Person
from storage.outbox import mailings
from storage.people import roles, subscribers
from storage.tables import events, publications
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, House
from tests.sandbox.pictures import png

pytestmark = pytest.mark.usefixtures("post")
NOTICE = "Субботник во дворах\n\nСобираемся в субботу у дома 12, грабли дадим. Приходите с соседями."


async def test_admin_sends_news_to_those_who_follow_the_topic_there(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    boris = await house.resident("Борис", topics=[Topic.SPORT])
    vera = await house.resident("Вера", home=ABAKAN, topics=[Topic.TOS])
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.expects("Управление")
    await admin.press("Новое объявление")
    await admin.press("Новость")
    await admin.expects("Напишите текст")
    await admin.send(NOTICE)
    await admin.expects("Кому?")
    await admin.press("ТОС")
    await admin.expects("Саяногорск × ТОС")
    await admin.press("Готово")
    card = await admin.expects("Кому: Саяногорск × ТОС ≈ 1")
    assert "Отправка займёт ~1 с" in card.text
    await admin.press("Предпросмотр")
    preview = await admin.expects("Собираемся в субботу")
    assert "<b>Субботник во дворах</b>" in preview.html
    await admin.press("Назад")
    await admin.press("Себе")
    await admin.expects("Собираемся в субботу")
    await admin.press("Отправить", message=(await admin.expects("Кому: Саяногорск", anew=False)))
    await admin.expects("доставлено 1 · не дошло 0")
    await anna.expects("Собираемся в субботу")
    assert len(boris.screen()) == len(vera.screen()) == 0


async def compose(admin: Person, kind: str, text: str) -> None:
    """From the menu to the text taken."""
    await admin.send("/admin")
    await admin.press("Новое объявление")
    await admin.press(kind)
    await admin.expects("Напишите текст")
    await admin.send(text)


async def test_draft_survives_a_restart_and_is_found_again(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Новое объявление")
    await admin.press("Новость")
    await admin.expects("Напишите текст")
    await house.restart()
    await admin.send(NOTICE)
    await admin.expects("Кому?")
    await house.restart()
    await admin.send("/admin")
    await admin.press("Рассылки")
    await admin.press("Черновики")
    await admin.expects("Субботник во дворах")
    await admin.press("№ 1")
    await admin.expects("Объявление № 1 · 📰 Новость · черновик")


async def test_territory_is_chosen_within_own_rights_only(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    async with house.database.begin() as connection:
        await roles.grant(connection, admin.id, Role.ADMIN, "69701000", now=house.clock())
    await compose(admin, "Новость", NOTICE)
    await admin.expects("Для какой территории?")
    await admin.send("Тьмутаракань")
    await admin.expects("Не знаю места")
    await admin.send("Казань")
    await admin.expects("вне ваших прав")
    await admin.send("Абакан")
    await admin.expects("Абакан × все темы")
    await admin.press("➕ Территория")
    await admin.send("Хакасия")
    await admin.expects("Республика Хакасия × все темы")


async def test_audience_that_sleeps_and_time_it_takes_are_told_before_sending(house: House) -> None:
    for number in range(3):
        person = await house.resident(f"Житель {number}")
        made = await house.subscriber(person)
        async with house.database.begin() as connection:
            await subscribers.set_quiet(connection, made.id, QuietHours(time(0), time(23, 59)))
    house.dispatcher["send_rate"] = 0.0001
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Новость", NOTICE)
    await admin.press("Готово")
    card = await admin.expects("≈ 3 (тихие часы: 3)")
    assert "Отправка займёт ~8,3 ч" in card.text


async def test_what_resembles_an_earlier_announcement_is_marked(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Новость", NOTICE)
    await admin.expects("Кому?")
    await compose(admin, "Новость", NOTICE)
    await admin.expects("Кому?")
    await admin.press("Готово")
    await admin.expects("⚠ Похоже на № 1 (1,00)")


async def test_announcement_leaves_at_the_moment_that_was_confirmed(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Новость", NOTICE)
    await admin.press("Готово")
    await admin.press("Когда")
    await admin.send("вчера")
    await admin.expects("уже прошло")
    await admin.send("завтра в 10")
    await admin.expects("вс 22 ноября, 10:00 (Саяногорск) — верно?")
    await admin.press("Да")
    card = await admin.expects("🕒 Уйдёт: вс 22 ноября, 10:00")
    assert not card.button("Отправить")
    await admin.press("Запланировать")
    await admin.expects("запланировано: вс 22 ноября, 10:00")
    async with house.database.begin() as connection:
        assert await mailings.announce_due(connection, house.clock()) == []
        house.clock.advance(days=1)
        assert len(await mailings.announce_due(connection, house.clock())) == 1
    await anna.expects("Собираемся в субботу")


async def test_event_is_read_corrected_and_answered(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    text = "V форум ТОС\nПриглашаем на форум ТОС 15 декабря в 14:00. Заявки принимаются до 10 декабря."
    await compose(admin, "Мероприятие", text)
    await admin.press("Готово")
    await admin.expects("Понял: вт 15 декабря, 14:00 · заявки до чт 10 декабря — верно?")
    await admin.press("Исправить")
    await admin.send("16 декабря в 15:00")
    await admin.expects("Понял: ср 16 декабря, 15:00")
    await admin.press("Да")
    await admin.expects("📅 ср 16 декабря, 15:00")
    await admin.press("Отправить")
    await admin.expects("доставлено 1")
    await anna.expects("Приглашаем на форум")
    async with house.database.read() as connection:
        event = (await connection.execute(select(events))).mappings().one()
        publication = (await connection.execute(select(publications))).mappings().one()
    assert (event["status"], event["title"], event["territory"]) == ("confirmed", "V форум ТОС", SAYANOGORSK)
    assert event["starts_at"] == datetime(2026, 12, 16, 8, 0, tzinfo=UTC)
    assert publication["silent"]


async def test_urgent_is_offered_to_those_who_may_send_it(house: House) -> None:
    editor = await house.official("Редактор", Role.EDITOR, SAYANOGORSK)
    await editor.send("/admin")
    await editor.press("Новое объявление")
    kinds = await editor.expects("Что это?")
    assert not any("Срочное" in label for label in kinds.labels)
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Срочное", "Отключение воды на Ленина 1–40 до 18:00")
    await admin.press("Готово")
    await admin.expects("🔴 Срочное · черновик")


async def test_second_press_on_send_sends_nothing_twice(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Новость", NOTICE)
    await admin.press("Готово")
    card = await admin.expects("черновик")
    send = card.button("Отправить")
    assert send
    assert send.data
    await admin.forge(send.data, card)
    await admin.expects("доставлено 1")
    await admin.forge(send.data, card)
    assert "уже сделано" in await admin.answer()
    assert len(anna.screen()) == 1


async def test_text_that_is_too_long_is_refused_with_the_figure(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Новость", "а" * 4050)
    await admin.expects("Слишком длинно: 4\u202f050 знаков, а помещается 4\u202f036")
    await admin.send("Коротко о главном")
    await admin.expects("Кому?")


async def test_residents_answer_under_the_announcement_and_the_result_counts_them(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Мероприятие", "V форум ТОС\nЖдём всех 15 декабря в 14:00 в зале.")
    await admin.expects("Кому?")
    await admin.press("Готово")
    await admin.expects("Понял: вт 15 декабря, 14:00")
    await admin.press("Да")
    await admin.press("Отправить")
    await admin.expects("доставлено 1 · не дошло 0 · придут 0")
    await read_unread(house.database, house.reader, house.clock())
    pushed = await anna.expects("Ждём всех", anew=False)
    await anna.press("Приду", message=pushed)
    await anna.expects("👥 придёт 1")
    await admin.press("Рассылки")
    await admin.press("№ 1")
    await admin.expects("придут 1 · отписались 0")


async def test_photo_goes_with_the_text(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Новое объявление")
    await admin.press("Новость")
    await admin.expects("Напишите текст")
    await admin.send_photo(png(8, 8), "Новая площадка открыта")
    await admin.expects("Кому?")
    await admin.press("Готово")
    await admin.expects("черновик")
    await admin.press("Предпросмотр")
    preview = await admin.expects("Новая площадка открыта")
    assert preview.message["photo"]
    await admin.press("Назад", message=preview)
    card = await admin.expects("черновик")
    await admin.press("Отправить", message=card)
    await admin.expects("доставлено 1")
    got = await anna.expects("Новая площадка открыта", anew=False)
    assert got.message["photo"]


async def test_an_urgent_announcement_is_asked_of_before_it_wakes_people(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Срочное", NOTICE)
    await admin.expects("Кому?")
    await admin.press("Готово")
    await admin.expects("Кому: Саяногорск")
    await admin.press("Отправить")
    asked = await admin.expects("Отправить № 1")
    assert len(anna.screen()) == 0
    await admin.press("Да", message=asked)
    await anna.expects("Собираемся в субботу")


async def test_who_may_announce_everywhere_names_the_place_by_hand(house: House) -> None:
    owner = await house.official("Хозяйка", Role.OWNER, RUSSIA)
    await compose(owner, "Срочное", NOTICE)
    await owner.expects("Для какой территории?")
    await owner.send("Саяногорск")
    await owner.expects("Саяногорск × все темы")
