"""Deleting, forwarding, copying, pinning: what may be done to messages that are there."""

from collections.abc import AsyncIterator

import pytest

from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask

DAY = 24 * 3600


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as local:
        yield local


async def test_message_is_deleted_within_two_days_only(sandbox: Sandbox, ask: Ask, clock: Clock) -> None:
    ann = sandbox.person("Анна", started=True)
    old = (await ask("sendMessage", chat_id=ann.id, text="старое"))["result"]["message_id"]
    clock.now += 2 * DAY + 1
    new = (await ask("sendMessage", chat_id=ann.id, text="новое"))["result"]["message_id"]
    assert (await ask("deleteMessage", chat_id=ann.id, message_id=new))["ok"]
    late = await ask("deleteMessage", chat_id=ann.id, message_id=old)
    assert late["description"] == "Bad Request: message can't be deleted for everyone"
    gone = await ask("deleteMessage", chat_id=ann.id, message_id=new)
    assert gone["description"] == "Bad Request: message to delete not found"
    assert ann.screen().texts == ["старое"]


async def test_many_are_deleted_at_once_and_missing_ones_are_skipped(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    ids = [(await ask("sendMessage", chat_id=ann.id, text=str(n)))["result"]["message_id"] for n in range(3)]
    assert (await ask("deleteMessages", chat_id=ann.id, message_ids=[*ids[:2], 999]))["ok"]
    assert ann.screen().texts == ["2"]
    assert not (await ask("deleteMessages", chat_id=ann.id, message_ids=list(range(1, 102))))["ok"]


async def test_bot_deletes_others_messages_only_as_an_admin(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна")
    group = sandbox.supergroup("Двор", ann, bot_status="member")
    rude = await ann.send("/spam", group)
    refused = await ask("deleteMessage", chat_id=group.id, message_id=rude.id)
    assert refused["description"] == "Bad Request: message can't be deleted"
    ann.promote_bot(group)
    assert (await ask("deleteMessage", chat_id=group.id, message_id=rude.id))["ok"]


async def test_forward_names_the_author_and_a_copy_does_not(sandbox: Sandbox, ask: Ask) -> None:
    ann, boris = sandbox.person("Анна"), sandbox.person("Борис", started=True)
    said = await ann.send("слова")
    given = {"chat_id": boris.id, "from_chat_id": ann.id, "message_id": said.id}
    forwarded = (await ask("forwardMessage", **given))["result"]
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Анна"
    copied = (await ask("copyMessage", **given))["result"]
    assert set(copied) == {"message_id"}
    assert "forward_origin" not in boris.screen().last.message
    missing = await ask("copyMessage", **{**given, "message_id": 999})
    assert missing["description"] == "Bad Request: message to copy not found"


async def test_protected_message_is_not_passed_on(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    sent = (await ask("sendMessage", chat_id=ann.id, text="тайна", protect_content=True))["result"]
    answer = await ask("forwardMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=sent["message_id"])
    assert not answer["ok"]


async def test_several_are_copied_in_their_order(sandbox: Sandbox, ask: Ask) -> None:
    ann, boris = sandbox.person("Анна"), sandbox.person("Борис", started=True)
    ids = [(await ann.send(text)).id for text in "абв"]
    given = {"chat_id": boris.id, "from_chat_id": ann.id}
    assert len((await ask("copyMessages", **given, message_ids=ids))["result"]) == 3
    assert boris.screen().texts == ["а", "б", "в"]
    backwards = await ask("forwardMessages", **given, message_ids=ids[::-1])
    assert "strictly increasing" in backwards["description"]


async def test_pinning_needs_an_admin_in_a_group(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна")
    group = sandbox.supergroup("Двор", ann, bot_status="member")
    sent = (await ask("sendMessage", chat_id=group.id, text="важно"))["result"]
    pin = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert "not enough rights" in (await ask("pinChatMessage", **pin))["description"]
    ann.promote_bot(group)
    assert (await ask("pinChatMessage", **pin))["ok"]
    assert (await ask("getChat", chat_id=group.id))["result"]["pinned_message"]["text"] == "важно"
    assert (await ask("unpinChatMessage", chat_id=group.id))["ok"]
    assert "pinned_message" not in (await ask("getChat", chat_id=group.id))["result"]


async def test_reaction_is_seen_on_the_message(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна")
    said = await ann.send("спасибо")
    reaction = [{"type": "emoji", "emoji": "👍"}]
    assert (await ask("setMessageReaction", chat_id=ann.id, message_id=said.id, reaction=reaction))["ok"]
    assert sandbox.world.chats[ann.id].posts[said.id].reaction == "👍"
