"""Builders for what is sent: people by the thousand, mailings to them, and what became of it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import insert, select

from domain.announcements import Audience
from domain.mailings import MailingDraft, MailingKind
from domain.territories import RUSSIA
from storage.engine import Connection, Database
from storage.outbox import mailings
from storage.tables import deliveries, events, items, subscribers, subscriptions

NOON = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""Noon in Moscow, nobody's night west of the Urals."""
SAYANOGORSK, KHAKASSIA = "95708000", "95000000"


async def add_people(connection: Connection, chat_ids: Iterable[int], **values: Any) -> list[int]:
    """Subscribers of Sayanogorsk who want to hear by day and by night, unless said otherwise; their ids."""
    usual = {
        "kind": "private",
        "language": "ru",
        "time_zone": "Asia/Krasnoyarsk",
        "home": SAYANOGORSK,
        "created_at": NOON,
        "digest_hour": 19,
    }
    rows = [{**usual, "chat_id": chat_id, **values} for chat_id in chat_ids]
    for start in range(0, len(rows), 1000):
        await connection.execute(insert(subscribers), rows[start : start + 1000])
    wanted = {row["chat_id"] for row in rows}
    found = await connection.execute(select(subscribers.c.id, subscribers.c.chat_id).order_by(subscribers.c.id))
    return [row.id for row in found if row.chat_id in wanted]


async def subscribe(connection: Connection, subscriber_id: int, **values: Any) -> int:
    """A subscription to everything in Sayanogorsk at once, unless said otherwise; its id."""
    usual = {"territory": SAYANOGORSK, "topic": "", "words": "", "frequency": "at_once", "created_at": NOON}
    made = await connection.execute(insert(subscriptions).values(subscriber_id=subscriber_id, **usual | values))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def letter(key: str = "announcement:1", text: str = "Воды не будет до 18:00", **values: Any) -> MailingDraft:
    """A mailing to everybody, unless said otherwise."""
    usual: dict[str, Any] = {
        "kind": MailingKind.ANNOUNCEMENT,
        "content": {"title": "Отключение", "text": text, "photo": None, "kind": "news"},
        "audience": Audience((RUSSIA,)),
    }
    return MailingDraft(key=key, **usual | values)


async def mail(database: Database, draft: MailingDraft | None = None, now: datetime = NOON) -> int:
    async with database.begin() as connection:
        return await mailings.create(connection, draft or letter(), now)


async def states(database: Database, mailing_id: int) -> dict[int, str]:
    """Chat id → state of its delivery."""
    joined = select(subscribers.c.chat_id, deliveries.c.state).join_from(deliveries, subscribers)
    async with database.read() as connection:
        return {row[0]: row[1] for row in await connection.execute(joined.where(deliveries.c.mailing_id == mailing_id))}


async def add_item(connection: Connection, title: str = "Воды не будет", **values: Any) -> int:
    """A published item about Sayanogorsk that nobody was looked for yet, unless said otherwise; its id."""
    usual: dict[str, Any] = {
        "kind": "news",
        "state": "published",
        "title": title,
        "summary": "",
        "text": title,
        "url": None,
        "published_at": NOON,
        "territories": [SAYANOGORSK],
        "regions": [KHAKASSIA],
        "topics": ["housing_utilities"],
        "evidence": [],
        "doubts": [],
        "added_at": NOON,
        "updated_at": NOON,
    }
    made = await connection.execute(insert(items).values(**usual | values))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


async def add_event(connection: Connection, **values: Any) -> int:
    """A forum in Sayanogorsk on 15 December at 14:00, unless said otherwise; its id."""
    usual: dict[str, Any] = {
        "kind": "forum",
        "status": "confirmed",
        "title": "V форум ТОС",
        "start_date": date(2026, 12, 15),
        "start_time": time(14),
        "time_zone": "Asia/Krasnoyarsk",
        "starts_at": datetime(2026, 12, 15, 7, tzinfo=UTC),
        "ends_at": datetime(2026, 12, 15, 16, 59, 59, tzinfo=UTC),
        "territory": SAYANOGORSK,
        "venue": "ДК «Энергетик»",
        "updated_at": NOON,
    }
    made = await connection.execute(insert(events).values(**usual | values))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])
