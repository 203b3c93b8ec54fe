"""The gazetteer: how long it takes to open and to look names up; the number grammar on long runs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from bench.common import Row
from counterclaim.reading.figures.numbers import numbers
from counterclaim.reading.places import gazetteer

_OPEN = """
import time
from counterclaim.reading.places import gazetteer
start = time.process_time()
gazetteer.lookup("Kherson")
print(time.process_time() - start)
"""


def figures() -> list[Row]:
    opened = min(float(subprocess.check_output([sys.executable, "-c", _OPEN])) for _ in range(5))
    gazetteer.lookup("Kherson")
    names = [f"{a}{b}" for a in ("Kyiv", "Aleppo", "Goma", "Lashio") for b in range(5_000)]
    looked = _cpu(lambda: [gazetteer.lookup(name) for name in names])
    short, long = (_cpu(lambda n=n: numbers("one hundred and " * n)) for n in (10_000, 20_000))
    print(f"({len(names) / looked:,.0f} different names a CPU-second)")
    return [
        Row("opening the gazetteer", 1000 * opened, 50, "ms"),
        Row("20,000 look-ups of different names", looked, 1.0, "s"),
        Row("numbers in a run twice as long, times the run", long / max(short, 1e-6), 3.0, "x"),
    ]


def _cpu(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start
