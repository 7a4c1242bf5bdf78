"""Polls over a local server: what comes in, what is left alone, and what a source's troubles lead to."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from domain.sources import SourceKind
from ingestion import polling
from ingestion.detection import Detector
from ingestion.polling import Poller
from storage.intake import questions, source_health
from storage.intake.questions import QuestionKind
from tests.ingestion.conftest import Gatherer
from tests.ingestion.given import FIXTURES, NOW
from tests.ingestion.site import Site, serving

ITEM = "<item><title>{title}</title><link>/n/{n}</link><guid>{n}</guid><description>{text}</description></item>"


def feed(*texts: str) -> str:
    items = "".join(ITEM.format(n=n, title=text.split(".")[0], text=text) for n, text in enumerate(texts))
    return f"<rss version='2.0'><channel><title>Вести</title>{items}</channel></rss>"


MEETING = "Собрание ТОС «Заречье» пройдёт 5 декабря 2026 года в 18:00 в школе № 5 города Саяногорска. Ждём всех."
FAIR = "Ярмарка мёда откроется в Саяногорске 12 декабря 2026 года в 10:00 на площади у дома культуры «Энергетик»."
ROAD = "Дорогу на улице Шушенской отремонтировали. Подрядчик уложил новый асфальт и нанёс разметку, рассказали в мэрии."


def _bytes(name: str) -> bytes:
    return (Path(FIXTURES) / name).read_bytes()


@pytest.mark.parametrize(
    ("kind", "path", "name", "count"),
    [
        (SourceKind.FEED, "/rss.xml", "rss20_cp1251.xml", 2),
        (SourceKind.FEED, "/koi8", "rss20_koi8_undeclared.xml", 1),
        (SourceKind.FEED, "/atom", "atom.xml", 1),
        (SourceKind.FEED, "/rdf", "rdf10.xml", 1),
        (SourceKind.FEED, "/feed.json", "feed.json", 2),
        (SourceKind.CALENDAR, "/cal.ics", "calendar.ics", 5),
        (SourceKind.CALENDAR, "/plan.csv", "plan.csv", 2),
    ],
)
async def test_round_trip(gatherer: Gatherer, site: Site, kind: SourceKind, path: str, name: str, count: int) -> None:
    site.put(path, _bytes(name))
    source = await gatherer.follow(site.url + path, kind=kind)
    intake = await gatherer.poll(source)
    assert (intake.added + intake.merged, intake.rejected) == (count, ())
    assert (await gatherer.poll(source)).added == 0


async def test_page_without_a_feed_comes_in_by_its_articles(gatherer: Gatherer, site: Site) -> None:
    site.put("/news/", _bytes("list.html"), Content_Type="text/html")
    for number in (409, 410, 411, 412):
        article = _bytes("article.html").decode().replace("3 декабря", f"{number - 400} декабря")
        site.put(f"/news/{number}/", article.replace("по бюджету", f"по вопросу {number}"))
    source = await gatherer.follow(f"{site.url}/news/", kind=SourceKind.PAGE)
    await gatherer.poll(source)
    found = await gatherer.rows("SELECT title FROM publications ORDER BY id")
    assert [title for (title,) in found] == [
        f"Жителей приглашают на публичные слушания по вопросу {number}" for number in (409, 410, 411, 412)
    ]
    await gatherer.poll(source)
    assert site.times("/news/412/") == 1


async def test_sitemap_and_its_index_are_followed(gatherer: Gatherer, site: Site) -> None:
    head = "<?xml version='1.0'?>"
    site.put("/map.xml", f"{head}<sitemapindex><sitemap><loc>{site.url}/part.xml</loc></sitemap></sitemapindex>")
    site.put("/part.xml", f"{head}<urlset><url><loc>{site.url}/a</loc><lastmod>2026-11-20</lastmod></url></urlset>")
    site.put("/a", _bytes("article.html"))
    source = await gatherer.follow(f"{site.url}/map.xml", kind=SourceKind.SITEMAP)
    assert (await gatherer.poll(source)).added == 1


async def test_community_is_asked_with_the_key_in_the_body_alone(gatherer: Gatherer, site: Site) -> None:
    forms: list[dict[str, str]] = []

    async def wall(request: web.BaseRequest) -> web.StreamResponse:
        forms.append({name: str(value) for name, value in (await request.post()).items()})
        return web.Response(body=_bytes("wall.json"))

    site.answers["/method/wall.get"] = wall
    source = await gatherer.follow("https://vk.com/tos", kind=SourceKind.VK, settings={"domain": "tos"})
    assert (await gatherer.poll(source)).added == 2
    assert (forms[0]["access_token"], forms[0]["domain"]) == ("key", "tos")
    assert "key" not in str(site.asked[-1].url)
    assert (await gatherer.source(source)).title == "ТОС «Заречье»"


async def test_refusal_of_the_community_is_the_health_of_the_source(gatherer: Gatherer, site: Site) -> None:
    site.put("/method/wall.get", json.dumps({"error": {"error_code": 15}}))
    source = await gatherer.follow("https://vk.com/tos", kind=SourceKind.VK, settings={"domain": "tos"})
    await gatherer.poll(source)
    assert "does not show" in str((await gatherer.source(source)).last_error)


async def test_first_crawl_is_silent_and_what_comes_later_is_not(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING))
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    site.put("/rss", feed(MEETING, FAIR))
    await gatherer.poll(source)
    states = await gatherer.rows("SELECT title, matched_at IS NULL FROM items ORDER BY id")
    assert [bool(waits) for _title, waits in states] == [False, True]


async def test_unchanged_answer_is_neither_sent_nor_parsed_again(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING), ETag='"one"')
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    await gatherer.poll(source)
    assert site.asked[-1].headers["If-None-Match"] == '"one"'
    assert (await gatherer.source(source)).failures == 0
    assert len(await gatherer.rows("SELECT id FROM publications")) == 1


async def test_edited_publication_makes_a_new_version_and_moves_its_event(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING))
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    site.put("/rss", feed(MEETING.replace("5 декабря", "6 декабря")))
    assert (await gatherer.poll(source)).updated == 1
    assert await gatherer.rows("SELECT version FROM items") == [(2,)]
    assert await gatherer.rows("SELECT start_date, sequence FROM events") == [("2026-12-06", 1)]


async def test_edit_of_what_was_sent_asks_for_a_correction(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING))
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    async with gatherer.database.begin() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO mailings (kind, state, lane, promise, item_id, key, created_at) "
            "VALUES ('item', 'finished', 'ordinary', 'at_least_once', 1, 'item:1', 0)"
        )
    site.put("/rss", feed(MEETING.replace("18:00", "19:00")))
    await gatherer.poll(source)
    async with gatherer.database.read() as connection:
        (question,) = await questions.waiting(connection)
    assert question.kind is QuestionKind.CORRECTION
    assert "19:00" in question.details["after"]


async def test_event_that_vanishes_from_its_calendar_is_asked_about_and_not_cancelled(
    gatherer: Gatherer, site: Site
) -> None:
    whole = _bytes("calendar.ics").decode()
    site.put("/cal", whole)
    source = await gatherer.follow(f"{site.url}/cal", kind=SourceKind.CALENDAR)
    await gatherer.poll(source)
    begin = whole.index("BEGIN:VEVENT\r\nUID:concert")
    end = whole.index("END:VEVENT\r\n", begin) + len("END:VEVENT\r\n")
    site.put("/cal", whole[:begin] + whole[end:])
    await gatherer.poll(source)
    await gatherer.poll(source)
    async with gatherer.database.read() as connection:
        (question,) = await questions.waiting(connection)
    assert (question.kind, question.details["title"]) == (QuestionKind.VANISHED, "Концерт хора ветеранов")
    rows = await gatherer.rows("SELECT status FROM events WHERE title = 'Концерт хора ветеранов'")
    assert rows == [("confirmed",)]


async def test_page_of_an_event_ahead_that_is_gone_is_asked_about(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING))
    site.put("/n/0", f"<html><body><main><h1>Собрание</h1><p>{MEETING}</p></main></body></html>")
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source, later=timedelta(hours=30))
    await gatherer.poll(source, later=timedelta(hours=30))
    assert site.times("/n/0") == 1
    site.put("/n/0", "", status=410)
    await gatherer.poll(source)
    await gatherer.poll(source)
    async with gatherer.database.read() as connection:
        (question,) = await questions.waiting(connection)
    assert question.kind is QuestionKind.VANISHED
    assert site.times("/n/0") == 2


async def test_edited_article_of_a_page_is_followed(gatherer: Gatherer, site: Site) -> None:
    site.put("/news/", _bytes("list.html"))
    for number in (409, 410, 411, 412):
        site.put(f"/news/{number}/", _bytes("article.html").decode().replace("по бюджету", f"по вопросу {number}"))
    source = await gatherer.follow(f"{site.url}/news/", kind=SourceKind.PAGE)
    await gatherer.poll(source, later=timedelta(hours=7))
    edited = _bytes("article.html").decode().replace("по бюджету", "по вопросу 409").replace("15:00", "16:00")
    site.put("/news/409/", edited)
    await gatherer.poll(source, later=timedelta(hours=7))
    await gatherer.poll(source)
    assert await gatherer.rows("SELECT version FROM publications ORDER BY id") == [(2,), (1,), (1,), (1,)]


async def test_event_cancelled_in_its_calendar_is_cancelled(gatherer: Gatherer, site: Site) -> None:
    whole = _bytes("calendar.ics").decode()
    site.put("/cal", whole)
    source = await gatherer.follow(f"{site.url}/cal", kind=SourceKind.CALENDAR)
    await gatherer.poll(source)
    site.put("/cal", whole.replace("SUMMARY:Концерт", "STATUS:CANCELLED\r\nSUMMARY:Концерт"))
    await gatherer.poll(source)
    rows = await gatherer.rows("SELECT status, sequence FROM events WHERE title = 'Концерт хора ветеранов'")
    assert rows == [("cancelled", 1)]


async def test_burst_is_broadcast_to_nobody_and_told_once(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING))
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    flood = [
        f"Сообщение номер {n}. Совсем отдельный текст {n * 7919} о разном {n * 104729} и новом {n}." for n in range(60)
    ]
    site.put("/rss", feed(MEETING, *flood))
    await gatherer.poll(source)
    assert await gatherer.rows("SELECT count(*) FROM items WHERE matched_at IS NULL") == [(0,)]
    async with gatherer.database.read() as connection:
        (question,) = await questions.waiting(connection)
    assert (question.kind, question.details["count"]) == (QuestionKind.BURST, 60)


async def test_source_that_fails_is_polled_more_rarely_and_alarms_once(gatherer: Gatherer, site: Site) -> None:
    source = await gatherer.follow(f"{site.url}/rss")
    pauses = []
    for _ in range(4):
        before = gatherer.now
        await gatherer.poll(source)
        pauses.append((await gatherer.source(source)).next_poll_at - before)  # type: ignore[operator]
    assert pauses[3] > pauses[1] > timedelta(minutes=20)
    async with gatherer.database.begin() as connection:
        (failing,) = await source_health.to_alarm(connection)
        await source_health.set_alarmed(connection, failing.id, gatherer.now)
        assert await source_health.to_alarm(connection) == []
    site.put("/rss", feed(MEETING))
    await gatherer.poll(source)
    async with gatherer.database.read() as connection:
        assert [one.id for one in await source_health.recovered(connection)] == [source.id]


async def test_source_that_is_suddenly_empty_is_at_fault(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING, FAIR))
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    site.put("/rss", feed())
    await gatherer.poll(source)
    after = await gatherer.source(source)
    assert (after.failures, after.last_error) == (1, "gives nothing any more; last time it gave 2")


async def test_server_that_asks_for_a_pause_gets_it(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", "", status=503, Retry_After="7200")
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    assert (await gatherer.source(source)).next_poll_at == NOW + timedelta(hours=2)


async def test_robots_that_are_not_wanted_stay_away(gatherer: Gatherer, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /rss\n")
    site.put("/rss", feed(MEETING))
    source = await gatherer.follow(f"{site.url}/rss")
    await gatherer.poll(source)
    assert site.times("/rss") == 0
    assert "robots.txt" in str((await gatherer.source(source)).last_error)


async def test_we_say_who_we_are_and_where_we_are_found(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING))
    await gatherer.poll(await gatherer.follow(f"{site.url}/rss"))
    agent = site.asked[-1].headers["User-Agent"]
    assert agent.startswith("Glashatai/")
    assert "+https://news.example" in agent


async def test_source_that_hangs_delays_no_other(gatherer: Gatherer, site: Site) -> None:
    release = asyncio.Event()

    async def hang(_request: web.BaseRequest) -> web.StreamResponse:
        await release.wait()
        return web.Response(text=feed(FAIR))

    site.answers["/hangs"] = hang
    site.put("/rss", feed(MEETING))
    slow = await gatherer.follow(f"{site.url}/hangs")
    quick = await gatherer.follow(f"{site.url}/rss")
    poller = Poller(gatherer.database, gatherer.reader, gatherer.gathered.collector, interval=timedelta(minutes=15))
    assert await poller.tick(NOW) == 2
    await asyncio.wait(poller._running, return_when=asyncio.FIRST_COMPLETED)
    assert (await gatherer.source(quick)).last_success_at is not None
    assert (await gatherer.source(slow)).last_success_at is None
    release.set()
    await poller.drain()
    assert (await gatherer.source(slow)).last_success_at is not None


async def test_host_that_hangs_with_all_its_sources_leaves_room_for_the_others(
    gatherer: Gatherer, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "AT_ONE_HOST", 2)
    release = asyncio.Event()

    async def hang(_request: web.BaseRequest) -> web.StreamResponse:
        await release.wait()
        return web.Response(text=feed(FAIR))

    site.answers["/robots.txt"] = hang
    for number in range(3):
        await gatherer.follow(f"{site.url}/{number}")
    async with serving() as other:
        other.put("/rss", feed(MEETING))
        quick = await gatherer.follow(f"{other.url}/rss")
        poller = Poller(
            gatherer.database, gatherer.reader, gatherer.gathered.collector, interval=timedelta(minutes=15), at_once=4
        )
        assert await poller.tick(NOW) == 3
        await asyncio.wait(poller._running, return_when=asyncio.FIRST_COMPLETED)
        assert (await gatherer.source(quick)).last_success_at is not None
        release.set()
        await poller.drain()
        assert await poller.tick(NOW + timedelta(minutes=1)) == 1
        await poller.close()


async def test_claimed_source_is_given_to_nobody_else(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed(MEETING))
    await gatherer.follow(f"{site.url}/rss")
    make = [
        Poller(gatherer.database, gatherer.reader, gatherer.gathered.collector, interval=timedelta(minutes=15))
        for _ in range(2)
    ]
    assert [await poller.tick(NOW) for poller in make] == [1, 0]
    for poller in make:
        await poller.close()


async def test_more_articles_than_one_poll_takes_come_with_the_next_and_still_silently(
    gatherer: Gatherer, site: Site
) -> None:
    links = "".join(
        f"<div class=n><a href='/n/{n}/'>Заголовок новости с номером {n} целиком</a></div>" for n in range(25)
    )
    site.put("/news", f"<html><title>Новости</title><body>{links}</body></html>")
    for n in range(25):
        body = f"<h1>Заголовок новости с номером {n} целиком</h1><p>{ROAD} {n * 7919} {ROAD[::-1]} {n}</p>"
        site.put(f"/n/{n}/", f"<html><body><main>{body}</main></body></html>")
    source = await gatherer.follow(f"{site.url}/news", kind=SourceKind.PAGE)
    await gatherer.poll(source)
    first = await gatherer.source(source)
    assert first.seeded_at is None
    await gatherer.poll(source)
    assert (await gatherer.source(source)).seeded_at is not None
    assert await gatherer.rows("SELECT count(*) FROM publications") == [(25,)]
    assert await gatherer.rows("SELECT count(*) FROM items WHERE matched_at IS NULL") == [(0,)]


def detector(gatherer: Gatherer) -> Detector:
    return gatherer.gathered.detector


async def test_site_is_followed_by_the_feed_it_announces(gatherer: Gatherer, site: Site) -> None:
    site.put("/", _bytes("article.html"))
    site.put("/rss.xml", feed(MEETING))
    finding = await detector(gatherer).probe(f"{site.url}/")
    assert (finding.kind, finding.url) == (SourceKind.FEED, f"{site.url}/rss.xml")
    assert finding.entries[0].text.startswith("Собрание ТОС")


async def test_feed_that_gives_only_leads_is_followed_to_its_articles(gatherer: Gatherer, site: Site) -> None:
    site.put("/rss", feed("Жителей приглашают на публичные слушания по бюджету."))
    site.put("/n/0", _bytes("article.html"))
    finding = await detector(gatherer).probe(f"{site.url}/rss")
    assert (finding.kind, finding.settings) == (SourceKind.FEED, {"full": "yes"})
    source = await gatherer.follow(finding.url, settings=finding.settings)
    assert (await gatherer.poll(source)).added == 1
    assert await gatherer.rows("SELECT external_id, start_date FROM publications JOIN items USING (url), events") == [
        (f"{site.url}/n/0", "2026-12-03")
    ]
    assert (await gatherer.poll(source)).updated == 0


async def test_site_without_a_feed_is_followed_by_its_list(gatherer: Gatherer, site: Site) -> None:
    site.put("/news/", _bytes("list.html"))
    site.put("/news/412/", _bytes("article.html"))
    finding = await detector(gatherer).probe(f"{site.url}/news/")
    assert finding.kind is SourceKind.PAGE
    assert len(finding.entries) == 3


@pytest.mark.parametrize(
    ("address", "kind", "url"),
    [
        ("https://t.me/Sayanogorsk_news", SourceKind.TELEGRAM, "https://t.me/sayanogorsk_news"),
        ("@Sayanogorsk_news", SourceKind.TELEGRAM, "https://t.me/sayanogorsk_news"),
        ("vk.com/club123", SourceKind.VK, "https://vk.com/club123"),
    ],
)
async def test_channels_and_communities_are_known_by_their_address(
    gatherer: Gatherer, site: Site, address: str, kind: SourceKind, url: str
) -> None:
    site.put("/method/wall.get", _bytes("wall.json"))
    finding = await detector(gatherer).probe(address)
    assert (finding.kind, finding.url) == (kind, url)


async def test_address_with_nothing_to_follow_says_why(gatherer: Gatherer, site: Site) -> None:
    finding = await detector(gatherer).probe(f"{site.url}/nowhere")
    assert (finding.kind, finding.problem) == (None, "answered 404")
