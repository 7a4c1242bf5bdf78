"""The methods of the Bot API that the sandbox carries out, one subject a module."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from sandbox.methods import chats, copies, edits, media, polling, profile, queries, texts, webhooks
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
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "sendMediaGroup": media.send_media_group,
    "getFile": media.get_file,
    "editMessageMedia": media.edit_media,
    "editMessageText": edits.edit_text,
    "editMessageCaption": edits.edit_caption,
    "editMessageReplyMarkup": edits.edit_markup,
    "forwardMessage": copies.forward_message,
    "forwardMessages": copies.forward_messages,
    "copyMessage": copies.copy_message,
    "copyMessages": copies.copy_messages,
    "deleteMessage": copies.delete_message,
    "deleteMessages": copies.delete_messages,
    "pinChatMessage": copies.pin_message,
    "unpinChatMessage": copies.unpin_message,
    "unpinAllChatMessages": copies.unpin_all,
    "setMessageReaction": copies.set_reaction,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
    "logOut": chats.log_out,
    "close": chats.log_out,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": profile.set_text,
    "setMyDescription": profile.set_text,
    "setMyShortDescription": profile.set_text,
    "getMyName": profile.get_text,
    "getMyDescription": profile.get_text,
    "getMyShortDescription": profile.get_text,
    "setChatMenuButton": profile.set_menu_button,
    "getChatMenuButton": profile.get_menu_button,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
}
