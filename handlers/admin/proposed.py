"""An organiser's sentence as an event: read the same way when it is proposed, shown to moderators, and let through."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from analysis.typed_events import read_typed_event
from domain.announcements import AnnouncementKind, AnnouncementState, Audience
from domain.events import EventDraft, EventStatus
from domain.suggestions import Suggestion
from domain.territories import RUSSIA
from domain.topics import Topic
from handlers.admin.office import Desk, Office
from presenters.admin.times import DEFAULT_ZONE
from storage.announcing import announcements
from storage.announcing.announcements import Wording
from storage.content import events
from storage.outbox import mailings


def details_of(office: Office, one: Suggestion) -> EventDraft | None:
    """Relative days count from the day it was proposed."""
    return read_proposal(office, one.text, one.territory or RUSSIA, one.created_at)


def read_proposal(office: Office, text: str, territory: str, said_at: datetime) -> EventDraft | None:
    """None where the text names no day."""
    known = office.gazetteer.by_code.get(territory)
    zone = known.time_zone if known and territory != RUSSIA else DEFAULT_ZONE
    today = said_at.astimezone(ZoneInfo(zone)).date()
    told = read_typed_event(office.reader, text, today, territory)
    if told is None or told.start_date is None:
        return None
    return EventDraft(
        kind=told.kind,
        status=EventStatus.CONFIRMED,
        title=_title(text),
        time_zone=zone,
        start_date=told.start_date,
        end_date=told.end_date,
        start_time=told.time,
        deadline=told.deadline,
        territory=territory,
        venue=told.venue,
    )


def _title(text: str) -> str:
    return text.strip().splitlines()[0][:200]


async def announce_event(office: Office, desk: Desk, one: Suggestion, draft: EventDraft) -> None:
    """Makes the event, and announces it to those of its territory who follow what TOS do."""
    event_id = await events.make(desk.connection, draft, office.now)
    made = await announcements.create(
        desk.connection,
        one.author_chat_id,
        AnnouncementKind.EVENT,
        office.now,
        wording=wording_of_proposal(one.text),
        audience=Audience((one.territory or RUSSIA,), (Topic.TOS,)),
        event_id=event_id,
    )
    scheduled = AnnouncementState.SCHEDULED
    await announcements.become(desk.connection, made, scheduled, office.now, approved_by=desk.user_id)
    await mailings.announce(desk.connection, made, office.now, by=desk.user_id)


def wording_of_proposal(text: str) -> Wording:
    """Plain text as HTML."""
    return Wording("", escape(text, quote=False))
