"""Screens as readable files: what people read and the buttons below it, per language.

    def test_my(golden: Golden) -> None:
        golden.check("my", lambda words: {"two places": overview(words, …), "paused": overview(words, …)})

compares with golden/ru/my.txt and golden/en/my.txt. After a wanted change `GOLDEN=write pytest tests/presenters` writes
them anew, and the difference is read in the commit.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from domain.messages import Button, Message
from presenters.language.words import LANGUAGES, Words, words_for

FOLDER = Path(__file__).parent / "golden"
Screens = Mapping[str, Message | str]


class Golden:
    def check(self, name: str, screens: Callable[[Words], Screens]) -> None:
        """Compares the screens of every language with golden/LANGUAGE/name.txt."""
        for language in LANGUAGES:
            path = FOLDER / language / f"{name}.txt"
            shown = "\n\n".join(_drawn(title, one) for title, one in screens(words_for(language)).items()) + "\n"
            if os.environ.get("GOLDEN") == "write":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(shown, encoding="utf-8")
            assert shown == path.read_text(encoding="utf-8"), f"{path}: if it is meant so: GOLDEN=write"


def _drawn(title: str, screen: Message | str) -> str:
    head = f"— {title} —"
    if isinstance(screen, str):
        return f"{head}\n{screen}"
    rows = ["  ".join(f"[{_label(button)}]" for button in row) for row in screen.buttons]
    if screen.ask_location:
        rows.append(f"[[{screen.ask_location}]]")
    return "\n".join([head, str(screen.text), *rows])


def _label(button: Button) -> str:
    return f"{button.label} → {button.url}" if button.url else button.label
