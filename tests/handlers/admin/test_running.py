"""A mailing under way is watched, held and stopped; what was said is corrected and taken back."""

import pytest

from delivery.telling import tell_changes
from domain.mailings import MailingState
from domain.roles import Role
from presenters.actions import pack
from presenters.admin.live import StopMailing
from presenters.admin.menu import ListMailings
from sandbox.faults import Fault, FaultKind
from sandbox.people import Person
from storage.outbox import mailings
from storage.people import subscribers
from tests.handlers.house import SAYANOGORSK, House
from tests.sandbox.pictures import png

TEXT = "Ярмарка в субботу\n\nНа площади с 10 до 15 часов."


async def send(admin: Person, text: str = TEXT) -> None:
    await admin.send("/admin")
    await admin.press("Новое объявление")
    await admin.press("Новость")
    await admin.send(text)
    await admin.expects("Кому?")
    await admin.press("Готово")
    await admin.press("Отправить")


async def state_of(house: House) -> MailingState:
    async with house.database.read() as connection:
        mailing = await mailings.find(connection, 1)
    assert mailing
    return mailing.state


async def test_mailing_is_paused_resumed_and_stopped(house: House) -> None:
    await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await send(admin)
    await admin.expects("Считаю получателей")
    await admin.press("Пауза")
    await admin.expects("Считаю получателей")
    assert await state_of(house) is MailingState.PAUSED
    await admin.press("Продолжить")
    await admin.expects("Считаю получателей")
    assert await state_of(house) is MailingState.FREEZING
    await admin.press("Стоп")
    await admin.expects("Остановить № 1 совсем?")
    await admin.press("Да")
    await admin.expects("остановлено")
    assert await state_of(house) is MailingState.CANCELLED


@pytest.mark.usefixtures("post")
async def test_progress_moves_by_itself_to_the_result(house: House) -> None:
    people = [await house.resident(f"Житель {number}") for number in range(12)]
    people[0].block()
    await house.settle()
    async with house.database.begin() as connection:
        await subscribers.unblock(connection, people[0].id)
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await send(admin)
    result = await admin.expects("доставлено 11 · не дошло 1 · отписались 0")
    assert [label for row in result.rows for label in (one.text for one in row)][:3] == [
        "📈 График",
        "📄 CSV",
        "🔁 Повторить недошедшим",
    ]


@pytest.mark.usefixtures("post")
async def test_correction_edits_what_was_delivered_after_a_preview(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await send(admin)
    await admin.expects("доставлено 1")
    await anna.expects("с 10 до 15", anew=False)
    await admin.press("Исправить")
    await admin.expects("Пришлите новый текст № 1")
    await house.restart()
    await admin.send("Ярмарка в воскресенье\n\nНа площади с 11 до 16 часов.")
    await admin.expects("Исправить у всех?")
    await admin.press("Отправить исправление")
    await admin.expects("версия 2 заменит доставленное")
    corrected = await anna.expects("с 11 до 16", anew=False)
    assert corrected.edited
    assert len(anna.screen()) == 1


@pytest.mark.usefixtures("post")
async def test_correction_may_bring_another_photo(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Новое объявление")
    await admin.press("Новость")
    await admin.expects("Напишите текст")
    await admin.send_photo(png(20, 10), TEXT)
    await admin.press("Готово")
    await admin.press("Отправить")
    await admin.expects("доставлено 1")
    first = await anna.expects("с 10 до 15", anew=False)
    await admin.press("Исправить")
    await admin.expects("заменит прежнюю")
    await admin.send_photo(png(10, 20), TEXT)
    await admin.expects("Исправить у всех?")
    await admin.press("Отправить исправление")
    second = await anna.expects("Исправлено", anew=False)
    assert second.id == first.id
    assert second.message["photo"] != first.message["photo"]


@pytest.mark.usefixtures("post")
async def test_event_that_is_moved_by_a_correction_is_told_to_those_who_come(house: House) -> None:
    anna, boris = await house.resident("Анна"), await house.resident("Борис")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Новое объявление")
    await admin.press("Мероприятие")
    await admin.expects("Напишите текст")
    await admin.send("V форум ТОС\nПриглашаем на форум ТОС 15 декабря в 14:00.")
    await admin.press("Готово")
    await admin.expects("вт 15 декабря, 14:00")
    await admin.press("Да")
    await admin.press("Отправить")
    await admin.expects("доставлено 2")
    await anna.press("Приду")
    await house.settle()
    await tell_changes(house.database, house.clock())
    await admin.press("Исправить")
    await admin.expects("Пришлите новый текст")
    await admin.send("V форум ТОС\nПриглашаем на форум ТОС 17 декабря в 15:00.")
    await admin.expects("Теперь: чт 17 декабря, 15:00")
    await admin.press("Отправить исправление")
    await admin.expects("версия 2")
    await tell_changes(house.database, house.clock())
    await anna.expects("Перенесено", anew=False)
    edited = await boris.expects("17 декабря", anew=False)
    assert edited.edited
    assert len(boris.screen()) == 1, "who did not say that they come has the corrected copy alone"


@pytest.mark.usefixtures("post")
async def test_what_did_not_arrive_goes_out_again_to_those_alone(house: House) -> None:
    people = [await house.resident(f"Житель {number}") for number in range(3)]
    house.sandbox.fault(Fault(FaultKind.BAD_REQUEST, method="sendMessage", chat_id=people[0].id, times=1))
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await send(admin)
    await admin.expects("доставлено 2 · не дошло 1")
    await admin.press("Повторить недошедшим")
    assert "1 сообщение" in await admin.answer()
    await admin.expects("доставлено 3 · не дошло 0")
    assert [house.sandbox.ledger.count(person.id) for person in people] == [1, 1, 1]


@pytest.mark.usefixtures("post")
async def test_recalled_announcement_vanishes(house: House) -> None:
    anna = await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await send(admin)
    await admin.expects("доставлено 1")
    await anna.expects("Ярмарка", anew=False)
    await admin.press("Отозвать")
    await admin.expects("Отозвать № 1?")
    await admin.press("Да")
    await admin.expects("отзывается")
    async with house.database.read() as connection:
        recall = (await mailings.latest(connection, limit=1))[0]
    while await state_of_mailing(house, recall.id) is not MailingState.FINISHED:
        await house.settle()
    assert len(anna.screen()) == 0


@pytest.mark.usefixtures("post")
async def test_result_is_taken_away_as_table_and_picture(house: House) -> None:
    await house.resident("Анна")
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await send(admin)
    result = await admin.expects("доставлено 1")
    await admin.press("CSV")
    assert await admin.answer() == ""
    await house.settle()
    assert admin.screen().last.message["document"]["file_name"] == "mailing-1.csv"
    await admin.press("График", message=result)
    assert await admin.answer() == ""
    await house.settle()
    assert admin.screen().last.message["photo"]


async def state_of_mailing(house: House, number: int) -> MailingState:
    async with house.database.read() as connection:
        found = await mailings.find(connection, number)
    assert found
    return found.state


@pytest.mark.usefixtures("post")
async def test_list_is_searched_by_number_and_words(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    other = await house.official("Сосед", Role.ADMIN, "95701000")
    await send(admin)
    await admin.expects("доставлено 0")
    for who, typed, found in ((admin, "ярмарка площади", 1), (admin, "№ 1", 1), (admin, "снег", 0), (other, "1", 0)):
        await who.send("/admin")
        await who.press("Рассылки")
        await who.expects("Рассылки")
        await who.press("Найти")
        await who.expects("Какую рассылку")
        await who.send(typed)
        await who.expects(f"нашлось {found}")


async def test_forged_numbers_beyond_all_mailings_are_refused(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    message = await admin.expects("Управление")
    for forged in (
        StopMailing(999, True),
        StopMailing(-1, True),
        ListMailings("nowhere", 0),
        ListMailings("drafts", -1),
    ):
        await admin.forge(pack(forged), message)
        assert await admin.answer() == "Этого уже нет."
