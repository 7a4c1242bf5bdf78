"""A message as the Bot API takes it: written once for all who get the same, the chat put in front."""

import json
from dataclasses import dataclass, replace
from typing import Any

from domain.messages import Button, Message, is_on_the_web


@dataclass(frozen=True, slots=True)
class Wire:
    """A call but for its chat: ``method``, and the members of its JSON object behind ``chat_id``."""

    method: str
    members: bytes
    instead: "Wire | None" = None
    """What is called where this is refused: the photo is not taken, or the copy to be edited has none."""

    def body(self, chat_id: int, thread_id: int = 0, message_id: int | None = None) -> bytes:
        head = f'{{"chat_id":{chat_id}'
        if thread_id:
            head += f',"message_thread_id":{thread_id}'
        if message_id is not None:
            head += f',"message_id":{message_id}'
        return b"%b%b}" % (head.encode(), self.members)


DELETION = Wire("deleteMessage", b"")


def sending(message: Message, *, paid: bool = False) -> Wire:
    """The call that sends a message."""
    extra = {"disable_notification": True} if message.silent else {}
    if paid:
        extra["allow_paid_broadcast"] = True
    as_text = Wire("sendMessage", _members(_text(message) | extra))
    if not message.is_caption:
        return as_text
    return Wire("sendPhoto", _members({"photo": message.photo} | _caption(message) | extra), as_text)


def editing(message: Message, *, another_photo: bool = False) -> Wire:
    """The call that makes a sent message read like this one; a photo stays, its words change, unless it is another."""
    as_text = Wire("editMessageText", _members(_text(message)))
    if message.is_caption and another_photo:
        media = {"type": "photo", "media": message.photo, "caption": message.text, "parse_mode": "HTML"}
        return Wire("editMessageMedia", _members({"media": media} | _buttons(message)), as_text)
    if message.is_caption:
        return Wire("editMessageCaption", _members(_caption(message)), as_text)
    return replace(as_text, instead=Wire("editMessageCaption", _members(_caption(message))))


def _text(message: Message) -> dict[str, Any]:
    preview: dict[str, Any] = {"is_disabled": not message.preview}
    if is_on_the_web(message.photo):
        preview = {"url": message.photo, "prefer_large_media": True, "show_above_text": True}
    return {"text": message.text, "link_preview_options": preview} | _common(message)


def _caption(message: Message) -> dict[str, Any]:
    return {"caption": message.text} | _common(message)


def _common(message: Message) -> dict[str, Any]:
    return {"parse_mode": "HTML"} | _buttons(message)


def _buttons(message: Message) -> dict[str, Any]:
    if not message.buttons:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_button(one) for one in row] for row in message.buttons]}}


def _button(button: Button) -> dict[str, Any]:
    made: dict[str, Any] = {"text": button.label}
    if button.action is not None:
        made["callback_data"] = button.action
    elif button.url is not None:
        made["url"] = button.url
    elif button.share is not None:
        made["switch_inline_query"] = button.share
    elif button.copy is not None:
        made["copy_text"] = {"text": button.copy}
    return made


def _members(members: dict[str, Any]) -> bytes:
    return b"," + json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()[1:-1]
