"""What people do: each act changes the world and, where the bot would see it, queues the update."""

from collections.abc import Iterable
from typing import Any, Final

from sandbox.entities import Formatted, settle
from sandbox.parameters import VOCABULARIES
from sandbox.telegram import Telegram
from sandbox.world import Chat, Json, Post, User

CONTENT: Final = (
    "text", "entities", "caption", "caption_entities", "show_caption_above_media", "has_media_spoiler",
    "photo", "document", "location", "venue", "contact", "poll",
)  # fmt: skip


def say(telegram: Telegram, person: User, chat: Chat, content: Json, *, topic: int = 0, reply_to: int = 0) -> Post:
    """A person's message with any content (text, location, document …)."""
    world = telegram.world
    if chat.type == "private" and chat.status(telegram.bot.id) == "kicked":
        unblock(telegram, person)
    elif chat.type == "private" and chat.status(telegram.bot.id) == "left":
        chat.members[telegram.bot.id] = "member"  # the first word opens the chat, without an update of its own
        world.tell({"event": "member", "chat": chat.id, "user": telegram.bot.id, "status": "member"})
    message: Json = {"message_id": world.next_message_id(chat), "date": world.now(), "chat": chat.view()}
    if chat.type == "channel":
        message["sender_chat"] = chat.view()
    else:
        message["from"] = person.view()
    if topic:
        message |= {"message_thread_id": topic, "is_topic_message": True}
    if reply_to:
        message["reply_to_message"] = chat.posts[reply_to].message
    message |= content
    post = world.put(chat, message)
    if sees(telegram, chat, message):
        telegram.updates.push("channel_post" if chat.type == "channel" else "message", message)
    return post


def words(text: str) -> Json:
    """Content of a text message as a person types it: no formatting, but links and commands are found."""
    return settle(text, []).fields()


def sees(telegram: Telegram, chat: Chat, message: Json) -> bool:
    """Whether the bot gets a message: in groups, by privacy mode, only what is meant for it, unless it is an admin."""
    status = chat.status(telegram.bot.id)
    if chat.type in {"private", "channel"}:
        return status in {"member", "administrator", "creator"}
    if status in {"administrator", "creator"}:
        return True
    return status == "member" and (_service(message) or _for_bot(telegram.bot, message))


def _service(message: Json) -> bool:
    return any(name.startswith(("new_chat", "left_chat", "forum_topic", "migrate_", "pinned_")) for name in message)


def _for_bot(bot: User, message: Json) -> bool:
    text, name = message.get("text") or message.get("caption") or "", f"@{bot.username}".lower()
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id or name in text.lower():
        return True
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return first.startswith("/") and "@" not in first


def edit(telegram: Telegram, chat: Chat, post: Post, ready: Formatted) -> None:
    """A person edits a text of theirs."""
    bare = {name: one for name, one in post.message.items() if name not in {"text", "entities"}}
    message = {**bare, **ready.fields(), "edit_date": telegram.world.now()}
    telegram.world.edit(chat, post, message)
    if sees(telegram, chat, message):
        telegram.updates.push("edited_channel_post" if chat.type == "channel" else "edited_message", message)


def press(telegram: Telegram, person: User, chat: Chat, post: Post, data: str) -> str:
    """A press on an inline button; `data` may be forged. Returns the id of the query."""
    key = telegram.ask("press", person.id)
    query = {"id": key, "from": person.view(), "message": post.message, "chat_instance": str(chat.id), "data": data}
    telegram.updates.push("callback_query", query)
    return key


def ask_inline(telegram: Telegram, person: User, text: str, chat_type: str = "sender") -> str:
    """A person types «@bot text» somewhere. Returns the id of the query."""
    key = telegram.ask("inline", person.id, text=text)
    inline = {"id": key, "from": person.view(), "query": text, "offset": "", "chat_type": chat_type}
    telegram.updates.push("inline_query", inline)
    return key


def set_member(telegram: Telegram, chat: Chat, by: User, user: User, status: str) -> None:
    """Changes what somebody is in a chat; the bot hears of itself always, of others where it is an admin."""
    before = chat.status(user.id)
    if before == status:
        return
    chat.members[user.id] = status
    change = {
        "chat": chat.view(),
        "from": by.view(),
        "date": telegram.world.now(),
        "old_chat_member": member(user, before),
        "new_chat_member": member(user, status),
    }
    mine = user.id == telegram.bot.id
    if mine or chat.status(telegram.bot.id) in {"administrator", "creator"}:
        telegram.updates.push("my_chat_member" if mine else "chat_member", change)
    telegram.world.tell({"event": "member", "chat": chat.id, "user": user.id, "status": status})


def member(user: User, status: str) -> Json:
    """The Bot API's ChatMember."""
    seen: Json = {"status": status, "user": user.view()}
    if status == "creator":
        seen["is_anonymous"] = False
    elif status == "administrator":
        refused = {"can_be_edited", "is_anonymous", "can_promote_members"}
        seen |= {right: right not in refused for right in VOCABULARIES["administrator_rights"]}
    elif status == "kicked":
        seen["until_date"] = 0
    return seen


def block(telegram: Telegram, person: User) -> None:
    set_member(telegram, telegram.world.open_private(person.id), person, telegram.bot, "kicked")


def unblock(telegram: Telegram, person: User) -> None:
    set_member(telegram, telegram.world.open_private(person.id), person, telegram.bot, "member")


def add_to_group(telegram: Telegram, chat: Chat, by: User, users: Iterable[User], status: str = "member") -> None:
    """People or the bot come into a group, with the service message everybody sees."""
    newcomers = [user for user in users if not chat.holds(user.id)]
    for user in newcomers:
        set_member(telegram, chat, by, user, status)
    if newcomers and chat.type != "channel":
        seen = [user.view() for user in newcomers]
        say(telegram, by, chat, {"new_chat_members": seen, "new_chat_member": seen[0]})


def migrate(telegram: Telegram, chat: Chat, new_id: int) -> Chat:
    """A group becomes a supergroup with another id; the old one answers with migrate_to_chat_id from now on."""
    world = telegram.world
    new = Chat(new_id, "supergroup", chat.title, members=dict(chat.members))
    world.chats[new_id] = new
    creator = next((world.users[one] for one, status in chat.members.items() if status == "creator"), telegram.bot)
    say(telegram, creator, chat, {"migrate_to_chat_id": new_id})
    say(telegram, creator, new, {"migrate_from_chat_id": chat.id})
    chat.migrated_to = new_id
    return new


def forwarded(message: Json) -> Json:
    """The content of a message as it is passed on, with the name of its first author."""
    return {**bare_content(message), "forward_origin": forward_origin(message)}


def bare_content(message: Json) -> Json:
    """What a message says or shows, without who, when and where."""
    return {name: message[name] for name in CONTENT if name in message}


def forward_origin(message: Json) -> dict[str, Any]:
    """Where a forwarded message comes from: the first author stays named however often it is passed on."""
    if "forward_origin" in message:
        return dict(message["forward_origin"])
    if message["chat"]["type"] == "channel":
        place = {"chat": message["chat"], "message_id": message["message_id"]}
        return {"type": "channel", "date": message["date"], **place}
    return {"type": "user", "date": message["date"], "sender_user": message["from"]}
