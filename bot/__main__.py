"""`glashatai` and `python -m bot`."""

from bot.cli import build


def main() -> None:
    build()()


if __name__ == "__main__":
    main()
