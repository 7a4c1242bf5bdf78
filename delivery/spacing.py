"""How soon a chat may be written to again: one message a second, a group twenty a minute."""

import time
from collections import deque
from collections.abc import Callable

EVERY = 1.0
GROUP_MINUTE = 20
FORGET_ABOVE = 4096


class Spacing:
    """Knows when chats were written to last. Groups and channels have negative ids, as Telegram gives them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_at: dict[int, float] = {}
        self._last: dict[int, float] = {}  # when it was written to, or until when it was made to wait
        self._groups: dict[int, deque[float]] = {}

    def wait(self, chat_id: int) -> float:
        """Seconds until the chat may be written to; 0 at once."""
        now = self._clock()
        wait = self._free_at.get(chat_id, 0.0) - now
        minute = self._groups.get(chat_id)
        if minute and len(minute) == GROUP_MINUTE:
            wait = max(wait, minute[0] + 60 - now)
        return max(0.0, wait)

    def was_recent(self, chat_id: int) -> bool:
        """Whether it was written to, or made to wait, within the last second: a refusal may be for this chat alone."""
        return self._last.get(chat_id, -EVERY) > self._clock() - EVERY

    def took(self, chat_id: int) -> None:
        now = self._clock()
        self._last[chat_id] = now
        self._free_at[chat_id] = max(self._free_at.get(chat_id, 0.0), now + EVERY)
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=GROUP_MINUTE)).append(now)
        if len(self._free_at) > FORGET_ABOVE:
            self._forget(now)

    def pause(self, chat_id: int, seconds: float) -> None:
        """This chat was refused: it alone waits."""
        self._free_at[chat_id] = self._last[chat_id] = self._clock() + seconds

    def _forget(self, now: float) -> None:
        self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
        self._last = {chat: at for chat, at in self._last.items() if at > now - EVERY}
        self._groups = {chat: times for chat, times in self._groups.items() if times[-1] > now - 60}
