"""Answers that caches understand: an ETag over the bytes, 304 for who has them already."""

import hashlib

from aiohttp import web

GUARDS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def cached(request: web.Request, body: bytes, kind: str, *, max_age: int, file_name: str | None = None) -> web.Response:
    """``max_age`` in seconds; with a ``file_name`` the browser saves it instead of showing it."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    if request.if_none_match and any(known.value in (tag, "*") for known in request.if_none_match):
        reply = web.Response(status=304)
    else:
        reply = web.Response(body=body, headers={"Content-Type": kind})
        if len(body) > 1024:
            reply.enable_compression()
    reply.etag = tag
    reply.headers["Cache-Control"] = f"public, max-age={max_age}"
    if file_name:
        reply.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return reply
