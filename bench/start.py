"""How long `counterclaim --help` takes, and how many times a bare interpreter's start that is."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from bench.common import Row

ROUNDS = 9


def figures() -> list[Row]:
    helped = _median([sys.executable, "-m", "counterclaim", "--help"])
    bare = _median([sys.executable, "-c", "pass"])
    print(f"(a bare interpreter starts in {bare:.3f} s: {helped / bare:.1f} times that)")
    return [Row("counterclaim --help", helped, 0.4, "s")]


def _median(command: list[str]) -> float:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - start

    once()
    return statistics.median(once() for _ in range(ROUNDS))
