"""Who is told what about sources: the people of the territory, once, and nobody else."""

from datetime import timedelta

from sqlalchemy import select

from domain.roles import Role
from domain.subscribers import ChatKind
from ingestion import upkeep
from storage.intake import questions, source_health
from storage.intake.questions import QuestionKind
from storage.people import roles, subscribers
from storage.tables import deliveries, mailings
from storage.tables import subscribers as subscriber_table
from tests.ingestion.conftest import SAYANOGORSK, Gatherer

HEAD, NEIGHBOUR, RESIDENT = 1, 2, 3


async def _people(gatherer: Gatherer) -> None:
    async with gatherer.database.begin() as connection:
        for chat in (HEAD, NEIGHBOUR, RESIDENT):
            await subscribers.ensure(
                connection,
                chat_id=chat,
                kind=ChatKind.PRIVATE,
                language="ru",
                time_zone="Europe/Moscow",
                now=gatherer.now,
            )
        await roles.grant(connection, HEAD, Role.ADMIN, SAYANOGORSK, now=gatherer.now)
        await roles.grant(connection, NEIGHBOUR, Role.ADMIN, "69000000", now=gatherer.now)


async def _told(gatherer: Gatherer) -> list[tuple[int, str]]:
    query = (
        select(subscriber_table.c.chat_id, mailings.c.content)
        .join(deliveries, deliveries.c.subscriber_id == subscriber_table.c.id)
        .join(mailings, mailings.c.id == deliveries.c.mailing_id)
        .order_by(mailings.c.id)
    )
    async with gatherer.database.read() as connection:
        return [(chat, content["message"]["text"]) for chat, content in await connection.execute(query)]


async def test_dead_source_is_told_once_to_its_own_people_and_its_return_too(gatherer: Gatherer) -> None:
    await _people(gatherer)
    source = await gatherer.follow("https://dead.example/rss")
    for _ in range(source_health.ALARMING):
        async with gatherer.database.begin() as connection:
            await source_health.record_failure(connection, source.id, gatherer.now, gatherer.now, "answered 404")
    assert await upkeep.tell_of_health(gatherer.database, gatherer.now) == 1
    assert await upkeep.tell_of_health(gatherer.database, gatherer.now + timedelta(minutes=1)) == 0
    async with gatherer.database.begin() as connection:
        await source_health.record_success(connection, source.id, gatherer.now, gatherer.now)
    assert await upkeep.tell_of_health(gatherer.database, gatherer.now + timedelta(minutes=2)) == 1
    (dead, back) = await _told(gatherer)
    assert dead[0] == back[0] == HEAD
    assert "больше ничего не отдаёт" in dead[1]
    assert "снова работает" in back[1]


async def test_moderators_are_told_once_that_a_question_waits(gatherer: Gatherer) -> None:
    await _people(gatherer)
    async with gatherer.database.begin() as connection:
        for kind in QuestionKind:
            details = {"title": f"Дело {kind}", "count": 60}
            await questions.ask(connection, kind, "1", territory=SAYANOGORSK, details=details, now=gatherer.now)
    assert await upkeep.tell_of_questions(gatherer.database, gatherer.now) == 4
    assert await upkeep.tell_of_questions(gatherer.database, gatherer.now) == 0
    told = await _told(gatherer)
    assert {chat for chat, _text in told} == {HEAD}
    assert len(told) == 4


async def test_upkeep_of_an_empty_installation_does_nothing(gatherer: Gatherer) -> None:
    await upkeep.tidy(gatherer.database, gatherer.now)
    assert await upkeep.tell_of_health(gatherer.database, gatherer.now) == 0
