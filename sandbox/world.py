"""Who and what there is in the local Telegram: people, chats, posts, files, and what the bot told about itself."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChatType = Literal["private", "group", "supergroup", "channel"]
Listener = Callable[[Json], None]

MEMBERS = frozenset({"creator", "administrator", "member", "restricted"})


@dataclass(slots=True)
class User:
    """A person or the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "ru"
    is_bot: bool = False
    deactivated: bool = False

    def view(self) -> Json:
        """The Bot API's User."""
        seen: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username}
        seen.update({name: value for name, value in optional.items() if value})
        if not self.is_bot:
            seen["language_code"] = self.language_code
        return seen

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(slots=True)
class Post:
    """A message in a chat.

    `message` is the Bot API's Message and is replaced, never changed in place, because updates and events share it.
    `change` numbers the last change in the whole world, so that news can be told from old.
    """

    message: Json
    change: int
    reaction: str = ""

    @property
    def id(self) -> int:
        return int(self.message["message_id"])


@dataclass(slots=True)
class Chat:
    """A chat of any type. In a private one `members` says only whether the person lets the bot write."""

    id: int
    type: ChatType
    title: str = ""
    username: str = ""
    is_forum: bool = False
    description: str = ""
    members: dict[int, str] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    migrated_to: int = 0
    last_id: int = 0

    def view(self) -> Json:
        """The Bot API's Chat. A private one carries its person's names in `title` and `username`."""
        seen: Json = {"id": self.id, "type": self.type}
        if self.type == "private":
            first, _, last = self.title.partition("\n")
            seen["first_name"] = first
            if last:
                seen["last_name"] = last
        else:
            seen["title"] = self.title
        if self.username:
            seen["username"] = self.username
        if self.is_forum:
            seen["is_forum"] = True
        return seen

    def status(self, user_id: int) -> str:
        return self.members.get(user_id, "left")

    def holds(self, user_id: int) -> bool:
        return self.status(user_id) in MEMBERS


@dataclass(slots=True)
class StoredFile:
    """A file that can be sent again by its id."""

    id: str
    kind: str
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0


class World:
    """All that is there, and a feed of what changes in it. One event loop reads and writes it."""

    def __init__(self, bot: User, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.clock = clock
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.profile: Json = {}
        self.changes = 0
        self.population: range = range(0)
        self.forgetful = False
        self.last_private_id = 0
        self._listeners: set[Listener] = set()
        self.last_key = 1000

    def now(self) -> int:
        return int(self.clock())

    def new_key(self) -> int:
        """A number that was not used before, for query ids, file ids and the like."""
        self.last_key += 1
        return self.last_key

    def chat(self, chat_id: int | str) -> Chat | None:
        """A chat by id or @username. People of `population` come into being when they are first looked at."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            public = (chat for chat in self.chats.values() if chat.type in {"supergroup", "channel"})
            return next((chat for chat in public if chat.username.lower() == name), None)
        found = self.chats.get(chat_id)
        return self._of_population(chat_id) if found is None and chat_id in self.population else found

    def _of_population(self, number: int) -> Chat:
        """The chat of one of very many people: remembered, unless the world is to stay small."""
        user = self.users.get(number) or User(number, f"Житель {number}")
        chat = Chat(number, "private", user.first_name, members={number: "member", self.bot.id: "member"})
        if not self.forgetful:
            self.users[number] = user
            self.chats[number] = chat
        return chat

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        return user

    def open_private(self, user_id: int) -> Chat:
        """The chat of a person with the bot, who may not write in it before the person has."""
        if user_id not in self.chats:
            user = self.users[user_id]
            names = f"{user.first_name}\n{user.last_name}"
            members = {user_id: "member", self.bot.id: "left"}
            self.chats[user_id] = Chat(user_id, "private", names, user.username, members=members)
        return self.chats[user_id]

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups and channels count for themselves; private chats and groups share one counter, as in Telegram."""
        if chat.type in {"supergroup", "channel"}:
            chat.last_id += 1
            return chat.last_id
        self.last_private_id += 1
        return self.last_private_id

    def put(self, chat: Chat, message: Json) -> Post:
        """Stores a new post and tells the listeners."""
        post = Post(message, self._next_change())
        chat.posts[post.id] = post
        self.tell({"event": "message", "chat": chat.id, "message": message, "change": post.change})
        return post

    def edit(self, chat: Chat, post: Post, message: Json) -> None:
        post.message = message
        post.change = self._next_change()
        self.tell({"event": "edited", "chat": chat.id, "message": post.message, "change": post.change})

    def remove(self, chat: Chat, message_ids: Iterable[int]) -> None:
        gone = [number for number in message_ids if chat.posts.pop(number, None)]
        chat.pinned = [number for number in chat.pinned if number not in gone]
        self._next_change()
        self.tell({"event": "deleted", "chat": chat.id, "ids": gone})

    def chats_of(self, user_id: int) -> Iterator[Chat]:
        for chat in self.chats.values():
            if (chat.type == "private") == (chat.id == user_id) and chat.holds(user_id):
                yield chat

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with every change from now on; returns what ends that."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    def tell(self, event: Json) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    def _next_change(self) -> int:
        self.changes += 1
        return self.changes
