"""Texts in the reader's language, by gettext. The msgid is the English text; values are escaped for HTML."""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("ru", "en")


class Words:
    """One language. Call it with an English text and values: ``words("Hello, {name}!", name=name)``."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, text: str, /, **values: object) -> Markup:
        """HTML: the text itself may hold tags, the values are escaped unless they are Markup."""
        return Markup(self._translations.gettext(text)).format(**values)  # noqa: S704  texts are our own

    def plural(self, one: str, many: str, count: int, /, **values: object) -> Markup:
        """As ``words()``, in the form that ``count`` asks for; {count} stands for it in the text."""
        chosen = self._translations.ngettext(one, many, count)
        return Markup(chosen).format(count=number(count), **values)  # noqa: S704  texts are our own

    def label(self, text: str, /, **values: object) -> str:
        """Plain text, for buttons, file names and command menus."""
        return self._translations.gettext(text).format(**values)

    def plural_label(self, one: str, many: str, count: int, /, **values: object) -> str:
        return self._translations.ngettext(one, many, count).format(count=number(count), **values)


def number(value: int) -> str:
    """1 240: groups of three, parted by a narrow space that does not break."""
    return f"{value:,}".replace(",", "\u202f") if abs(value) >= 1_000 else str(value)


@cache
def words_for(language: str) -> Words:
    """The texts of a language; of English where we do not speak it."""
    path = LOCALES / f"{language}.po"
    if not path.exists():
        return Words("en", gettext.NullTranslations())
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled))
