"""Checks the parameters of every call against the table of Bot API 10.3 (bot_api.json).

Telegram ignores parameters it does not know; the sandbox refuses them, so that a typo shows.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sandbox.refusals import Refusal, bad_request, misuse

Reader = Callable[[Any], Any]
"""Takes a value as it came (text of a form or JSON) and types it; ValueError says in Telegram's words what is wrong."""

TABLE: Final[dict[str, Any]] = json.loads((files("sandbox") / "bot_api.json").read_text("utf-8"))
VOCABULARIES: Final[dict[str, list[str]]] = TABLE["vocabularies"]
METHODS: Final[dict[str, str]] = {name.lower(): name for name in TABLE["methods"]}

MISSING: Final = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "file_id": "file_id not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "inline_query_id": "inline_query_id is empty",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
}
SPOKEN: Final = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "MessageEntity": "MessageEntity",
    "BotCommand": "BotCommand",
}
TEXT_WILL_DO: Final = frozenset({"KeyboardButton", "InputPollOption"})
"""Types in whose place a bare text may stand."""


def read(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The typed parameters of a call. Raises Refusal for what is missing, mistyped or unknown."""
    readers, required = _method(method)
    typed = {}
    for name, value in given.items():
        reader = readers.get(name)
        if reader is None:
            raise misuse(f'{method} has no parameter "{name}" in Bot API 10.3')
        if value is None or value == "":
            continue
        try:
            typed[name] = reader(value)
        except ValueError as error:
            raise _mistyped(name, error) from error
    for name in required:
        if name not in typed:
            raise bad_request(MISSING.get(name, f'parameter "{name}" is required'))
    return typed


def _mistyped(name: str, error: ValueError) -> Refusal:
    if name == "chat_id":
        return bad_request("chat not found")
    words = str(error)
    return bad_request(
        words if words.startswith(("can't parse", "object expected")) else f"can't parse {name}: {words}"
    )


@cache
def _method(method: str) -> tuple[dict[str, Reader], tuple[str, ...]]:
    return _fields(TABLE["methods"][method])


def _fields(table: dict[str, str]) -> tuple[dict[str, Reader], tuple[str, ...]]:
    readers = {name.rstrip("!"): reader_of(type_) for name, type_ in table.items()}
    return readers, tuple(name[:-1] for name in table if name.endswith("!"))


@cache
def reader_of(type_: str) -> Reader:
    """The reader of a type as the Bot API writes it, e.g. «Array of Integer», «InlineKeyboardMarkup or ForceReply»."""
    if type_ in SCALARS:
        return SCALARS[type_]
    if type_.startswith("Array of "):
        kinds = [reader_of(name) for name in re.split(r", | and ", type_.removeprefix("Array of "))]
        return _array(kinds[0] if len(kinds) == 1 else reader_of("InputMedia"))
    if " or " in type_:
        return _any_of(type_.split(" or "))
    if type_ in TABLE["unions"]:
        return _union(type_)
    if type_ in TABLE["types"]:
        return _object(type_)
    return _json


def _json(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError("Can't parse JSON object") from None
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("must be an Integer")
    if isinstance(value, str) and not re.fullmatch(r"\s*-?\d+\s*", value):
        raise ValueError("must be an Integer")
    return int(value)


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError("must be a Float number") from None


def _string(value: Any) -> str:
    if isinstance(value, bool | dict | list):
        raise ValueError("must be of type String")
    return str(value)


def _boolean(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).strip().lower() in {"true", "yes", "1"}


def _chat(value: Any) -> int | str:
    return value if isinstance(value, str) and value.startswith("@") else _integer(value)


SCALARS: Final[dict[str, Reader]] = {
    "Integer": _integer,
    "Float": _float,
    "String": _string,
    "Boolean": _boolean,
    "True": _boolean,
    "Integer or String": _chat,
    "InputFile": _string,
    "InputFile or String": _string,
}


def _array(element: Reader) -> Reader:
    def read_array(value: Any) -> list[Any]:
        value = _json(value)
        if not isinstance(value, list):
            raise ValueError("Expected an Array")
        return [element(one) for one in value]

    return read_array


def _object(type_: str) -> Reader:
    parts: list[tuple[dict[str, Reader], tuple[str, ...]]] = []

    def read_object(value: Any) -> dict[str, Any]:
        if not parts:  # compiled at first use, because types name each other in circles
            parts.append(_fields(TABLE["types"][type_]))
        readers, required = parts[0]
        value = {"text": value} if isinstance(value, str) and type_ in TEXT_WILL_DO else _json(value)
        if not isinstance(value, dict):
            raise ValueError(f"object expected as {SPOKEN.get(type_, type_)}")
        for name in required:
            if name not in value:
                raise ValueError(f"can't parse {SPOKEN.get(type_, type_)}: Can't find field \"{name}\"")
        return {name: _field(type_, readers, name, one) for name, one in value.items() if one is not None}

    return read_object


def _field(type_: str, readers: dict[str, Reader], name: str, value: Any) -> Any:
    if name not in readers:
        raise misuse(f'{type_} has no field "{name}" in Bot API 10.3')
    try:
        return readers[name](value)
    except ValueError as error:
        words = str(error)
        if words.startswith(("can't parse", "object expected")):
            raise
        raise ValueError(f'can\'t parse {SPOKEN.get(type_, type_)}: Field "{name}" {words}') from None


def _union(type_: str) -> Reader:
    key, kinds = TABLE["unions"][type_]["by"], TABLE["unions"][type_]["of"]

    def read_union(value: Any) -> Any:
        value = _json(value)
        if not isinstance(value, dict) or value.get(key) not in kinds:
            raise ValueError(f"can't parse {type_}: unknown {key} specified")
        names = kinds[value[key]]
        return _best(names if isinstance(names, list) else [names], value)

    return read_union


def _any_of(names: list[str]) -> Reader:
    def read_any(value: Any) -> Any:
        value = _json(value)
        if not isinstance(value, dict):
            raise ValueError("object expected as reply markup")
        return _best(names, value)

    return read_any


def _best(names: list[str], value: dict[str, Any]) -> Any:
    """Reads by the type that shares the most fields with the value: its words then name the real mistake."""
    return reader_of(max(names, key=lambda name: len(_names(name) & value.keys())))(value)


@cache
def _names(type_: str) -> frozenset[str]:
    return frozenset(field.rstrip("!") for field in TABLE["types"][type_])
