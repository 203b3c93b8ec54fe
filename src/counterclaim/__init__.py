"""Counterclaim: who said what, what happened where, what each side counts, who holds which town on which day.

    from counterclaim import Report, open_record, read

    reading = read(Report(id="1", text="..."))
    with open_record("counterclaim.db") as record:
        record.add(reading)

What is here is loaded on first use, so that `import counterclaim` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counterclaim.reading import read
    from counterclaim.store import open_record
    from counterclaim.types import Reading, Report

__version__ = "0.3.0"
__all__ = ["Reading", "Report", "__version__", "open_record", "read"]

_HOMES = {"read": "reading", "open_record": "store", "Reading": "types", "Report": "types"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
