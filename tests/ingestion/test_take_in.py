"""From texts to items: told once, merged, attached to their events, held back where a person must look first."""

import asyncio
from datetime import timedelta

import pytest

from analysis.duplicates import signature
from analysis.reader import Reader
from domain.events import EventStatus
from domain.items import ItemState
from domain.sources import Entry, Source, Trust
from ingestion import unread
from ingestion.gathering import Gathering
from ingestion.pipeline import take_in
from storage.content import events, items
from storage.content.items import similar_to_text
from storage.engine import Database
from storage.intake import publications, questions, sources
from storage.intake.questions import QuestionKind
from tests.ingestion.conftest import SAYANOGORSK, Gatherer
from tests.ingestion.given import NOW

HEARING = (
    "Публичные слушания по бюджету Саяногорска\n"
    "Публичные слушания по проекту бюджета города Саяногорска на 2027 год состоятся 3 декабря 2026 года в 15:00 "
    "в зале заседаний администрации. Предложения жителей принимают до 1 декабря. Приглашаем всех, кому не безразлично "
    "будущее города: проект решения опубликован на сайте и в библиотеке."
)
NEWS = (
    "В Саяногорске благоустроили сквер\n"
    "Рабочие закончили мостить дорожки и посадили сорок лип. Жители окрестных домов выбрали сквер голосованием, "
    "а ухаживать за деревьями взялась школа. Следующим летом здесь поставят фонтан."
)


def entry(text: str, identity: str = "1", **given: object) -> Entry:
    values = {"title": text.split("\n", maxsplit=1)[0], "published_at": NOW - timedelta(hours=2)} | given
    return Entry(identity, text, **values)  # type: ignore[arg-type]


async def seeded(gatherer: Gatherer, url: str = "https://a.example/rss", trust: Trust = Trust.AUTO) -> Source:
    """A source whose first crawl is done."""
    source = await gatherer.follow(url, trust=trust)
    async with gatherer.database.begin() as connection:
        await connection.exec_driver_sql(f"UPDATE sources SET seeded_at = added_at WHERE id = {source.id}")
    return await gatherer.source(source)


async def test_announcement_becomes_an_item_with_its_event_and_deadline(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    intake = await take_in(gatherer.database, gatherer.reader, source, [entry(HEARING)], NOW)
    assert (intake.added, intake.rejected) == (1, ())
    async with gatherer.database.read() as connection:
        item = await items.get(connection, 1)
        assert item is not None
        assert item.event_id is not None
        event = await events.get(connection, item.event_id)
    assert event is not None
    assert (str(event.start_date), str(event.start_time)) == ("2026-12-03", "15:00:00")
    assert event.time_zone == "Asia/Krasnoyarsk"
    assert [str(stage.at) for stage in event.deadlines] == ["2026-12-01 16:59:59+00:00"]
    assert SAYANOGORSK in item.territories


async def test_taking_in_again_changes_nothing(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    await take_in(gatherer.database, gatherer.reader, source, [entry(HEARING), entry(NEWS, "2")], NOW)
    again = await take_in(gatherer.database, gatherer.reader, source, [entry(HEARING), entry(NEWS, "2")], NOW)
    assert (again.added, again.unchanged, again.updated) == (0, 2, 0)


async def test_same_story_of_another_source_is_merged_under_one_item(gatherer: Gatherer) -> None:
    first = await seeded(gatherer)
    other = await seeded(gatherer, "https://b.example/rss")
    await take_in(gatherer.database, gatherer.reader, first, [entry(NEWS)], NOW)
    retold = NEWS + "\nФото пресс-службы."
    intake = await take_in(gatherer.database, gatherer.reader, other, [entry(retold, "x")], NOW)
    assert intake.merged == 1
    assert await gatherer.rows("SELECT item_id, count(*) FROM publications GROUP BY item_id") == [(1, 2)]
    again = await take_in(gatherer.database, gatherer.reader, other, [entry(retold + " Вчера.", "x")], NOW)
    assert again.merged == 1
    assert await gatherer.rows("SELECT version FROM items") == [(1,)]


async def test_same_words_for_another_day_are_another_item(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    other_day = HEARING.replace("3 декабря", "17 декабря").replace("1 декабря", "15 декабря")
    intake = await take_in(gatherer.database, gatherer.reader, source, [entry(HEARING), entry(other_day, "2")], NOW)
    assert (intake.added, intake.merged) == (2, 0)
    assert await gatherer.rows("SELECT count(*) FROM events") == [(2,)]


async def test_other_words_about_one_event_attach_to_it(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    reminder = (
        "Напоминаем: публичные слушания по бюджету Саяногорска\n"
        "3 декабря 2026 года в 15:00 в Саяногорске обсудят главный финансовый документ. Приходите задать вопросы мэру "
        "и депутатам. С собой нужен паспорт, регистрация участников начнётся за полчаса в фойе первого этажа."
    )
    intake = await take_in(gatherer.database, gatherer.reader, source, [entry(HEARING), entry(reminder, "2")], NOW)
    assert intake.added == 2
    assert await gatherer.rows("SELECT count(*), count(DISTINCT event_id) FROM items") == [(2, 1)]


async def test_source_under_review_waits_for_a_moderator_and_is_found_by_nobody(gatherer: Gatherer) -> None:
    source = await seeded(gatherer, trust=Trust.REVIEW)
    await take_in(gatherer.database, gatherer.reader, source, [entry(HEARING)], NOW)
    assert await gatherer.rows("SELECT state FROM items") == [("review",)]
    assert await gatherer.rows("SELECT count(*) FROM search_documents") == [(0,)]
    assert await gatherer.rows("SELECT status FROM events") == [("tentative",)]
    async with gatherer.database.begin() as connection:
        assert await items.set_state(connection, 1, ItemState.PUBLISHED, NOW)
        assert not await items.set_state(connection, 1, ItemState.PUBLISHED, NOW)
    assert await gatherer.rows("SELECT count(*) FROM search_documents") == [(1,)]
    assert await gatherer.rows("SELECT status FROM events") == [("confirmed",)]
    assert await gatherer.rows("SELECT matched_at FROM items") == [(None,)]


async def test_edit_by_a_source_under_review_goes_back_to_review(gatherer: Gatherer) -> None:
    source = await seeded(gatherer, trust=Trust.REVIEW)
    await take_in(gatherer.database, gatherer.reader, source, [entry(NEWS)], NOW)
    async with gatherer.database.begin() as connection:
        await items.set_state(connection, 1, ItemState.PUBLISHED, NOW)
    await take_in(gatherer.database, gatherer.reader, source, [entry(NEWS + " Взломано.")], NOW)
    assert await gatherer.rows("SELECT state FROM items") == [("review",)]
    assert await gatherer.rows("SELECT count(*) FROM search_documents") == [(0,)]


async def test_rejected_story_stays_rejected_whatever_its_source_edits(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    await take_in(gatherer.database, gatherer.reader, source, [entry(NEWS)], NOW)
    async with gatherer.database.begin() as connection:
        await items.set_state(connection, 1, ItemState.REJECTED, NOW)
    await take_in(gatherer.database, gatherer.reader, source, [entry(NEWS + " Ещё.")], NOW)
    assert await gatherer.rows("SELECT state FROM items") == [("rejected",)]


async def test_trusted_source_vouches_for_a_story_that_waits(gatherer: Gatherer) -> None:
    doubtful = await seeded(gatherer, trust=Trust.REVIEW)
    trusted = await seeded(gatherer, "https://b.example/rss")
    await take_in(gatherer.database, gatherer.reader, doubtful, [entry(NEWS)], NOW)
    await take_in(gatherer.database, gatherer.reader, trusted, [entry(NEWS, "9")], NOW)
    assert await gatherer.rows("SELECT state FROM items") == [("published",)]


async def test_old_text_is_found_and_broadcast_to_nobody(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    old = entry(NEWS, published_at=NOW - timedelta(days=30))
    await take_in(gatherer.database, gatherer.reader, source, [old], NOW)
    assert await gatherer.rows("SELECT count(*) FROM items WHERE matched_at IS NULL") == [(0,)]
    assert await gatherer.rows("SELECT count(*) FROM search_documents") == [(1,)]


@pytest.mark.parametrize(("trust", "status"), [(Trust.AUTO, "cancelled"), (Trust.REVIEW, "confirmed")])
async def test_event_is_called_off_by_a_trusted_source_alone(gatherer: Gatherer, trust: Trust, status: str) -> None:
    first = await seeded(gatherer)
    other = await seeded(gatherer, "https://b.example/rss", trust=trust)
    await take_in(gatherer.database, gatherer.reader, first, [entry(HEARING)], NOW)
    off = (
        "Публичные слушания по бюджету Саяногорска отменены\n"
        "Назначенные на 3 декабря 2026 года публичные слушания по бюджету города Саяногорска отменяются. "
        "О новой дате сообщат дополнительно."
    )
    await take_in(gatherer.database, gatherer.reader, other, [entry(off, "off")], NOW)
    assert await gatherer.rows("SELECT status FROM events") == [(status,)]
    async with gatherer.database.read() as connection:
        asked = [one.kind for one in await questions.waiting(connection)]
    assert asked == ([] if trust is Trust.AUTO else [QuestionKind.CANCELLED])


async def test_what_has_no_text_is_refused_and_the_rest_goes_on(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    given = [entry("", "empty"), entry("12 — 13", "digits"), entry(NEWS, "good"), entry("слово " * 40_000, "long")]
    intake = await take_in(gatherer.database, gatherer.reader, source, given, NOW)
    assert intake.added == 1
    assert {identity for identity, _reason in intake.rejected} == {"empty", "digits", "long"}


async def test_text_with_what_no_database_takes_is_taken_in(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    odd = entry(f"Новость\0 с нулём и половиной \ud83d знака.\n{NEWS}")
    assert (await take_in(gatherer.database, gatherer.reader, source, [odd], NOW)).added == 1


async def test_what_a_handler_wrote_down_is_read_after_a_crash(gatherer: Gatherer) -> None:
    async with gatherer.database.begin() as connection:
        archive = await sources.archive(connection, "chat", SAYANOGORSK, NOW)
        await publications.receive(connection, archive.id, [entry(NEWS)], NOW)
    intake = await unread.read_unread(gatherer.database, gatherer.reader, NOW)
    assert intake.added == 1
    assert await gatherer.rows("SELECT state, matched_at FROM items") == [("published", None)]
    assert (await unread.read_unread(gatherer.database, gatherer.reader, NOW)).added == 0


async def test_two_readers_at_once_make_one_item_of_one_text(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    async with gatherer.database.begin() as connection:
        await publications.receive(connection, source.id, [entry(HEARING), entry(NEWS, "2")], NOW)
    both = await asyncio.gather(*(unread.read_unread(gatherer.database, gatherer.reader, NOW) for _ in range(2)))
    assert [intake.rejected for intake in both] == [(), ()]
    assert await gatherer.rows("SELECT version FROM items ORDER BY id") == [(1,), (1,)]


async def test_story_told_by_two_sources_at_once_is_one_item(
    database: Database, reader: Reader, gathered: Gathering
) -> None:
    gatherer = Gatherer(database, reader, gathered)
    told = [await seeded(gatherer, f"https://{name}.example/rss") for name in "abcd"]
    texts = [f"{NEWS} Фото {number}." for number in range(len(told))]
    await asyncio.gather(
        *(take_in(database, reader, source, [entry(text)], NOW) for source, text in zip(told, texts, strict=True))
    )
    assert await gatherer.rows("SELECT count(*) FROM items") == [(1,)]


async def test_suggestion_is_compared_with_what_is_known(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    await take_in(gatherer.database, gatherer.reader, source, [entry(NEWS), entry(HEARING, "2")], NOW)
    async with gatherer.database.read() as connection:
        (known,) = await similar_to_text(connection, signature(NEWS.replace("фонтан", "скамейки")))
        assert await similar_to_text(connection, signature("Совсем другое дело в другом городе и о другом")) == []
    assert known.item_id == 1
    assert known.similarity > 0.7


async def test_past_event_is_closed(gatherer: Gatherer) -> None:
    source = await seeded(gatherer)
    await take_in(gatherer.database, gatherer.reader, source, [entry(HEARING)], NOW)
    async with gatherer.database.begin() as connection:
        assert await events.close_past(connection, NOW) == 0
        assert await events.close_past(connection, NOW + timedelta(days=30)) == 1
        event = await events.get(connection, 1)
    assert event is not None
    assert event.status is EventStatus.PAST
