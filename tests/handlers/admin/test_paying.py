"""Speed for Stars: offered where it is set up, decided by who may send, said before it is spent."""

import pytest

from domain.mailings import MailingState
from domain.roles import Role
from presenters.actions import pack
from presenters.admin.stars import SetPaid
from storage.outbox import mailings
from tests.handlers.admin.test_announcing import NOTICE, compose
from tests.handlers.house import SAYANOGORSK, House


async def test_whoever_sends_may_pay_for_speed_and_hears_the_price_first(house: House) -> None:
    for number in range(11):
        await house.resident(f"Житель {number}")
    house.dispatcher["paid_send_rate"] = 1000.0
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await compose(admin, "Новость", NOTICE)
    await admin.press("Готово")
    await admin.press("Быстрее: до 2 звёзд")
    await admin.expects("⭐ Платно, до 2 звёзд бота")
    await admin.press("Без звёзд")
    card = await admin.expects("Кому: Саяногорск")
    assert "⭐" not in card.text
    await admin.press("Быстрее: до 2 звёзд")
    await admin.expects("⭐ Платно")
    await admin.press("📤 Отправить")
    await admin.expects("Это может стоить до 2 звёзд бота")
    await admin.press("Да")
    await admin.expects("Считаю получателей")
    async with house.database.read() as connection:
        mailing = await mailings.find(connection, 1)
    assert mailing
    assert (mailing.paid, mailing.state) == (True, MailingState.FREEZING)


@pytest.mark.parametrize(("role", "rate", "answer"), [(Role.ADMIN, 0.0, "не настроена"), (Role.EDITOR, 1000.0, "прав")])
async def test_a_forged_button_spends_nothing(house: House, role: Role, rate: float, answer: str) -> None:
    await house.resident("Анна")
    house.dispatcher["paid_send_rate"] = rate
    official = await house.official("Пётр", role, SAYANOGORSK)
    await compose(official, "Новость", NOTICE)
    await official.press("Готово")
    card = await official.expects("Кому: Саяногорск")
    assert not card.button("Быстрее")
    await official.forge(pack(SetPaid(1, True)), card)
    assert answer in await official.answer()
    async with house.database.begin() as connection:
        await mailings.plan(connection, 1, house.clock())
        mailing = await mailings.find(connection, 1)
    assert mailing
    assert not mailing.paid
