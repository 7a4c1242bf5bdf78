"""Whether the process is alive, whether it can do its work, and its figures for Prometheus."""

import asyncio
from collections.abc import Awaitable, Mapping

import structlog
from aiohttp import web

from bot.web.context import CONTEXT, Context
from bot.web.metrics import render
from delivery.settling import LEASE
from storage.operation import checkup, figures, job_runs, leases

log = structlog.get_logger(__name__)

PATIENCE = 5.0
"""Seconds that a part may take to answer before it counts as failing."""


def routes() -> list[web.RouteDef]:
    return [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)]


async def alive(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def ready(request: web.Request) -> web.Response:
    """200 where everything is well, 503 otherwise; the body names each part, with what is wrong or "ok"."""
    context = request.app[CONTEXT]
    parts: Mapping[str, Awaitable[str]] = {
        "database": _writable(context),
        "schema": _schema(context),
        "sender": _sender(context),
    }
    found = {name: await _within_patience(part) for name, part in parts.items()}
    good = all(word == "ok" for word in found.values())
    headers = {"Cache-Control": "no-store"}
    return web.json_response({"ready": good, **found}, status=200 if good else 503, headers=headers)


async def metrics(request: web.Request) -> web.Response:
    context = request.app[CONTEXT]
    now = context.clock()
    async with context.database.read() as connection:
        counted = await figures.count(connection, now)
        jobs = await job_runs.last(connection)
    body, kind = render(counted, jobs, context.dropped(), now)
    return web.Response(body=body, headers={"Content-Type": kind, "Cache-Control": "no-store"})


async def _within_patience(part: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await part
    except TimeoutError:
        return f"no answer within {PATIENCE:g} s"
    except Exception as error:
        log.exception("a part is not ready")
        return type(error).__name__


async def _writable(context: Context) -> str:
    async with context.database.begin():
        return "ok"


async def _schema(context: Context) -> str:
    async with context.database.read() as connection:
        found = await checkup.schema(connection)
    return "ok" if found.is_newest else f"{found.current} instead of {found.newest}"


async def _sender(context: Context) -> str:
    async with context.database.read() as connection:
        held = await leases.holder(connection, LEASE, context.clock())
    return "ok" if held else "nobody sends"
