"""`glashatai` and `python -m bot`."""

import sys

from bot.cli import build


def main() -> None:
    build(sys.argv[1] if len(sys.argv) > 1 else None)()


if __name__ == "__main__":
    main()
