"""What a person sees: messages with their text, formatting and buttons, for tests to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.rendering import to_html
from sandbox.world import Chat, Json, Post


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message or of a reply keyboard."""

    text: str
    data: str | None = None
    url: str | None = None
    raw: Any = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a person sees it."""

    message: Json
    change: int

    @classmethod
    def of(cls, post: Post) -> "Seen":
        return cls(post.message, post.change)

    @property
    def id(self) -> int:
        return int(self.message["message_id"])

    @property
    def text(self) -> str:
        """Text or caption, without formatting."""
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def html(self) -> str:
        """The same with its entities as Telegram's HTML."""
        return to_html(self.text, self.message.get("entities") or self.message.get("caption_entities") or [])

    @property
    def from_id(self) -> int:
        author = self.message.get("from") or self.message["sender_chat"]
        return int(author["id"])

    @property
    def edited(self) -> bool:
        return "edit_date" in self.message

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        markup: Json = self.message.get("reply_markup") or {}
        return [
            [Button(one["text"], one.get("callback_data"), one.get("url"), one) for one in row]
            for row in markup.get("inline_keyboard", [])
        ]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.text for button in self.buttons]

    def button(self, label: str) -> Button | None:
        """The button by its data or its words; an emoji or mark before or after the words may be left out."""
        exact = (one for one in self.buttons if label in {one.data, one.text})
        return next(exact, next((one for one in self.buttons if label in one.text), None))


def reply_keyboard(chat: Chat) -> tuple[tuple[Button, ...], ...]:
    """The keyboard below the line where one writes, row by row."""
    rows = (chat.keyboard or {}).get("keyboard", [])
    return tuple(tuple(Button(one["text"], raw=one) for one in row) for row in rows)


@dataclass(frozen=True)
class Screen:
    """The messages of a chat in their order."""

    messages: tuple[Seen, ...]
    keyboard: tuple[tuple[Button, ...], ...] = ()

    def __iter__(self) -> Iterator[Seen]:
        return iter(self.messages)

    def __len__(self) -> int:
        return len(self.messages)

    @property
    def last(self) -> Seen:
        return self.messages[-1]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def text(self) -> str:
        """All messages one below the other."""
        return "\n\n".join(self.texts)
