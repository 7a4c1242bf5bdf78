"""A council's world in one state of each kind, all in Sayanogorsk, for tests that try what may be done to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from domain.announcements import AnnouncementKind, AnnouncementState, Audience
from domain.events import EventDraft, EventStatus
from domain.readings import EventKind
from domain.roles import Role
from domain.territories import RUSSIA
from domain.topics import Topic
from storage.announcing import announcements, campaigns
from storage.announcing.announcements import Wording
from storage.content import events
from storage.engine import Connection
from storage.intake import questions, suggestions
from storage.intake.questions import QuestionKind
from storage.outbox import mailings
from storage.people import roles
from storage.tables import item_territories, items, metadata
from storage.tables import questions as question_table
from tests.handlers.house import SAYANOGORSK, House

SECRET = "Тайное слово канарейка"
AUTHOR = 900_001
OWNER = 900_002
WATCHED = (
    "announcements",
    "announcement_versions",
    "mailings",
    "deliveries",
    "roles",
    "suggestions",
    "items",
    "questions",
    "campaigns",
    "events",
    "deadlines",
    "sources",
    "publications",
)


@dataclass(frozen=True, slots=True)
class Stage:
    draft: int
    campaign_draft: int
    waiting: int
    scheduled: int
    sending: int
    suggestion: int
    item: int
    question: int
    campaign: int

    @property
    def announcements(self) -> tuple[int, ...]:
        return (self.draft, self.campaign_draft, self.waiting, self.scheduled, self.sending)


async def set_up(house: House) -> Stage:
    now = house.clock()
    async with house.database.begin() as c:
        await roles.grant(c, OWNER, Role.OWNER, RUSSIA, now=now)
        made = [await _announcement(c, now, kind) for kind in _KINDS]
        draft, campaign_draft, waiting, scheduled, sending = made
        await announcements.become(c, waiting, AnnouncementState.AWAITING_APPROVAL, now)
        await announcements.set_time(c, scheduled, house.clock.now.replace(year=2027), now)
        await announcements.become(c, scheduled, AnnouncementState.SCHEDULED, now)
        await announcements.become(c, sending, AnnouncementState.SCHEDULED, now)
        await mailings.announce(c, sending, now)
        suggestion = await suggestions.create(c, author=AUTHOR, text=SECRET, territory=SAYANOGORSK, now=now)
        item = await _item(c, now)
        await questions.ask(c, QuestionKind.VANISHED, "1", now=now, territory=SAYANOGORSK, details={"title": SECRET})
        question = (await c.execute(select(question_table.c.id))).scalar_one()
        campaign = await campaigns.create(c, SECRET, now.date(), AUTHOR, now)
        await announcements.join_campaign(c, draft, campaign, now)
    return Stage(draft, campaign_draft, waiting, scheduled, sending, suggestion, item, question, campaign)


_KINDS = (
    AnnouncementKind.EVENT,
    AnnouncementKind.CAMPAIGN,
    AnnouncementKind.NEWS,
    AnnouncementKind.NEWS,
    AnnouncementKind.NEWS,
)


async def _announcement(c: Connection, now: datetime, kind: AnnouncementKind) -> int:
    event_id = None
    if kind is not AnnouncementKind.NEWS:
        event = EventDraft(
            kind=EventKind.FORUM,
            status=EventStatus.TENTATIVE,
            title=SECRET,
            time_zone="Asia/Krasnoyarsk",
            start_date=now.date().replace(month=12),
            territory=SAYANOGORSK,
        )
        event_id = await events.make(c, event, now)
    return await announcements.create(
        c,
        AUTHOR,
        kind,
        now,
        wording=Wording(SECRET, "Текст"),
        audience=Audience((SAYANOGORSK,), (Topic.TOS,)),
        event_id=event_id,
    )


async def _item(c: Connection, now: datetime) -> int:
    values = {"kind": "news", "state": "review", "title": SECRET, "summary": "", "text": SECRET, "published_at": now}
    values |= {"territories": [SAYANOGORSK], "regions": [], "topics": ["tos"], "evidence": [], "doubts": []}
    made = await c.execute(insert(items).values(**values, added_at=now, updated_at=now).returning(items.c.id))
    item = int(made.scalar_one())
    await c.execute(insert(item_territories).values(territory=SAYANOGORSK, item_id=item))
    return item


async def snapshot(house: House) -> dict[str, list[dict[str, Any]]]:
    """Every row that somebody with rights could change."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with house.database.read() as connection:
        for name in WATCHED:
            table = metadata.tables[name]
            rows = (await connection.execute(select(table).order_by(*table.primary_key.columns))).mappings()
            found[name] = [{str(column): value for column, value in row.items()} for row in rows]
    return found
