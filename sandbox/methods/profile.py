"""What the bot says about itself: commands by scope and language, name, descriptions, menu button."""

import json
import re
from typing import Any, Final

from sandbox.entities import utf16
from sandbox.refusals import bad_request
from sandbox.telegram import Call
from sandbox.world import Chat, Json, User, World

MOST_COMMANDS: Final = 100
TEXTS: Final = {"name": 64, "description": 512, "short_description": 120}
"""Longest texts in characters, by what they are."""


def set_commands(call: Call) -> bool:
    commands = call.params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bare = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    _commands(call.world)[_key(call)] = bare
    call.world.tell({"event": "commands"})
    return True


def get_commands(call: Call) -> list[Json]:
    found: list[Json] = _commands(call.world).get(_key(call), [])
    return found


def delete_commands(call: Call) -> bool:
    _commands(call.world).pop(_key(call), None)
    call.world.tell({"event": "commands"})
    return True


def commands_for(world: World, chat: Chat, user: User) -> list[Json]:
    """The menu that this person sees in this chat: the narrowest scope that has commands, their language first."""
    for scope in _scopes(chat, user):
        for language in (user.language_code[:2], ""):
            found: list[Json] = _commands(world).get(_scope_key(scope, language), [])
            if found:
                return found
    return []


def set_text(call: Call) -> bool:
    what = _what(call)
    text = call.get(what, "")
    if len(text) > TEXTS[what]:
        raise bad_request(f"{what.replace('_', ' ')} is too long")
    call.world.profile.setdefault(what, {})[_language(call)] = text
    if what == "name" and text and not _language(call):
        call.world.bot.first_name = text
    call.world.tell({"event": "profile"})
    return True


def get_text(call: Call) -> Json:
    what = _what(call)
    texts = call.world.profile.get(what, {})
    fallback = call.telegram.bot.first_name if what == "name" else ""
    return {what: texts.get(_language(call), texts.get("", fallback))}


def set_menu_button(call: Call) -> bool:
    buttons = call.world.profile.setdefault("menu_buttons", {})
    buttons[str(call.get("chat_id", ""))] = call.get("menu_button", {"type": "default"})
    call.world.tell({"event": "profile"})
    return True


def get_menu_button(call: Call) -> Any:
    return menu_button(call.world, call.get("chat_id", ""))


def menu_button(world: World, chat_id: int | str) -> Json:
    buttons = world.profile.get("menu_buttons", {})
    found: Json = buttons.get(str(chat_id)) or buttons.get("") or {"type": "commands"}
    return found


def _commands(world: World) -> Json:
    found: Json = world.profile.setdefault("commands", {})
    return found


def _key(call: Call) -> str:
    return _scope_key(call.get("scope", {"type": "default"}), _language(call))


def _scope_key(scope: Json, language: str) -> str:
    return f"{json.dumps(scope, sort_keys=True)} {language}"


def _language(call: Call) -> str:
    language: str = call.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _what(call: Call) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", call.method[5:]).lower()


def _scopes(chat: Chat, user: User) -> list[Json]:
    if chat.type == "private":
        return [{"type": "chat", "chat_id": chat.id}, {"type": "all_private_chats"}, {"type": "default"}]
    admin = chat.status(user.id) in {"creator", "administrator"}
    scopes: list[Json] = [
        {"type": "chat_member", "chat_id": chat.id, "user_id": user.id},
        *([{"type": "chat_administrators", "chat_id": chat.id}] if admin else []),
        {"type": "chat", "chat_id": chat.id},
        *([{"type": "all_chat_administrators"}] if admin else []),
    ]
    return [*scopes, {"type": "all_group_chats"}, {"type": "default"}]
