"""What the benches share: a row of output, and the sample texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from counterclaim import sources
from counterclaim.types import Report

SAMPLES = Path(__file__).parent.parent / "samples"


@dataclass
class Row:
    """One measured figure and the most it may be."""

    name: str
    value: float
    most: float
    unit: str = ""

    @property
    def over(self) -> bool:
        return self.value > self.most


def samples() -> list[Report]:
    """The project's own sample reports."""
    return [r for r in sources.reports([str(SAMPLES)]) if isinstance(r, Report)]


def many(count: int) -> Iterator[dict[str, str]]:
    """`count` different reports in the shape of the contract, made from the samples."""
    texts = [r.text for r in samples()]
    for number, text in enumerate(islice(cycle(texts), count)):
        yield {"id": f"r{number}", "published": "2022-03-03", "text": f"{text}\n\nCopy number {number}."}
