"""The webhook: only Telegram gets in, and it is told "received" only after the update is written down."""

import hmac
import json
from typing import Any

from aiohttp import web

from bot.inbox import Inbox

PATH = "/telegram"


def route(inbox: Inbox, secret: str) -> web.RouteDef:
    """401 without the secret, 400 for what is no update, 413 for what is too large; never 5xx for bad input."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=401)
        payload = _update(await request.read())  # 413 by aiohttp where it is larger than the application allows
        if payload is None:
            return web.Response(status=400)
        await inbox.receive([payload])
        return web.Response()

    return web.post(PATH, receive)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = payload.get("update_id") if isinstance(payload, dict) else None
    return payload if isinstance(number, int) and 0 <= number < 2**63 else None
