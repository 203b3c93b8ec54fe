"""Peak memory of `counterclaim read` over few and over many reports: it must not grow with their number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.common import Row, many

FEW, MANY = 100, 1_000


def figures() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        few, lots = (_peak(Path(folder), count) for count in (FEW, MANY))
    return [
        Row(f"peak memory reading {MANY:,} reports", lots, 1200, "MB"),
        Row(f"the same, times the peak for {FEW}", lots / few, 1.15, "x"),
    ]


def _peak(folder: Path, count: int) -> float:
    """Most resident memory, in MB, of one `read` of `count` reports."""
    path = folder / f"{count}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for report in many(count):
            out.write(json.dumps(report) + "\n")
    command = [sys.executable, "-m", "counterclaim", "read", "--jsonl", str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_maxrss / 1024
