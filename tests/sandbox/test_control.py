"""The wire to the chat page: events out, acts in, and nobody else's page may use it."""

from typing import Any

import aiohttp
import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from sandbox.cast import PLAIN_CAST, read_cast
from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask, Json
from tests.sandbox.pictures import png


async def next_of(socket: ClientWebSocketResponse, kind: str) -> Json:
    while True:
        event: Json = await socket.receive_json()
        if event["event"] == kind:
            return event


async def act(socket: ClientWebSocketResponse, name: str, **given: Any) -> Json:
    await socket.send_json({"act": name, "ref": 1, **given})
    return await next_of(socket, "done")


@pytest.fixture
async def sandbox() -> Any:
    async with Sandbox(cast=PLAIN_CAST) as local:
        yield local


async def test_page_gets_a_snapshot_and_then_events(sandbox: Sandbox, web: ClientSession, ask: Ask) -> None:
    async with web.ws_connect(f"{sandbox.url}/live") as socket:
        hello = await next_of(socket, "hello")
        assert [person["first_name"] for person in hello["people"]] == ["Анна", "Борис"]
        assert "error" not in await act(socket, "send", person=1001, text="/start")
        await ask("sendMessage", chat_id=1001, text="<i>да</i>", parse_mode="HTML")
        event = await next_of(socket, "message")
        assert event["message"]["entities"][0]["type"] == "italic"


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("dance", {}, "no such act: dance"),
        ("send", {"person": 1001, "text": " "}, "the message is empty"),
        ("send", {"person": 5, "text": "а"}, "send: 5 is missing or unknown"),
        ("location", {"person": 1001, "latitude": 91, "longitude": 0}, "no such place on Earth"),
        ("delete", {"person": 1001, "message": 99}, "delete: 99 is missing or unknown"),
    ],
)
async def test_impossible_act_says_why(
    sandbox: Sandbox, web: ClientSession, name: str, given: Json, words: str
) -> None:
    async with web.ws_connect(f"{sandbox.url}/live") as socket:
        assert (await act(socket, name, **given))["error"] == words


async def test_nonsense_on_the_wire_is_answered(sandbox: Sandbox, web: ClientSession) -> None:
    async with web.ws_connect(f"{sandbox.url}/live") as socket:
        for nonsense in ("", "[]", "{}", '"x"', '{"act": 1}'):
            await socket.send_str(nonsense)
            assert (await next_of(socket, "done"))["error"]


async def test_foreign_page_is_refused(sandbox: Sandbox, web: ClientSession) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        async with web.post(f"{sandbox.url}/control/ledger", headers=headers) as answer:
            assert answer.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await web.ws_connect(f"{sandbox.url}/live", headers=headers)


async def test_scripts_act_by_http(sandbox: Sandbox, web: ClientSession, ask: Ask) -> None:
    async def control(name: str, **given: Any) -> Json:
        async with web.post(f"{sandbox.url}/control/{name}", json=given) as answer:
            body: Json = await answer.json()
            return body

    await control("send", person=1001, text="/start")
    await control("fault", kind="flood", times=1, retry_after=3)
    assert (await ask("sendMessage", chat_id=1001, text="а"))["error_code"] == 429
    assert (await ask("sendMessage", chat_id=1001, text="а"))["ok"]
    assert (await control("ledger"))["result"] == {"total": 1, "chats": 1, "most_copies": 1}
    assert "is not a valid FaultKind" in (await control("fault", kind="?"))["error"]


async def test_uploaded_page_is_downloaded_and_never_shown(sandbox: Sandbox, web: ClientSession) -> None:
    async with web.post(f"{sandbox.url}/upload?name=x.html", data=b"<script>") as answer:
        number = (await answer.json())["file"]
    async with web.get(f"{sandbox.url}/media/{number}") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.content_type == "application/octet-stream"
    async with web.post(f"{sandbox.url}/upload?name=x.png&kind=photo", data=b"<svg>") as answer:
        assert (await answer.json())["error"] == "Bad Request: IMAGE_PROCESS_FAILED"
    async with web.post(f"{sandbox.url}/upload?name=x.png&kind=photo", data=png(4, 4)) as answer:
        number = (await answer.json())["file"]
    async with web.get(f"{sandbox.url}/media/{number}") as answer:
        assert answer.content_type == "image/png"


async def test_page_and_its_parts_are_served_and_nothing_else(sandbox: Sandbox, web: ClientSession) -> None:
    for path, status in {
        "/": 200,
        "/page/app.js": 200,
        "/page/..%2Fserver.py": 404,
        "/page/x.py": 404,
        "/no": 404,
    }.items():
        async with web.get(sandbox.url + path) as answer:
            assert answer.status == status, path
    async with web.get(sandbox.url) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_cast_is_read_from_json(tmp_path: Any) -> None:
    path = tmp_path / "cast.json"
    path.write_text(
        '{"people": [{"id": 1, "name": "Анна", "role": "гостья"}],'
        ' "stages": [{"id": -1, "kind": "group", "title": "Двор", "members": {"1": "creator"}}],'
        ' "towns": [{"name": "Казань", "latitude": 55.8, "longitude": 49.1}]}'
    )
    cast = read_cast(path)
    assert (cast.people[0].role, cast.stages[0].members, cast.towns[0].name) == ("гостья", {1: "creator"}, "Казань")
