"""The cost of a reading against the bare language pipeline (with names) on the same text, alternating in one run."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

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

    def ours() -> None:
        for report in reports:
            reading.read(report, nlp=nlp)

    bare(), ours()
    ratios = [_cpu(ours) / _cpu(bare) for _ in range(ROUNDS)]
    words = sum(len(t.split()) for t in texts)
    seconds = _cpu(ours)
    print(f"({words / seconds:,.0f} words a CPU-second; ratios {min(ratios):.2f} to {max(ratios):.2f})")
    return [Row("reading, times the bare pipeline with NER", statistics.median(ratios), 1.6, "x")]


def _cpu(run: Callable[[], None]) -> float:
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start
