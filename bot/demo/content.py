"""Puts the sample content into a fresh database: texts through the same door as any import, people, a first plan."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from bot.demo import cast
from bot.demo.dates import ZONE, fill
from domain.announcements import AnnouncementKind, AnnouncementState, Audience
from domain.events import Answer
from domain.readings import EventKind
from domain.roles import Role
from domain.sources import Entry, SourceKind, Trust
from domain.subscribers import ChatKind, Frequency
from domain.topics import Topic
from ingestion.files import read_jsonl
from ingestion.parsers import calendars
from ingestion.parsers.given import Given
from ingestion.pipeline import take_in
from storage.announcing import announcements
from storage.announcing.announcements import Wording
from storage.content import outlets
from storage.engine import Connection, Database
from storage.intake import sources
from storage.people import attendances, roles, subscribers, subscriptions

SHELVES = (
    ("sayanogorsk.jsonl", "Администрация Саяногорска", cast.SAYANOGORSK),
    ("khakassia.jsonl", "Совет муниципальных образований", cast.KHAKASSIA),
    ("council.ics", "Календарь совета", cast.KHAKASSIA),
    ("abakan.jsonl", "Новости Абакана", cast.ABAKAN),
    ("tomsk.jsonl", "Томские новости", cast.TOMSK_REGION),
    ("novgorod.jsonl", "Новгородский вестник", cast.NOVGOROD_REGION),
)
"""File, name of the source, home territory."""
GUESTS = 24
HOMES = (cast.SAYANOGORSK, cast.SAYANOGORSK, cast.SAYANOGORSK, cast.ABAKAN, cast.SAYANOGORSK, cast.TOMSK)


async def load(database: Database, now: datetime) -> int:
    """Returns how many texts came in. Safe to repeat with the same ``now``."""
    reader = Reader(builtin())
    count = 0
    for name, title, territory in SHELVES:
        async with database.begin() as connection:
            source = await sources.archive(connection, title, territory, now)
        intake = await take_in(database, reader, source, list(entries(name, now)), now, silent=True)
        count += intake.added + intake.merged
    async with database.begin() as connection:
        await _people(connection, now)
        await _neighbours(connection, now)
        await _guests(connection, now)
        await _plan(connection, now)
    return count


def entries(name: str, now: datetime) -> Iterator[Entry]:
    """The texts of one file, with dates that lie ahead of ``now``."""
    with as_file(files("bot.demo") / "texts" / name) as template, TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(fill(template.read_text("utf-8"), now), "utf-8")
        if path.suffix == ".ics":
            yield from calendars.parse(Given("", path.read_bytes(), "text/calendar", ZONE.key, now)).entries
            return
        for loaded in read_jsonl(path, ZONE.key):
            if loaded.entry is None:
                raise ValueError(f"{name}:{loaded.line}: {loaded.reason}")
            yield loaded.entry


async def _people(connection: Connection, now: datetime) -> None:
    """The leader of a TOS with his subscriptions and role, his TOS's chat, and the council's channel as a source."""
    await roles.grant(connection, cast.VIKTOR, Role.ORGANISER, cast.SAYANOGORSK, now=now)
    viktor = await _settle(connection, cast.VIKTOR, cast.SAYANOGORSK, now)
    for topic in (Topic.TOS, Topic.CONTESTS_GRANTS, Topic.FORUMS_MEETINGS):
        await subscriptions.subscribe(
            connection, viktor, cast.KHAKASSIA, topic=topic, frequency=Frequency.AT_ONCE, now=now
        )
    chat = await _settle(connection, cast.TOS_CHAT, cast.SAYANOGORSK, now, ChatKind.GROUP)
    await subscriptions.subscribe(
        connection, chat, cast.SAYANOGORSK, topic=Topic.TOS, frequency=Frequency.AT_ONCE, now=now
    )
    await sources.add(
        connection,
        kind=SourceKind.TELEGRAM,
        url=sources.channel_address(cast.CHANNEL),
        title="Канал совета",
        territory=cast.KHAKASSIA,
        trust=Trust.AUTO,
        now=now,
    )


async def _neighbours(connection: Connection, now: datetime) -> None:
    topics = cycle((None, Topic.TOS, Topic.HOUSING_UTILITIES, None, Topic.CULTURE_LEISURE))
    for chat_id, home, topic in zip(cast.NEIGHBOURS, cycle(HOMES), topics, strict=False):
        subscriber = await _settle(connection, chat_id, home, now)
        await subscriptions.subscribe(connection, subscriber, home, topic=topic, frequency=Frequency.WEEKLY, now=now)


async def _guests(connection: Connection, now: datetime) -> None:
    """Some of the neighbours will come to the forum."""
    listed = await outlets.calendar(connection, cast.SAYANOGORSK, Topic.TOS, now=now, limit=100)
    forum = next(one.event.id for one in listed if one.event.kind is EventKind.FORUM)
    for chat_id in cast.NEIGHBOURS[:GUESTS]:
        known = await subscribers.by_chat(connection, chat_id)
        if known:
            await attendances.answer(connection, forum, known.id, Answer.YES, now)


async def _settle(
    connection: Connection, chat_id: int, home: str, now: datetime, kind: ChatKind = ChatKind.PRIVATE
) -> int:
    zone = builtin().by_code[home].time_zone
    known = await subscribers.ensure(connection, chat_id=chat_id, kind=kind, language="ru", time_zone=zone, now=now)
    await subscribers.set_home(connection, known.id, home, zone)
    return known.id


async def _plan(connection: Connection, now: datetime) -> None:
    """An announcement that waits for tomorrow morning."""
    if await announcements.listed(connection, limit=1):
        return
    tomorrow = (now.astimezone(ZONE) + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    said = Wording("Форум ТОС: осталось несколько мест", fill("Заявки на форум принимаются до {+4d}.", now))
    plan = await announcements.create(
        connection,
        cast.ELENA,
        AnnouncementKind.NEWS,
        now,
        wording=said,
        audience=Audience((cast.SAYANOGORSK,), (Topic.TOS,)),
        scheduled_at=tomorrow.astimezone(UTC),
    )
    await announcements.become(connection, plan, AnnouncementState.SCHEDULED, now)
