"""Pushes, digests and notices as people read them, and whatever is in them, as Telegram takes them."""

import random
from datetime import UTC, date, datetime, time, timedelta

from analysis.geography.gazetteer import builtin
from domain.announcements import Audience
from domain.cards import Listed
from domain.events import Deadline, Event, EventStatus
from domain.items import Item, ItemState
from domain.messages import LONGEST_TEXT, Message
from domain.queries import Kind
from domain.readings import EventKind, Evidence
from domain.subscribers import Frequency, Subscription
from domain.topics import Topic
from presenters.language.words import Words, words_for
from presenters.pushed import digests, event_notices, pushes, taming
from sandbox.entities import utf16
from sandbox.html_mode import parse_html
from tests.presenters.goldens import Golden, Screens

NOW = datetime(2026, 12, 6, 12, 0, tzinfo=UTC)
ZONE = "Europe/Moscow"
SAYANOGORSK = "95708000"


def told(title: str = "V форум ТОС Хакасии", **values: object) -> Item:
    usual = {
        "id": 1,
        "kind": Kind.NEWS,
        "state": ItemState.PUBLISHED,
        "title": title,
        "summary": "Председатели ТОС встретятся в Саяногорске.",
        "text": title,
        "url": "https://example.org/news/1?a=1&b=2",
        "published_at": NOW,
        "territories": (SAYANOGORSK,),
        "regions": ("95000000",),
        "place": "Саяногорск",
        "topics": (Topic.TOS,),
        "event_id": None,
        "urgent": False,
        "version": 1,
    }
    return Item(**usual | values)  # type: ignore[arg-type]


def forum(**values: object) -> Event:
    usual = {
        "id": 7,
        "kind": EventKind.FORUM,
        "status": EventStatus.CONFIRMED,
        "title": "V форум ТОС",
        "start_date": date(2026, 12, 15),
        "end_date": None,
        "start_time": time(14),
        "end_time": None,
        "time_zone": "Asia/Krasnoyarsk",
        "starts_at": datetime(2026, 12, 15, 7, tzinfo=UTC),
        "ends_at": None,
        "territory": SAYANOGORSK,
        "venue": "ДК «Энергетик»",
        "link": None,
        "programme": "",
        "capacity": 60,
        "sequence": 0,
        "deadlines": (Deadline(3, 7, "", datetime(2026, 12, 10, 16, 59, tzinfo=UTC)),),
    }
    return Event(**usual | values)  # type: ignore[arg-type]


def a_week() -> list[Listed]:
    soon = forum(start_date=date(2026, 12, 9), starts_at=NOW + timedelta(days=3), deadlines=())
    return [
        Listed(told("Нет воды: Ленина 1–40, до 18:00", urgent=True), None),
        Listed(told("Публичные слушания"), soon),
        Listed(told(), forum()),
        Listed(told("Итоги субботника", url=None), None),
    ]


def pushed(words: Words) -> Screens:
    return {
        "item": pushes.item(words, Listed(told(), forum()), mailing_id=5, zone=ZONE, now=NOW),
        "urgent announcement": pushes.announcement(
            words, "Отключение", "Воды <b>не будет</b>", mailing_id=5, urgent=True
        ),
        "corrected": pushes.announcement(words, "", "Вода будет в 20:00", mailing_id=5, corrected=True),
        "recalled": pushes.recalled(words),
    }


def digested(words: Words) -> Screens:
    day = date(2026, 12, 6)
    return {
        "whole": digests.digest(words, a_week(), mailing_id=5, zone=ZONE, now=NOW, day=day),
        "last part": digests.digest(
            words, a_week()[3:], mailing_id=5, zone=ZONE, now=NOW, day=day, part=3, parts=3, more=14
        ),
        "bundle": digests.digest(words, a_week()[:2], mailing_id=5, zone=ZONE, now=NOW),
    }


def noticed(words: Words) -> Screens:
    was = (date(2026, 12, 15), time(14))
    moved = forum(start_date=date(2026, 12, 17), starts_at=datetime(2026, 12, 17, 7, tzinfo=UTC))
    later = datetime(2026, 12, 14, 7, tzinfo=UTC)

    def change(event: Event) -> Message:
        return event_notices.change(words, event, was=was, zone=ZONE, now=NOW, group=False)

    return {
        "a day before": event_notices.reminder(words, forum(), None, zone=ZONE, now=later, group=False),
        "deadline": event_notices.reminder(words, forum(), 3, zone=ZONE, now=NOW, group=False),
        "moved": change(moved),
        "another place": change(forum(venue="Школа № 5")),
        "cancelled": change(forum(status=EventStatus.CANCELLED)),
        "postponed": change(forum(status=EventStatus.POSTPONED)),
    }


def tamed(words: Words) -> Screens:
    follows = [Subscription(1, 1, SAYANOGORSK, Topic.TOS, "", Frequency.AT_ONCE)]
    evidence = [Evidence("place", SAYANOGORSK, "в Саяногорске", 20)]
    return {
        "why": taming.reasons(words, builtin(), follows, None, evidence),
        "why, announcement": taming.reasons(words, builtin(), [], Audience((SAYANOGORSK,), (Topic.TOS,)), []),
        "why, no longer": taming.reasons(words, builtin(), [], None, []),
        "rarer": taming.rarer(words, builtin(), [(follows[0], Frequency.DAILY)]),
    }


def test_pushed_messages(golden: Golden) -> None:
    golden.check("pushes", pushed)


def test_digests(golden: Golden) -> None:
    golden.check("digests", digested)


def test_notices_of_events(golden: Golden) -> None:
    golden.check("event_notices", noticed)


def test_reasons_and_rarer(golden: Golden) -> None:
    golden.check("taming", tamed)


def test_whatever_is_told_telegram_takes_it() -> None:
    chance, words = random.Random(5), words_for("ru")
    pieces = ["<", ">", "&", "<b>", "👨‍👩‍👧", "🇷🇺", "ё", "слово ", "{", "}", "\u202e", "\n", '"']
    for _ in range(500):
        text = "".join(chance.choices(pieces, k=chance.choice((1, 30, 900))))
        event = forum(title=text, venue=text)
        listed = [Listed(told(text, summary=text, url=f"https://example.org/{text}"), event)] * 12
        screens = (
            pushes.item(words, listed[0], mailing_id=5, zone=ZONE, now=NOW),
            digests.digest(words, listed, mailing_id=5, zone=ZONE, now=NOW, day=date(2026, 12, 6)),
            event_notices.reminder(words, event, None, zone=ZONE, now=NOW, group=False),
        )
        for screen in screens:
            assert 0 < utf16(parse_html(screen.text).text) <= LONGEST_TEXT
