from datetime import timedelta

import aiohttp

from storage.engine import Database
from storage.tables import deliveries, mailings, updates
from tests.bot.web.conftest import NOW, hold_sender_lease


async def test_a_living_process_says_so(http: aiohttp.ClientSession) -> None:
    async with http.get("/healthz") as reply:
        assert (reply.status, await reply.json()) == (200, {"alive": True})


async def test_it_is_ready_once_somebody_sends(http: aiohttp.ClientSession, sqlite: Database) -> None:
    async with http.get("/readyz") as reply:
        assert reply.status == 503
        assert (await reply.json())["sender"] == "nobody sends"
    await hold_sender_lease(sqlite)
    async with http.get("/readyz") as reply:
        assert reply.status == 200
        assert await reply.json() == {"ready": True, "database": "ok", "schema": "ok", "sender": "ok"}


async def test_metrics_count_what_is_owed_by_lane_and_how_long_it_waits(
    http: aiohttp.ClientSession, sqlite: Database
) -> None:
    made = {
        "kind": "announcement",
        "state": "sending",
        "lane": "urgent",
        "promise": "at_least_once",
        "key": "announcement:1",
        "created_at": NOW - timedelta(seconds=90),
    }
    async with sqlite.begin() as connection:
        mailing = (await connection.execute(mailings.insert().values(made).returning(mailings.c.id))).scalar_one()
        rows = [{"mailing_id": mailing, "state": state} for state in ("pending", "pending", "sent")]
        await connection.execute(deliveries.insert(), rows)
        waiting = {"update_id": 1, "payload": {}, "received_at": NOW - timedelta(seconds=5)}
        await connection.execute(updates.insert().values(waiting))
    async with http.get("/metrics") as reply:
        told = (await reply.text()).splitlines()
    assert 'glashatai_outbox{lane="urgent"} 2.0' in told
    assert 'glashatai_outbox{lane="ordinary"} 0.0' in told
    assert 'glashatai_deliveries{state="sent"} 1.0' in told
    assert 'glashatai_queue_age_seconds{queue="mailing"} 90.0' in told
    assert 'glashatai_queue_age_seconds{queue="update"} 5.0' in told


async def test_metrics_count_the_updates_that_were_not_let_in(http: aiohttp.ClientSession) -> None:
    async with http.get("/metrics") as reply:
        assert "glashatai_updates_dropped_total 17.0" in (await reply.text()).splitlines()


async def test_no_metric_names_a_chat(http: aiohttp.ClientSession, forum: int) -> None:
    async with http.get("/metrics") as reply:
        labels = {part for line in (await reply.text()).splitlines() for part in line.split("{")[1:]}
    assert labels
    assert all(label.split("=")[0] in {"state", "lane", "queue", "health", "job"} for label in labels)
