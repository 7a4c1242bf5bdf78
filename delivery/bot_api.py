"""Calls of the Bot API as plain JSON: what mailings are sent by.

They go past aiogram, which spends more than half of its time on building and checking objects that nobody looks at
here; docs/performance-delivery.md has the figures.
"""

import aiohttp

from delivery.outcomes import Outcome, ambiguous, not_sent, read_answer

CONNECTIONS = 300
"""At 1000 messages a second and 300 ms of latency so many are under way."""
PATIENCE = aiohttp.ClientTimeout(total=30, sock_connect=10)
HEADERS = {"Content-Type": "application/json"}


class Telegram:
    """Calls of the Bot API, each with an outcome and never an exception of the network. Close it."""

    def __init__(
        self, token: str, base_url: str = "https://api.telegram.org", patience: aiohttp.ClientTimeout = PATIENCE
    ) -> None:
        self._base = f"{base_url}/bot{token}/"
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, body: bytes) -> Outcome:
        """One call with a JSON body."""
        try:
            async with self._opened().post(self._base + method, data=body) as response:
                return read_answer(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return not_sent(type(error).__name__)  # no words of the error: the token stands in its address
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return ambiguous(type(error).__name__)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(
                connector=connector, timeout=self._patience, headers=HEADERS, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session
