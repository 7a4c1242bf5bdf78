"""A web site on this machine whose pages a test writes, and which remembers how it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """``pages``: by path with query; ``answers``: functions, for what a plain page cannot do."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.answers: dict[str, Answer] = {}
        self.asked: list[web.BaseRequest] = []
        self.url = ""

    def put(self, path: str, body: bytes | str, *, status: int = 200, **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(raw, status, {name.replace("_", "-"): value for name, value in headers.items()})

    def times(self, path: str) -> int:
        return sum(request.path_qs == path for request in self.asked)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request)
        if answer := self.answers.get(request.path_qs):
            return await answer(request)
        page = self.pages.get(request.path_qs, Page(b"not here", 404))
        etag = page.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=page.headers)
        return web.Response(body=page.body, status=page.status, headers=page.headers)


@asynccontextmanager
async def serving(host: str = "127.0.0.1") -> AsyncIterator[Site]:
    site = Site()
    server = web.Server(site.handle)
    running = await asyncio.get_running_loop().create_server(server, host, 0)
    port = running.sockets[0].getsockname()[1]
    site.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    try:
        yield site
    finally:
        running.close()
        await server.shutdown(0.1)
        await running.wait_closed()
