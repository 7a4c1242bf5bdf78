"""What somebody typed or forwarded becomes wording: the formatting that every messenger knows is kept, no other."""

import html

from aiogram.enums import MessageEntityType
from aiogram.types import Message, MessageEntity
from aiogram.utils.text_decorations import html_decoration

from domain.messages import LONGEST_CAPTION, LONGEST_TEXT, length
from presenters.admin.composing import ROOM
from storage.announcing.announcements import Wording

LONGEST_TITLE = 120
_KEPT = frozenset(
    {
        MessageEntityType.BOLD,
        MessageEntityType.ITALIC,
        MessageEntityType.UNDERLINE,
        MessageEntityType.STRIKETHROUGH,
        MessageEntityType.CODE,
        MessageEntityType.PRE,
        MessageEntityType.BLOCKQUOTE,
        MessageEntityType.EXPANDABLE_BLOCKQUOTE,
    }
)
_SCHEMES = ("https://", "http://", "mailto:", "tel:", "tg://")


def wording_of(message: Message) -> Wording | None:
    """Title (a short first line), HTML and photo of a message; None where it says nothing."""
    text = message.text or message.caption or ""
    entities = [kept for one in message.entities or message.caption_entities or [] if (kept := _kept(one))]
    photo = message.photo[-1].file_id if message.photo else None
    if not text.strip():
        return None
    head, _, rest = text.partition("\n")
    rest = rest.lstrip("\n")
    if not rest.strip() or len(head) > LONGEST_TITLE:
        return Wording("", html_decoration.unparse(text, entities), photo)
    behind = _units(text) - _units(rest)
    return Wording(head.strip(), html_decoration.unparse(rest, _shifted(entities, behind)), photo)


def over(wording: Wording) -> int | None:
    """UTF-16 units of what is too long to be sent; None where it fits."""
    units = length(wording.title) + length(wording.text)
    most = (LONGEST_CAPTION if wording.photo else LONGEST_TEXT) - ROOM
    return units if units > most else None


def _kept(entity: MessageEntity) -> MessageEntity | None:
    if entity.type in _KEPT:
        return entity.model_copy(update={"language": None})
    if entity.type == MessageEntityType.TEXT_LINK and (entity.url or "").lower().startswith(_SCHEMES):
        return entity.model_copy(update={"url": html.escape(entity.url or "")})
    return None


def _shifted(entities: list[MessageEntity], behind: int) -> list[MessageEntity]:
    """The entities of what follows after so many units; of one that begins before, the part that is left."""
    found = []
    for one in entities:
        start, end = max(0, one.offset - behind), one.offset + one.length - behind
        if end > start:
            found.append(one.model_copy(update={"offset": start, "length": end - start}))
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
