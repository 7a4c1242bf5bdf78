"""Publications, the items made of them, and the questions they raise, on either engine."""

from datetime import UTC, date, datetime, time, timedelta

from analysis.duplicates import signature
from domain.events import EventDraft, EventStatus
from domain.items import Draft, ItemState
from domain.queries import Kind
from domain.readings import EventKind
from domain.sources import Entry, Occurrence
from domain.topics import Topic
from storage.content import events, items
from storage.content.items import Outcome
from storage.engine import Connection, Database
from storage.intake import publications, questions, sources, stories
from storage.intake.questions import QuestionAnswer, QuestionKind

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
SAYANOGORSK, ABAKAN, KHAKASSIA = "95708000", "95701000", "95000000"
TEXT = "Собрание ТОС «Заречье» пройдёт в школе № 5, приглашаем всех жителей улицы Ленина и соседних домов обсудить двор"


async def received(connection: Connection, entry: Entry, *, at: datetime = NOW) -> list[int]:
    source = await sources.archive(connection, "test", SAYANOGORSK, NOW)
    return await publications.receive(connection, source.id, [entry], at)


def drafted(publication: int, *, text: str = TEXT, event: EventDraft | None = None) -> Draft:
    return Draft(
        publication_id=publication,
        source_id=1,
        kind=Kind.EVENT if event else Kind.NEWS,
        state=ItemState.PUBLISHED,
        title="Собрание ТОС «Заречье»",
        summary=text[:50],
        text=text,
        url=None,
        published_at=NOW,
        territories=(SAYANOGORSK,),
        regions=(KHAKASSIA,),
        place="Саяногорск",
        topics=(Topic.TOS, Topic.FORUMS_MEETINGS),
        urgent=False,
        silent=False,
        event=event,
        upcoming=event is not None,
    )


def meeting(day: int = 5, **given: object) -> EventDraft:
    values = {
        "kind": EventKind.GATHERING,
        "status": EventStatus.CONFIRMED,
        "title": "Собрание ТОС «Заречье»",
        "time_zone": "Asia/Krasnoyarsk",
        "territory": SAYANOGORSK,
        "start_date": date(2026, 12, day),
        "start_time": time(18),
    } | given
    return EventDraft(**values)  # type: ignore[arg-type]


async def test_only_what_is_new_or_changed_is_to_be_read(database: Database) -> None:
    occurrence = Occurrence(NOW, NOW + timedelta(hours=1), venue="ДК")
    entry = Entry("1", TEXT, "Собрание", "https://x.example/1", NOW, occurrence)
    async with database.begin() as connection:
        (first,) = await received(connection, entry)
        (waiting,) = await publications.unread(connection)
        assert (waiting.id, waiting.entry) == (first, entry)
        await publications.mark_read(connection, first, None, NOW)
        assert await received(connection, entry) == []
        changed = Entry("1", TEXT + " Ждём!", "Собрание")
        assert await received(connection, changed) == [first]
        (again,) = await publications.unread(connection)
    assert (again.entry.text, again.entry.published_at, again.entry.url) == (
        TEXT + " Ждём!",
        NOW,
        "https://x.example/1",
    )


async def test_item_is_made_with_its_places_topics_bands_and_index_entry(database: Database) -> None:
    async with database.begin() as connection:
        (publication,) = await received(connection, Entry("1", TEXT))
        saved = await items.save(connection, drafted(publication, event=meeting()), signature(TEXT), NOW)
        await items.refresh_index(connection, [saved.item_id])
        item = await items.get(connection, saved.item_id)
        rows = [
            tuple((await connection.exec_driver_sql(f"SELECT {what}")).one())
            for what in (
                "territory FROM item_territories",
                "count(*) FROM item_topics",
                "count(*) FROM item_bands",
                "count(*) FROM search_documents",
            )
        ]
    assert saved.outcome is Outcome.ADDED
    assert item is not None
    assert item.topics == (Topic.TOS, Topic.FORUMS_MEETINGS)
    assert rows[0] == (SAYANOGORSK,)
    assert (rows[1], rows[3]) == ((2,), (1,))
    assert rows[2][0] > 20


async def test_moved_event_is_changed_in_place_and_its_sequence_grows(database: Database) -> None:
    async with database.begin() as connection:
        event = await events.make(connection, meeting(deadline=date(2026, 12, 1)), NOW)
        assert await events.find_same(connection, meeting()) == event
        assert await events.find_same(connection, meeting(start_time=time(10))) is None
        assert await events.find_same(connection, meeting(territory=ABAKAN)) is None
        assert not await events.change(connection, event, meeting(), NOW)
        assert await events.change(connection, event, meeting(7, deadline=date(2026, 12, 3)), NOW)
        after = await events.get(connection, event)
    assert after is not None
    assert (after.start_date, after.sequence, len(after.deadlines)) == (date(2026, 12, 7), 1, 1)
    assert after.starts_at == datetime(2026, 12, 7, 11, tzinfo=UTC)


async def test_places_are_kept_corrected_and_no_reason_to_tell_anybody(database: Database) -> None:
    async with database.begin() as connection:
        event = await events.make(connection, meeting(), NOW)
        await events.fill(connection, event, meeting(capacity=60), NOW)
        await events.fill(connection, event, meeting(capacity=50), NOW)
        filled = await events.get(connection, event)
        assert not await events.change(connection, event, meeting(capacity=80), NOW)
        await events.change(connection, event, meeting(), NOW)
        corrected = await events.get(connection, event)
        other = await events.get(connection, await events.make(connection, meeting(9, capacity=40), NOW))
    assert filled is not None
    assert corrected is not None
    assert other is not None
    assert (filled.capacity, corrected.capacity, other.capacity) == (60, 80, 40)
    assert corrected.sequence == 0


async def test_postponed_event_is_found_by_its_name_and_gets_its_new_day(database: Database) -> None:
    async with database.begin() as connection:
        event = await events.make(connection, meeting(), NOW)
        postponed = meeting(19, status=EventStatus.POSTPONED)
        assert await events.find_same(connection, postponed) == event
        await events.change(connection, event, postponed, NOW)
        moved = await events.get(connection, event)
        await events.change(connection, event, meeting(19, status=EventStatus.POSTPONED, start_date=None), NOW)
        open_ended = await events.get(connection, event)
    assert moved is not None
    assert open_ended is not None
    assert (moved.start_date, moved.status) == (date(2026, 12, 19), EventStatus.CONFIRMED)
    assert open_ended.status is EventStatus.POSTPONED


async def test_bands_are_forgotten_after_two_weeks(database: Database) -> None:
    async with database.begin() as connection:
        (publication,) = await received(connection, Entry("1", TEXT))
        await items.save(connection, drafted(publication), signature(TEXT), NOW)
        assert len(await items.similar_to_text(connection, signature(TEXT))) == 1
        assert await stories.forget(connection, NOW + timedelta(days=13)) == 0
        assert await stories.forget(connection, NOW + timedelta(days=15)) > 0
        assert await items.similar_to_text(connection, signature(TEXT)) == []


async def test_upcoming_events_of_a_source_are_known_until_they_vanish(database: Database) -> None:
    async with database.begin() as connection:
        (publication,) = await received(connection, Entry("1", TEXT))
        await items.save(connection, drafted(publication, event=meeting()), signature(TEXT), NOW)
        source = await sources.archive(connection, "test", None, NOW)
        (ahead,) = await publications.upcoming(connection, source.id, NOW)
        assert (ahead.external_id, ahead.title) == ("1", "Собрание ТОС «Заречье»")
        await publications.mark_vanished(connection, [ahead.id], NOW)
        assert await publications.upcoming(connection, source.id, NOW) == []
        await publications.checked(connection, source.id, ["1"], NOW)
        assert len(await publications.upcoming(connection, source.id, NOW)) == 1


async def test_question_is_put_once_told_once_and_answered_once(database: Database) -> None:
    async with database.begin() as connection:
        for _ in range(2):
            await questions.ask(
                connection, QuestionKind.BURST, "1", territory=SAYANOGORSK, details={"count": 60}, now=NOW
            )
        (question,) = await questions.waiting(connection, within=[KHAKASSIA])
        assert await questions.waiting(connection, within=["69000000"]) == []
        assert [one.id for one in await questions.untold(connection)] == [question.id]
        await questions.mark_told(connection, [question.id], NOW)
        assert await questions.untold(connection) == []
        assert await questions.answer(connection, question.id, QuestionAnswer.DISMISSED, 7, NOW)
        assert not await questions.answer(connection, question.id, QuestionAnswer.CONFIRMED, 8, NOW)
        assert await questions.waiting(connection) == []
    assert question.details == {"count": 60}
