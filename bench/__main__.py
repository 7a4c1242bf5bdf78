"""`make bench`, or `python -m bench NAME [OPTIONS]`: each module named here is one bench with a `main`."""

import importlib
import sys

BENCHES = ("accuracy", "topics", "places", "events", "reading", "search", "gathering", "delivery", "flood")


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] not in BENCHES:
        print(f"no such bench: {arguments[0]}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in arguments[:1] or BENCHES:
        print(f"\n== {name} ==\n")
        importlib.import_module(f"bench.{name}").main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
