"""What is kept about a person, and that nothing is once they leave."""

import json
from typing import Any

from sqlalchemy import insert, select, text

from domain.roles import Role
from domain.topics import Topic
from sandbox.people import Person
from storage.intake import suggestions
from storage.tables import deliveries, mailings, metadata
from tests.handlers.house import House


async def test_privacy_tells_what_is_kept_and_what_was_agreed_to(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/privacy")
    await anna.expects("Вы их ещё не подтвердили")
    await anna.press("Даю согласие")
    await anna.answer()
    await anna.send("/privacy")
    await anna.expects("Вы согласились с этими условиями (№ 1) 21.11.2026")


async def test_own_data_is_handed_over_as_a_file(house: House) -> None:
    anna = await house.resident("Анна", topics=[Topic.TOS])
    await anna.send("/privacy")
    await anna.press("Мои данные")
    message = await anna.expects("Всё, что я о вас храню")
    content = house.sandbox.telegram.world.files[message.message["document"]["file_id"]].data
    told: dict[str, list[dict[str, Any]]] = json.loads(content)
    assert [row["chat_id"] for row in told["subscribers"]] == [anna.id]
    assert [row["topic"] for row in told["subscriptions"]] == ["tos"]


async def test_nothing_is_deleted_before_it_is_confirmed(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/delete_me")
    await anna.expects("Вернуть это будет нельзя")
    assert await traces(house, anna.id)
    await anna.press("Назад")
    await anna.expects("Саяногорск")


async def test_person_leaves_no_trace(house: House) -> None:
    anna = await official_with_a_past(house)
    await anna.send("/suggest")
    await anna.send("Ярмарка в субботу")
    await anna.expects("Всё верно?")
    await anna.send("/delete_me")
    await anna.press("Удалить всё")
    told = await anna.expects("Всё удалено")
    assert "Подписки: 1" in told.text
    assert "Предложенные новости: 1" in told.text
    assert "Отправки, в которых больше нет адресата: 1" in told.text
    assert "Роли: 1" in told.text
    await house.settle()
    assert await traces(house, anna.id) == []


async def official_with_a_past(house: House) -> Person:
    """Has a role, a suggestion and a delivery; did something that carries their signature."""
    anna = house.sandbox.person("Анна", id=7_777_000_111)
    house.open_chat(anna)
    await house.resident("Анна", topics=[Topic.TOS], person=anna)
    await house.official("Анна", Role.EDITOR, person=anna)
    subscriber = await house.subscriber(anna)
    async with house.database.begin() as connection:
        await suggestions.create(connection, author=anna.id, text="Ярмарка", now=house.clock.now)
        mailing = {"kind": "item", "state": "finished", "lane": "ordinary", "promise": "at_least_once"}
        signed = insert(mailings).values(**mailing, created_by=anna.id, created_at=house.clock.now)
        number = (await connection.execute(signed.returning(mailings.c.id))).scalar_one()
        delivery = {"mailing_id": number, "subscriber_id": subscriber.id, "state": "sent", "message_id": 5}
        await connection.execute(insert(deliveries).values(**delivery, settled_at=house.clock.now))
    return anna


async def traces(house: House, person: int) -> list[str]:
    """Tables and columns in which the person's id stands, also inside of texts."""
    found = []
    async with house.database.read() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                found += [f"{table.name}.{name}" for name, value in row.items() if str(person) in str(value)]
    return found


async def test_deliveries_keep_their_figures_when_somebody_leaves(house: House) -> None:
    anna = await official_with_a_past(house)
    await anna.send("/delete_me")
    await anna.press("Удалить всё")
    await anna.expects("Всё удалено")
    async with house.database.read() as connection:
        rows = (await connection.execute(select(deliveries))).mappings().all()
        assert [(row["state"], row["subscriber_id"], row["message_id"]) for row in rows] == [("sent", None, None)]
        assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
