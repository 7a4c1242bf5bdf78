"""Forwarding, copying, deleting, pinning, reactions: what is done to messages that are there."""

from itertools import pairwise
from typing import Final

from sandbox.acts import bare_content, forwarded, say
from sandbox.methods.compose import LONGEST_CAPTION, caption, post
from sandbox.methods.targets import known_chat, known_post, writable_chat
from sandbox.refusals import bad_request
from sandbox.telegram import Call
from sandbox.world import Chat, Json, Post

DELETABLE_SECONDS: Final = 48 * 3600


def forward_message(call: Call) -> Json:
    chat = writable_chat(call)
    return _forward(call, chat, _source(call, "message to forward not found"))


def copy_message(call: Call) -> Json:
    chat = writable_chat(call)
    source = _source(call, "message to copy not found")
    return {"message_id": _copy(call, chat, source, renamed="caption" in call.params)["message_id"]}


def forward_messages(call: Call) -> list[Json]:
    chat = writable_chat(call)
    return [{"message_id": _forward(call, chat, source)["message_id"]} for source in _sources(call, "forward")]


def copy_messages(call: Call) -> list[Json]:
    chat = writable_chat(call)
    return [{"message_id": _copy(call, chat, source)["message_id"]} for source in _sources(call, "copy")]


def delete_message(call: Call) -> bool:
    chat = known_chat(call)
    victim = known_post(chat, call.params["message_id"], "message to delete not found")
    _check_deletable(call, chat, victim)
    call.world.remove(chat, [victim.id])
    return True


def delete_messages(call: Call) -> bool:
    """Up to 100 at once; those that are not there are skipped."""
    chat = known_chat(call)
    victims = [chat.posts[number] for number in _numbers(call, "delete") if number in chat.posts]
    for victim in victims:
        _check_deletable(call, chat, victim)
    call.world.remove(chat, [victim.id for victim in victims])
    return True


def pin_message(call: Call) -> bool:
    chat = writable_chat(call)
    pinned = known_post(chat, call.params["message_id"], "message to pin not found")
    _check_right(call, chat, "not enough rights to manage pinned messages in the chat")
    if pinned.id not in chat.pinned:
        chat.pinned.append(pinned.id)
        _tell_pinned(call, chat)
        if chat.type != "channel":
            say(call.telegram, call.telegram.bot, chat, {"pinned_message": pinned.message})
    return True


def unpin_message(call: Call) -> bool:
    chat = writable_chat(call)
    _check_right(call, chat, "not enough rights to manage pinned messages in the chat")
    number = call.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    _tell_pinned(call, chat)
    return True


def unpin_all(call: Call) -> bool:
    chat = writable_chat(call)
    _check_right(call, chat, "not enough rights to manage pinned messages in the chat")
    chat.pinned.clear()
    _tell_pinned(call, chat)
    return True


def set_reaction(call: Call) -> bool:
    chat = writable_chat(call)
    marked = known_post(chat, call.params["message_id"], "message to react not found")
    reactions = call.get("reaction", [])
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    marked.reaction = reactions[0].get("emoji", "") if reactions else ""
    call.world.tell({"event": "reaction", "chat": chat.id, "message_id": marked.id, "emoji": marked.reaction})
    return True


def _tell_pinned(call: Call, chat: Chat) -> None:
    call.world.tell({"event": "pinned", "chat": chat.id, "pinned": list(chat.pinned)})


def _forward(call: Call, chat: Chat, source: Post) -> Json:
    _content(source)
    return post(call, chat, forwarded(source.message))


def _copy(call: Call, chat: Chat, source: Post, renamed: bool = False) -> Json:
    content = _content(source)
    if renamed:
        content = {name: one for name, one in content.items() if not name.startswith("caption")}
        content |= caption(call.world, call.params)
    elif call.get("remove_caption"):
        content = {name: one for name, one in content.items() if not name.startswith("caption")}
    if len(content.get("caption", "")) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return post(call, chat, content)


def _content(source: Post) -> Json:
    content = bare_content(source.message)
    if not content:
        raise bad_request("the message can't be copied")
    return content


def _source(call: Call, words: str) -> Post:
    return _unprotected(known_post(known_chat(call, "from_chat_id"), call.params["message_id"], words))


def _sources(call: Call, verb: str) -> list[Post]:
    chat = known_chat(call, "from_chat_id")
    found = [_unprotected(chat.posts[number]) for number in _numbers(call, verb) if number in chat.posts]
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    return found


def _unprotected(source: Post) -> Post:
    if source.message.get("has_protected_content"):
        raise bad_request("message has protected content and can't be forwarded")
    return source


def _numbers(call: Call, verb: str) -> list[int]:
    numbers: list[int] = call.params["message_ids"]
    if len(numbers) > 100:
        raise bad_request(f"too many messages to {verb}")
    if verb != "delete" and any(later <= earlier for earlier, later in pairwise(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return numbers


def _check_deletable(call: Call, chat: Chat, victim: Post) -> None:
    admin = chat.status(call.telegram.bot.id) in {"administrator", "creator"}
    mine = victim.message.get("from", {}).get("id") == call.telegram.bot.id or (chat.type == "channel" and admin)
    if not (mine or admin or chat.type == "private"):
        raise bad_request("message can't be deleted")
    if call.world.clock() - victim.message["date"] > DELETABLE_SECONDS and not (admin and chat.type == "supergroup"):
        raise bad_request("message can't be deleted for everyone")


def _check_right(call: Call, chat: Chat, words: str) -> None:
    if chat.type != "private" and chat.status(call.telegram.bot.id) not in {"administrator", "creator"}:
        raise bad_request(words)
