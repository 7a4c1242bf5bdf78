"""A message as the Bot API takes it: written once for all who get the same, the chat put in front."""

import json
from dataclasses import dataclass
from typing import Any

from domain.messages import Button, Message


@dataclass(frozen=True, slots=True)
class Wire:
    """A call but for its chat: ``method``, and the members of its JSON object behind ``chat_id``."""

    method: str
    members: bytes

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
    members = _content(message)
    if message.silent:
        members["disable_notification"] = True
    if paid:
        members["allow_paid_broadcast"] = True
    return Wire("sendPhoto" if message.photo else "sendMessage", _members(members))


def editing(message: Message) -> Wire:
    """The call that makes a sent message read like this one; a photo stays, its words change."""
    members = _content(message)
    members.pop("photo", None)
    return Wire("editMessageCaption" if message.photo else "editMessageText", _members(members))


def _content(message: Message) -> dict[str, Any]:
    members: dict[str, Any] = {"parse_mode": "HTML"}
    if message.photo:
        members |= {"photo": message.photo, "caption": message.text}
    else:
        members |= {"text": message.text, "link_preview_options": {"is_disabled": not message.preview}}
    if message.buttons:
        members["reply_markup"] = {"inline_keyboard": [[_button(one) for one in row] for row in message.buttons]}
    return members


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
