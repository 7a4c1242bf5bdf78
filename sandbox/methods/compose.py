"""Puts together what the bot sends: formatted text, keyboard, reply, and the post in the chat."""

from typing import Any

from sandbox.entities import Formatted, given, settle, utf16
from sandbox.html_mode import parse_html
from sandbox.markdown_mode import parse_markdown_v2
from sandbox.markup import check_markup
from sandbox.methods.targets import known_post
from sandbox.refusals import bad_request
from sandbox.telegram import Call
from sandbox.world import Chat, Json, World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def formatted(world: World, holder: Json, text: str = "text", entities: str = "entities") -> Formatted:
    """The text of a call or of an object in it, read by its parse_mode or its own entities. Raises Refusal."""
    raw = holder.get(text, "").replace("\r", "")
    mode = (holder.get("parse_mode") or "").lower()
    if mode == "html":
        ready = parse_html(raw)
    elif mode == "markdownv2":
        ready = parse_markdown_v2(raw)
    elif mode in {"", "markdown"}:
        ready = given(raw, holder[entities]) if holder.get(entities) else settle(raw, [])
    else:
        raise bad_request("unsupported parse_mode")
    return _with_users(world, ready) if ready.entities else ready


def message_text(world: World, holder: Json, text: str = "text") -> Formatted:
    """A text of 1–4096 UTF-16 units after its entities were taken out."""
    ready = formatted(world, holder, text)
    if not ready.text:
        raise bad_request("message text is empty")
    if utf16(ready.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return ready


def caption(world: World, holder: Json) -> Json:
    """The caption fields of a message; nothing for an empty caption."""
    ready = formatted(world, holder, "caption", "caption_entities")
    if utf16(ready.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    fields = ready.fields("caption", "caption_entities") if ready.text else {}
    if fields and holder.get("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def _with_users(world: World, ready: Formatted) -> Formatted:
    """Mentions of people the bot knows carry them; others are dropped, as Telegram does."""
    kept = []
    for entity in ready.entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
            continue
        number = entity["user_id"] if "user_id" in entity else entity["user"]["id"]
        user = world.users.get(number)
        if user:
            bare = {name: value for name, value in entity.items() if name != "user_id"}
            kept.append({**bare, "user": user.view()})
    return Formatted(ready.text, tuple(kept))


def markup_of(call: Call, chat: Chat) -> Json | None:
    markup = call.get("reply_markup")
    return check_markup(markup, chat.type == "private") if markup else None


def post(call: Call, chat: Chat, content: Json) -> Json:
    """Accepts a message of the bot and returns it. Raises Refusal, 429 among them, before anything is kept."""
    markup = markup_of(call, chat)
    answered = _reply(call, chat)
    call.telegram.gate.enter(chat.id, paid=bool(call.get("allow_paid_broadcast")))
    message = envelope(call.world, chat, call.get("message_thread_id"))
    message.update(answered)
    message.update(content)
    if call.get("protect_content"):
        message["has_protected_content"] = True
    if markup:
        _attach(call, chat, message, markup)
    return keep(call, chat, message)


def keep(call: Call, chat: Chat, message: Json) -> Json:
    """Writes an accepted message into the ledger and, unless only that is wanted, into the chat."""
    words = message.get("text") or message.get("caption") or ""
    call.telegram.ledger.enter(chat.id, message["message_id"], words)
    if call.telegram.keep_messages:
        call.world.put(chat, message)
    return message


def envelope(world: World, chat: Chat, thread: int | None = None) -> Json:
    """The part of a Message of the bot that is the same for all contents."""
    message: Json = {"message_id": world.next_message_id(chat), "date": world.now(), "chat": chat.view()}
    if chat.type == "channel":
        message["sender_chat"] = chat.view()
    else:
        message["from"] = world.bot.view()
    if thread:
        message["message_thread_id"] = thread
        message["is_topic_message"] = True
    return message


def _attach(call: Call, chat: Chat, message: Json, markup: Json) -> None:
    """Inline keyboards stay with the message; reply keyboards belong to the chat."""
    if "inline_keyboard" in markup:
        message["reply_markup"] = markup
    else:
        chat.keyboard = None if markup.get("remove_keyboard") else markup
        call.world.tell({"event": "keyboard", "chat": chat.id, "keyboard": chat.keyboard})


def _reply(call: Call, chat: Chat) -> dict[str, Any]:
    wanted = call.get("reply_parameters")
    if not wanted or not call.telegram.keep_messages:
        return {}
    if wanted.get("allow_sending_without_reply") and wanted["message_id"] not in chat.posts:
        return {}
    answered = known_post(chat, wanted["message_id"], "message to be replied not found").message
    return {"reply_to_message": {name: one for name, one in answered.items() if name != "reply_to_message"}}
