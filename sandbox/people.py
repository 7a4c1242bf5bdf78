"""People as tests handle them: they write, press, block, and wait for what they expect to see."""

import mimetypes

from sandbox import acts, inline
from sandbox.entities import settle
from sandbox.methods.media import content_of, store
from sandbox.places import Group
from sandbox.screens import Button, Screen, Seen, reply_keyboard
from sandbox.telegram import Telegram, Upload
from sandbox.waiting import until
from sandbox.world import Chat, Json, Post, User

PATIENCE = 5.0
"""Seconds that a person waits for the bot unless told otherwise."""


class Person:
    """Somebody with a Telegram account. Where `chat` may be given, None is the private chat with the bot.

    `expects` and `press` look at what was sent or edited since the person's own last act, so that an old
    message with the same words does not pass for the answer.
    """

    def __init__(self, telegram: Telegram, user: User) -> None:
        self.telegram = telegram
        self.user = user
        self._since: dict[int, int] = {}
        self._last_query = ""
        self._last_inline = ""

    @property
    def id(self) -> int:
        return self.user.id

    async def send(self, text: str, chat: Group | None = None, *, topic: int = 0, reply_to: Seen | None = None) -> Seen:
        """Writes a text or a command."""
        return self._say(acts.words(text), chat, topic, reply_to)

    async def start(self, payload: str = "") -> Seen:
        """Opens the bot, perhaps by a deep link t.me/bot?start=payload."""
        return await self.send(f"/start {payload}".strip())

    async def send_location(self, latitude: float, longitude: float, chat: Group | None = None) -> Seen:
        return self._say({"location": {"latitude": latitude, "longitude": longitude}}, chat)

    async def send_contact(self, phone: str) -> Seen:
        """Shares the person's own number."""
        own = {"phone_number": phone, "first_name": self.user.first_name, "user_id": self.id}
        return self._say({"contact": own})

    async def send_photo(self, data: bytes, caption: str = "", chat: Group | None = None) -> Seen:
        """Sends a picture: the bytes of a PNG, JPEG, GIF or WebP."""
        return self._say(self._file(Upload("photo.jpg", "image/jpeg", data), "photo", caption), chat)

    async def send_document(self, name: str, data: bytes, caption: str = "", chat: Group | None = None) -> Seen:
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._say(self._file(Upload(name, mime, data), "document", caption), chat)

    async def send_album(self, photos: list[bytes], caption: str = "", chat: Group | None = None) -> list[Seen]:
        """Several pictures that belong together; the first carries the caption."""
        group = str(self.telegram.world.new_key())
        return [
            self._say(
                self._file(Upload("photo.jpg", "image/jpeg", data), "photo", "" if at else caption)
                | {"media_group_id": group},
                chat,
            )
            for at, data in enumerate(photos)
        ]

    async def forward(self, message: Seen, chat: Group | None = None) -> Seen:
        """Passes a message on, to the bot or into a chat."""
        return self._say(acts.forwarded(message.message), chat)

    async def edit(self, message: Seen, text: str, chat: Group | None = None) -> None:
        """Changes a text of their own."""
        place = self._chat(chat)
        self._mark(place)
        acts.edit(self.telegram, place, place.posts[message.id], settle(text, []))

    async def press(
        self,
        label: str,
        chat: Group | None = None,
        *,
        message: Seen | None = None,
        within: float = PATIENCE,
    ) -> Seen | None:
        """Presses a button by its words or its data, waiting until there is one: newest message first, then the
        reply keyboard. Where two screens share a word, wait for the new one by `expects` first.

        Returns the message under which the button was, or None for the reply keyboard.
        """
        place = self._chat(chat)
        found = await until(
            self.telegram.world,
            lambda: self._find_button(place, label, message),
            within,
            lambda: f"{self.user.full_name}: no button «{label}»; {self._sight(place)}",
        )
        post, button = found
        if post is None:
            await self.send(button.text, chat)
            return None
        if button.data is None:
            raise AssertionError(f"button «{button.text}» sends nothing to the bot: {button.raw}")
        await self.forge(button.data, Seen.of(post), chat)
        return Seen.of(post)

    async def forge(self, data: str, message: Seen, chat: Group | None = None) -> None:
        """Sends a callback query with any data, as a forged client would."""
        place = self._chat(chat)
        self._mark(place)
        post = place.posts.get(message.id) or Post(message.message, message.change)
        self._last_query = acts.press(self.telegram, self.user, place, post, data)

    async def answer(self, within: float = PATIENCE) -> str:
        """The words with which the bot answered the last press (a toast or an alert); "" for a silent answer."""
        key = self._last_query
        found = await until(
            self.telegram.world,
            lambda: self.telegram.queries.get(key, {}).get("answer"),
            within,
            lambda: f"{self.user.full_name}: the press was not answered",
        )
        return str(found["text"])

    async def ask_inline(self, text: str, within: float = PATIENCE) -> list[Json]:
        """Types «@bot text»; the InlineQueryResults the bot offers."""
        key = self._last_inline = acts.ask_inline(self.telegram, self.user, text)
        return await until(
            self.telegram.world,
            lambda: self.telegram.queries[key].get("results"),
            within,
            lambda: f"{self.user.full_name}: the inline query «{text}» was not answered",
        )

    async def pick(self, result: Json, chat: Group | None = None) -> Seen:
        """Sends one of the results of the last `ask_inline`."""
        return self._say(inline.choose(self.telegram, self.user, self._last_inline, result["id"]), chat)

    def block(self) -> None:
        """Blocks the bot: a my_chat_member update, and 403 for what the bot sends from now on."""
        acts.block(self.telegram, self.user)

    def unblock(self) -> None:
        acts.unblock(self.telegram, self.user)

    def delete_account(self) -> None:
        """From now on the bot hears «user is deactivated»."""
        self.user.deactivated = True

    def add_bot(self, group: Group, status: str = "member") -> None:
        """Brings the bot into a group, or as "administrator" into a channel."""
        acts.add_to_group(self.telegram, group.chat, self.user, [self.telegram.bot], status)

    def promote_bot(self, group: Group, status: str = "administrator") -> None:
        acts.set_member(self.telegram, group.chat, self.user, self.telegram.bot, status)

    def join(self, group: Group, status: str = "member") -> None:
        """Comes into a group or channel, or becomes something else there: administrator, left."""
        acts.set_member(self.telegram, group.chat, self.user, self.user, status)

    def remove_bot(self, group: Group) -> None:
        acts.set_member(self.telegram, group.chat, self.user, self.telegram.bot, "kicked")

    def screen(self, chat: Group | None = None, last: int = 20) -> Screen:
        """The last messages of a chat, whoever wrote them, and the reply keyboard."""
        place = self._chat(chat)
        seen = [Seen.of(post) for _, post in sorted(place.posts.items())[-last:]]
        return Screen(tuple(seen), reply_keyboard(place))

    async def expects(
        self,
        text: str,
        chat: Group | None = None,
        *,
        within: float = PATIENCE,
        anew: bool = True,
    ) -> Seen:
        """The newest message of the bot that holds `text`, waiting for a new one or an edit.

        anew: only what came or changed since the person's own last act. AssertionError after `within` seconds.
        """
        place = self._chat(chat)
        return await until(
            self.telegram.world,
            lambda: self._find_text(place, text, anew),
            within,
            lambda: f"{self.user.full_name} expected «{text}»; {self._sight(place)}",
        )

    def _say(self, content: Json, chat: Group | None = None, topic: int = 0, reply_to: Seen | None = None) -> Seen:
        place = self._chat(chat)
        self._mark(place)
        answered = reply_to.id if reply_to else 0
        return Seen.of(acts.say(self.telegram, self.user, place, content, topic=topic, reply_to=answered))

    def _file(self, upload: Upload, kind: str, caption: str) -> Json:
        content = content_of(store(self.telegram.world, kind, upload))
        said = settle(caption, [])
        return content | (said.fields("caption", "caption_entities") if said.text else {})

    def _chat(self, chat: Group | None) -> Chat:
        return chat.chat if chat else self.telegram.world.open_private(self.id)

    def _mark(self, chat: Chat) -> None:
        self._since[chat.id] = self.telegram.world.changes

    def _find_text(self, chat: Chat, text: str, anew: bool) -> Seen | None:
        since = self._since.get(chat.id, 0) if anew else 0
        for _, post in sorted(chat.posts.items(), reverse=True):
            seen = Seen.of(post)
            if post.change > since and seen.from_id in {self.telegram.bot.id, chat.id} and text in seen.text:
                return seen
        return None

    def _find_button(self, chat: Chat, label: str, message: Seen | None) -> tuple[Post | None, Button] | None:
        for _, post in sorted(chat.posts.items(), reverse=True):
            button = Seen.of(post).button(label)
            if button and message in (None, Seen.of(post)):
                return post, button
        reply = (button for row in reply_keyboard(chat) for button in row if label in button.text)
        return next(((None, button) for button in reply), None)

    def _sight(self, chat: Chat) -> str:
        shown = [Seen.of(post) for _, post in sorted(chat.posts.items())[-3:]]
        return "the last messages are: " + " | ".join(f"{one.text!r} {one.labels}" for one in shown)
