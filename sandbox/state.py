"""The state in a file, so that a sandbox which is started again goes on where it was.

One JSON file, replaced atomically, and beside it a folder with the bytes of the files that were sent.
"""

import asyncio
import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from sandbox.telegram import Telegram
from sandbox.updates import Webhook
from sandbox.world import Chat, Json, Post, StoredFile, User

FORMAT: Final = 1
QUIET_SECONDS: Final = 0.5
"""How long after a change the state is written, so that a burst of changes is one write."""


class StateFile:
    """Keeps one Telegram in one file."""

    def __init__(self, telegram: Telegram, path: Path) -> None:
        self.telegram = telegram
        self.path = path
        self.folder = path.with_name(path.name + ".files")
        self._timer: asyncio.TimerHandle | None = None
        self._writing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def load(self) -> bool:
        """Takes over what the file holds; False when there is none. Raises ValueError for a foreign format."""
        if not self.path.exists():
            return False
        kept = json.loads(self.path.read_text("utf-8"))
        if kept.get("format") != FORMAT:
            raise ValueError(f"{self.path} has another format than this sandbox: remove it to begin anew")
        restore(self.telegram, kept, self.folder)
        return True

    def touch(self, _event: Json) -> None:
        """Something has changed: the file is written soon."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(QUIET_SECONDS, self._start)

    async def save(self) -> None:
        """Writes the state now. What is written is taken in one piece; the disk is waited for in a thread."""
        async with self._writing:
            text = json.dumps(dump(self.telegram), ensure_ascii=False)
            stored = list(self.telegram.world.files.values())
            await asyncio.to_thread(self._write, text, stored)

    async def close(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        await asyncio.gather(*self._tasks)
        await self.save()

    def _start(self) -> None:
        self._timer = None
        task = asyncio.get_running_loop().create_task(self.save())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _write(self, text: str, stored: list[StoredFile]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for one in stored:
            place = self.folder / one.id
            if not place.exists():
                self.folder.mkdir(exist_ok=True)
                place.write_bytes(one.data)
        draft = self.path.with_name(self.path.name + ".new")
        draft.write_text(text, "utf-8")
        draft.replace(self.path)


def dump(telegram: Telegram) -> Json:
    world, updates = telegram.world, telegram.updates
    return {
        "format": FORMAT,
        "users": [_plain(user) for user in world.users.values()],
        "chats": [
            {**_plain(chat), "posts": [_plain(post) for post in chat.posts.values()]} for chat in world.chats.values()
        ],
        "files": [{**_plain(stored), "data": None} for stored in world.files.values()],
        "profile": world.profile,
        "counters": [world.changes, world.last_private_id, world.last_key, updates.last_id],
        "pending": list(updates.pending),
        "allowed": sorted(updates.allowed) if updates.allowed else None,
        "webhook": asdict(updates.webhook),
        "queries": telegram.queries,
    }


def restore(telegram: Telegram, kept: Json, folder: Path) -> None:
    world, updates = telegram.world, telegram.updates
    for user in (User(**one) for one in kept["users"]):
        if user.id != world.bot.id:
            world.users[user.id] = user
    world.chats = {one["id"]: _chat(one) for one in kept["chats"]}
    for one in kept["files"]:
        world.files[one["id"]] = StoredFile(**{**one, "data": (folder / one["id"]).read_bytes()})
    world.profile = kept["profile"]
    world.changes, world.last_private_id, world.last_key, updates.last_id = kept["counters"]
    updates.pending.extend(kept["pending"])
    updates.allowed = frozenset(kept["allowed"]) if kept["allowed"] else None
    updates.webhook = Webhook(**kept["webhook"])
    telegram.queries = kept["queries"]


def _chat(kept: Json) -> Chat:
    posts = {one["message"]["message_id"]: Post(**one) for one in kept["posts"]}
    members = {int(number): status for number, status in kept["members"].items()}
    topics = {int(number): name for number, name in kept["topics"].items()}
    return Chat(**{**kept, "posts": posts, "members": members, "topics": topics})


def _plain(record: Any) -> Json:
    """The fields of a record as they are: messages are never changed in place, so nothing is copied."""
    return {one.name: getattr(record, one.name) for one in fields(record)}
