"""The step from a draft to a mailing, whoever takes it: with the right to send it goes, without it others are asked."""

from domain.announcements import Announcement, AnnouncementState
from domain.roles import Act
from handlers.admin.office import Desk, Office
from handlers.admin.telling import tell
from presenters.admin import approvals
from storage.announcing import announcements
from storage.outbox import mailings
from storage.people import roles


async def go(office: Office, desk: Desk, announcement: int) -> bool:
    """On its way: with the right to send it leaves or is scheduled, without it waits for approval. False: too late."""
    draft = await desk.draft(announcement)
    if draft.state is not AnnouncementState.DRAFT or not draft.text or not draft.audience.territories:
        return False
    if desk.may_send(draft):
        return await release(office, desk, draft)
    return await _hand_in(office, desk, draft)


async def release(office: Office, desk: Desk, one: Announcement, *, approved_by: int | None = None) -> bool:
    """Scheduled for its moment, or sent now where that has come. False where somebody was quicker."""
    state = AnnouncementState.SCHEDULED
    if not await announcements.become(desk.connection, one.id, state, office.now, approved_by=approved_by):
        return False
    if one.scheduled_at is None or one.scheduled_at <= office.now:
        await mailings.announce(desk.connection, one.id, office.now, by=desk.user_id)
    return True


async def _hand_in(office: Office, desk: Desk, draft: Announcement) -> bool:
    waiting = AnnouncementState.AWAITING_APPROVAL
    if not await announcements.become(desk.connection, draft.id, waiting, office.now):
        return False
    there = [await roles.people_who_may(desk.connection, Act.APPROVE, code) for code in draft.audience.territories]
    people = set(there[0]).intersection(*there) - {desk.user_id}
    key = f"approval:{draft.id}:{office.now.timestamp()}"
    await tell(office, desk, people, lambda words: approvals.told_waiting(words, office.gazetteer, draft), key)
    return True
