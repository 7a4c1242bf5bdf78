"""`@bot форум тос` in any chat: cards to send there. `@bot e_12` is the card of one event, as «↗ Поделиться» asks."""

from datetime import datetime
from typing import Any

from aiogram import Bot, Router
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from analysis.geography.gazetteer import Gazetteer
from analysis.questions.queries import understand
from domain.cards import Card
from domain.messages import Message as Screen
from domain.messages import shortened
from domain.queries import Kind, Query
from domain.spans import Span, window
from domain.subscribers import Subscriber
from handlers.finding.cards import LINK, page_of
from handlers.screens import inline_keyboard, preview_of
from presenters.finding import cards as screens
from presenters.finding.asking import ask_in_private
from presenters.finding.cards import Look
from presenters.finding.results import LONGEST_TITLE
from presenters.language.words import Words
from storage.content import cards
from storage.engine import Connection, Database
from storage.search import find, vocabulary

PAGE = 10
KEPT_S = 30
"""Seconds that Telegram may answer the same words by itself."""


def router() -> Router:
    router = Router(name="inline")
    router.inline_query.register(answer)
    return router


async def answer(
    query: InlineQuery,
    bot: Bot,
    words: Words,
    now: datetime,
    subscriber: Subscriber | None,
    gazetteer: Gazetteer,
    database: Database,
    public_url: str | None,
) -> None:
    start = int(query.offset) if query.offset.isdecimal() else 0
    meant = await _meant(query.query, now, subscriber, gazetteer, database)
    near = gazetteer.path(subscriber.home) if subscriber and subscriber.home else ()
    if LINK.fullmatch(query.query.strip()):
        async with database.read() as connection:
            found = [one for one in [await _linked(connection, query.query.strip())] if one]
    else:
        known = await vocabulary.current(database, now)
        hits = (await find(database, meant, vocabulary=known, now=now, near=near)).hits[start : start + PAGE]
        async with database.read() as connection:
            found = [one for hit in hits if (one := await cards.of_item(connection, hit.item_id))]
    username = (await bot.me()).username
    shown = [(one, _card(words, gazetteer, one, now, f"https://t.me/{username}?start=", public_url)) for one in found]

    async def give(*, photos: bool) -> None:
        results = [_result(words, gazetteer, one, card, now, photos=photos) for one, card in shown]
        await query.answer(
            results,  # type: ignore[arg-type]  # a list of one kind of result
            cache_time=KEPT_S,
            is_personal=True,
            next_offset=str(start + PAGE) if len(found) == PAGE else "",
            button=None if found else InlineQueryResultsButton(text=ask_in_private(words), start_parameter="inline"),
        )

    try:
        await give(photos=True)
    except TelegramBadRequest:  # one photo that is refused takes all results with it, and nobody is told which
        if not any(card.is_caption for _one, card in shown):
            raise
        await give(photos=False)


async def _meant(
    typed: str, now: datetime, subscriber: Subscriber | None, gazetteer: Gazetteer, database: Database
) -> Query:
    """Without words: what is coming up where the person lives."""
    home = subscriber.home if subscriber else None
    if typed.strip():
        known = await vocabulary.current(database, now)
        return understand(typed, today=now.date(), vocabulary=known, gazetteer=gazetteer, home=home)
    path = tuple(gazetteer.path(home)) if home else ()
    return Query("", "", kind=Kind.EVENT, window=window(Span.AHEAD, now.date()), concerning=path)


async def _linked(connection: Connection, link: str) -> Card | None:
    kind, _, number = link.partition("_")
    return await (cards.of_event if kind == "e" else cards.of_item)(connection, int(number))


def _card(words: Words, gazetteer: Gazetteer, found: Card, now: datetime, start: str, public_url: str | None) -> Screen:
    look = Look(now, link=page_of(found, public_url), opens=start + screens.deep_link(found))
    return screens.card(words, gazetteer, found, look)


def _result(
    words: Words, gazetteer: Gazetteer, found: Card, card: Screen, now: datetime, *, photos: bool
) -> InlineQueryResultArticle | InlineQueryResultCachedPhoto:
    shown: dict[str, Any] = {
        "id": screens.deep_link(found) + f"_{found.item.id}",
        "title": shortened(found.item.title, LONGEST_TITLE),
        "description": screens.inline_description(words, gazetteer, found, now),
        "reply_markup": inline_keyboard(card.buttons),
    }
    if photos and card.is_caption and card.photo:
        return InlineQueryResultCachedPhoto(
            photo_file_id=card.photo, caption=card.text, parse_mode=ParseMode.HTML, **shown
        )
    content = InputTextMessageContent(
        message_text=card.text, parse_mode=ParseMode.HTML, link_preview_options=preview_of(card)
    )
    return InlineQueryResultArticle(input_message_content=content, **shown)
