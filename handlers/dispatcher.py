"""Puts the handlers together: what they are given, and the order in which they are asked."""

from collections.abc import Callable
from datetime import UTC, datetime

from aiogram import Dispatcher
from aiogram.fsm.storage.base import BaseStorage

from analysis.geography.gazetteer import Gazetteer
from analysis.reader import Reader
from domain.sources import Finding, Probe
from handlers import admin, fallback, faults, help, leaving  # noqa: A004  named after its command
from handlers.admin import sources
from handlers.chats import channel_posts, groups, membership
from handlers.dialogue_storage import DialogueStorage
from handlers.finding import cards, feeds, following, inline, lists, search
from handlers.middlewares import Acquaintance, Interruption
from handlers.people import my, privacy, reminding, settings, start, taming, topics
from handlers.suggestions import suggest, suggest_details
from handlers.turns import InTurn
from storage.engine import Database

# Who is asked first: dialogues before commands of the same words, free text and what nobody understood at the very end.
_ROOMS = (
    channel_posts,
    membership,
    leaving,
    suggest_details,
    suggest,
    start,
    topics,
    my,
    settings,
    help,
    privacy,
    admin,
    sources,
    taming,
    feeds,
    lists,
    cards,
    reminding,
    following,
    inline,
    groups,
    search,
    fallback,
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def looks_nowhere(url: str) -> Finding:
    """Where nothing is fetched: every address is refused."""
    return Finding(None, url, problem="nothing is fetched here")


def build(
    database: Database,
    gazetteer: Gazetteer,
    reader: Reader,
    *,
    dialogues: BaseStorage | None = None,
    language: str = "ru",
    time_zone: str = "Europe/Moscow",
    public_url: str | None = None,
    send_rate: float = 29.9,
    paid_send_rate: float = 0,
    probe: Probe = looks_nowhere,
    clock: Callable[[], datetime] = _utc_now,
) -> Dispatcher:
    """A dispatcher with every handler of the house.

    dialogues: where conversations stand, the database unless said otherwise (Redis with several replicas).
    language, time_zone: of subscribers until they say more about themselves.
    public_url: base address of calendars and feeds; None where there is no web server.
    send_rate, paid_send_rate: messages a second, from which it is said how long a mailing will take; 0: not offered.
    probe: looks at an address as a source (ingestion.detection); handlers know nothing of the network.
    clock: gives handlers their ``now``, aware, UTC.
    """
    dispatcher = Dispatcher(
        storage=dialogues or DialogueStorage(database, clock),
        events_isolation=InTurn(),
        disable_fsm=True,
        database=database,
        gazetteer=gazetteer,
        reader=reader,
        public_url=public_url,
        send_rate=send_rate,
        paid_send_rate=paid_send_rate,
        probe=probe,
    )
    dispatcher.update.outer_middleware(dispatcher.fsm)
    dispatcher.update.outer_middleware(Acquaintance(database, clock, language, time_zone))
    dispatcher.update.outer_middleware(Interruption())
    dispatcher.include_routers(faults.router(language), *(room.router() for room in _ROOMS))
    return dispatcher
