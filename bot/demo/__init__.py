"""The demo: the real bot in a local Telegram, with sample content, people and towns."""

from pathlib import Path

FOLDER = Path("var/demo")
DATABASE = "glashatai.db"
"""In the folder."""
