"""The HTTP of the sender, against servers that behave as servers do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from delivery.bot_api import Telegram
from delivery.connections import (
    KEEP,
    KNOWN,
    LARGEST_ANSWER,
    Connection,
    Connections,
    NoAnswerError,
    NotConnectedError,
)
from delivery.outcomes import Verdict, read_answer

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers each request on a connection with the next of its answers; an empty one closes instead."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.requests: list[bytes] = []
        self.connections = 0
        self.url = ""
        self.serving: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.serving.add(asyncio.current_task())
        with suppress(OSError):
            while self.answers and (head := await reader.read(65536)):
                self.requests.append(head)
                answer = self.answers.pop(0)
                if not answer:
                    break
                writer.write(answer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


@asynccontextmanager
async def served(*answers: bytes) -> AsyncIterator[Server]:
    server = Server(*answers)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listening.close()
        await asyncio.gather(*(task for task in server.serving if task))


@asynccontextmanager
async def connections(url: str, patience: float = 5.0) -> AsyncIterator[Connections]:
    opened = Connections(url, patience)
    try:
        yield opened
    finally:
        await opened.close()


Later = Callable[[float], None]


@pytest.fixture
async def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Puts the loop's clock forward by so many seconds."""
    loop = asyncio.get_running_loop()

    def put_forward(seconds: float) -> None:
        clock = loop.time
        monkeypatch.setattr(loop, "time", lambda: clock() + seconds)

    return put_forward


async def test_calls_one_after_the_other_share_a_connection() -> None:
    async with served(OK, OK, OK) as server, connections(server.url + "/prefix") as calls:
        for _ in range(3):
            assert await calls.post("/bot1:x/sendMessage", b"{}") == (200, b"ok")
        assert server.connections == 1
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /prefix/bot1:x/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nContent-Type: application/json\r\nContent-Length: 2" in head
    assert body == b"{}"


async def test_calls_at_once_have_a_connection_each() -> None:
    async with served(OK, OK, OK) as server, connections(server.url) as calls:
        assert await asyncio.gather(*(calls.post("/", b"{}") for _ in range(3))) == [(200, b"ok")] * 3
        assert server.connections == 3


async def test_an_answer_in_pieces_is_read_whole() -> None:
    chunked = b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    async with served(chunked, OK) as server, connections(server.url) as calls:
        assert await calls.post("/", b"{}") == (400, b"abcde")
        assert await calls.post("/", b"{}") == (200, b"ok")


async def test_a_connection_that_the_server_ends_is_used_no_more() -> None:
    closing = OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n")
    async with served(closing, OK) as server, connections(server.url) as calls:
        assert await calls.post("/", b"{}") == (200, b"ok")
        assert await calls.post("/", b"{}") == (200, b"ok")
        assert server.connections == 2


async def test_a_connection_that_was_idle_for_long_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("delivery.connections.KEEP", -1.0)
    async with served(OK, OK) as server, connections(server.url) as calls:
        await calls.post("/", b"{}")
        await calls.post("/", b"{}")
        assert server.connections == 2


async def test_connections_of_a_busy_hour_are_closed_while_one_goes_on_being_used(later: Later) -> None:
    async with served(*[OK] * 9) as server, connections(server.url) as calls:
        await asyncio.gather(*(calls.post("/", b"{}") for _ in range(3)))
        for _ in range(2):
            later(KEEP * 0.7)
            await calls.post("/", b"{}")
        idle = {task for task in server.serving if task}
        async with asyncio.timeout(5):
            while len(idle) > 1:
                _, idle = await asyncio.wait(idle, return_when=asyncio.FIRST_COMPLETED)
        await calls.post("/", b"{}")
        assert server.connections == 3


async def test_a_server_is_looked_up_anew_after_a_while_and_when_it_cannot_be_reached(
    later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = 0
    loop = asyncio.get_running_loop()
    look_up = loop.getaddrinfo

    async def counted(*given: Any, **named: Any) -> Any:
        nonlocal looked_up
        looked_up += 1
        return await look_up(*given, **named)

    monkeypatch.setattr(loop, "getaddrinfo", counted)
    closing = OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n")
    async with served(*[closing] * 9) as server:
        calls = Connections(server.url, 5.0)
        await asyncio.gather(*(calls.post("/", b"{}") for _ in range(4)))
        assert (server.connections, looked_up) == (4, 1)
        later(KNOWN)
        await calls.post("/", b"{}")
        assert looked_up == 2
    for _ in range(2):
        with pytest.raises(NotConnectedError):
            await calls.post("/", b"{}")
    assert looked_up == 3


async def test_a_connection_that_cannot_be_written_to_is_closed_and_waits_for_nothing() -> None:
    async with served(OK) as server:
        port = int(server.url.rpartition(":")[2])
        _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
        with pytest.raises(TypeError):
            await connection.ask("no bytes", patience=5.0)  # type: ignore[arg-type]
        assert not connection.is_open


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="closed"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", id="silent in the middle"),
        pytest.param(b"what is HTTP?\r\n\r\n", id="no HTTP"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (LARGEST_ANSWER + 1) + b"x" * (LARGEST_ANSWER + 1),
            id="too large",
        ),
    ],
)
async def test_what_is_no_whole_answer_leaves_the_call_open(answer: bytes) -> None:
    async with served(answer, OK) as server, connections(server.url, patience=0.3) as calls:
        with pytest.raises(NoAnswerError):
            await calls.post("/", b"{}")
        assert await calls.post("/", b"{}") == (200, b"ok")


async def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next_one() -> None:
    async with served(OK + OK.replace(b"ok", b"no"), OK) as server, connections(server.url) as calls:
        assert await calls.post("/", b"{}") == (200, b"ok")
        assert await calls.post("/", b"{}") == (200, b"ok")
        assert server.connections == 2


async def test_the_beginning_of_an_answer_that_nobody_asked_for_is_not_taken_for_the_next_one() -> None:
    unasked = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nSMUG"
    async with served(OK + unasked, OK) as server, connections(server.url) as calls:
        assert await calls.post("/", b"{}") == (200, b"ok")
        assert await calls.post("/", b"{}") == (200, b"ok")
        assert server.connections == 2


async def test_what_only_announces_an_answer_is_none() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    async with served(early + OK) as server, connections(server.url) as calls:
        assert await calls.post("/", b"{}") == (200, b"ok")


async def test_a_call_that_was_given_up_leaves_no_answer_behind() -> None:
    async with served(OK, OK) as server, connections(server.url) as calls:
        await calls.post("/", b"{}")
        given_up = asyncio.create_task(calls.post("/", b"{}"))
        await asyncio.sleep(0)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        server.answers.append(OK)
        assert await calls.post("/", b"{}") == (200, b"ok")
        assert server.connections == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:{}", "https://127.0.0.1:{}"])
async def test_without_a_connection_nothing_has_left(unused_tcp_port_factory: Callable[[], int], url: str) -> None:
    async with connections(url.format(unused_tcp_port_factory())) as calls:
        with pytest.raises(NotConnectedError):
            await calls.post("/", b"{}")


async def test_a_server_without_the_encryption_it_should_have_gets_nothing() -> None:
    async with served(OK) as server:
        telegram = Telegram("1:x", server.url.replace("http:", "https:"))
        outcome = await telegram.call("sendMessage", b'{"chat_id":1}')
        await telegram.close()
        assert outcome.verdict is Verdict.NOT_SENT
        assert not any(b"chat_id" in request for request in server.requests)


def test_an_accepted_message_is_known_however_the_answer_is_written() -> None:
    for body in (
        b'{"ok":true,"result":{"message_id":7,"date":1}}',
        b'{ "result": {"date": 1, "message_id": 7}, "ok": true}',
    ):
        outcome = read_answer(200, body)
        assert (outcome.verdict, outcome.message_id) == (Verdict.SENT, 7)
    assert read_answer(502, b'{"ok":true,"result":{"message_id":7,"date":1}}').verdict is Verdict.AMBIGUOUS
