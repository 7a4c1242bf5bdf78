"""Answers to button presses and inline queries, which the bot may give once and soon."""

from sandbox.entities import utf16
from sandbox.methods.compose import formatted, message_text
from sandbox.refusals import bad_request
from sandbox.telegram import Call
from sandbox.world import Json

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
PRESS_LIVES, INLINE_LIVES = 15, 30
"""Seconds in which a press and an inline query can be answered; Telegram's own are not published."""


def answer_callback_query(call: Call) -> bool:
    text = call.get("text", "")
    if utf16(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query = _open_query(call, "callback_query_id", "press", PRESS_LIVES)
    shown = query["answer"] = {"text": text, "alert": bool(call.get("show_alert")), "url": call.get("url")}
    call.world.tell({"event": "callback_answer", "person": query["person"], "query": query["id"], **shown})
    return True


def answer_inline_query(call: Call) -> bool:
    results = call.params["results"]
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    names = [result["id"] for result in results]
    if len(set(names)) != len(names):
        raise bad_request("RESULT_ID_DUPLICATE")
    query = _open_query(call, "inline_query_id", "inline", INLINE_LIVES)
    query["results"] = [_result(call, result) for result in results]
    answer = {"results": query["results"], "button": call.get("button"), "next_offset": call.get("next_offset", "")}
    call.world.tell({"event": "inline_answer", "person": query["person"], "query": query["id"], **answer})
    return True


def _open_query(call: Call, name: str, kind: str, seconds: float) -> Json:
    """The query that a parameter names, when it is of this kind, young enough and not yet answered."""
    query = call.telegram.queries.get(call.params[name])
    if query is None or query["kind"] != kind or "answer" in query or "results" in query:
        raise bad_request(TOO_OLD)
    if call.world.clock() - query["asked"] > seconds:
        raise bad_request(TOO_OLD)
    return query


def _result(call: Call, result: Json) -> Json:
    """Checks the text a result would send, before anyone picks it."""
    if not 1 <= len(result["id"].encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    content = result.get("input_message_content")
    if content and "message_text" in content:
        message_text(call.world, content, "message_text")
    elif result["type"] == "article":
        raise bad_request("MESSAGE_EMPTY")
    photo = result.get("photo_file_id")
    if photo is not None and photo not in call.world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    formatted(call.world, result, "caption", "caption_entities")
    return result
