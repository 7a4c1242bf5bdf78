"""Webhook: updates are pushed with the secret, again until they are taken, and no more after 410."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask, Json


class Hook:
    """A webhook that answers with the given statuses, the last one for ever."""

    def __init__(self, url: str, statuses: list[int]) -> None:
        self.url = url
        self.statuses = statuses
        self.taken: asyncio.Queue[tuple[Json, str | None]] = asyncio.Queue()
        self.reply: Json | None = None

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.taken.put_nowait((await request.json(), secret))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return web.json_response(self.reply, status=status) if self.reply else web.Response(status=status)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook("", [200])
    runner = web.ServerRunner(web.Server(hook.handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(webhook_pause=0.001) as local:
        yield local


async def test_update_is_pushed_once_with_the_secret(sandbox: Sandbox, hook: Hook, ask: Ask) -> None:
    assert (await ask("setWebhook", url=hook.url, secret_token="s3cret"))["ok"]
    await sandbox.person("Анна").send("раз")
    update, secret = await hook.taken.get()
    assert (update["message"]["text"], secret) == ("раз", "s3cret")
    await sandbox.taken()
    assert (await ask("getWebhookInfo"))["result"]["pending_update_count"] == 0
    assert hook.taken.empty()


async def test_refused_update_comes_again(sandbox: Sandbox, hook: Hook, ask: Ask) -> None:
    hook.statuses = [500, 401, 200]
    await ask("setWebhook", url=hook.url)
    await sandbox.person("Анна").send("раз")
    updates = [(await hook.taken.get())[0]["update_id"] for _ in range(3)]
    assert len(set(updates)) == 1
    info = (await ask("getWebhookInfo"))["result"]
    assert "401" in info["last_error_message"]


async def test_what_waited_is_pushed_when_the_webhook_is_set(sandbox: Sandbox, hook: Hook, ask: Ask) -> None:
    await sandbox.person("Анна").send("раньше")
    await ask("setWebhook", url=hook.url)
    assert (await hook.taken.get())[0]["message"]["text"] == "раньше"


async def test_gone_webhook_is_dropped(sandbox: Sandbox, hook: Hook, ask: Ask) -> None:
    hook.statuses = [410]
    await ask("setWebhook", url=hook.url)
    await sandbox.person("Анна").send("раз")
    await hook.taken.get()
    await sandbox.telegram.updates.until(lambda: not sandbox.telegram.updates.webhook.url)
    assert (await ask("getUpdates"))["result"][0]["message"]["text"] == "раз"


async def test_call_in_the_answer_is_carried_out(sandbox: Sandbox, hook: Hook, ask: Ask) -> None:
    ann = sandbox.person("Анна")
    hook.reply = {"method": "sendMessage", "chat_id": ann.id, "text": "ответ"}
    await ask("setWebhook", url=hook.url)
    await ann.send("раз")
    await ann.expects("ответ")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org:5000"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://example.org", "secret_token": "тайна"}, "secret token contains unallowed characters"),
    ],
)
async def test_wrong_webhook_is_refused(ask: Ask, given: Json, words: str) -> None:
    assert (await ask("setWebhook", **given))["description"] == f"Bad Request: {words}"
