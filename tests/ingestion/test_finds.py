"""What fuzzing found: bytes on which a parser fell over once, each with what it should have made of them."""

import pytest

from ingestion.parsers import calendars, communities, feeds, plans
from ingestion.parsers.given import ParseError
from tests.ingestion.given import made

GOOD = "BEGIN:VEVENT\r\nUID:good\r\nDTSTART:20261205T150000Z\r\nSUMMARY:Концерт\r\nEND:VEVENT\r\n"


def test_event_with_a_broken_recurrence_id_takes_no_other_with_it() -> None:
    broken = (
        "BEGIN:VEVENT\r\nUID:broken\r\nRECURRENCE-ID:20261208T1\x01TSTART\r\nDTSTART:20261209T170000Z\r\nEND:VEVENT\r\n"
    )
    parsed = calendars.parse(made(f"BEGIN:VCALENDAR\r\n{broken}{GOOD}END:VCALENDAR\r\n"))
    assert "good" in [entry.external_id for entry in parsed.entries]


def test_event_of_a_plan_that_is_named_by_what_cannot_be_seen_is_named_by_nothing() -> None:
    (row,) = plans.rows(made("Дата;Мероприятие;Место\n13.12.2026;\0\u200b;Клуб\n"))
    assert (row.entry, row.reason) == (None, "names no event")


def test_feed_on_which_the_library_itself_trips_is_refused_with_a_reason() -> None:
    with pytest.raises(ParseError, match="no feed that can be read"):
        feeds.parse(made("<rss version='2.0'><channel><item><entry><title>a</title><link>h</item></link>"))


def test_post_of_a_community_was_not_published_in_the_future() -> None:
    body = '{"response": {"items": [{"id": 1, "owner_id": -5, "date": 1999999999, "text": "Субботник у школы"}]}}'
    (entry,) = communities.parse(made(body)).entries
    assert entry.published_at is None


def test_post_of_a_community_with_attachments_that_are_none_keeps_its_text() -> None:
    body = '{"response": {"items": [{"id": 1, "owner_id": -5, "text": "Субботник у школы", "attachments": 5}]}}'
    (entry,) = communities.parse(made(body)).entries
    assert entry.text == "Субботник у школы"


def test_calendar_with_a_time_zone_longer_than_a_file_name_may_be_is_refused() -> None:
    zone = "Asia/" + "K" * 300
    event = f"BEGIN:VEVENT\r\nUID:long\r\nDTSTART;TZID={zone}:20261205T150000\r\nSUMMARY:Концерт\r\nEND:VEVENT\r\n"
    with pytest.raises(ParseError, match="broken calendar"):
        calendars.parse(made(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n"))


def test_entry_of_a_feed_whose_links_are_words_takes_no_other_with_it() -> None:
    good = "<item><title>Ярмарка</title><link>http://vesti.example/1</link></item>"
    broken = "<item><title>a</title><links>b</links><link>http://vesti.example/2</link></item>"
    parsed = feeds.parse(made(f"<rss version='2.0'><channel>{broken}{good}</channel></rss>"))
    assert "Ярмарка" in [entry.title for entry in parsed.entries]


def test_entry_whose_only_day_cannot_be_read_has_none() -> None:
    item = "<item><title>Ярмарка</title><link>http://vesti.example/1</link><pubDate>0.11.2026 08:15</pubDate></item>"
    (entry,) = feeds.parse(made(f"<rss version='2.0'><channel>{item}</channel></rss>")).entries
    assert entry.published_at is None
