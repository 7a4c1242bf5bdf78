"""Every kind of source out of a saved body: what must come in, word for word where it matters."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from domain.sources import SourceKind
from ingestion import parsing
from ingestion.parsers import articles, calendars, communities, feeds, lists, plans, sitemaps
from ingestion.parsers.given import Given, ParseError
from ingestion.parsers.plain_text import innermost_first
from tests.ingestion.given import made, saved

MOSCOW = ZoneInfo("Europe/Moscow")
KRASNOYARSK = ZoneInfo("Asia/Krasnoyarsk")


def test_windows_1251_feed_gives_full_text_and_resolves_links() -> None:
    parsed = feeds.parse(saved("rss20_cp1251.xml"))
    outage, contest = parsed.entries
    assert parsed.title == "Администрация города Верхнереченска"
    assert outage.external_id == "news-1204"
    assert outage.text.startswith("Завтра в посёлке Заречном отключат горячую воду\nРемонт теплотрассы")
    assert "в домах 1–40" in outage.text
    assert outage.published_at == datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    assert contest.url == "https://site.example/news/1203/"
    assert contest.text == "Приём заявок на конкурс «Лучший двор»\nЗаявки ждут до 10 декабря.\nПоложение — на сайте."
    assert contest.published_at == datetime(2026, 11, 19, 12, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("name", "title", "published"),
    [
        ("rss20_koi8_undeclared.xml", "Субботник на берегу реки", datetime(2026, 11, 14, 12, tzinfo=MOSCOW)),
        ("rss20_declares_utf8_is_cp1251.xml", "Ярмарка выходного дня", datetime(2026, 11, 20, 8, 15, tzinfo=MOSCOW)),
        ("rss091.xml", "Собрание жителей улицы Мира", None),
        ("rdf10.xml", "Публичные слушания по бюджету", datetime(2026, 11, 18, 3, tzinfo=UTC)),
        ("atom.xml", "Форум ТОС открыт для заявок", datetime(2026, 11, 19, 12, tzinfo=UTC)),
        ("feed.json", "Турнир по шахматам", datetime(2026, 11, 20, 7, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("header", ["", "text/html; charset=iso-8859-1", "application/xml; charset=koi8-r"])
def test_feeds_of_every_age_are_read_whatever_the_header_says(
    name: str, title: str, published: datetime | None, header: str
) -> None:
    entry = feeds.parse(saved(name, content_type=header)).entries[0]
    assert (entry.title, entry.published_at) == (title, published)


def test_calendar_knows_zones_recurrence_exceptions_and_what_moved() -> None:
    parsed = calendars.parse(saved("calendar.ics"))
    found = {entry.external_id: entry.occurrence for entry in parsed.entries}
    concert = found["concert@dk.example"]
    assert parsed.complete
    assert parsed.title == "Афиша дома культуры"
    assert concert is not None
    assert concert.starts_at == datetime(2026, 12, 4, 18, tzinfo=KRASNOYARSK)
    assert concert.ends_at == datetime(2026, 12, 4, 20, tzinfo=KRASNOYARSK)
    assert (concert.venue, concert.link) == ("ДК «Энергетик», большой зал", "https://dk.example/concert")
    receptions = sorted(one.starts_at for name, one in found.items() if name.startswith("reception") and one)
    assert receptions == [
        datetime(2026, 12, 1, 18, 30, tzinfo=KRASNOYARSK),
        datetime(2026, 12, 9, 17, 0, tzinfo=KRASNOYARSK),  # moved from the 8th
        datetime(2026, 12, 22, 18, 30, tzinfo=KRASNOYARSK),  # the 15th is excepted
    ]


def test_cancelled_event_of_whole_days_ends_on_its_last_day() -> None:
    parsed = calendars.parse(saved("calendar.ics"))
    fair = next(entry.occurrence for entry in parsed.entries if entry.external_id == "fair@dk.example")
    assert fair is not None
    assert fair.cancelled
    assert fair.whole_day
    assert (fair.starts_at.date().day, fair.ends_at and fair.ends_at.date().day) == (5, 6)


def test_long_past_event_does_not_come_in() -> None:
    assert "old@dk.example" not in {entry.external_id for entry in calendars.parse(saved("calendar.ics")).entries}


def test_weekly_hour_stays_the_same_over_summer_time() -> None:
    body = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Berlin:20261024T100000\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=8\r\nSUMMARY:Встреча\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    starts = [entry.occurrence.starts_at for entry in calendars.parse(made(body)).entries if entry.occurrence]
    assert {start.hour for start in starts} == {10}
    assert len({start.utcoffset() for start in starts}) == 2


def test_plan_of_events_comes_in_row_by_row() -> None:
    rows = list(plans.rows(saved("plan.csv")))
    assert [row.line for row in rows if row.entry is None] == [4, 5]
    evening, race = (row.entry for row in rows[:2])
    assert evening is not None
    assert evening.occurrence is not None
    assert evening.occurrence.starts_at == datetime(2026, 12, 5, 18, tzinfo=MOSCOW)
    assert evening.occurrence.venue == "Районная библиотека"
    assert race is not None
    assert race.occurrence is not None
    assert race.occurrence.whole_day


def test_list_page_gives_its_news_and_neither_menus_nor_pages() -> None:
    links = lists.parse(saved("list.html")).links
    assert [link.url.rsplit("/", 2)[1] for link in links] == ["412", "411", "410", "409"]
    assert links[1].title == "Жителей приглашают на публичные слушания по бюджету"
    assert [link.published_at and link.published_at.day for link in links] == [20, 19, 18, 17]


def test_list_in_an_old_table_is_found_with_the_date_beside_each_link() -> None:
    links = lists.parse(saved("list_cp1251_table.html")).links
    assert [link.url.partition("?")[2] for link in links] == ["news=31", "news=30", "news=29"]
    assert [link.published_at and link.published_at.day for link in links] == [15, 12, 1]


def test_css_rule_goes_before_what_is_found_by_itself() -> None:
    links = lists.parse(saved("list.html", links=".menu a")).links
    assert [link.title for link in links][:1] == ["Городская администрация и службы"]


@pytest.mark.parametrize("rule", ["a[[", "::::", "a:unknown(("])
def test_broken_css_rule_is_named(rule: str) -> None:
    with pytest.raises(ParseError):
        lists.parse(saved("list.html", links=rule))


def test_article_comes_without_head_foot_menu_and_neighbours() -> None:
    given = saved("article.html", url="https://site.example/news/411/")
    entry = articles.parse(given).entries[0]
    assert entry.title == "Жителей приглашают на публичные слушания по бюджету"
    assert entry.text.startswith("Жителей приглашают на публичные слушания по бюджету\nПубличные слушания по проекту")
    assert entry.text.endswith("в библиотеке и на сайте города.")
    assert entry.published_at == datetime(2026, 11, 19, 14, 20, tzinfo=MOSCOW)
    for foreign in ("Краснокаменск", "Контакты", "Поделиться", "каток", "Погода"):
        assert foreign not in entry.text


def test_article_follows_the_rules_of_its_site() -> None:
    given = saved("article.html", text=".text p:first-child", title="header div", date=".news-date")
    entry = articles.parse(given).entries[0]
    assert entry.title == "Официальный сайт города Краснокаменска-на-Реке"
    assert "Предложения принимают" not in entry.text


def test_sitemap_gives_recent_pages_newest_first() -> None:
    assert [link.url for link in sitemaps.parse(saved("sitemap.xml")).links] == [
        "https://map.example/news/2",
        "https://map.example/news/1",
    ]
    assert len(sitemaps.parse(saved("sitemap.xml", match="/news/2")).links) == 1


def test_wall_gives_posts_reposts_and_no_advertisements() -> None:
    parsed = communities.parse(saved("wall.json"))
    post, repost = parsed.entries
    assert parsed.title == "ТОС «Заречье»"
    assert post.url == "https://vk.com/wall-123_91"
    assert "Подробности на сайте ТОС" in post.text
    assert repost.text == "Отключение света 23 ноября на улице Садовой."


@pytest.mark.parametrize(
    ("code", "reason"), [(5, "service token"), (15, "does not show"), (18, "deleted"), (100, "no such"), (999, "999")]
)
def test_refusals_of_vk_are_said_in_words(code: int, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        communities.parse(made(f'{{"error": {{"error_code": {code}, "error_msg": "…"}}}}'))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("rss20_cp1251.xml", SourceKind.FEED),
        ("feed.json", SourceKind.FEED),
        ("calendar.ics", SourceKind.CALENDAR),
        ("plan.csv", SourceKind.CALENDAR),
        ("sitemap.xml", SourceKind.SITEMAP),
        ("list.html", SourceKind.PAGE),
    ],
)
def test_kind_is_known_by_the_body_not_by_the_header(name: str, kind: SourceKind) -> None:
    assert parsing.guess(saved(name, content_type="application/octet-stream")).kind is kind


def test_page_announces_its_feed() -> None:
    guess = parsing.guess(saved("article.html", url="https://site.example/news/411/"))
    assert guess.announced == ("https://site.example/rss.xml",)


@pytest.mark.parametrize("body", ["", "просто слова", "{}", "[]", "<rss", "BEGIN:VCALENDAR", "\0\0\0", "%PDF-1.7"])
@pytest.mark.parametrize("kind", list(parsing.PARSERS))
def test_what_is_nothing_of_the_kind_is_refused_or_empty(kind: SourceKind, body: str) -> None:
    given: Given = made(body)
    try:
        parsed = parsing.parse_kind(kind, given)
    except ParseError:
        return
    assert not parsed.entries
    assert not parsed.links


@pytest.mark.parametrize(
    ("inside", "photo"),
    [
        ('<enclosure url="/upload/1.jpg" type="image/jpeg" length="5"/>', "https://site.example/upload/1.jpg"),
        ('<media:content url="https://cdn.example/2.jpg" medium="image"/>', "https://cdn.example/2.jpg"),
        ('<media:thumbnail url="https://cdn.example/3.jpg"/>', "https://cdn.example/3.jpg"),
        ("<description>&lt;p&gt;&lt;img src='/a.jpg'&gt;Текст&lt;/p&gt;</description>", "https://site.example/a.jpg"),
        (
            "<description>Сквер</description><content:encoded>&lt;img src='/b.jpg'&gt; Текст</content:encoded>",
            "https://site.example/b.jpg",
        ),
        ('<enclosure url="/plan.pdf" type="application/pdf" length="5"/>', None),
        ("<description>&lt;img src='javascript:alert(1)'&gt;</description>", None),
    ],
)
def test_feed_tells_the_picture_of_an_article(inside: str, photo: str | None) -> None:
    namespace = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    item = f"<item><title>Новый сквер</title><link>/1</link>{inside}</item>"
    (entry,) = feeds.parse(made(f'<rss version="2.0" {namespace}><channel>{item}</channel></rss>')).entries
    assert entry.photo == photo


@pytest.mark.parametrize(
    ("head", "photo"),
    [
        ('<meta property="og:image" content="/upload/square.jpg">', "https://site.example/upload/square.jpg"),
        ('<meta property="og:image" content="/images/logo.png">', None),
        ('<meta property="og:image" content="/images/no-photo_2.jpg?v=1">', None),
        (
            '<meta property="og:image" content="/sites/default/files/shared.jpg">',
            "https://site.example/sites/default/files/shared.jpg",
        ),
        ("", None),
    ],
)
def test_page_tells_the_picture_of_its_article_but_not_the_sign_of_the_site(head: str, photo: str | None) -> None:
    text = "На улице Ленина открыли новый сквер, в нём высадили деревья и поставили скамейки."
    page = f"<html><head>{head}</head><body><h1>Новый сквер открыт</h1><p>{text}</p></body></html>"
    assert articles.parse(made(page)).entries[0].photo == photo


def test_post_of_a_community_brings_its_photo_in_the_largest_size() -> None:
    sizes = '[{"url": "https://vk.example/s.jpg", "width": 75}, {"url": "https://vk.example/x.jpg", "width": 604}]'
    post = f'{{"id": 1, "owner_id": -5, "text": "Сквер", "attachments": [{{"photo": {{"sizes": {sizes}}}}}]}}'
    (entry,) = communities.parse(made(f'{{"response": {{"items": [{post}]}}}}')).entries
    assert entry.photo == "https://vk.example/x.jpg"


def test_address_too_long_to_keep_whole_is_none() -> None:
    far = "https://vk.example/" + "x" * 2000
    post = (
        f'{{"id": 1, "owner_id": -5, "text": "Сквер", "attachments": [{{"photo": {{"sizes": [{{"url": "{far}"}}]}}}}]}}'
    )
    (posted,) = communities.parse(made(f'{{"response": {{"items": [{post}]}}}}')).entries
    item = f"<item><guid>1</guid><title>Новый сквер</title><link>{far}</link></item>"
    (fed,) = feeds.parse(made(f'<rss version="2.0"><channel>{item}</channel></rss>')).entries
    assert (posted.photo, fed.url) == (None, None)


def test_parts_of_a_page_are_taken_out_once_and_from_the_inside() -> None:
    page = LexborHTMLParser(
        "<header id=a><nav id=b role=navigation><aside id=c></aside></nav></header><nav id=d></nav>"
    )
    found = innermost_first(page.css("nav, header, aside, [role=navigation]"))
    assert [node.attributes["id"] for node in found] == ["d", "c", "b", "a"]


def test_headline_far_from_a_link_is_not_its_name() -> None:
    """Nor is the whole page read for each of thousands of links that stand in one block."""
    cards = "".join(f"<div><h3>Открыт новый сквер {n}</h3><a href='/news/{n}'>Подробнее</a></div>" for n in range(5))
    flat = "<div><h2>Все новости нашего города</h2>" + "<br>" * 400 + "<a href='/other/1'>Подробнее</a></div>"
    names = {link.url: link.title for link in lists.parse(made(cards + flat, links="a")).links}
    assert names["https://site.example/news/3"] == "Открыт новый сквер 3"
    assert names["https://site.example/other/1"] == "Подробнее"
