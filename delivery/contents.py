"""From a mailing to what each of its people reads: worded once for all who read the same, singly where it is theirs."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from delivery import wire
from delivery.wire import Wire
from domain.mailings import Lane, Mailing, MailingKind
from domain.messages import Message
from presenters import pushes
from presenters.words import Words, words_for
from storage import mailings
from storage.deliveries import Owed
from storage.engine import Connection

Render = Callable[[Words, Owed], Message | None]
"""None: there is nothing to say any more."""
Prepare = Callable[[Connection, Mailing, Sequence[Owed], datetime], Awaitable[Render]]

DELETABLE = timedelta(hours=47)
"""Telegram lets messages be deleted for 48 hours."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What one version of a mailing says to a group of people; ``wire(owed)`` is None where there is nothing to say."""

    mailing: Mailing
    render: Render
    shared: bool
    """Everybody of one language reads the same."""
    now: datetime
    cache: dict[str, Wire | None]

    def wire(self, owed: Owed) -> Wire | None:
        if not self.shared:
            return self._written(owed)
        if owed.language not in self.cache:
            self.cache[owed.language] = self._written(owed)
        return self.cache[owed.language]

    def _written(self, owed: Owed) -> Wire | None:
        message = self.render(words_for(owed.language or "ru"), owed)
        if message is None:
            return None
        if self.mailing.corrects is not None:
            return wire.editing(message)
        return wire.sending(message, paid=self.mailing.paid)


async def prepare(connection: Connection, mailing: Mailing, owed: Sequence[Owed], now: datetime) -> Contents:
    """Reads what these deliveries need to be worded."""
    preparation, shared = _KINDS[mailing.kind]
    return Contents(mailing, await preparation(connection, mailing, owed, now), shared, now, {})


def wants_deletion(mailing: Mailing, owed: Owed, now: datetime) -> bool:
    """Whether a recall may take this copy away; later it only says that it was recalled."""
    if mailing.kind is not MailingKind.RECALL or owed.copy_sent_at is None:
        return False
    return now - owed.copy_sent_at < DELETABLE


async def _announcement(_c: Connection, mailing: Mailing, _owed: Sequence[Owed], _now: datetime) -> Render:
    said = mailing.content or {}

    def render(words: Words, _owed: Owed) -> Message:
        return pushes.announcement(
            words,
            said.get("title", ""),
            said.get("text", ""),
            mailing_id=mailing.corrects or mailing.id,
            photo=said.get("photo"),
            urgent=mailing.lane is Lane.URGENT,
            corrected=bool(said.get("corrected")),
        )

    return render


async def _recall(_c: Connection, mailing: Mailing, _owed: Sequence[Owed], _now: datetime) -> Render:
    photo = (mailing.content or {}).get("photo")
    return lambda words, _owed: pushes.recalled(words, photo=photo)


async def _notice(_c: Connection, mailing: Mailing, _owed: Sequence[Owed], _now: datetime) -> Render:
    message = mailings.message_from_json((mailing.content or {})["message"])
    return lambda _words, _owed: message


_KINDS: dict[MailingKind, tuple[Prepare, bool]] = {
    MailingKind.ANNOUNCEMENT: (_announcement, True),
    MailingKind.CORRECTION: (_announcement, True),
    MailingKind.RECALL: (_recall, True),
    MailingKind.NOTICE: (_notice, True),
}
