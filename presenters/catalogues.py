"""Keeps the catalogues of texts in step with the code: `update` collects, `check` refuses what is missing.

The catalogue of English is the code itself; every other language has one file in locales/.
"""

import fcntl
import io
import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from presenters.words import LANGUAGES, LOCALES

KEYWORDS = {"words": None, "label": None, "plural": (1, 2), "plural_label": (1, 2)}
OPTIONS = {"**.py": {}}


def collect() -> Catalog:
    """Every text of the presenters."""
    catalogue = Catalog(charset="utf-8")
    root = Path(__file__).parent
    for file, _line, message, comments, context in extract_from_dir(
        root, [("**.py", "python")], OPTIONS, keywords=KEYWORDS, comment_tags=("translators:",), strip_comment_tags=True
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
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, omit_header=False, no_location=True, ignore_obsolete=True)
    lines = [line for line in written.getvalue().decode().splitlines() if not line.startswith(('"POT-', '"PO-Rev'))]
    _path(language).write_text("\n".join(lines) + "\n")


def problems(language: str) -> list[str]:
    """What is wrong with a language: texts missing or left over, placeholders that differ."""
    wanted, catalogue = collect(), _read(language)
    found = [
        f"{language}: not in the catalogue: {message.id!r}"
        for message in wanted
        if message.id and message.id not in catalogue
    ]
    for message in catalogue:
        if not message.id:
            continue
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        if message.id not in wanted:
            found.append(f"{language}: nobody says: {message.id!r}")
        elif message.fuzzy or not all(translations):
            found.append(f"{language}: not translated: {message.id!r}")
        elif any(_placeholders(text) - _placeholders(originals[-1]) for text in translations):
            found.append(f"{language}: other placeholders: {message.id!r}")
    return found


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def main(arguments: list[str]) -> int:
    translated = [language for language in LANGUAGES if language != "en"]
    if arguments == ["update"]:
        with (LOCALES / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for language in translated:
                update(language)
        return 0
    if arguments == ["check"]:
        found = [problem for language in translated for problem in problems(language)]
        print("\n".join(found), file=sys.stderr) if found else None  # noqa: T201
        return 1 if found else 0
    print("usage: python -m presenters.catalogues update|check", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
