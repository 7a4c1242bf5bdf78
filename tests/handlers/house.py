"""The whole bot as tests drive it: the real dispatcher over a real Bot, against the local Telegram.

    async def test_resident_names_their_town(house: House) -> None:
        anna = house.person("Анна")
        await anna.send("/start")
        await anna.expects("Где вы живёте?")
        await anna.press("Вся Россия")          # by label; an emoji before it may be left out
        await anna.press("Готово")
        assert (await anna.answer()) == ""      # the toast of the last press

`expects` waits for what is new since the person's own last act and fails with the last messages shown; nothing
sleeps. `anna.forge(data, message)` presses a button that was never offered. The clock stands still until a test moves
it: `house.clock.advance(days=1)`. Short ways to a known state:

    maria = await house.resident("Мария", home=SAYANOGORSK, topics=[Topic.TOS])
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    async with house.database.begin() as connection: …    # what is not the test's subject
    await house.settle()                                  # whatever people did is handled, answered or not
    await house.restart()                                 # the process ends and another one goes on
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from bot.allowance import Allowance
from bot.inbox import Inbox
from bot.polling import poll
from bot.slots import Slots
from delivery.pacer import Pacer
from delivery.spacing import Spacing
from delivery.telegram import PacedRequests
from domain.roles import Role
from domain.sources import Probe
from domain.subscribers import ChatKind, Frequency, Subscriber
from domain.territories import RUSSIA
from domain.topics import Topic
from handlers import dispatcher
from sandbox.people import Person
from sandbox.server import Sandbox
from storage.engine import Database
from storage.people import subscribers, subscriptions
from storage.tables import roles

KHAKASSIA = "95000000"
SAYANOGORSK = "95708000"
ABAKAN = "95701000"
TOMSK_REGION = "69000000"


class _Session(AiohttpSession):
    async def close(self) -> None:
        """At once; aiogram waits a quarter of a second for TLS, which is not there."""
        if self._session is not None:
            await self._session.close()


class Clock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)


class House:
    def __init__(self, sandbox: Sandbox, database: Database, reader: Reader) -> None:
        self.sandbox = sandbox
        self.database = database
        self.reader = reader
        self.clock = Clock(datetime(2026, 11, 21, 7, 0, tzinfo=UTC))
        self.allowance = Allowance(burst=1000, rate=1000)
        self.public_url: str | None = None
        self.probe: Probe = dispatcher.looks_nowhere
        self.bot: Bot
        self.dispatcher: Dispatcher
        self._inbox: Inbox
        self._polling: asyncio.Task[None]

    async def start(self) -> None:
        api = TelegramAPIServer.from_base(self.sandbox.url)
        self.bot = Bot(self.sandbox.token, session=_Session(api=api))
        slots = Slots()
        self.bot.session.middleware(PacedRequests(Pacer(1000), Spacing(), slots.aside))
        self.dispatcher = dispatcher.build(
            self.database,
            builtin(),
            self.reader,
            public_url=self.public_url,
            probe=lambda url: self.probe(url),
            clock=self.clock,
        )
        self._inbox = Inbox(self.database, self.dispatcher, self.bot, slots=slots, allowance=self.allowance)
        await self._inbox.recover()
        self._polling = asyncio.create_task(poll(self.bot, self._inbox, self.dispatcher.resolve_used_update_types()))

    async def stop(self, patience: float | None = None) -> None:
        self._polling.cancel()
        await asyncio.gather(self._polling, return_exceptions=True)
        await self._inbox.drain(patience)
        await self.dispatcher.emit_shutdown()
        await self.bot.session.close()

    async def settle(self) -> None:
        """Returns once everything that people did so far is handled: for acts that are not answered."""
        async with asyncio.timeout(5):
            while self.sandbox.telegram.updates.pending:  # noqa: ASYNC110  an empty queue tells nobody of it
                await asyncio.sleep(0.002)
        await self._inbox.drain()

    async def restart(self, patience: float | None = None) -> None:
        """The process ends, perhaps with little patience for what it began; another goes on from the database."""
        await self.stop(patience)
        await self.start()

    def person(self, name: str, *, language: str = "ru") -> Person:
        return self.sandbox.person(name, language=language)

    def open_chat(self, person: Person) -> None:
        """As if the person had pressed «Start» long ago: the bot may write to them."""
        self.sandbox.world.open_private(person.id).members[self.sandbox.world.bot.id] = "member"

    async def subscriber(self, person: Person) -> Subscriber:
        """As it stands in the database; made where the person has not written yet."""
        async with self.database.begin() as connection:
            known = await subscribers.by_chat(connection, person.id)
            return known or await subscribers.ensure(
                connection,
                chat_id=person.id,
                kind=ChatKind.PRIVATE,
                language=person.user.language_code,
                time_zone="Europe/Moscow",
                now=self.clock(),
            )

    async def resident(
        self,
        name: str,
        *,
        home: str = SAYANOGORSK,
        topics: Sequence[Topic] = (),
        frequency: Frequency = Frequency.AT_ONCE,
        language: str = "ru",
        person: Person | None = None,
    ) -> Person:
        """Somebody who has been through /start: home, its clock, one subscription a topic (none: everything)."""
        person = person or self.person(name, language=language)
        self.open_chat(person)
        made = await self.subscriber(person)
        async with self.database.begin() as connection:
            await subscribers.set_home(connection, made.id, home, builtin().by_code[home].time_zone)
            for topic in topics or (None,):
                await subscriptions.subscribe(
                    connection, made.id, home, topic=topic, frequency=frequency, now=self.clock()
                )
        return person

    async def official(self, name: str, role: Role, territory: str = RUSSIA, *, person: Person | None = None) -> Person:
        """Somebody with a role in a territory."""
        person = person or self.person(name)
        self.open_chat(person)
        await self.subscriber(person)
        async with self.database.begin() as connection:
            grant = {"user_id": person.id, "role": role, "territory": territory, "granted_at": self.clock()}
            await connection.execute(roles.insert().values(grant))
        return person
