"""Posts of channels where the bot is an administrator: each a publication, edits followed, an album one text.

A channel becomes a source when somebody who may manage sources makes the bot its administrator, or registers it by
its link. Whatever other channels say is nobody's business here.
"""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import Chat, ChatMemberUpdated, Message

from domain.roles import Act, Grant, may
from domain.sources import Entry, Source, SourceKind, SourceState, Trust
from domain.territories import RUSSIA
from storage.engine import Connection, Database
from storage.intake import publications, sources

LONGEST_TEXT = 20_000


def router() -> Router:
    router = Router(name="channel_posts")
    router.channel_post.register(post, F.text | F.caption)
    router.edited_channel_post.register(edited, F.text | F.caption)
    router.my_chat_member.register(
        made_administrator,
        F.chat.type == ChatType.CHANNEL,
        F.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR,
    )
    return router


async def post(message: Message, database: Database, now: datetime) -> None:
    async with database.begin() as connection:
        source = await _followed(connection, message.chat)
        if source is None:
            return
        entry = _entry(message)
        if message.media_group_id:
            entry = await _joined(connection, source, entry)
        await publications.receive(connection, source.id, [entry], now)


async def edited(message: Message, database: Database, now: datetime) -> None:
    """Only what was taken in is followed: an edit of an old post makes no news of it."""
    async with database.begin() as connection:
        source = await _followed(connection, message.chat)
        entry = _entry(message)
        if source and await publications.known_ids(connection, source.id, [entry.external_id]):
            await publications.receive(connection, source.id, [entry], now)


async def made_administrator(
    event: ChatMemberUpdated, database: Database, now: datetime, grants: tuple[Grant, ...]
) -> None:
    """Makes the channel a source; what else follows from being taken in is for the handlers after this one."""
    own = [grant.territory for grant in grants if may([grant], Act.MANAGE_SOURCES, (grant.territory,))]
    if own:
        async with database.begin() as connection:
            await _follow(connection, event, own, now)
    raise SkipHandler


async def _follow(connection: Connection, event: ChatMemberUpdated, own: list[str], now: datetime) -> None:
    if await sources.of_channel(connection, event.chat.id, event.chat.username):
        return
    await sources.add(
        connection,
        kind=SourceKind.TELEGRAM,
        url=sources.channel_address(event.chat.id),
        title=event.chat.title or "",
        territory=own[0] if len(own) == 1 and own[0] != RUSSIA else None,
        trust=Trust.REVIEW,
        added_by=event.from_user.id,
        now=now,
    )


async def _followed(connection: Connection, chat: Chat) -> Source | None:
    source = await sources.of_channel(connection, chat.id, chat.username)
    return source if source is not None and source.state is SourceState.ACTIVE else None


async def _joined(connection: Connection, source: Source, entry: Entry) -> Entry:
    """A further part of an album: its caption under those that came before, the first photo for all of them."""
    before = await publications.told_of(connection, source.id, entry.external_id)
    if before is None:
        return entry
    text, photo = before
    return replace(entry, text=text if entry.text in text else f"{text}\n{entry.text}", photo=photo or entry.photo)


def _entry(message: Message) -> Entry:
    text = (message.text or message.caption or "").strip()[:LONGEST_TEXT]
    name, album = message.chat.username, message.media_group_id
    return Entry(
        external_id=f"album:{album}" if album else str(message.message_id),
        text=text,
        url=f"https://t.me/{name}/{message.message_id}" if name else None,
        published_at=message.date,
        photo=message.photo[-1].file_id if message.photo else None,
    )
