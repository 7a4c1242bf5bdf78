"""Handler × role × territory × forged callback: nobody does what their role does not allow, whatever they press."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain.roles import Act, Grant, Role, may, may_somewhere
from domain.topics import Topic
from presenters.actions import pack
from presenters.admin import (
    audiences,
    composing,
    desk,
    happenings,
    live,
    menu,
    people,
    proposals,
    review,
    shelves,
    times,
    waves,
)
from presenters.admin import editing as item_editing
from presenters.admin.composing import Choice
from sandbox.people import Person
from storage.people import roles
from tests.handlers.admin.stage import AUTHOR, OWNER, SECRET, Stage, set_up, snapshot
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, House

RUSSIA = "0"
PATH = (SAYANOGORSK, KHAKASSIA, RUSSIA)
REFUSALS = ("У вас нет на это права.", "Этого уже нет.")


def deeds(stage: Stage) -> Iterator[tuple[Act, bool, Any]]:
    """(right that is needed, whether having it anywhere is enough, action)."""
    anywhere = [
        (Act.COMPOSE, menu.NewAnnouncement()),
        (Act.COMPOSE, composing.ChooseKind(Choice.NEWS)),
        (Act.SEND_URGENT, composing.ChooseKind(Choice.URGENT)),
        (Act.COMPOSE, menu.ListCampaigns(0)),
        (Act.MODERATE, menu.ListSuggestions(0)),
        (Act.MODERATE, menu.ListReview(0)),
        (Act.MANAGE_ROLES, menu.ListRoles(0)),
        (Act.MANAGE_ROLES, people.AddRole()),
        (Act.MANAGE_ROLES, people.PickRole(AUTHOR, Role.EDITOR)),
        (Act.SEE_REPORTS, menu.ListMailings("finished", 0)),
        (Act.SEE_REPORTS, shelves.FindMailing()),
        (Act.PROPOSE, proposals.CorrectProposal()),
    ]
    yield from ((act, True, one) for act, one in anywhere)
    for number in (stage.draft, stage.waiting, stage.sending):
        yield from ((act, False, one) for act, one in of_announcement(number))
    there = [
        (Act.MODERATE, desk.ShowSuggestion(stage.suggestion)),
        (Act.MODERATE, desk.ShowPhotos(stage.suggestion)),
        (Act.MODERATE, desk.DropPhotos(stage.suggestion)),
        (Act.MODERATE, desk.EditSuggestion(stage.suggestion)),
        (Act.MODERATE, desk.AskAuthor(stage.suggestion)),
        (Act.MODERATE, desk.Reject(stage.suggestion)),
        (Act.MODERATE, desk.Accept(stage.suggestion)),
        (Act.MODERATE, review.ShowItem(stage.item)),
        (Act.MODERATE, review.Publish(stage.item, "0123456789abcdef")),
        (Act.MODERATE, review.RejectItem(stage.item, "0123456789abcdef")),
        (Act.MODERATE, review.DropPhoto(stage.item, "0123456789abcdef")),
        (Act.MODERATE, item_editing.TickItemTopic(stage.item, Topic.SPORT, True)),
        (Act.MODERATE, item_editing.TakeDate(stage.item, "0123456789abcdef")),
        (Act.MODERATE, review.ShowQuestion(stage.question)),
        (Act.MODERATE, review.AnswerQuestion(stage.question, True)),
        (Act.MANAGE_ROLES, people.GrantRole(AUTHOR, Role.ADMIN, SAYANOGORSK)),
        (Act.MANAGE_ROLES, people.RevokeRole(AUTHOR, Role.EDITOR, SAYANOGORSK, True)),
        (Act.COMPOSE, waves.ShowCampaign(stage.campaign)),
        (Act.COMPOSE, waves.ScheduleWaves(stage.campaign_draft)),
        (Act.PROPOSE, proposals.ProposeFor(SAYANOGORSK)),
    ]
    yield from ((act, False, one) for act, one in there)


def of_announcement(number: int) -> Iterator[tuple[Act, Any]]:
    yield from ((Act.COMPOSE, one) for one in editing(number))
    yield from ((Act.SEE_REPORTS, one) for one in looking(number))
    yield from ((Act.SEND, one) for one in ruling(number))
    yield Act.APPROVE, composing.Approve(number)
    yield Act.APPROVE, composing.SendBack(number)


def editing(number: int) -> list[Any]:
    return [
        composing.AskText(number),
        composing.SendOff(number, True),
        composing.TakeBack(number),
        composing.Discard(number, True),
        audiences.AskAudience(number),
        audiences.AskTerritory(number),
        audiences.AddTerritory(number, ABAKAN),
        audiences.RemoveTerritory(number, SAYANOGORSK),
        audiences.TickTopic(number, Topic.SPORT),
        audiences.AudienceDone(number),
        happenings.AskDetails(number),
        happenings.CorrectDetails(number),
        happenings.DetailsRight(number),
        times.AskTime(number),
        times.SetTime(number, 0),
    ]


def looking(number: int) -> list[Any]:
    return [
        composing.ShowAnnouncement(number),
        composing.Preview(number),
        composing.SendToSelf(number),
        live.ShowChart(number),
        live.ShowCsv(number),
    ]


def ruling(number: int) -> list[Any]:
    return [
        live.PauseMailing(number),
        live.ResumeMailing(number),
        live.StopMailing(number, True),
        live.Correct(number),
        live.SendCorrection(number),
        live.Recall(number, True),
        live.Retry(number),
    ]


def allowed(grants: list[Grant], act: Act, *, somewhere: bool) -> bool:
    if act is Act.SEE_REPORTS and somewhere:
        return may_somewhere(grants, act) or may_somewhere(grants, Act.COMPOSE)
    return may_somewhere(grants, act) if somewhere else may(grants, act, PATH)


CASES = [None, *((role, place) for role in Role for place in (SAYANOGORSK, ABAKAN))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "nobody" if case is None else f"{case[0]}-{case[1]}")
async def test_nobody_gets_beyond_their_rights_by_a_forged_button(house: House, case: tuple[Role, str] | None) -> None:
    stage = await set_up(house)
    person = await house.official("Некто", *case) if case else await house.resident("Некто")
    grants = [Grant(person.id, *case)] if case else []
    message = await _some_message(person)
    before = await snapshot(house)
    forbidden = [act for needed, somewhere, act in deeds(stage) if not allowed(grants, needed, somewhere=somewhere)]
    for act in forbidden:
        await person.forge(pack(act), message)
        assert await person.answer() in REFUSALS, act
    assert await snapshot(house) == before
    assert SECRET not in person.screen(last=1000).text


async def _some_message(person: Person) -> Any:
    await person.send("/help")
    return await person.expects("/news")


async def test_revoked_admin_is_refused_at_the_next_press(house: House) -> None:
    stage = await set_up(house)
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    message = await admin.expects("Управление")
    await admin.forge(pack(composing.ShowAnnouncement(stage.draft)), message)
    card = await admin.expects("черновик")
    async with house.database.begin() as connection:
        await roles.revoke(connection, admin.id, Role.ADMIN, SAYANOGORSK)
    before = await snapshot(house)
    for label in ("Отправить", "Удалить", "Кому"):
        await admin.press(label, message=card)
        assert await admin.answer() == REFUSALS[0]
    assert await snapshot(house) == before


async def test_role_revoked_in_the_middle_of_a_dialogue_ends_it(house: House) -> None:
    stage = await set_up(house)
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    message = await admin.expects("Управление")
    await admin.forge(pack(composing.AskText(stage.draft)), message)
    await admin.expects("Напишите текст")
    async with house.database.begin() as connection:
        await roles.revoke(connection, admin.id, Role.ADMIN, SAYANOGORSK)
    before = await snapshot(house)
    await admin.send("Другой текст")
    await admin.expects(REFUSALS[0])
    assert await snapshot(house) == before
    await admin.send("/help")
    shown = len(admin.screen())
    await admin.send("субботник")
    await house.settle()
    assert REFUSALS[0] not in "".join(admin.screen().texts[shown:])


async def test_admin_of_a_town_makes_nobody_admin_of_its_region_nor_owner(house: House) -> None:
    await set_up(house)
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    message = await _some_message(admin)
    before = await snapshot(house)
    for forged in (
        people.GrantRole(AUTHOR, Role.ADMIN, KHAKASSIA),
        people.GrantRole(AUTHOR, Role.OWNER, SAYANOGORSK),
        people.GrantRole(AUTHOR, Role.OWNER, RUSSIA),
        people.RevokeRole(OWNER, Role.OWNER, RUSSIA, True),
        people.PickRole(AUTHOR, Role.OWNER),
    ):
        await admin.forge(pack(forged), message)
        assert await admin.answer() == REFUSALS[0], forged
    assert await snapshot(house) == before


async def test_editor_does_not_approve_what_they_handed_in(house: House) -> None:
    stage = await set_up(house)
    editor = await house.official("Редактор", Role.EDITOR, SAYANOGORSK)
    message = await _some_message(editor)
    await editor.forge(pack(composing.SendOff(stage.draft, True)), message)
    await editor.expects("на согласовании")
    before = await snapshot(house)
    for forged in (
        composing.Approve(stage.draft),
        composing.SendOff(stage.draft, True),
        composing.SendBack(stage.draft),
    ):
        await editor.forge(pack(forged), message)
        assert await editor.answer()
    assert await snapshot(house) == before


async def test_resident_is_told_politely_that_administration_is_not_theirs(house: House) -> None:
    anna = await house.resident("Анна")
    await anna.send("/admin")
    await anna.expects("Этот раздел — для тех, кто здесь работает")
    await anna.send("/announce Собрание завтра в 18:00")
    await anna.expects("Предложить новость: /suggest")


async def test_administration_is_not_opened_in_a_group(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    group = house.sandbox.group("Двор", admin)
    admin.add_bot(group)
    await admin.send("/admin", group)
    await house.settle()
    assert "Управление" not in admin.screen(group).text
