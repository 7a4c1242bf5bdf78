"""Makes the parts of the process out of the settings; each is a context that ends what it began."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder
from aiogram.fsm.storage.redis import RedisStorage
from aiohttp import web

from analysis.geography.gazetteer import Gazetteer
from analysis.reader import Reader
from bot import jobs, schedule, webhook
from bot.inbox import Inbox
from bot.settings import Settings
from bot.web.app import make_app
from delivery.pacer import Pacer, paid_pacer
from delivery.sender import Sender
from delivery.spacing import Spacing
from delivery.telegram import Telegram
from handlers import dispatcher as handlers
from handlers import menu
from ingestion import gathering
from ingestion.gathering import Gathering
from ingestion.polling import Poller
from storage.engine import Database


@asynccontextmanager
async def telegram_bot(settings: Settings) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url))
    try:
        yield Bot(settings.token, session=session)
    finally:
        await session.close()


def gathering_from(settings: Settings) -> AbstractAsyncContextManager[Gathering]:
    """What fetches and parses, within the bounds of the settings."""
    token = settings.vk_token.get_secret_value() if settings.vk_token else ""
    return gathering.opened(
        gathering.Options(settings.fetch_allow_private, settings.public_url or "", token, settings.vk_api_url)
    )


@asynccontextmanager
async def dispatching(
    settings: Settings, database: Database, gazetteer: Gazetteer, reader: Reader, gathered: Gathering
) -> AsyncIterator[Dispatcher]:
    """The handlers, with what they are given; dialogue state in Redis where several processes share the work."""
    dialogues: BaseStorage | None = None
    if settings.redis_url:
        dialogues = RedisStorage.from_url(settings.redis_url, key_builder=DefaultKeyBuilder(with_bot_id=True))
    dispatcher = handlers.build(
        database,
        gazetteer,
        reader,
        dialogues=dialogues,
        language=settings.default_language,
        time_zone=settings.default_time_zone,
        public_url=settings.public_url,
        send_rate=settings.send_rate,
        paid_send_rate=settings.paid_send_rate,
    )
    dispatcher["probe"] = gathered.detector.probe
    try:
        yield dispatcher
    finally:
        await dispatcher.emit_shutdown()
        await dispatcher.storage.close()


@asynccontextmanager
async def ticking(
    settings: Settings, database: Database, reader: Reader, gathered: Gathering, bot: Bot
) -> AsyncIterator[None]:
    """The periodic jobs, and the polls of sources that they start."""
    poller = Poller(database, reader, gathered.collector, interval=timedelta(minutes=settings.poll_interval))

    async def publish_menus(_now: datetime) -> None:
        await menu.publish(bot, database, settings.default_language)

    table = jobs.table(database, reader, poller, settings.default_language, publish_menus)
    try:
        async with schedule.running(schedule.Journal(database), table):
            yield
    finally:
        await poller.close()


@asynccontextmanager
async def sending(settings: Settings, database: Database, pacer: Pacer, spacing: Spacing) -> AsyncIterator[None]:
    """The sender; at the end it gets its time to settle what is under way."""
    telegram = Telegram(settings.token, settings.telegram_api_url)
    paid, stop = paid_pacer(settings.paid_send_rate), asyncio.Event()
    running = asyncio.create_task(Sender(database, telegram, pacer, spacing, paid=paid).run(stop))
    try:
        yield
    finally:
        stop.set()
        await running
        await telegram.close()


@asynccontextmanager
async def listening(settings: Settings, database: Database, gazetteer: Gazetteer, inbox: Inbox) -> AsyncIterator[None]:
    """The web server, with the webhook where one is set."""
    language, public_url = settings.default_language, settings.public_url
    app = make_app(database, gazetteer, language=language, public_url=public_url, dropped=lambda: inbox.dropped)
    if settings.webhook_url and settings.webhook_secret:
        app.add_routes([webhook.route(inbox, settings.webhook_secret.get_secret_value())])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.web_host, settings.web_port).start()
        yield
    finally:
        await runner.cleanup()
