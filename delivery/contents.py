"""From a mailing to what each of its people reads: worded once for all who read the same, singly where it is theirs."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from delivery import wire
from delivery.wire import Wire
from domain.events import EventStatus
from domain.mailings import Lane, Mailing, MailingKind
from domain.messages import Message
from presenters.finding.cards import Look, event_rows
from presenters.language.words import Words, words_for
from presenters.pushed import digests, event_notices, pushes
from storage.content import cards, events
from storage.engine import Connection
from storage.outbox import mailings, told
from storage.outbox.deliveries import Owed
from storage.people.reminders import moment_of

log = structlog.get_logger(__name__)

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
    """Everybody of one language and time zone reads the same, groups without what a person answers."""
    now: datetime
    cache: dict[tuple[str, str, bool], Wire | None]

    def wire(self, owed: Owed) -> Wire | None:
        if not self.shared:
            return self._written(owed)
        reader = (owed.language, owed.time_zone, is_group(owed))
        if reader not in self.cache:
            self.cache[reader] = self._written(owed)
        return self.cache[reader]

    def do_without_photo(self, owed: Owed) -> None:
        """The messenger refuses the photo: nobody else's message is tried with it first."""
        reader = (owed.language, owed.time_zone, is_group(owed))
        written = self.cache.get(reader)
        if written is not None and written.instead is not None:
            self.cache[reader] = written.instead

    def _written(self, owed: Owed) -> Wire | None:
        try:
            message = self.render(words_for(owed.language or "ru"), owed)
        except Exception:  # what cannot be worded must not hold up what can
            log.exception("not to be worded", mailing=self.mailing.id)
            return None
        if message is None:
            return None
        if self.mailing.corrects is not None:
            return wire.editing(message, another_photo=bool((self.mailing.content or {}).get("another_photo")))
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


async def _announcement(connection: Connection, mailing: Mailing, _owed: Sequence[Owed], now: datetime) -> Render:
    said = mailing.content or {}
    event = await events.get(connection, mailing.event_id) if mailing.event_id else None

    def render(words: Words, owed: Owed) -> Message:
        return pushes.announcement(
            words,
            said.get("title", ""),
            said.get("text", ""),
            mailing_id=mailing.corrects or mailing.id,
            photo=said.get("photo"),
            urgent=mailing.lane is Lane.URGENT,
            corrected=bool(said.get("corrected")),
            buttons=event_rows(words, event, Look(now)) if event and not is_group(owed) else (),
        )

    return render


async def _item(connection: Connection, mailing: Mailing, _owed: Sequence[Owed], now: datetime) -> Render:
    found = await cards.listed(connection, [mailing.item_id or 0])

    def render(words: Words, owed: Owed) -> Message | None:
        if not found:
            return None
        event = found[0].event
        buttons = event_rows(words, event, Look(now)) if event and not is_group(owed) else ()
        number = mailing.corrects or mailing.id
        return pushes.item(words, found[0], mailing_id=number, zone=owed.time_zone, now=now, buttons=buttons)

    return render


async def _correction(connection: Connection, mailing: Mailing, owed: Sequence[Owed], now: datetime) -> Render:
    """An announcement in its new words, or an item as it reads now."""
    is_item = mailing.item_id is not None and mailing.announcement_id is None
    say = _item if is_item else _announcement
    return await say(connection, mailing, owed, now)


async def _digest(connection: Connection, mailing: Mailing, owed: Sequence[Owed], now: datetime) -> Render:
    wanted = {item for one in owed for item in (one.content or {}).get("items", ())}
    known = {one.item.id: one for one in await cards.listed(connection, sorted(wanted))}

    def render(words: Words, one: Owed) -> Message | None:
        said = one.content or {}
        listed = [known[item] for item in said.get("items", ()) if item in known]
        if not listed:
            return None
        day = date.fromisoformat(said["day"]) if said.get("day") else None
        if day is None and len(listed) == 1 and said["parts"] == 1:
            return pushes.item(words, listed[0], mailing_id=mailing.id, zone=one.time_zone, now=now)
        return digests.digest(
            words,
            listed,
            mailing_id=mailing.id,
            zone=one.time_zone,
            now=now,
            day=day,
            part=said["part"],
            parts=said["parts"],
            more=said["more"],
        )

    return render


async def _recall(_c: Connection, mailing: Mailing, _owed: Sequence[Owed], _now: datetime) -> Render:
    photo = (mailing.content or {}).get("photo")
    return lambda words, _owed: pushes.recalled(words, photo=photo)


async def _reminder(connection: Connection, mailing: Mailing, _owed: Sequence[Owed], now: datetime) -> Render:
    said = mailing.content or {}
    event = await events.get(connection, mailing.event_id or 0)
    moment = moment_of(event, said["deadline"]) if event else None
    is_on = event is not None and event.status in (EventStatus.TENTATIVE, EventStatus.CONFIRMED)

    def render(words: Words, owed: Owed) -> Message | None:
        if event is None or not is_on or moment is None or not now < moment == datetime.fromisoformat(said["moment"]):
            return None
        return event_notices.reminder(
            words, event, said["deadline"], zone=owed.time_zone, now=now, group=is_group(owed)
        )

    return render


async def _change(connection: Connection, mailing: Mailing, now: datetime) -> Render:
    said = mailing.content or {}
    event = await events.get(connection, mailing.event_id or 0)
    was = told.start_of(said["before"])

    def render(words: Words, owed: Owed) -> Message | None:
        if event is None or event.sequence != said["sequence"]:
            return None  # it changed again: the next notice says how it is now
        return event_notices.change(words, event, was=was, zone=owed.time_zone, now=now, group=is_group(owed))

    return render


def is_group(owed: Owed) -> bool:
    """Groups and channels have negative ids; what one person answers is not asked there."""
    return (owed.chat_id or 0) < 0


async def _notice(connection: Connection, mailing: Mailing, _owed: Sequence[Owed], now: datetime) -> Render:
    said = mailing.content or {}
    if "message" not in said:
        return await _change(connection, mailing, now)
    message = mailings.message_from_json(said["message"])
    return lambda _words, _owed: message


_KINDS: dict[MailingKind, tuple[Prepare, bool]] = {
    MailingKind.ANNOUNCEMENT: (_announcement, True),
    MailingKind.CORRECTION: (_correction, True),
    MailingKind.ITEM: (_item, True),
    MailingKind.DIGEST: (_digest, False),
    MailingKind.REMINDER: (_reminder, True),
    MailingKind.RECALL: (_recall, True),
    MailingKind.NOTICE: (_notice, True),
}
