"""sendMessage and what else needs no file."""

from sandbox.methods.compose import message_text, post
from sandbox.methods.targets import writable_chat
from sandbox.parameters import VOCABULARIES
from sandbox.refusals import bad_request
from sandbox.telegram import Call
from sandbox.world import Json


def send_message(call: Call) -> Json:
    chat = writable_chat(call)
    return post(call, chat, message_text(call.world, call.params).fields())


def send_location(call: Call) -> Json:
    chat = writable_chat(call)
    return post(call, chat, {"location": place(call.params)})


def send_venue(call: Call) -> Json:
    chat = writable_chat(call)
    location = place(call.params)
    venue = {"location": location, "title": call.params["title"], "address": call.params["address"]}
    return post(call, chat, {"venue": venue, "location": location})


def place(params: Json) -> Json:
    """A Location; latitude and longitude in degrees."""
    latitude, longitude = params["latitude"], params["longitude"]
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise bad_request("wrong latitude or longitude specified")
    return {"latitude": latitude, "longitude": longitude}


def send_chat_action(call: Call) -> bool:
    chat = writable_chat(call)
    if call.params["action"] not in VOCABULARIES["chat_actions"]:
        raise bad_request("wrong parameter action in request")
    call.world.tell({"event": "action", "chat": chat.id, "action": call.params["action"]})
    return True


def send_poll(call: Call) -> Json:
    chat = writable_chat(call)
    question = message_text(call.world, {"text": call.params["question"]}).text
    options = [option["text"] for option in call.params["options"]]
    if not 1 <= len(options) <= 12:
        raise bad_request("poll must have at least 1 option" if not options else "poll can't have more than 12 options")
    poll = {
        "id": str(call.world.new_key()),
        "question": question,
        "options": [{"persistent_id": str(at), "text": text, "voter_count": 0} for at, text in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": bool(call.get("is_closed")),
        "is_anonymous": call.get("is_anonymous", True),
        "type": call.get("type", "regular"),
        "allows_multiple_answers": bool(call.get("allows_multiple_answers")),
        "allows_revoting": True,
        "members_only": False,
    }
    return post(call, chat, {"poll": poll})
