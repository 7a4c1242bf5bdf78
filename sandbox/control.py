"""The acts of people and of whoever watches, by name and JSON: what the chat page and scripts call."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from sandbox import acts, inline
from sandbox.entities import settle
from sandbox.faults import Fault, FaultKind
from sandbox.limits import Limits
from sandbox.methods.media import content_of
from sandbox.refusals import Refusal
from sandbox.telegram import Telegram
from sandbox.world import Chat, Json, Post, User

Act = Callable[[Telegram, Json], Any]


class NotPossible(Exception):  # noqa: N818 (words for the page)
    """An act that cannot be done; its words say why."""


def perform(telegram: Telegram, name: str, given: Json) -> Any:
    """Does an act; returns what there is to tell. Raises NotPossible."""
    act = ACTS.get(name)
    if act is None:
        raise NotPossible(f"no such act: {name}")
    try:
        return act(telegram, given)
    except KeyError as error:
        raise NotPossible(f"{name}: {error.args[0]} is missing or unknown") from error
    except (TypeError, ValueError) as error:
        raise NotPossible(f"{name}: {error}") from error
    except Refusal as refusal:
        raise NotPossible(refusal.description) from refusal


def _who(telegram: Telegram, given: Json) -> User:
    return telegram.world.users[given["person"]]


def _where(telegram: Telegram, given: Json) -> Chat:
    """The chat of an act; without one the person's private chat with the bot."""
    number = given.get("chat") or given["person"]
    if number == given["person"]:
        return telegram.world.open_private(number)
    chat = telegram.world.chats[number]
    if not chat.holds(given["person"]):
        raise NotPossible("not a member of this chat")
    return chat


def _say(telegram: Telegram, given: Json, content: Json) -> Json:
    chat, person = _where(telegram, given), _who(telegram, given)
    if chat.type == "channel" and chat.status(person.id) not in {"creator", "administrator"}:
        raise NotPossible("only admins post in a channel")
    topic, reply_to = given.get("topic") or 0, given.get("reply_to") or 0
    return {"message_id": acts.say(telegram, person, chat, content, topic=topic, reply_to=reply_to).id}


def _send(telegram: Telegram, given: Json) -> Json:
    content = acts.words(given["text"])
    if not content["text"]:
        raise NotPossible("the message is empty")
    if len(content["text"]) > 4096:
        raise NotPossible("the message is too long")
    return _say(telegram, given, content)


def _location(telegram: Telegram, given: Json) -> Json:
    latitude, longitude = float(given["latitude"]), float(given["longitude"])
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise NotPossible("no such place on Earth")
    return _say(telegram, given, {"location": {"latitude": latitude, "longitude": longitude}})


def _contact(telegram: Telegram, given: Json) -> Json:
    person = _who(telegram, given)
    own = {"phone_number": given.get("phone", "+79990000000"), "first_name": person.first_name, "user_id": person.id}
    return _say(telegram, given, {"contact": own})


def _file(telegram: Telegram, given: Json) -> Json:
    content = content_of(telegram.world.files[given["file"]])
    if given.get("group"):
        content["media_group_id"] = str(given["group"])
    caption = settle(given.get("caption", ""), [])
    return _say(telegram, given, content | (caption.fields("caption", "caption_entities") if caption.text else {}))


def _post(telegram: Telegram, given: Json) -> tuple[Chat, Post]:
    chat = _where(telegram, given)
    return chat, chat.posts[given["message"]]


def _own(telegram: Telegram, given: Json) -> tuple[Chat, Post]:
    chat, post = _post(telegram, given)
    mine = post.message.get("from", {}).get("id") == given["person"]
    if not mine and not (chat.type == "channel" and chat.status(given["person"]) == "creator"):
        raise NotPossible("this message is somebody else's")
    return chat, post


def _edit(telegram: Telegram, given: Json) -> None:
    chat, post = _own(telegram, given)
    acts.edit(telegram, chat, post, settle(given["text"], []))


def _delete(telegram: Telegram, given: Json) -> None:
    chat, post = _own(telegram, given)
    telegram.world.remove(chat, [post.id])


def _forward(telegram: Telegram, given: Json) -> Json:
    _, post = _post(telegram, {**given, "chat": given["from_chat"]})
    return _say(telegram, given, acts.forwarded(post.message))


def _press(telegram: Telegram, given: Json) -> Json:
    chat, post = _post(telegram, given)
    return {"query": acts.press(telegram, _who(telegram, given), chat, post, given["data"])}


def _ask_inline(telegram: Telegram, given: Json) -> Json:
    chat = _where(telegram, given)
    kind = "sender" if chat.type == "private" else chat.type
    return {"query": acts.ask_inline(telegram, _who(telegram, given), given["text"], kind)}


def _pick(telegram: Telegram, given: Json) -> Json:
    content = inline.choose(telegram, _who(telegram, given), given["query"], given["result"])
    return _say(telegram, given, content)


def _member(telegram: Telegram, given: Json) -> None:
    """Somebody (the bot, unless `user` says who) becomes member, administrator, left or kicked."""
    chat, by = _where(telegram, given), _who(telegram, given)
    user = telegram.world.users[given.get("user", telegram.bot.id)]
    if given["status"] in {"member", "administrator"} and not chat.holds(user.id):
        acts.add_to_group(telegram, chat, by, [user], given["status"])
    else:
        acts.set_member(telegram, chat, by, user, given["status"])


def _fault(telegram: Telegram, given: Json) -> int:
    number = telegram.faults.add(Fault(**{**given, "kind": FaultKind(given["kind"])}))
    telegram.world.tell({"event": "faults", "faults": faults(telegram)})
    return number


def _clear_faults(telegram: Telegram, _given: Json) -> None:
    telegram.faults.clear()
    telegram.world.tell({"event": "faults", "faults": faults(telegram)})


def _limits(telegram: Telegram, given: Json) -> None:
    telegram.limit(replace(Limits(), **given))
    telegram.world.tell({"event": "limits", "counting": telegram.limits.counting})


def faults(telegram: Telegram) -> list[Json]:
    active = telegram.faults.active.items()
    return [{"number": number, "kind": fault.kind.value, "rate": fault.rate} for number, fault in active]


def _refuse(telegram: Telegram, given: Json) -> None:
    """Nobody can connect for so many seconds; this connection breaks too."""
    telegram.restart(float(given["seconds"]))


def _ledger(telegram: Telegram, _given: Json) -> Json:
    ledger = telegram.ledger
    copies = ledger.copies()
    return {"total": ledger.total, "chats": len(ledger.chats), "most_copies": max(copies.values(), default=0)}


ACTS: Final[Mapping[str, Act]] = {
    "send": _send,
    "location": _location,
    "contact": _contact,
    "file": _file,
    "edit": _edit,
    "delete": _delete,
    "forward": _forward,
    "press": _press,
    "inline": _ask_inline,
    "pick": _pick,
    "member": _member,
    "block": lambda telegram, given: acts.block(telegram, _who(telegram, given)),
    "unblock": lambda telegram, given: acts.unblock(telegram, _who(telegram, given)),
    "fault": _fault,
    "clear_faults": _clear_faults,
    "limits": _limits,
    "refuse": _refuse,
    "ledger": _ledger,
}
