"""The cost of a reading against the bare language pipeline (with names) on the same text, alternating in one run.

The encoder works in a thread beside the parser: by the clock it costs less than in processor time where a core is idle.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from functools import partial

from bench.common import Row, samples
from counterclaim import language, reading

ROUNDS = 7


def figures() -> list[Row]:
    nlp = language.pipeline()
    reports = samples()
    texts = [r.text for r in reports]

    def bare() -> None:
        with nlp.memory_zone():
            for _ in nlp.pipe(texts):
                pass

    def by(reader: reading.Reader) -> None:
        for report in reports:
            reading.read(report, nlp=nlp, reader=reader)

    rows = []
    for reader, most in (("encoder", 2.0), ("rules", 1.6)):
        ours = partial(by, reader)
        bare(), ours()
        rounds = [(_times(ours), _times(bare)) for _ in range(ROUNDS)]
        cpu = [mine[0] / theirs[0] for mine, theirs in rounds]
        clock = [mine[1] / theirs[1] for mine, theirs in rounds]
        print(f"({reader}: processor {min(cpu):.2f} to {max(cpu):.2f}, clock {min(clock):.2f} to {max(clock):.2f})")
        name = f"reading ({reader}), times the bare pipeline with NER"
        rows += [
            Row(f"{name}, processor", statistics.median(cpu), most, "x"),
            Row(f"{name}, clock", statistics.median(clock), most, "x"),
        ]
    return rows


def _times(run: Callable[[], None]) -> tuple[float, float]:
    """Seconds of the processor (all threads) and of the clock."""
    gc.collect()
    cpu, clock = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - cpu, time.perf_counter() - clock
