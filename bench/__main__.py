"""Print every figure, each with the most it may be. Exit 1 if one is over; figures on a busy machine are no verdict."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench import adding, desk, lookup, memory, reading, record, slider, start


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="plain data")
    parser.add_argument(
        "--only",
        choices=["reading", "memory", "start", "lookup", "adding", "record", "desk", "slider"],
        help="one bench alone",
    )
    parser.add_argument("--record", type=Path, help="where the large record is kept, or is to be (else thrown away)")
    parser.add_argument("--reports", type=int, default=10_000, help="reports of a large record (default 10,000)")
    args = parser.parse_args()
    benches = {
        "reading": reading.figures,
        "memory": memory.figures,
        "start": start.figures,
        "lookup": lookup.figures,
        "adding": lambda: adding.figures(args.reports),
        "record": lambda: record.figures(args.reports, args.record),
        "desk": lambda: desk.figures(args.reports, args.record),
        "slider": slider.figures,
    }
    rows = [row for name, bench in benches.items() if args.only in (None, name) for row in bench()]
    if args.json:
        print(json.dumps([row.__dict__ for row in rows], indent=1))
    else:
        for row in rows:
            mark = "over" if row.over else "ok"
            print(f"{row.name:58} {row.value:8.2f} {row.unit:6} at most {row.most:g}  {mark}")
    return int(any(row.over for row in rows))


if __name__ == "__main__":
    sys.exit(main())
