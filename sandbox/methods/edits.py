"""Edits: in place, refused when nothing changes."""

from typing import Any

from sandbox.methods.compose import caption, markup_of, message_text
from sandbox.methods.targets import known_post, writable_chat
from sandbox.refusals import Refusal, bad_request
from sandbox.telegram import Call
from sandbox.world import Chat, Json, Post

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(call: Call) -> Any:
    chat, post = _own_post(call)
    ready = message_text(call.world, call.params)
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    bare = {name: one for name, one in post.message.items() if name not in {"text", "entities"}}
    return _replace(call, chat, post, {**bare, **ready.fields()})


def edit_caption(call: Call) -> Any:
    chat, post = _own_post(call)
    if "text" in post.message:
        raise bad_request("there is no caption in the message to edit")
    bare = {name: one for name, one in post.message.items() if name not in {"caption", "caption_entities"}}
    return _replace(call, chat, post, {**bare, **caption(call.world, call.params)})


def edit_markup(call: Call) -> Any:
    chat, post = _own_post(call)
    return _replace(call, chat, post, dict(post.message))


def replace_content(call: Call, content: Json, gone: frozenset[str]) -> Any:
    chat, post = _own_post(call)
    bare = {name: one for name, one in post.message.items() if name not in gone}
    return _replace(call, chat, post, {**bare, **content})


def _own_post(call: Call) -> tuple[Chat, Post]:
    if call.get("inline_message_id"):
        raise Refusal(400, "Bad Request: MESSAGE_ID_INVALID")
    if "chat_id" not in call.params:
        raise bad_request("chat_id is empty")
    if "message_id" not in call.params:
        raise bad_request("message identifier is not specified")
    chat = writable_chat(call)
    post = known_post(chat, call.params["message_id"], "message to edit not found")
    message = post.message
    mine = chat.type == "channel" or message.get("from", {}).get("id") == call.telegram.bot.id
    if not mine or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, post


def _replace(call: Call, chat: Chat, post: Post, message: Json) -> Json:
    """The new content with the keyboard of the call: an edit without reply_markup takes the old one away."""
    message.pop("reply_markup", None)
    markup = markup_of(call, chat)
    if markup:
        message["reply_markup"] = markup
    if message == post.message:
        raise bad_request(NOT_MODIFIED)
    call.telegram.gate.enter(chat.id)
    message["edit_date"] = call.world.now()
    call.world.edit(chat, post, message)
    return message
