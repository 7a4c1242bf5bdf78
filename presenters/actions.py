"""What a button does: small dataclasses, packed into the 64 bytes that travel with the button.

A packed action names an act and its object, never a right: whoever may act is asked where the act happens.
Declare one with ``@action("verb")``; handlers receive it unpacked by ``Pressed(ThatAction)``.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, dataclass_transform, get_args, get_type_hints

MAX_BYTES = 64
_SEPARATOR = ":"

_verbs: dict[str, type] = {}
A = TypeVar("A")


@dataclass_transform(frozen_default=True)
def action(verb: str) -> Callable[[type[A]], type[A]]:
    """Makes a frozen dataclass of int, bool, str, StrEnum or optional fields an action; the verb must be its own."""

    def declare(cls: type[A]) -> type[A]:
        if verb in _verbs and _verbs[verb].__qualname__ != cls.__qualname__:
            raise ValueError(f"two actions are called {verb!r}")
        made = dataclass(frozen=True)(cls)
        made.verb = verb  # type: ignore[attr-defined]
        _verbs[verb] = made
        return made

    return declare


def pack(act: Any) -> str:
    """The action as callback data. Raises ValueError where it does not fit or holds a separator."""
    parts = [act.verb, *(_to_text(getattr(act, field.name)) for field in fields(act))]
    if any(_SEPARATOR in part for part in parts):
        raise ValueError(f"no field of an action may hold {_SEPARATOR!r}: {act!r}")
    packed = _SEPARATOR.join(parts)
    if len(packed.encode()) > MAX_BYTES:
        raise ValueError(f"longer than {MAX_BYTES} bytes: {packed!r}")
    return packed


def unpack(data: str) -> Any | None:
    """The action that was packed; None for anything else, however malformed."""
    verb, *parts = data.split(_SEPARATOR)
    cls = _verbs.get(verb)
    if cls is None or len(parts) != len(fields(cls)):
        return None
    hints = get_type_hints(cls)
    try:
        return cls(*(_from_text(part, hints[field.name]) for part, field in zip(parts, fields(cls), strict=True)))
    except (ValueError, KeyError):
        return None


def _to_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def _from_text(text: str, hint: Any) -> Any:
    if isinstance(hint, UnionType):
        inner = next(kind for kind in get_args(hint) if kind is not type(None))
        return None if text == "" else _from_text(text, inner)
    if hint is bool:
        return {"0": False, "1": True}[text]
    if hint is int:
        return _int(text)
    return hint(text)


def _int(text: str) -> int:
    value = int(text)
    if str(value) != text or abs(value) >= 2**63:
        raise ValueError(text)
    return value
