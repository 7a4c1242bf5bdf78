"""Keeps the catalogues of texts in step with the code: `update` collects, `check` refuses what is missing.

The catalogue of English is the code itself; every other language has one file in locales/.
"""

import fcntl
import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from presenters.language.words import LANGUAGES, LOCALES

KEYWORDS = {"words": None, "label": None, "plural": (1, 2), "plural_label": (1, 2)}
_SPOKEN = tuple(language for language in LANGUAGES if language != "en")
# What a program needs; names, addresses and dates of others would only be placeholders.
_HEADER = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:")


def collect() -> Catalog:
    """Every text of the presenters."""
    catalogue = Catalog(charset="utf-8")
    root = Path(__file__).parent.parent
    for file, _line, message, comments, context in extract_from_dir(
        root, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("translators:",), strip_comment_tags=True
    ):
        catalogue.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return catalogue


def _path(language: str) -> Path:
    return LOCALES / f"{language}.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Adds new texts, untranslated, and drops those that nobody says any more."""
    catalogue = _read(language)
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path = _path(language)
    fresh = path.with_suffix(".new")
    fresh.write_text(_written(catalogue), encoding="utf-8")
    fresh.replace(path)


def _written(catalogue: Catalog) -> str:
    """The file: a header of what programs need, then the texts in the order of the alphabet."""
    catalogue.header_comment = f"# Texts of Glashatai in: {catalogue.locale_identifier}"
    catalogue.fuzzy = False
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, no_location=True, ignore_obsolete=True)
    head, _, texts = written.getvalue().decode().partition("\n\n")
    start = head.index('msgid ""')
    fields = "".join(f'"{name} {value}\\n"\n' for name, value in _fields(catalogue))
    return f'{head[:start]}msgid ""\nmsgstr ""\n{fields}\n{texts.rstrip()}\n'


def _fields(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    wanted = {name.rstrip(":"): name for name in _HEADER}
    return ((wanted[name], value) for name, value in catalogue.mime_headers if name in wanted)


def problems(language: str) -> list[str]:
    """What is wrong with a language: texts missing or left over, placeholders that differ."""
    wanted, catalogue = collect(), _read(language)
    absent = [message.id for message in wanted if message.id and message.id not in catalogue]
    found = [f"{language}: not in the catalogue: {text!r}" for text in absent]
    for message in catalogue:
        complaint = _complaint(message, wanted) if message.id else None
        if complaint:
            found.append(f"{language}: {complaint}: {message.id!r}")
    return found


def _complaint(message: Message, wanted: Catalog) -> str | None:
    originals, translations = _forms(message.id), _forms(message.string)
    if message.id not in wanted:
        return "nobody says"
    if message.fuzzy or not all(translations):
        return "not translated"
    known = _placeholders(originals[-1])
    return "other placeholders" if any(_placeholders(text) - known for text in translations) else None


def _forms(text: object) -> tuple[str, ...]:
    """One text, or its forms for different numbers."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        with (LOCALES / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for language in _SPOKEN:
                update(language)
        return 0
    if arguments == ["check"]:
        found = [problem for language in _SPOKEN for problem in problems(language)]
        print("\n".join(found), file=sys.stderr) if found else None  # noqa: T201
        return 1 if found else 0
    print("usage: python -m presenters.language.catalogues update|check", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
