"""Others who send, each as its own documents show it; none of them writes anything down.

All get the same text and two buttons. python-telegram-bot's limiter is set so high that it counts and never waits.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from importlib.util import find_spec

from bench.delivery.stage import LETTER, Counting
from sandbox.server import TOKEN

Rival = Callable[[Counting, int], Awaitable[None]]

TEXT = f"<b>Отключение</b>\n\n{LETTER}"
LABELS = ("why:1", "rar:1")
AT_ONCE = 100


async def timed(rival: Rival, client: Counting, messages: int) -> tuple[float, float]:
    """Seconds of wall and of CPU; what it takes to import the rival does not count."""
    await rival(client, 1)
    wall, cpu = time.perf_counter(), time.process_time()
    await rival(client, messages)
    return time.perf_counter() - wall, time.process_time() - cpu


def found() -> Iterator[tuple[str, Rival]]:
    yield "JSON over aiohttp's client, nothing else", plain_aiohttp
    yield "plain loop over aiogram", plain_aiogram
    for package, name, rival in (
        ("aiogram_broadcaster", "aiogram-broadcaster", broadcaster),
        ("telegram", "python-telegram-bot with AIORateLimiter", python_telegram_bot),
    ):
        if find_spec(package):
            yield name, rival
        else:
            print(f"{name}: not installed; it comes with the dependency group `bench`")


async def plain_aiohttp(client: Counting, messages: int) -> None:
    """What the sender's own connections are measured against."""
    import aiohttp

    markup = {"inline_keyboard": [[{"text": one, "callback_data": one} for one in LABELS]]}
    slots = asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def send(chat: int) -> None:
            said = {"chat_id": chat, "text": TEXT, "parse_mode": "HTML", "reply_markup": markup}
            async with slots, session.post(f"{client.base_url}/bot{TOKEN}/sendMessage", json=said) as answer:
                assert (await answer.json())["ok"]

        await asyncio.gather(*(send(chat) for chat in range(1, messages + 1)))


async def plain_aiogram(client: Counting, messages: int) -> None:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=one, callback_data=one) for one in LABELS]]
    )
    slots = asyncio.Semaphore(AT_ONCE)
    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(client.base_url))) as bot:

        async def send(chat: int) -> None:
            async with slots:
                await bot.send_message(chat, TEXT, parse_mode="HTML", reply_markup=markup)

        await asyncio.gather(*(send(chat) for chat in range(1, messages + 1)))


async def broadcaster(client: Counting, messages: int) -> None:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
    from aiogram_broadcaster import Broadcaster
    from aiogram_broadcaster.contents import TextContent

    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=one, callback_data=one) for one in LABELS]]
    )
    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(client.base_url))) as bot:
        content = TextContent(text=TEXT, parse_mode="HTML", reply_markup=markup)
        mailer = await Broadcaster(bot).create_mailer(range(1, messages + 1), content)
        await mailer.start()


async def python_telegram_bot(client: Counting, messages: int) -> None:
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup
    from telegram.ext import AIORateLimiter, ExtBot
    from telegram.request import HTTPXRequest

    markup = InlineKeyboardMarkup([[InlineKeyboardButton(one, callback_data=one) for one in LABELS]])
    limiter = AIORateLimiter(overall_max_rate=1e6)
    request = HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=60)
    slots = asyncio.Semaphore(AT_ONCE)
    async with ExtBot(TOKEN, base_url=f"{client.base_url}/bot", request=request, rate_limiter=limiter) as bot:

        async def send(chat: int) -> None:
            async with slots:
                await bot.send_message(chat, TEXT, parse_mode="HTML", reply_markup=markup)

        await asyncio.gather(*(send(chat) for chat in range(1, messages + 1)))
