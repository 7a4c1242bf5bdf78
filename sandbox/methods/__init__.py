"""The methods of the Bot API that the sandbox carries out, one subject a module."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from sandbox.methods import edits, polling, queries, texts
from sandbox.telegram import Call

Method = Callable[[Call], Any | Awaitable[Any]]

SUPPORTED: Final[Mapping[str, Method]] = {
    "getMe": lambda call: {
        **call.telegram.bot.view(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
    },
    "getUpdates": polling.get_updates,
    "sendMessage": texts.send_message,
    "sendLocation": texts.send_location,
    "sendVenue": texts.send_venue,
    "sendChatAction": texts.send_chat_action,
    "sendPoll": texts.send_poll,
    "editMessageText": edits.edit_text,
    "editMessageCaption": edits.edit_caption,
    "editMessageReplyMarkup": edits.edit_markup,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
}
