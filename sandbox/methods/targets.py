"""Where a message goes: the chat must be there, and the bot must be allowed to write in it."""

from sandbox.refusals import Refusal, bad_request, forbidden
from sandbox.telegram import Call
from sandbox.world import Chat, Post, World


def known_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat a parameter names. Raises Refusal: not found, or migrated with its new id."""
    chat = call.world.chat(call.params[name])
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    return chat


def writable_chat(call: Call) -> Chat:
    """The chat of `chat_id`, where the bot may write. Raises Refusal with the reason why it may not."""
    chat = known_chat(call)
    refusal = reason_against(call.world, chat)
    if refusal:
        raise refusal
    thread = call.get("message_thread_id")
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    return chat


def reason_against(world: World, chat: Chat) -> Refusal | None:
    """Why the bot may not write in a chat, or None."""
    status = chat.status(world.bot.id)
    if chat.type == "private":
        person = world.users.get(chat.id)
        if person and person.deactivated:
            return forbidden("user is deactivated")
        if status == "left":  # the page shows the chat before the person has opened it
            return bad_request("chat not found")
        return forbidden("bot was blocked by the user") if status == "kicked" else None
    spoken = f"{chat.type} chat"
    if status == "kicked":
        return forbidden(f"bot was kicked from the {spoken}")
    if status == "left":
        return forbidden(f"bot is not a member of the {spoken}")
    if chat.type == "channel" and status not in {"creator", "administrator"}:
        return bad_request("need administrator rights in the channel chat")
    return bad_request("not enough rights to send text messages to the chat") if status == "restricted" else None


def known_post(chat: Chat, message_id: int, words: str) -> Post:
    post = chat.posts.get(message_id)
    if post is None:
        raise bad_request(words)
    return post
