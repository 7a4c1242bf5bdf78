"""The real web server on a free port, over a real database with one event in it."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta

import aiohttp
import pytest
from aiohttp import web

from analysis.geography.gazetteer import builtin
from bot.web.app import make_app
from storage.engine import Database
from storage.tables import deadlines, events, item_territories, item_topics, items, leases

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
SAYANOGORSK = "95708000"
KHAKASSIA = "95000000"
TOMSK = "69701000"
TITLE = "V форум ТОС <Хакасии> & соседей"


@pytest.fixture
async def http(sqlite: Database) -> AsyncIterator[aiohttp.ClientSession]:
    runner = web.AppRunner(make_app(sqlite, builtin(), clock=lambda: NOW, dropped=lambda: 17))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session
    await runner.cleanup()


@pytest.fixture
async def forum(sqlite: Database) -> int:
    """A forum in Саяногорск on 15 December at 14:00 local time, to apply for until the 10th; its id."""
    async with sqlite.begin() as connection:
        event = {
            "kind": "forum",
            "status": "confirmed",
            "title": TITLE,
            "start_date": date(2026, 12, 15),
            "start_time": time(14),
            "time_zone": "Asia/Krasnoyarsk",
            "starts_at": datetime(2026, 12, 15, 7, tzinfo=UTC),
            "ends_at": datetime(2026, 12, 15, 16, 59, 59, tzinfo=UTC),
            "territory": SAYANOGORSK,
            "venue": "ДК «Энергетик»",
            "link": "javascript:alert(1)",
            "programme": "",
            "sequence": 0,
            "updated_at": NOW,
        }
        event_id = (await connection.execute(events.insert().values(event).returning(events.c.id))).scalar_one()
        due = {"event_id": event_id, "title": "", "at": datetime(2026, 12, 10, 16, 59, 59, tzinfo=UTC)}
        await connection.execute(deadlines.insert().values(due))
        item = {
            "kind": "event",
            "state": "published",
            "title": TITLE,
            "summary": "Форум собирает председателей ТОС.",
            "text": "Форум собирает председателей ТОС.\n<script>alert(1)</script>",
            "url": "https://news.example/forum",
            "published_at": NOW - timedelta(days=1),
            "territories": [SAYANOGORSK],
            "regions": [KHAKASSIA],
            "topics": ["tos"],
            "event_id": event_id,
            "evidence": [],
            "doubts": [],
            "added_at": NOW,
            "updated_at": NOW,
        }
        item_id = (await connection.execute(items.insert().values(item).returning(items.c.id))).scalar_one()
        await connection.execute(item_territories.insert().values(territory=SAYANOGORSK, item_id=item_id))
        await connection.execute(item_topics.insert().values(topic="tos", item_id=item_id))
    return int(event_id)


async def hold_sender_lease(database: Database) -> None:
    row = {"name": "sender", "owner": "somebody", "expires_at": NOW + timedelta(seconds=30)}
    async with database.begin() as connection:
        await connection.execute(leases.insert().values(row))
