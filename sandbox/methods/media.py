"""Photos and documents: uploaded, sent again by file_id, alone or as an album, and fetched by the bot."""

from typing import Final

from sandbox.images import size_of
from sandbox.methods.compose import caption, post
from sandbox.methods.edits import replace_content
from sandbox.methods.targets import writable_chat
from sandbox.refusals import bad_request
from sandbox.telegram import Call, Upload
from sandbox.world import Json, StoredFile, World

LARGEST_PHOTO: Final = 10 * 1024 * 1024
LARGEST_DOWNLOAD: Final = 20 * 1024 * 1024
CONTENT: Final = frozenset({"photo", "document", "caption", "caption_entities", "text", "entities"})


def send_photo(call: Call) -> Json:
    return _send(call, "photo")


def send_document(call: Call) -> Json:
    return _send(call, "document")


def send_media_group(call: Call) -> list[Json]:
    """An album of 2–10: one group id, all or nothing; each message counts for the limits."""
    chat = writable_chat(call)
    items = call.params["media"]
    if not 2 <= len(items) <= 10:
        raise bad_request(
            "too few messages to send as an album" if len(items) < 2 else "too many messages to send as an album"
        )
    if len({item["type"] for item in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [_media(call, item) for item in items]
    group = str(call.world.new_key())
    return [post(call, chat, {**content, "media_group_id": group}) for content in contents]


def edit_media(call: Call) -> Json:
    edited: Json = replace_content(call, _media(call, call.params["media"]), CONTENT)
    return edited


def get_file(call: Call) -> Json:
    stored = call.world.files.get(call.params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**reference(stored), "file_path": f"{stored.kind}s/{stored.id}/{stored.name}"}


def store(world: World, kind: str, upload: Upload) -> StoredFile:
    """Keeps a file under a new id. Raises Refusal for a photo that is no picture or too large."""
    width, height = 0, 0
    if kind == "photo":
        if len(upload.data) > LARGEST_PHOTO:
            raise bad_request("PHOTO_SAVE_FILE_INVALID")
        size = size_of(upload.data)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if not min(size) or width + height > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
    if not upload.data:
        raise bad_request("file must be non-empty")
    name = upload.name.replace("\\", "/").rpartition("/")[2] or kind
    stored = StoredFile(f"BQACAg{world.new_key():010d}{kind}", kind, name, upload.mime, upload.data, width, height)
    world.files[stored.id] = stored
    return stored


def content_of(stored: StoredFile) -> Json:
    """The part of a Message that shows a file."""
    if stored.kind == "photo":
        return {"photo": [{**reference(stored), "width": stored.width, "height": stored.height}]}
    return {"document": {**reference(stored), "file_name": stored.name, "mime_type": stored.mime}}


def reference(stored: StoredFile) -> Json:
    return {"file_id": stored.id, "file_unique_id": f"u{stored.id[6:]}", "file_size": len(stored.data)}


def _send(call: Call, kind: str) -> Json:
    chat = writable_chat(call)
    words = caption(call.world, call.params)
    extra = {"has_media_spoiler": True} if call.get("has_spoiler") else {}
    return post(call, chat, {**content_of(_file(call, call.params[kind], kind)), **words, **extra})


def _media(call: Call, item: Json) -> Json:
    kind = item["type"]
    if kind not in {"photo", "document"}:
        raise bad_request(f"sandbox: media of type {kind} is not supported")
    return {**content_of(_file(call, item["media"], kind)), **caption(call.world, item)}


def _file(call: Call, named: str, kind: str) -> StoredFile:
    """The file a parameter names: an upload, or an id from before."""
    if named.startswith("attach://"):
        upload = call.uploads.get(named.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"wrong file identifier/HTTP URL specified: {named} was not attached")
        return store(call.world, kind, upload)
    if named.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.get(named)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored
