"""The HTTP door of the Bot API: reads a call however it comes, answers, or fails in the way that was asked for."""

import asyncio
import hmac
import inspect
import json
import socket
import struct
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from sandbox.faults import REFUSING, Fault, FaultKind
from sandbox.methods import SUPPORTED
from sandbox.refusals import Refusal, bad_request
from sandbox.telegram import Telegram, Upload, open_call

Json = dict[str, Any]
LARGEST_BODY = 50 * 1024 * 1024
HTML_ERROR = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>"


async def handle(telegram: Telegram, request: web.BaseRequest) -> web.StreamResponse:
    """Answers a request to /bot<token>/<method>."""
    token, _, method = request.path.removeprefix("/bot").partition("/")
    if not hmac.compare_digest(token.encode(), telegram.token.encode()):
        return _refused(Refusal(401, "Unauthorized"))
    try:
        given, uploads = await read_body(request)
        fault = telegram.faults.pick(method, given.get("chat_id")) if telegram.faults.active else None
        if fault and fault.kind in REFUSING:
            raise fault.refusal()
        answer = b"" if fault and not fault.accepts else await perform(telegram, method, given, uploads)
    except Refusal as refusal:
        return _refused(refusal)
    return await _fail(request, fault, answer) if fault else _json(answer)


async def perform(telegram: Telegram, method: str, given: Json, uploads: dict[str, Upload]) -> bytes:
    call = open_call(telegram, method, given, uploads)
    carry_out = SUPPORTED.get(call.method)
    if carry_out is None:
        raise Refusal(501, f"Not Implemented: {call.method} is not supported by the sandbox")
    result = carry_out(call)
    if inspect.isawaitable(result):
        result = await result
    return json.dumps({"ok": True, "result": result}, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


async def obey(telegram: Telegram, method: str, given: Json) -> None:
    """Does a call that came as the answer of a webhook, where a refusal reaches nobody."""
    with suppress(Refusal):
        await perform(telegram, method, given, {})


def download(telegram: Telegram, request: web.BaseRequest) -> web.Response:
    """Answers a request to /file/bot<token>/<path from getFile>."""
    token, _, path = request.path.removeprefix("/file/bot").partition("/")
    stored = telegram.world.files.get(path.split("/")[1]) if path.count("/") == 2 else None
    if token != telegram.token or stored is None:
        return _refused(Refusal(404, "Not Found"))
    return web.Response(body=stored.data, content_type="application/octet-stream")


async def read_body(request: web.BaseRequest) -> tuple[Json, dict[str, Upload]]:
    """The parameters from query, form, multipart or JSON, and the files."""
    given: Json = dict(parse_qsl(request.query_string, keep_blank_values=True)) if request.query_string else {}
    if not request.body_exists:
        return given, {}
    kind = request.content_type
    if kind == "multipart/form-data":
        fields, uploads = await _multipart(request)
        return given | fields, uploads
    body = await request.read()
    if kind == "application/json":
        try:
            fields = json.loads(body) if body else {}
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(fields, dict):
            raise bad_request("can't parse JSON object")
        return given | fields, {}
    return given | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), {}


async def _multipart(request: web.BaseRequest) -> tuple[Json, dict[str, Upload]]:
    fields: Json = {}
    uploads: dict[str, Upload] = {}
    reader: MultipartReader = await request.multipart()
    while part := await reader.next():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        data = bytes(await part.read())
        if len(data) > LARGEST_BODY:
            raise Refusal(413, "Request Entity Too Large")
        if part.filename is None:
            fields[part.name] = data.decode("utf-8", "replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, data)
            fields.setdefault(part.name, f"attach://{part.name}")
    return {name: one for name, one in fields.items() if not _only_attached(name, fields, uploads)}, uploads


def _only_attached(name: str, fields: Json, uploads: dict[str, Upload]) -> bool:
    """A file part that another field names by attach://, and so is no parameter itself."""
    if name not in uploads:
        return False
    mark = f"attach://{name}"
    return any(mark in text for other, text in fields.items() if other != name)


def _json(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/json")


def _refused(refusal: Refusal) -> web.Response:
    return _json(json.dumps(refusal.body(), ensure_ascii=False).encode("utf-8", "replace"), refusal.code)


async def _fail(request: web.BaseRequest, fault: Fault, answer: bytes) -> web.StreamResponse:
    if fault.kind in {FaultKind.TIMEOUT, FaultKind.LATENCY}:
        await asyncio.sleep(fault.seconds)
        return _json(answer)
    if fault.kind is FaultKind.RESET:
        return _reset(request)
    if fault.kind is FaultKind.CUT_BODY:
        return await _cut(request, answer)
    return {
        FaultKind.SERVER_ERROR: _refused(Refusal(500, "Internal Server Error")),
        FaultKind.SERVER_HTML: web.Response(text=HTML_ERROR, status=502, content_type="text/html"),
        FaultKind.NO_DESCRIPTION: _json(b'{"ok":false,"error_code":500}', 500),
        FaultKind.NOT_JSON: web.Response(text="upstream is busy, come back later"),
    }[fault.kind]


def _reset(request: web.BaseRequest) -> web.Response:
    """Closes the connection with RST instead of an answer."""
    transport = request.transport
    if transport:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


async def _cut(request: web.BaseRequest, answer: bytes) -> web.StreamResponse:
    body = answer or b'{"ok":true,"result":true}'
    response = web.StreamResponse(headers={"Content-Length": str(len(body)), "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    return response
