"""What the bot may learn about chats and their members."""

from sandbox.acts import member, set_member
from sandbox.methods.targets import known_chat, reason_against
from sandbox.refusals import bad_request
from sandbox.telegram import Call
from sandbox.world import MEMBERS, Chat, Json


def get_chat(call: Call) -> Json:
    """The Bot API's ChatFullInfo."""
    chat = known_chat(call)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full: Json = {
        **chat.view(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.username:
        full["active_usernames"] = [chat.username]
    if chat.description:
        full["description"] = chat.description
    if chat.pinned:
        full["pinned_message"] = chat.posts[chat.pinned[-1]].message
    return full


def get_chat_member(call: Call) -> Json:
    chat = _inside(call)
    user = call.world.users.get(call.params["user_id"])
    if user is None:
        raise bad_request("user not found")
    return member(user, chat.status(user.id))


def get_chat_administrators(call: Call) -> list[Json]:
    chat = _inside(call)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    heads = {number: status for number, status in chat.members.items() if status in {"creator", "administrator"}}
    return [member(call.world.users[number], status) for number, status in heads.items()]


def get_chat_member_count(call: Call) -> int:
    return sum(status in MEMBERS for status in _inside(call).members.values())


def leave_chat(call: Call) -> bool:
    chat = _inside(call)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    set_member(call.telegram, chat, call.telegram.bot, call.telegram.bot, "left")
    return True


def log_out(_call: Call) -> bool:
    """logOut and close, after which a bot may move to another server: nothing to do here."""
    return True


def _inside(call: Call) -> Chat:
    chat = known_chat(call)
    refusal = reason_against(call.world, chat)
    if refusal and refusal.code == 403 and chat.type != "private":
        raise refusal
    return chat
