"""Inline mode from the person's side: a result that was offered is picked and becomes their message."""

from sandbox.entities import Formatted
from sandbox.methods.compose import caption, message_text
from sandbox.methods.media import content_of
from sandbox.refusals import misuse
from sandbox.telegram import Telegram
from sandbox.world import Json, User, World


def choose(telegram: Telegram, person: User, query_id: str, result_id: str) -> Json:
    """The content of the message that a result sends; the bot hears chosen_inline_result."""
    query = telegram.queries[query_id]
    result = next(one for one in query.get("results", []) if one["id"] == result_id)
    chosen = {"result_id": result_id, "from": person.view(), "query": query["text"]}
    telegram.updates.push("chosen_inline_result", chosen)
    content = {**_content(telegram.world, result), "via_bot": telegram.bot.view()}
    markup = result.get("reply_markup")
    return {**content, "reply_markup": markup} if markup else content


def _content(world: World, result: Json) -> Json:
    written = result.get("input_message_content")
    if written and "message_text" in written:
        text: Formatted = message_text(world, written, "message_text")
        return text.fields()
    if written and "latitude" in written:
        return {"location": {"latitude": written["latitude"], "longitude": written["longitude"]}}
    if result["type"] == "location":
        return {"location": {"latitude": result["latitude"], "longitude": result["longitude"]}}
    for kind in ("document", "photo"):
        stored = world.files.get(result.get(f"{kind}_file_id", ""))
        if stored:
            return content_of(stored) | caption(world, result)
    raise misuse(f"inline results of type {result['type']} without input_message_content cannot be sent here")
