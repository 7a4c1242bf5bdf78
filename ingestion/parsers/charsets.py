"""Bytes to text, whatever the server says they are: a third of old municipal sites say something else.

Valid UTF-8 with letters beyond ASCII is UTF-8. Among the eight-bit encodings the one wins in which the text looks
most like Russian; what header and document declare decides only where that leaves it open.
"""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CANDIDATES = ("windows-1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic")
_COMMON = frozenset("оеаинтсрвлкмдпу")
_LOWER = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
_UPPER = frozenset("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ")
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
LOOKED_AT = 50_000
TELLING = 6
"""Letters beyond ASCII that a guess needs."""


def decode(body: bytes, content_type: str = "") -> str:
    """The text; characters that cannot be decoded become U+FFFD. Never raises."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    if _looks_like_utf16(body):
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > LOOKED_AT or len(body) - error.start < 4:
            return body.decode("utf-8", "replace")
    return body.decode(_guess(body, _declared(body, content_type)), "replace")


def as_utf8_xml(text: str) -> bytes:
    """An XML document in UTF-8 that declares nothing else."""
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + _XML_DECLARATION.sub("", text, count=1).lstrip().encode(
        "utf-8", "ignore"
    )


def _declared(body: bytes, content_type: str) -> list[str]:
    """Encodings that are named, in the order of trust: by the document, by the header."""
    named = [*_DECLARED.findall(body[:2000]), *_DECLARED.findall(content_type.encode("ascii", "ignore"))]
    return [name.decode("ascii") for name in named if _is_known(name.decode("ascii"))]


def _is_known(name: str) -> bool:
    try:
        b"a".decode(name)
    except (LookupError, ValueError):
        return False
    return True


def _guess(body: bytes, declared: list[str]) -> str:
    sample = body[:LOOKED_AT]
    if sum(byte >= 0x80 for byte in sample) < TELLING:
        return next(iter(declared), "windows-1251")
    eight_bit = [name for name in declared if not name.lower().startswith(("utf", "unicode"))]
    scores = {name: _russian(sample.decode(name, "replace")) for name in dict.fromkeys((*eight_bit, *_CANDIDATES))}
    best = max(scores, key=lambda name: scores[name])
    mixed = _russian(sample.decode("utf-8", "ignore"))  # UTF-8 with a few broken bytes
    return "utf-8" if mixed >= scores[best] * 0.9 and mixed > 0 else best


def _russian(text: str) -> float:
    """How Russian a text looks: common small letters count for it; capitals inside words and odd signs against it."""
    score, before = 0.0, " "
    for letter in text:
        if letter in _COMMON:
            score += 1
        elif letter in _UPPER:
            score -= 2 if before in _LOWER else 0
        elif letter > "\x7f" and letter not in _LOWER and letter not in "«»—–№…“”„’\xa0":
            score -= 2
        before = letter
    return score


def _looks_like_utf16(body: bytes) -> bool:
    head = body[:200]
    return len(head) > 3 and head.count(0) * 3 > len(head)
