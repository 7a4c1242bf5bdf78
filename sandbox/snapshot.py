"""All that the chat page needs to draw itself from nothing."""

from dataclasses import asdict
from typing import Final

from sandbox import control
from sandbox.cast import Cast
from sandbox.methods.profile import commands_for, menu_button
from sandbox.telegram import Telegram
from sandbox.world import Chat, Json, User, World

LAST_POSTS: Final = 200
MOST_COLUMNS: Final = 12


def snapshot(telegram: Telegram, cast: Cast) -> Json:
    world = telegram.world
    people = shown_people(world, cast)
    for person in people:
        world.open_private(person.id)
    return {
        "event": "hello",
        "bot": bot_view(telegram),
        "people": [{**person.view(), "role": roles(cast).get(person.id, "")} for person in people],
        "chats": [chat_view(telegram, chat, people) for chat in shown_chats(world, people)],
        "towns": [asdict(town) for town in cast.towns],
        "faults": control.faults(telegram),
        "counting": telegram.limits.counting,
        "rate": telegram.gate.rate(),
    }


def shown_people(world: World, cast: Cast) -> list[User]:
    """The cast, or whoever is there when nobody was cast."""
    if cast.people:
        return [world.users[player.id] for player in cast.people]
    return [user for user in world.users.values() if not user.is_bot][:MOST_COLUMNS]


def shown_chats(world: World, people: list[User]) -> list[Chat]:
    return list({chat.id: chat for person in people for chat in world.chats_of(person.id)}.values())


def roles(cast: Cast) -> dict[int, str]:
    return {player.id: player.role for player in cast.people}


def bot_view(telegram: Telegram) -> Json:
    profile = telegram.world.profile
    return {
        **telegram.bot.view(),
        "description": profile.get("description", {}).get("", ""),
        "short_description": profile.get("short_description", {}).get("", ""),
    }


def chat_view(telegram: Telegram, chat: Chat, people: list[User]) -> Json:
    posts = [chat.posts[number] for number in sorted(chat.posts)[-LAST_POSTS:]]
    inside = [person for person in people if chat.holds(person.id)]
    return {
        **chat.view(),
        "members": {str(number): status for number, status in chat.members.items()},
        "topics": {str(number): name for number, name in chat.topics.items()},
        "messages": [{**post.message, "reaction": post.reaction} for post in posts],
        "pinned": chat.pinned,
        "keyboard": chat.keyboard,
        "menu": menu_button(telegram.world, chat.id),
        "commands": {str(person.id): commands_for(telegram.world, chat, person) for person in inside},
    }
