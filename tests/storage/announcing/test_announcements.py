"""Drafts, their steps, their versions, and what they leave behind."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from domain.announcements import AnnouncementKind, AnnouncementState, Audience
from domain.events import EventDraft, EventStatus
from domain.readings import EventKind
from domain.suggestions import SuggestionState
from storage.announcing import announced, announcements, campaigns, drafted_events
from storage.announcing.announcements import Wording
from storage.content import events
from storage.engine import Connection, Database
from storage.intake import moderation, suggestions
from storage.outbox import mailings
from storage.tables import announcement_versions, publications
from storage.tables import events as event_table

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
SAYANOGORSK, KHAKASSIA, TOMSK = "95708000", "95000000", "69000000"
SAID = Wording("Ярмарка в субботу", "На площади с 10 до 15 часов, приходите всей семьёй")
FORUM = EventDraft(
    kind=EventKind.FORUM,
    status=EventStatus.TENTATIVE,
    title="Форум ТОС",
    time_zone="Asia/Krasnoyarsk",
    start_date=date(2026, 12, 15),
    start_time=time(14),
    deadline=date(2026, 12, 10),
    territory=SAYANOGORSK,
)


async def draft(c: Connection, wording: Wording = SAID, *, at: datetime = NOW) -> int:
    audience = Audience((SAYANOGORSK,))
    return await announcements.create(c, 1, AnnouncementKind.EVENT, at, wording=wording, audience=audience)


async def test_draft_is_changed_only_while_it_is_one(database: Database) -> None:
    async with database.begin() as c:
        number = await draft(c)
        assert await announcements.write(c, number, Wording("", "Иначе"), NOW)
        assert await announcements.become(c, number, AnnouncementState.SCHEDULED, NOW)
        assert not await announcements.write(c, number, Wording("", "Поздно"), NOW)
        assert not await announcements.aim(c, number, Audience((TOMSK,)), NOW)
        one = await announcements.get(c, number)
    assert one
    assert (one.text, one.audience.territories) == ("Иначе", (SAYANOGORSK,))


async def test_of_two_who_take_the_same_step_one_is_too_late(database: Database) -> None:
    async with database.begin() as c:
        number = await draft(c)

    async def step() -> bool:
        async with database.begin() as c:
            return await announcements.become(c, number, AnnouncementState.SCHEDULED, NOW)

    assert sorted(await asyncio.gather(step(), step())) == [False, True]


async def test_likeness_is_seen_for_two_weeks(database: Database) -> None:
    async with database.begin() as c:
        number = await draft(c)
        old = await draft(c, at=NOW - timedelta(days=15))
        found = await announcements.alike(c, "Ярмарка в субботу\n" + SAID.text, NOW)
        assert found
        assert (found.announcement_id, found.similarity) == (number, 1.0)
        assert await announcements.alike(c, "Ярмарка в субботу\n" + SAID.text, NOW, besides=number) is None
        assert old != number
        assert await announcements.alike(c, "Отключение воды на улице Ленина завтра с утра", NOW) is None


async def test_event_of_a_draft_is_written_anew_and_vanishes_with_it(database: Database) -> None:
    async with database.begin() as c:
        number = await draft(c)
        one = await announcements.get(c, number)
        assert one
        event = await drafted_events.put(c, one, FORUM, NOW)
        one = await announcements.get(c, number)
        assert one
        assert one.event_id == event
        later = EventDraft(EventKind.FORUM, EventStatus.TENTATIVE, "Форум", "Europe/Moscow", date(2026, 12, 16))
        assert await drafted_events.put(c, one, later, NOW) == event
        known = await events.get(c, event or 0)
        assert known
        assert (known.start_date, known.start_time, known.deadlines) == (date(2026, 12, 16), None, ())
        assert await announcements.discard(c, number, NOW)
        assert await c.scalar(select(func.count()).select_from(event_table)) == 0


async def test_what_is_sent_is_published_silently_and_confirms_its_event(database: Database) -> None:
    async with database.begin() as c:
        number = await draft(c)
        one = await announcements.get(c, number)
        assert one
        event = await drafted_events.put(c, one, FORUM, NOW)
        await mailings.announce(c, number, NOW)
        known = await events.get(c, event or 0)
        row = (await c.execute(select(publications))).mappings().one()
    assert known
    assert known.status is EventStatus.CONFIRMED
    assert (row["silent"], row["title"], row["text"].splitlines()[0]) == (True, "Форум ТОС", SAID.title)


async def test_what_is_sent_with_a_photo_is_found_with_it(database: Database) -> None:
    async with database.begin() as c:
        number = await draft(c)
        await announcements.new_version(c, number, Wording("", "Перенесено", photo="key"), 2, NOW)
        await announced.publish(c, number, NOW)
        assert await c.scalar(select(publications.c.photo)) == "key"


async def test_every_version_that_was_said_is_kept(database: Database) -> None:
    async with database.begin() as c:
        number = await draft(c)
        await mailings.announce(c, number, NOW)
        assert await announcements.new_version(c, number, Wording("", "Перенесено"), 2, NOW) == 2
        await announced.publish(c, number, NOW)
        rows = (await c.execute(select(announcement_versions.c.text).order_by(announcement_versions.c.version))).all()
        version = await c.scalar(select(publications.c.version))
    assert [row[0] for row in rows] == [SAID.text, "Перенесено"]
    assert version == 2


async def test_suggestion_is_decided_once_and_answered_by_its_author_alone(database: Database) -> None:
    async with database.begin() as c:
        number = await suggestions.create(c, author=5, text="Текст", territory=SAYANOGORSK, now=NOW)
        assert [one.id for one in await moderation.waiting(c, within=[KHAKASSIA])] == [number]
        assert await moderation.waiting(c, within=[TOMSK]) == []
        assert await moderation.decide(c, number, SuggestionState.ASKED, 9, NOW, reason="Где?")
        assert not await moderation.answer(c, number, 6, "Не моё", NOW)
        assert await moderation.answer(c, number, 5, "Во дворе", NOW)
        assert await moderation.decide(c, number, SuggestionState.ACCEPTED, 9, NOW)
        assert not await moderation.decide(c, number, SuggestionState.REJECTED, 9, NOW)
        one = await moderation.get(c, number)
    assert one
    assert (one.text, one.state) == ("Текст\n\nВо дворе", SuggestionState.ACCEPTED)


async def test_campaign_lists_its_waves_by_time(database: Database) -> None:
    async with database.begin() as c:
        campaign = await campaigns.create(c, "Акция", date(2026, 12, 20), 1, NOW)
        late, early = await draft(c), await draft(c)
        for number, days in ((late, 9), (early, 3)):
            await announcements.join_campaign(c, number, campaign, NOW)
            await announcements.set_time(c, number, NOW + timedelta(days=days), NOW)
        assert [one.id for one in await campaigns.waves(c, campaign)] == [early, late]
