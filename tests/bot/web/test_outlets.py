import json
from datetime import UTC, date, datetime

import aiohttp
import feedparser
import pytest
from icalendar import Calendar

from storage.engine import Database
from storage.tables import items
from tests.bot.web.conftest import KHAKASSIA, SAYANOGORSK, TITLE, TOMSK


async def test_a_calendar_holds_the_event_and_its_deadline(http: aiohttp.ClientSession, forum: int) -> None:
    async with http.get(f"/calendar/{SAYANOGORSK}.ics") as reply:
        assert reply.headers["Content-Type"] == "text/calendar; charset=utf-8"
        calendar = Calendar.from_ical(await reply.text())
    event, deadline = calendar.walk("VEVENT")
    assert event["SUMMARY"] == TITLE
    assert event.decoded("DTSTART") == datetime(2026, 12, 15, 7, tzinfo=UTC)
    assert event["LOCATION"] == "ДК «Энергетик»"
    assert deadline.decoded("DTSTART") == date(2026, 12, 10)
    assert event["UID"] != deadline["UID"]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (f"/calendar/{KHAKASSIA}.ics", 2),
        ("/calendar/0.ics", 2),
        (f"/calendar/{TOMSK}.ics", 0),
        (f"/calendar/{SAYANOGORSK}.ics?topic=tos", 2),
        (f"/calendar/{SAYANOGORSK}.ics?topic=sport", 0),
    ],
)
async def test_a_calendar_holds_what_concerns_its_territory_and_topic(
    http: aiohttp.ClientSession, forum: int, path: str, count: int
) -> None:
    async with http.get(path) as reply:
        assert len(Calendar.from_ical(await reply.text()).walk("VEVENT")) == count


@pytest.mark.parametrize("form", ["rss", "atom"])
async def test_a_feed_reader_understands_the_feed(http: aiohttp.ClientSession, forum: int, form: str) -> None:
    async with http.get(f"/feed/{SAYANOGORSK}.{form}") as reply:
        feed = feedparser.parse(await reply.read())
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [TITLE.replace("<", "&lt;").replace(">", "&gt;")] or (
        feed.entries[0].title == TITLE
    )
    assert feed.entries[0].link == "https://news.example/forum"


async def test_a_json_feed_holds_the_text(http: aiohttp.ClientSession, forum: int) -> None:
    async with http.get(f"/feed/{SAYANOGORSK}.json") as reply:
        feed = json.loads(await reply.read())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [(one["title"], one["tags"]) for one in feed["items"]] == [(TITLE, ["tos"])]


async def test_who_has_it_already_is_not_sent_it_again(http: aiohttp.ClientSession, forum: int) -> None:
    async with http.get(f"/feed/{SAYANOGORSK}.rss") as first:
        tag = first.headers["ETag"]
    async with http.get(f"/feed/{SAYANOGORSK}.rss", headers={"If-None-Match": tag}) as again:
        assert (again.status, await again.read()) == (304, b"")
        assert again.headers["ETag"] == tag


async def test_what_is_withdrawn_leaves_feed_calendar_and_page(
    http: aiohttp.ClientSession, sqlite: Database, forum: int
) -> None:
    async with sqlite.begin() as connection:
        await connection.execute(items.update().values(state="withdrawn"))
    async with http.get(f"/feed/{SAYANOGORSK}.json") as reply:
        assert json.loads(await reply.read())["items"] == []
    async with http.get(f"/calendar/{SAYANOGORSK}.ics") as reply:
        assert Calendar.from_ical(await reply.text()).walk("VEVENT") == []
    async with http.get(f"/event/{forum}") as reply:
        assert reply.status == 404


async def test_the_page_of_an_event_offers_every_calendar(http: aiohttp.ClientSession, forum: int) -> None:
    async with http.get(f"/event/{forum}") as reply:
        page = await reply.text()
    assert f'href="/event/{forum}.ics"' in page
    assert "https://calendar.google.com/calendar/render?action=TEMPLATE" in page
    assert "dates=20261215T070000Z%2F20261215T080000Z" in page
    assert "https://calendar.yandex.ru/event?" in page
    assert "startTs=2026-12-15T14%3A00%3A00" in page


async def test_nothing_in_a_text_becomes_part_of_the_page(http: aiohttp.ClientSession, forum: int) -> None:
    async with http.get(f"/event/{forum}") as reply:
        page = await reply.text()
        policy = reply.headers["Content-Security-Policy"]
    assert "<script" not in page
    assert "<Хакасии>" not in page
    assert "javascript:" not in page
    assert "default-src 'none'" in policy


async def test_an_event_can_be_saved_as_a_file(http: aiohttp.ClientSession, forum: int) -> None:
    async with http.get(f"/event/{forum}.ics?download") as reply:
        assert reply.headers["Content-Disposition"] == f'attachment; filename="event-{forum}.ics"'
    async with http.get(f"/event/{forum}.ics") as reply:
        assert "Content-Disposition" not in reply.headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/event/999999",
        "/event/999999999999999",
        "/event/1%27%20OR%201=1",
        "/calendar/12345678.ics",
        "/calendar/../../etc/passwd",
        f"/calendar/{SAYANOGORSK}.ics?topic=nonsense",
        f"/feed/{SAYANOGORSK}.exe",
    ],
)
async def test_what_is_not_there_is_said_in_words(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path) as reply:
        assert reply.status == 404
        assert "Здесь ничего нет" in await reply.text()
