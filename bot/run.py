"""The whole bot in one process: starts what runs, and ends it in order."""

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress

import structlog
from aiogram import Bot, Dispatcher

from analysis.reader import Reader
from bot import installation, polling, wiring
from bot.alone import alone
from bot.inbox import Inbox
from bot.settings import Settings
from bot.slots import Slots
from delivery.pacer import Pacer
from delivery.spacing import Spacing
from delivery.telegram import PacedRequests
from storage.engine import Database

log = structlog.get_logger(__name__)

DRAIN = 10.0
"""Seconds that handlers get to end in when the process stops."""


async def serve(settings: Settings, stop: asyncio.Event, ready: Callable[[], None] = lambda: None) -> None:
    """Runs until ``stop`` is set; calls ``ready`` once people are answered.

    Raises polling.AnotherPollerError, or aiogram's TelegramUnauthorizedError where the token is not accepted.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(installation.opened(settings))
        gazetteer = await installation.gazetteer_of(database)
        reader = Reader(gazetteer)
        pacer, spacing, slots = Pacer(settings.send_rate), Spacing(), Slots()
        bot = await stack.enter_async_context(wiring.telegram_bot(settings))
        await polling.reach(bot)
        bot.session.middleware(PacedRequests(pacer, spacing, slots.aside))
        gathered = await stack.enter_async_context(wiring.gathering_from(settings))
        dispatcher = await stack.enter_async_context(
            wiring.dispatching(settings, database, gazetteer, reader, gathered)
        )
        inbox = Inbox(database, dispatcher, bot, slots=slots)
        stack.push_async_callback(inbox.drain, DRAIN)
        await stack.enter_async_context(wiring.ticking(settings, database, reader, gathered, bot))
        await stack.enter_async_context(wiring.sending(settings, database, pacer, spacing))
        if settings.web_port:
            await stack.enter_async_context(wiring.listening(settings, database, gazetteer, inbox))
        await inbox.recover()
        spare_the_collector()
        log.info("running", database=database.url.get_backend_name(), webhook=bool(settings.webhook_url))
        ready()
        await _receive(settings, bot, inbox, dispatcher, database, stop)
        log.info("ending")


def spare_the_collector() -> None:
    """What was loaded stays: looked through for garbage, the gazetteer alone holds the loop up for 200 ms each time."""
    gc.collect()
    gc.freeze()


async def _receive(
    settings: Settings, bot: Bot, inbox: Inbox, dispatcher: Dispatcher, database: Database, stop: asyncio.Event
) -> None:
    """Lets updates in until ``stop`` is set."""
    allowed = dispatcher.resolve_used_update_types()
    if settings.webhook_url:
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
        await bot.set_webhook(settings.webhook_url, secret_token=secret, allowed_updates=allowed)
        await stop.wait()
        return
    await bot.delete_webhook()
    receiving = asyncio.create_task(alone(database, "poller", lambda: polling.poll(bot, inbox, allowed)))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([receiving, stopping], return_when=asyncio.FIRST_COMPLETED)
        if receiving.done():
            receiving.result()
    finally:
        for task in (receiving, stopping):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await receiving


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and Ctrl-C end the process in order; the second Ctrl-C ends it at once."""
    loop = asyncio.get_running_loop()

    def ask() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask)
