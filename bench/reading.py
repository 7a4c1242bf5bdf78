"""Speed of reading on one core: load time, memory, and texts a second, warm.

    python -m bench reading [LABELLED.jsonl]

Targets: loaded in 2 s, within 250 MB, 300 texts a second on the development set.
"""

import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from bench.accuracy import DEVELOPMENT, load

ROUNDS = 5
_LOADING = """
import resource, time
start = time.perf_counter()
from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
Reader(builtin()).read("В Саяногорске 5 мая пройдёт субботник")
print(time.perf_counter() - start, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def loading() -> tuple[float, float, float]:
    """Seconds to the first reading by the clock and of the processor, and megabytes, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True)
    seconds, worked, megabytes = map(float, done.stdout.split())
    return seconds, worked, megabytes


def rate(path: Path) -> float:
    """Texts a second, warm: the best of a few rounds, in processor time."""
    from analysis.geography.gazetteer import builtin
    from analysis.reader import Reader

    reader = Reader(builtin())
    texts = [(r["text"], date.fromisoformat(r["published"]) if r["published"] else None) for r in load(path)]
    best = 0.0
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for text, published in texts:
            reader.read(text, published=published)
        best = max(best, len(texts) / (time.process_time() - start))
    return best


def main(arguments: list[str]) -> None:
    path = Path(arguments[0]) if arguments else DEVELOPMENT
    seconds, worked, megabytes = loading()
    print(f"load      {seconds:8.2f} s        (target 2), of it {worked:.2f} s of processor time")
    print(f"memory    {megabytes:8.0f} MB       (target 250)")
    print(f"reading   {rate(path):8.0f} texts/s  (target 300)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak      {peak:8.0f} MB       with caches warm")


if __name__ == "__main__":
    main(sys.argv[1:])
