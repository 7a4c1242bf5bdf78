"""setWebhook, deleteWebhook, getWebhookInfo; the pushing itself is in sandbox/webhook.py."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from sandbox.methods.polling import remember_allowed
from sandbox.refusals import bad_request, conflict
from sandbox.telegram import Call
from sandbox.world import Json

PORTS: Final = frozenset({443, 80, 88, 8443})
LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})
BY_SET: Final = "terminated by setWebhook request"


def set_webhook(call: Call) -> bool:
    url = call.get("url", "")
    if url:
        _check_url(url)
    secret = call.get("secret_token", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    remember_allowed(call)
    _use(call, url, secret)
    return True


def delete_webhook(call: Call) -> bool:
    _use(call, "", "")
    return True


def get_webhook_info(call: Call) -> Json:
    webhook = call.updates.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(call.updates.pending),
    }
    if webhook.url:
        info["max_connections"] = webhook.connections
    if webhook.last_error:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error}
    if call.updates.allowed:
        info["allowed_updates"] = sorted(call.updates.allowed)
    return info


def _use(call: Call, url: str, secret: str) -> None:
    if call.get("drop_pending_updates"):
        call.updates.pending.clear()
    if url:
        call.updates.interrupt(conflict(BY_SET))
    call.updates.use_webhook(url, secret, max(1, min(100, call.get("max_connections", 40))))


def _check_url(url: str) -> Any:
    """HTTPS and one of four ports; addresses of this machine are let through, as a local Bot API server does."""
    parts = urlsplit(url)
    if parts.hostname in LOCAL:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
