"""Keep-alive connections to one server, for short JSON calls by the ten thousand.

aiohttp's client takes two thirds of what a message costs in all, this a third of that: ADR 4 has the figures. It does
what the sender needs and no more: one call at a time on each connection, as many connections as calls under way.
"""

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Sequence
from typing import cast
from urllib.parse import urlsplit

import httptools
from aiohappyeyeballs import AddrInfoType, start_connection

CONNECT = 10.0
"""Seconds for address, connection and handshake together."""
KEEP = 15.0
"""Seconds after which an idle connection is not trusted any more: the server may be closing it this very moment."""
KNOWN = 300.0
"""Seconds that the addresses of the server are kept for further connections."""
NEXT_ADDRESS = 0.25
"""Seconds after which the next address of the server is tried beside the first."""
LARGEST_ANSWER = 1024 * 1024
FINAL = 200
"""Statuses below announce an answer, such as «103 Early Hints», and are none."""

Answer = tuple[int, bytes]
"""Status and body."""


class NotConnectedError(Exception):
    """There was no connection: nothing of the call has left."""


class NoAnswerError(Exception):
    """The call may have arrived or not; its answer has not."""


class Connections:
    """Calls of one server, each on a connection that is free or on a new one. Close it."""

    def __init__(self, base_url: str, patience: float) -> None:
        """``patience``: seconds that an answer may take."""
        address = urlsplit(base_url)
        self._host = address.hostname or ""
        self._tls = ssl.create_default_context() if address.scheme == "https" else None
        self._addresses = Addresses(self._host, address.port or (443 if self._tls else 80))
        self._path = address.path
        self._headers = f" HTTP/1.1\r\nHost: {address.netloc.rpartition('@')[2]}\r\nContent-Type: application/json\r\n"
        self._patience = patience
        self._idle: deque[Connection] = deque()  # the one that was used last is on the right
        self._busy: set[Connection] = set()

    async def post(self, path: str, body: bytes) -> Answer:
        """Raises NotConnectedError or NoAnswerError; their words name the cause and never the address.

        An answer must say how long it is (Content-Length or chunked), as a Bot API server's does: one that ends with
        its connection cannot be told from one that was cut off, and counts as none.
        """
        connection = self._free() or await self._connect()
        head = f"POST {self._path}{path}{self._headers}Content-Length: {len(body)}\r\n\r\n"
        self._busy.add(connection)
        try:
            answer = await connection.ask(head.encode() + body, self._patience)
        finally:
            self._busy.discard(connection)
        self._idle.append(connection)
        return answer

    async def close(self) -> None:
        for connection in (*self._idle, *self._busy):
            connection.close()
        self._idle.clear()

    def _free(self) -> "Connection | None":
        """The one that was used last, so that those of a busy hour are let go."""
        oldest = asyncio.get_running_loop().time() - KEEP
        while self._idle and self._idle[0].idle_since <= oldest:
            self._idle.popleft().close()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                return connection
        return None

    async def _connect(self) -> "Connection":
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT):
                addresses = await self._addresses.look_up()
                connected = await start_connection(addresses, happy_eyeballs_delay=NEXT_ADDRESS, interleave=1)
                named = self._host if self._tls else None
                _, made = await loop.create_connection(Connection, sock=connected, ssl=self._tls, server_hostname=named)
        except (OSError, TimeoutError) as error:
            self._addresses.forget()
            raise NotConnectedError(type(error).__name__) from None
        return made


class Addresses:
    """Where the server is, asked once for all its connections."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._known: Sequence[AddrInfoType] = ()
        self._known_until = 0.0
        self._asking = asyncio.Lock()

    async def look_up(self) -> Sequence[AddrInfoType]:
        loop = asyncio.get_running_loop()
        async with self._asking:
            if not self._known or loop.time() >= self._known_until:
                self._known = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                self._known_until = loop.time() + KNOWN
            return self._known

    def forget(self) -> None:
        """They lead nowhere: the server may have moved."""
        self._known = ()


class Connection(asyncio.Protocol):
    """One connection, with at most one call on it."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._body = bytearray()
        self._answer: asyncio.Future[Answer] | None = None

    @property
    def is_open(self) -> bool:
        return not self._transport.is_closing()

    async def ask(self, request: bytes, patience: float) -> Answer:
        self._answer = self._loop.create_future()
        late = self._loop.call_later(patience, self._fail, "TimeoutError")
        try:
            self._transport.write(request)
            return await self._answer
        except BaseException:
            self.close()  # whatever still comes belongs to nobody
            raise
        finally:
            late.cancel()
            self.idle_since = self._loop.time()

    def close(self) -> None:
        self._transport.abort()

    # --- called by the loop ------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one without being derived from it

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(type(error).__name__)

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(type(error).__name__ if error else "Disconnected")

    # --- called by the parser ----------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        if self._answer is None or self._answer.done():
            self._fail("Unasked")  # kept, it would pass for the answer to the next call

    def on_body(self, part: bytes) -> None:
        self._body += part
        if len(self._body) > LARGEST_ANSWER:
            self._fail("TooLarge")

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < FINAL or self._answer is None or self._answer.done():
            return
        self._answer.set_result((status, bytes(self._body)))
        self._body.clear()
        if not self._parser.should_keep_alive():
            self._transport.close()

    def _fail(self, reason: str) -> None:
        self._transport.abort()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(NoAnswerError(reason))
