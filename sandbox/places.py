"""Groups, supergroups and channels, as tests handle them."""

from sandbox import acts
from sandbox.telegram import Telegram
from sandbox.world import Chat


class Group:
    """A group, supergroup or channel of the sandbox."""

    def __init__(self, telegram: Telegram, chat: Chat) -> None:
        self.telegram = telegram
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    def add_topic(self, name: str) -> int:
        """A forum topic; returns its message_thread_id."""
        self.chat.is_forum = True
        number = self.telegram.world.next_message_id(self.chat)
        self.chat.topics[number] = name
        return number

    def migrate(self, new_id: int) -> "Group":
        """The group becomes a supergroup with a new id."""
        return Group(self.telegram, acts.migrate(self.telegram, self.chat, new_id))
