"""When there is nothing left to pay for speed with: the mailing goes on for nothing, and people are told."""

from datetime import datetime

from domain.roles import Act
from domain.territories import RUSSIA
from presenters.admin import stars as notices
from presenters.language.words import words_for
from storage.engine import Connection
from storage.outbox import mailings
from storage.people import roles, subscribers


async def ran_out(connection: Connection, mailing_id: int, now: datetime) -> None:
    """The rest of the mailing goes at the usual pace; those who may send there hear of it, once."""
    if not await mailings.stop_paying(connection, mailing_id):
        return
    mailing = await mailings.find(connection, mailing_id)
    audience = await mailings.audience_of(connection, mailing_id)
    people: set[int] = set()
    for territory in audience.territories if audience else (RUSSIA,):
        people.update(await roles.people_who_may(connection, Act.SEND, territory))
    for person in sorted(people):
        known = await subscribers.by_chat(connection, person)
        if known is not None:
            said = notices.ran_out(words_for(known.language), mailing.announcement_id if mailing else None)
            await mailings.notice(connection, said, key=f"stars:{mailing_id}:{known.id}", now=now, chats=[person])
