"""The text of an announcement as the shell gives it."""

import sys
from pathlib import Path

from bot.settings import refuse
from presenters.admin.composed import compose
from storage.announcing.announcements import Wording


def read_wording(file: str) -> Wording:
    """The text of a file or of stdin; refused where it is empty, too long or not to be read."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{file}: {error.strerror if isinstance(error, OSError) and error.strerror else 'is no UTF-8 text'}")
    try:
        return Wording(*compose(text))
    except ValueError as error:
        refuse(f"{file}: {error}")
