"""Coverage-guided fuzzing of one target: `python -m tests.ingestion.fuzzing TARGET [libFuzzer's options and corpus]`.

A process of its own for each: libFuzzer takes the process over, and ends it at the first find.
"""

import sys

import atheris

INSTRUMENTED = ["ingestion", "feedparser", "icalendar", "dateutil", "trafilatura", "csv", "json"]


def main() -> None:
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=INSTRUMENTED):
        from tests.ingestion.targets import run

    atheris.Setup(sys.argv, lambda body: run(name, body))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
