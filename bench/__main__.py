"""`make bench`, or `python -m bench NAME [OPTIONS]`: each module beside this one is one bench with a `main`."""

import importlib
import pkgutil
import sys

import bench


def main(arguments: list[str]) -> int:
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    benches = {name: module for name in names if hasattr(module := importlib.import_module(f"bench.{name}"), "main")}
    if arguments and arguments[0] not in benches:
        print(f"no such bench: {arguments[0]}; there are: {', '.join(benches)}", file=sys.stderr)
        return 2
    for name in arguments[:1] or benches:
        print(f"\n== {name} ==\n")
        benches[name].main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
