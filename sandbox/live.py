"""The wire to the chat page: a WebSocket that tells what happens and takes what people do."""

import asyncio
import json
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from sandbox.cast import Cast
from sandbox.control import NotPossible, perform
from sandbox.snapshot import snapshot
from sandbox.telegram import Telegram
from sandbox.world import Json

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
RATE_EVERY: Final = 1.0
LONGEST_QUEUE: Final = 10_000
ANEW: Final = frozenset({"member", "commands", "profile", "people"})
"""Events after which the page draws itself from a fresh snapshot."""


def same_origin(request: web.BaseRequest, bound_to: str) -> bool:
    """Whether a request comes from the sandbox's own page or from no browser: other sites may not act here.

    A sandbox bound to this machine answers to this machine's names alone, so that no foreign name can be pointed at it.
    """
    host = urlsplit(f"//{request.host}").hostname
    origin = request.headers.get("Origin")
    known = bound_to not in LOOPBACK or host in LOOPBACK
    return known and (origin is None or urlsplit(origin).netloc == request.host)


async def live(telegram: Telegram, cast: Cast, request: web.BaseRequest) -> web.StreamResponse:
    """Sends a snapshot, then every event; takes {"act": …, "ref": n, …} and answers {"event": "done", "ref": n, …}."""
    socket = web.WebSocketResponse(heartbeat=20, max_msg_size=1_000_000)
    await socket.prepare(request)
    events: asyncio.Queue[Json] = asyncio.Queue(LONGEST_QUEUE)
    events.put_nowait(snapshot(telegram, cast))

    def hear(event: Json) -> None:
        if events.full():  # a page that cannot follow is let go; it comes back and gets a snapshot
            writer.cancel()
        else:
            events.put_nowait(snapshot(telegram, cast) if event["event"] in ANEW else event)

    writer = asyncio.ensure_future(_write(telegram, socket, events))
    stop = telegram.world.listen(hear)
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                events.put_nowait(answer(telegram, message.data))
    finally:
        stop()
        writer.cancel()
        with suppress(asyncio.CancelledError):
            await writer
    return socket


def answer(telegram: Telegram, text: str) -> Json:
    """Does the act that a message asks for."""
    try:
        given = json.loads(text)
        name, ref = given.pop("act"), given.pop("ref", None)
    except (ValueError, AttributeError, KeyError, TypeError):
        return {"event": "done", "ref": None, "error": "not an act"}
    try:
        return {"event": "done", "ref": ref, "result": perform(telegram, name, given)}
    except NotPossible as error:
        return {"event": "done", "ref": ref, "error": str(error)}


async def _write(telegram: Telegram, socket: web.WebSocketResponse, events: asyncio.Queue[Json]) -> None:
    """Events as they come, and the rate whenever it has changed."""
    told = 0
    try:
        while not socket.closed:
            try:
                event = await asyncio.wait_for(events.get(), RATE_EVERY)
            except TimeoutError:
                rate = telegram.gate.rate()
                if rate == told:
                    continue
                told, event = rate, {"event": "rate", "rate": rate}
            await socket.send_str(json.dumps(event, ensure_ascii=False))
    except ConnectionError:
        return
    finally:
        await socket.close()
