"""The HTTP side of the chat page: its files, uploads and pictures, and the acts for scripts."""

import json
import mimetypes
from collections.abc import Mapping
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from aiohttp import web

from sandbox.bot_api import LARGEST_BODY
from sandbox.cast import Cast
from sandbox.control import NotPossible, perform
from sandbox.live import live, same_origin
from sandbox.methods.media import store
from sandbox.refusals import Refusal
from sandbox.telegram import Telegram, Upload

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
KINDS: Final[Mapping[str, str]] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GUARDS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


async def serve(telegram: Telegram, cast: Cast, bound_to: str, request: web.BaseRequest) -> web.StreamResponse:
    """Answers everything that is not the Bot API; `bound_to` is the address the server listens on."""
    if not same_origin(request, bound_to):
        return web.Response(status=403, text="this page belongs to another address")
    head, _, tail = request.path.removeprefix("/").partition("/")
    if head == "live":
        return await live(telegram, cast, request)
    if head == "upload" and request.method == "POST":
        return await _upload(telegram, request)
    if head == "control" and request.method == "POST":
        return await _control(telegram, tail, request)
    if head == "media":
        return _media(telegram, tail)
    return _page(tail if head == "page" else (head or "index.html"))


def _page(name: str) -> web.Response:
    kind = KINDS.get(name.rpartition(".")[2])
    source = files("sandbox") / "page" / name
    if kind is None or "/" in name or "\\" in name or not source.is_file():
        return web.Response(status=404, text="not found")
    return web.Response(body=source.read_bytes(), content_type=kind, charset="utf-8", headers=GUARDS)


async def _upload(telegram: Telegram, request: web.BaseRequest) -> web.Response:
    """Body: the file. Query: name, and kind (photo or document). Answers {"file": id}."""
    data = await request.content.read(LARGEST_BODY + 1)
    while len(data) <= LARGEST_BODY and (more := await request.content.read(LARGEST_BODY + 1)):
        data += more
    if len(data) > LARGEST_BODY:
        return web.json_response({"error": "the file is too big"}, status=413)
    name, kind = request.query.get("name", "file"), request.query.get("kind", "document")
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        stored = store(telegram.world, "photo" if kind == "photo" else "document", Upload(name, mime, data))
    except Refusal as refusal:
        return web.json_response({"error": refusal.description}, status=400)
    return web.json_response({"file": stored.id})


async def _control(telegram: Telegram, name: str, request: web.BaseRequest) -> web.Response:
    """Does an act with a JSON body, for scripts and for a sandbox in another process."""
    try:
        given = json.loads(await request.read() or b"{}")
        return web.json_response({"result": perform(telegram, name, given)})
    except NotPossible as error:
        return web.json_response({"error": str(error)}, status=400)
    except ValueError:
        return web.json_response({"error": "the body is no JSON"}, status=400)


def _media(telegram: Telegram, file_id: str) -> web.Response:
    """Pictures are shown, everything else is downloaded: nothing that was uploaded runs in the page."""
    stored = telegram.world.files.get(file_id)
    if stored is None:
        return web.Response(status=404, text="not found")
    mime = mimetypes.guess_type(stored.name)[0] or stored.mime
    shown = stored.kind == "photo" and mime in PICTURES
    disposition = "inline" if shown else f"attachment; filename*=UTF-8''{quote(stored.name, safe='')}"
    headers = {**GUARDS, "Content-Disposition": disposition, "Cache-Control": "private, max-age=86400"}
    kind = mime if shown else "application/octet-stream"
    return web.Response(body=stored.data, content_type=kind, headers=headers)
