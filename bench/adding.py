"""The cost of adding one more report to a large record, against adding it to a small one."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import msgspec

from bench.common import Row, samples
from counterclaim import open_record, reading
from counterclaim.types import Reading


def figures(count: int) -> list[Row]:
    """Add `count` readings, made from those of the samples, and compare the first hundred with the last."""
    readings = [reading.read(r) for r in samples()]
    edge = min(100, count // 4)
    costs: list[float] = []
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "bench.db") as record:
        for number in range(count):
            one = _copy(readings[number % len(readings)], number)
            start = time.process_time()
            record.add(one)
            costs.append(time.process_time() - start)
    early, late = statistics.median(costs[:edge]), statistics.median(costs[-edge:])
    print(f"(adding one: {1000 * early:.1f} ms at the start, {1000 * late:.1f} ms after {count:,})")
    return [Row(f"adding report {count:,}, times one of the first {edge}", late / early, 1.5, "x")]


def _copy(reading: Reading, number: int) -> Reading:
    """The same reading of another report: another id, a few words more."""
    report = msgspec.structs.replace(
        reading.report, id=f"bench{number}", text=f"{reading.report.text}\n\nNo. {number}."
    )
    return msgspec.structs.replace(reading, report=report)
