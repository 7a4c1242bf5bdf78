"""Calls of the Bot API as plain JSON: what mailings are sent by.

They go past aiogram, which spends more than half of its time on building and checking objects that nobody looks at
here; docs/performance-delivery.md has the figures.
"""

from delivery.connections import Connections, NoAnswerError, NotConnectedError
from delivery.outcomes import Outcome, ambiguous, not_sent, read_answer

PATIENCE = 30.0
"""Seconds that an answer may take."""


class Telegram:
    """Calls of the Bot API, each with an outcome and never an exception of the network. Close it."""

    def __init__(self, token: str, base_url: str = "https://api.telegram.org", patience: float = PATIENCE) -> None:
        self._token = token
        self._connections = Connections(base_url, patience)

    async def call(self, method: str, body: bytes) -> Outcome:
        """One call with a JSON body."""
        try:
            return read_answer(*await self._connections.post(f"/bot{self._token}/{method}", body))
        except NotConnectedError as error:
            return not_sent(str(error))
        except NoAnswerError as error:
            return ambiguous(str(error))

    async def close(self) -> None:
        await self._connections.close()
