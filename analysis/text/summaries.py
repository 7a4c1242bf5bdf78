"""A headline where a text has none, and a summary of two sentences: both chosen from the text, nothing invented."""

import re

from analysis.text.document import Document, Sentence
from domain.messages import shortened

TITLE_LENGTH = 120
SUMMARY_LENGTH = 400
_FURNITURE = re.compile(
    r"(?>[^\w#]|[\d_]|#\w*"
    r"|(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*\b"
    r"|(?:янв|фев|мар|апр|июн|июл|авг|сент?|окт|ноя|дек|пн|вт|ср|чт|пт|сб|вс|года?|г|в|просмотр[а-я]*)\b"
    r"|(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b"
    r"|(?:новости|общество|политика|экономика|культура|спорт|социум|происшествия|официально|объявления)\b)*+"
    r"|(?:фото|автор|источник|текст|опубликовано|дата публикации)\s?[:/].{0,60}|переслано из\b.{0,60}",
    re.IGNORECASE,
)
"""Lines around a text: when it was put up, under which rubric, by whom."""
_ENOUGH_WORDS = 5


def headline(document: Document) -> str:
    """The text's own first line, else its first sentence cut at a word; a date or a rubric is no headline."""
    title = document.title.strip()
    if not document.has_headline and _FURNITURE.fullmatch(title):
        title = next((s.text for s in document.sentences if not _FURNITURE.fullmatch(s.text)), title)
    return cut(title, TITLE_LENGTH)


def summary(document: Document) -> str:
    """At most two sentences: the first that tell something, dates and places before others."""
    telling = [s for s in document.sentences if s.start >= document.title_end and _tells(s)]
    chosen = sorted(sorted(telling[:6], key=lambda s: -_weight(s))[:2], key=lambda s: s.start)
    return cut(" ".join(s.text for s in chosen), SUMMARY_LENGTH)


def _tells(sentence: Sentence) -> bool:
    return len(sentence.text.split()) >= _ENOUGH_WORDS and not _FURNITURE.fullmatch(sentence.text)


def _weight(sentence: Sentence) -> float:
    low = sentence.text.lower()
    dated = bool(re.search(r"\d{1,2}\s+[а-я]{3,8}|\d\d\.\d\d|\d{1,2}[:.]\d\d|сегодня|завтра", low))
    acts = bool(re.search(r"состоит|пройд|приглаша|приём|прием|отключ|назначен|открыт|до \d|начн|ждут|ждём", low))
    return 2.0 * dated + 1.5 * acts - sentence.start / 2000


def cut(text: str, length: int) -> str:
    """On one line, not longer than ``length``, cut between words."""
    return shortened(" ".join(text.split()), length)
