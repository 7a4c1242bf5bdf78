"""getUpdates."""

from sandbox.parameters import VOCABULARIES
from sandbox.refusals import misuse
from sandbox.telegram import Call
from sandbox.world import Json


async def get_updates(call: Call) -> list[Json]:
    remember_allowed(call)
    limit = max(1, min(100, call.get("limit", 100)))
    return await call.updates.poll(call.get("offset", 0), limit, max(0, min(50, call.get("timeout", 0))))


def remember_allowed(call: Call) -> None:
    """allowed_updates holds until it is given anew; an empty list is the default again."""
    allowed = call.get("allowed_updates")
    if allowed is None:
        return
    unknown = set(allowed).difference(VOCABULARIES["update_kinds"])
    if unknown:
        raise misuse(f"allowed_updates names unknown kinds: {', '.join(sorted(unknown))}")
    call.updates.allowed = frozenset(allowed) or None
