"""The sandbox as a whole: a server on 127.0.0.1 with the Bot API, in the caller's event loop.

async with Sandbox() as sandbox:
    ann = sandbox.person("Анна")
    bot = Bot(sandbox.token, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))
    await ann.send("/start")
    await ann.expects("Здравствуйте")
"""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from aiohttp import web

from sandbox import bot_api, pages
from sandbox.cast import Cast
from sandbox.faults import Fault, Faults
from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.places import Group
from sandbox.state import StateFile
from sandbox.telegram import Ledger, Telegram
from sandbox.webhook import Pusher
from sandbox.world import Chat, User, World

TOKEN = "4242424242:AAHsandboxsandboxsandboxsandboxsand"  # noqa: S105 (opens nothing but the sandbox)


class Sandbox:
    """A local Telegram. Options:

    limits: what Telegram would refuse with 429; `Limits.off()` lets all through.
    keep_messages: False keeps only the ledger, for benches with very many messages.
    population: ids of people who exist and have started the bot without being named one by one.
    state_path: file that keeps chats, messages, waiting updates and files from one run to the next.
    webhook_pause: seconds before a refused webhook is tried again; then twice as long each time.
    cast: people, groups and towns that are there from the first moment; the chat page gives each person a column.
    stars: what the bot may spend on paid broadcasts.
    clock: seconds since the epoch for dates; ticks: a monotonic clock for the limits.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        host: str = "127.0.0.1",
        port: int = 0,
        limits: Limits | None = None,
        keep_messages: bool = True,
        population: range = range(0),
        cast: Cast | None = None,
        state_path: Path | None = None,
        bot_name: str = "Глашатай",
        bot_username: str = "glashatai_bot",
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
        webhook_pause: float = 1.0,
        seed: int = 0,
        stars: int = 0,
    ) -> None:
        bot = User(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        world = World(bot, clock)
        world.population = population
        world.forgetful = not keep_messages
        self.telegram = Telegram(token, world, limits or Limits(), keep_messages, ticks, seed, stars)
        self.host, self.port = host, port
        self.cast = cast or Cast()
        self._state = StateFile(self.telegram, state_path) if state_path else None
        if self._state:
            self._state.load()
        self._set_stage()
        self._pusher = Pusher(self.telegram, bot_api.obey, webhook_pause)
        self.telegram.restart = self._restart_soon
        self._restarting: asyncio.Task[None] | None = None
        self._forget: Callable[[], None] = lambda: None
        self._runner: web.ServerRunner | None = None
        self._site: web.TCPSite | None = None
        self._next_person, self._next_group = 1001, -1001

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listens; `port` 0 becomes the one that was free."""
        server = web.Server(self._serve, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, self.host, self.port, backlog=1024)
        await self._site.start()
        self.port = self._runner.addresses[0][1]
        if self._state:
            self._forget = self.world.listen(self._state.touch)

    async def stop(self) -> None:
        """Closes every connection, also those of long polls and hanging faults."""
        await self._pusher.stop()
        if self._state:
            self._forget()
            await self._state.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def restart(self, after: float = 0.0) -> None:
        """Closes every connection and refuses new ones for so many seconds; then all is as before."""
        await self.stop()
        await asyncio.sleep(after)
        await self.start()

    def _restart_soon(self, seconds: float) -> None:
        self._restarting = asyncio.get_running_loop().create_task(self.restart(seconds))

    async def restarted(self) -> None:
        """Waits until a restart that a script asked for is over."""
        if self._restarting:
            await self._restarting

    async def polled(self) -> None:
        """Waits until a bot is there and waits for updates."""
        await self.telegram.updates.until(lambda: not self.telegram.updates.idle)

    async def taken(self) -> None:
        """Waits until the bot has taken every update, which is not yet until it has answered."""
        await self.telegram.updates.until(lambda: not self.telegram.updates.pending)

    async def state_written(self) -> None:
        """Writes the state file now, without waiting for a quiet moment."""
        if self._state:
            await self._state.save()

    @property
    def url(self) -> str:
        """Base address for TELEGRAM_API_URL; the chat page is there too."""
        return f"http://{self.host}:{self.port}"

    @property
    def token(self) -> str:
        return self.telegram.token

    @property
    def world(self) -> World:
        return self.telegram.world

    @property
    def ledger(self) -> Ledger:
        """Every message that was accepted, per chat: `ledger.count(chat_id)`, `ledger.copies()`."""
        return self.telegram.ledger

    @property
    def faults(self) -> Faults:
        return self.telegram.faults

    def fault(self, fault: Fault) -> int:
        """Switches a fault on; returns its number for `faults.remove`."""
        return self.telegram.faults.add(fault)

    def limit(self, limits: Limits) -> None:
        self.telegram.limit(limits)

    def person(
        self,
        name: str,
        id: int | None = None,  # noqa: A002 (Telegram's word)
        *,
        username: str = "",
        language: str = "ru",
        started: bool = False,
    ) -> Person:
        """A person, new or known by `id`; the name may hold a surname: «Анна Петрова».

        started: the person has opened the bot before, so that it may write first.
        """
        number = id if id is not None else self._free_person()
        if number not in self.world.users:
            first, _, last = name.partition(" ")
            self.world.add_user(User(number, first, last, username, language))
            self.world.tell({"event": "people"})
        if started:
            self.world.open_private(number).members[self.world.bot.id] = "member"
        return Person(self.telegram, self.world.users[number])

    def group(self, title: str, *members: Person, id: int | None = None, bot_status: str = "left") -> Group:  # noqa: A002
        """A basic group; the first member is its creator. The bot is in it by `bot_status` or `person.add_bot`."""
        return self._place("group", title, members, id or self._free_group(), bot_status)

    def supergroup(
        self,
        title: str,
        *members: Person,
        id: int | None = None,  # noqa: A002 (Telegram's word)
        bot_status: str = "left",
        topics: tuple[str, ...] = (),
    ) -> Group:
        """A supergroup; with `topics` a forum."""
        place = self._place("supergroup", title, members, id or self._free_group() - 10**12, bot_status)
        for topic in topics:
            place.add_topic(topic)
        return place

    def channel(
        self,
        title: str,
        *members: Person,
        id: int | None = None,  # noqa: A002 (Telegram's word)
        bot_status: str = "left",
        username: str = "",
    ) -> Group:
        """A channel; its first member is its owner and posts in it."""
        place = self._place("channel", title, members, id or self._free_group() - 10**12, bot_status)
        place.chat.username = username
        return place

    def _set_stage(self) -> None:
        for player in self.cast.people:
            self.person(player.name, player.id, username=player.username, language=player.language)
        for stage in self.cast.stages:
            if stage.id in self.world.chats:
                continue
            place = self._place(stage.kind, stage.title, (), stage.id, stage.bot)
            place.chat.members |= stage.members
            place.chat.username = stage.username
            for topic in stage.topics:
                place.add_topic(topic)

    def _place(self, kind: str, title: str, members: tuple[Person, ...], number: int, bot_status: str) -> Group:
        if number not in self.world.chats:
            statuses = {person.id: "member" for person in members}
            if members:
                statuses[members[0].id] = "creator"
            if bot_status != "left":
                statuses[self.world.bot.id] = bot_status
            self.world.chats[number] = Chat(number, kind, title, members=statuses)  # type: ignore[arg-type]
        return Group(self.telegram, self.world.chats[number])

    def _free_person(self) -> int:
        while self._next_person in self.world.users:
            self._next_person += 1
        return self._next_person

    def _free_group(self) -> int:
        while self._next_group in self.world.chats or self._next_group - 10**12 in self.world.chats:
            self._next_group -= 1
        return self._next_group

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith("/bot"):
            return await bot_api.handle(self.telegram, request)
        if request.path.startswith("/file/bot"):
            return bot_api.download(self.telegram, request)
        return await pages.serve(self.telegram, self.cast, self.host, request)
