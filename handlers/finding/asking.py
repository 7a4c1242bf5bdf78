"""One question, one answer: understood, searched and laid out as a page of a list."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from aiogram.enums import MessageEntityType
from aiogram.types import CallbackQuery
from aiogram.types import Message as TelegramMessage

from analysis.geography.gazetteer import Gazetteer
from analysis.questions.queries import understand
from domain.messages import Message
from domain.queries import Query
from domain.territories import RUSSIA
from handlers.visit import Visit
from presenters.finding import results as screens
from presenters.finding.listing import FURTHEST, Listing, applied
from presenters.finding.results import PAGE, Results
from storage.content import cards
from storage.search import find, vocabulary


async def screen(visit: Visit, listing: Listing, typed: str) -> Message:
    return laid_out(visit, await answer(visit, listing, typed))


def laid_out(visit: Visit, found: Results) -> Message:
    return screens.results(visit.words, visit.gazetteer, found, visit.now, visit.subscriber.time_zone)


async def answer(visit: Visit, listing: Listing, typed: str) -> Results:
    """The page of a list that a listing asks for; the last one where there are fewer."""
    query = await asked(visit, listing, typed)
    wider = around(visit.gazetteer, query)
    known = await vocabulary.current(visit.database, visit.now)
    found = await find(
        visit.database,
        query,
        vocabulary=known,
        now=visit.now,
        near=home_path(visit),
        zone=visit.subscriber.time_zone,
        wider=wider,
        strictly=not query.words,
    )
    page = min(max(listing.page, 0), FURTHEST, max(0, -(-len(found.hits) // PAGE) - 1))
    ids = [hit.item_id for hit in found.hits[page * PAGE : (page + 1) * PAGE]]
    async with visit.database.read() as connection:
        lines = await cards.listed(connection, ids)
    return Results(
        replace(listing, page=page),
        query,
        lines,
        total=len(found.hits),
        more=found.more,
        dropped=found.dropped,
        whole=bool(query.words and found.hits and found.hits[0].whole),
        wider=(*wider, RUSSIA) if wider else (),
    )


async def asked(visit: Visit, listing: Listing, typed: str) -> Query:
    """What was typed, understood, with the filters of the list."""
    today = visit.now.astimezone(ZoneInfo(visit.subscriber.time_zone)).date()
    query = Query("", "")
    if typed:
        known = await vocabulary.current(visit.database, visit.now)
        home = visit.subscriber.home
        query = understand(typed, today=today, vocabulary=known, gazetteer=visit.gazetteer, home=home)
    return applied(listing, query, home_path(visit), today)


def home_path(visit: Visit) -> Sequence[str]:
    return visit.gazetteer.path(visit.subscriber.home) if visit.subscriber.home else ()


def around(gazetteer: Gazetteer, query: Query) -> tuple[str, ...]:
    """What contains the place asked about, nearest first, without the whole country."""
    codes = query.territories[:1] or query.concerning[:1]
    return tuple(code for asked in codes for code in gazetteer.ancestors(asked) if code != RUSSIA)


def typed_in(event: CallbackQuery) -> str:
    """The question of the list under which a button was pressed: the first words in bold of its message."""
    message = event.message
    if not isinstance(message, TelegramMessage) or not message.text:
        return ""
    bold = (one for one in message.entities or () if one.type == MessageEntityType.BOLD)
    return next((one.extract_from(message.text) for one in bold), "")
