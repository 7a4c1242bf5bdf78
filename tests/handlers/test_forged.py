"""Forged buttons: whoever presses whatever data, they reach nobody's things but their own, and get an answer."""

import random
import re
from typing import Any

import pytest
from sqlalchemy import select

from domain.roles import Role
from domain.subscribers import Frequency
from domain.topics import Topic
from presenters import navigation
from presenters.actions import pack
from presenters.navigation import Origin
from presenters.people import my, preferences, privacy, settling
from presenters.people.settling import Purpose
from presenters.suggestions import suggested, suggesting
from sandbox.people import Person
from storage.intake import suggestions
from storage.people import subscriptions
from storage.tables import metadata
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, TOMSK_REGION, House

BROKEN = "Что-то сломалось"
WATCHED = ("subscribers", "subscriptions", "suggestions", "roles", "dialogues")


def acts(subscription: int, suggestion: int) -> list[Any]:
    """One of every button of a resident's screens, aimed at somebody else's things where it names any."""
    return [
        settling.AskPlace(Purpose.MOVE),
        settling.AskLocation(Purpose.ADD),
        settling.AskName(Purpose.HOME),
        settling.ChoosePlace(ABAKAN, Purpose.MOVE),
        settling.ChoosePlace("nowhere", Purpose.MOVE),
        settling.ChooseTopics(ABAKAN, -1, Purpose.TOPICS),
        settling.TickTopic(ABAKAN, Topic.TOS, 2**60, Purpose.ADD),
        settling.TopicsDone("nowhere", 1, Purpose.ADD),
        settling.ChooseFrequency(ABAKAN, 2**62, Frequency.DAILY, Purpose.ADD),
        settling.ChooseFrequency("nowhere", 1, Frequency.DAILY, Purpose.HOME),
        settling.Consent(999),
        navigation.ShowMine(),
        navigation.ShowSettings(),
        my.AskTopics(),
        my.AskFrequency(),
        my.PickFrequency(subscription),
        my.SetFrequency(subscription, Frequency.WEEKLY),
        my.SetFrequency(0, Frequency.WEEKLY),
        my.AskPause(),
        my.Pause(10**12),
        my.Pause(-5),
        my.Resume(),
        my.AskRemoval(),
        my.Remove(subscription),
        my.RemovePlace(SAYANOGORSK),
        my.Undo(2**62),
        my.Undo(-1),
        preferences.AskLanguage(),
        preferences.SetLanguage("xx"),
        preferences.AskZone(),
        preferences.SetZone("Mars/Base"),
        preferences.AskQuiet(Origin.MY),
        preferences.AskQuietStart(Origin.MY),
        preferences.AskQuietEnd(99, Origin.MY),
        preferences.SetQuiet(25, -1, Origin.MY),
        preferences.AskDigestHour(),
        preferences.SetDigestHour(24),
        privacy.AskDeletion(),
        suggested.Suggest(),
        suggested.ShowSuggestions(),
        suggesting.AskWhere(),
        suggesting.AskWhen(),
        suggesting.PickWhere(ABAKAN),
        suggesting.ForgetWhen(),
        suggesting.SendSuggestion(True),
        suggesting.BackToReview(),
        suggesting.CancelSuggestion(),
        suggested.Withdraw(suggestion),
    ]


async def theirs(house: House, chat_id: int) -> dict[str, list[dict[str, Any]]]:
    """All rows about one chat."""
    found = {}
    async with house.database.read() as connection:
        number = (await house_subscriber(house, chat_id))["id"]
        for name in WATCHED:
            rows = (await connection.execute(select(metadata.tables[name]))).mappings()
            found[name] = [dict(row) for row in rows if number == row.get("subscriber_id") or chat_id in row.values()]
    return found


async def house_subscriber(house: House, chat_id: int) -> dict[str, Any]:
    table = metadata.tables["subscribers"]
    async with house.database.read() as connection:
        row = (await connection.execute(select(table).where(table.c.chat_id == chat_id))).mappings().one()
    return dict(row)


@pytest.mark.parametrize("role", [None, *Role])
async def test_no_button_reaches_what_is_somebody_elses(house: House, role: Role | None) -> None:
    victim = await house.resident("Жертва", topics=[Topic.TOS], frequency=Frequency.AT_ONCE)
    subscription, suggestion = await possessions(house, victim)
    if role is None:
        attacker = await house.resident("Чужой", home=TOMSK_REGION)
    else:
        attacker = await house.official("Чужой", role, TOMSK_REGION)
    before = await theirs(house, victim.id)
    await attacker.send("/help")
    message = await attacker.expects("/my")
    for act in acts(subscription, suggestion):
        await attacker.forge(pack(act), message)
        assert BROKEN not in await attacker.answer(), act
    await house.settle()
    assert await theirs(house, victim.id) == before


async def possessions(house: House, person: Person) -> tuple[int, int]:
    """Ids of a subscription and a suggestion."""
    subscriber = await house.subscriber(person)
    async with house.database.begin() as connection:
        followed = await subscriptions.of(connection, subscriber.id)
        made = await suggestions.create(connection, author=person.id, text="Ярмарка", now=house.clock.now)
    return followed[0].id, made


async def test_member_of_a_group_changes_nothing_of_the_group(house: House) -> None:
    maria, boris = house.person("Мария"), house.person("Борис")
    group = house.sandbox.group("ТОС Заречный", maria, boris)
    maria.add_bot(group)
    await maria.press("Вся Россия", group)
    await maria.press("Готово", group)
    await maria.press("Сразу", group)
    message = await maria.expects("Готово!", group)
    before = await theirs(house, group.id)
    for act in acts(1, 1):
        await boris.forge(pack(act), message, group)
        assert BROKEN not in await boris.answer(), act
    await house.settle()
    assert await theirs(house, group.id) == before


async def test_delete_me_deletes_whoever_presses_and_nobody_else(house: House) -> None:
    victim, attacker = await house.resident("Жертва"), await house.resident("Чужой")
    before = await theirs(house, victim.id)
    await attacker.send("/delete_me")
    message = await attacker.expects("Вернуть это будет нельзя")
    await attacker.forge(pack(privacy.DeleteMe()), message)
    await attacker.expects("Всё удалено")
    assert await theirs(house, victim.id) == before


async def test_malformed_data_is_answered_kindly(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/help")
    message = await anna.expects("/my")
    chance = random.Random(22)
    verbs = [act.verb for act in acts(1, 1)]
    for _ in range(60):
        tail = "".join(chance.choices(":0123456789-aя%{}<>'\"\\ ", k=chance.randint(0, 25)))
        await anna.forge(chance.choice(verbs) + tail, message)
        assert BROKEN not in await anna.answer(), tail


@pytest.mark.parametrize("payload", ["t_0'--", "t_" + "9" * 60, "e_0", "i_999999999", "e_x", "t_%00", "T_95708000"])
async def test_forged_deep_link_is_answered_and_subscribes_to_nothing(house: House, payload: str) -> None:
    anna = house.person("Анна")
    await anna.start(payload)
    answer = await anna.expects("")
    assert not re.search(BROKEN, answer.text)
    subscriber = await house.subscriber(anna)
    async with house.database.read() as connection:
        assert await subscriptions.of(connection, subscriber.id) == ()


async def test_revoked_role_is_gone_at_the_next_update(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    await admin.send("/help")
    await admin.expects("/admin")
    async with house.database.begin() as connection:
        await connection.execute(metadata.tables["roles"].delete())
    await admin.send("/help")
    answer = await admin.expects("/my")
    assert "/admin" not in answer.text
