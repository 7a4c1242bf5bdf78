"""Checks keyboards as Telegram does: texts, callback data of 1–64 bytes, one kind a button, at most 100 buttons."""

from typing import Any, Final

from sandbox.entities import checked_link, utf16
from sandbox.refusals import bad_request

MOST_BUTTONS: Final = 100
ACTIONS: Final = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
        "disabled",
    }
)


def check_markup(markup: dict[str, Any], private: bool) -> dict[str, Any] | None:
    """The markup as Telegram keeps it (empty rows dropped); None for an empty one. Raises Refusal."""
    if "inline_keyboard" in markup:
        rows = [[_inline(button) for button in row] for row in markup["inline_keyboard"] if row]
        _count(rows)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = [[_reply(button, private) for button in row] for row in markup["keyboard"] if row]
        _count(rows)
        return {**markup, "keyboard": rows} if rows else None
    return markup


def _count(rows: list[list[dict[str, Any]]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")


def _inline(button: dict[str, Any]) -> dict[str, Any]:
    if not button["text"].strip():
        raise (
            bad_request("inline keyboard button text is empty")
            if not button["text"]
            else bad_request("BUTTON_TEXT_INVALID")
        )
    actions = ACTIONS & button.keys()
    if len(actions) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    check = CHECKS.get(next(iter(actions)))
    if check:
        check(button)
    return button


def _callback(button: dict[str, Any]) -> None:
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _url(button: dict[str, Any]) -> None:
    if checked_link(button["url"]) is None:
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _web_app(button: dict[str, Any]) -> None:
    url = button["web_app"]["url"]
    if not url.startswith("https://"):
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _copy(button: dict[str, Any]) -> None:
    if not 1 <= utf16(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


CHECKS: Final = {"callback_data": _callback, "url": _url, "web_app": _web_app, "copy_text": _copy}


def _reply(button: Any, private: bool) -> dict[str, Any]:
    if not button["text"]:
        raise bad_request("keyboard button text must be non-empty")
    wishes = button.keys() & {"request_location", "request_contact", "request_poll", "web_app"}
    if not private and any(button[wish] for wish in wishes):
        kind = next(iter(wishes)).removeprefix("request_").replace("_", " ")
        raise bad_request(f"{kind} can be requested in private chats only")
    return dict(button)
