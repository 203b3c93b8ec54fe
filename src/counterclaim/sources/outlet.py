"""Which outlet a report is of, by its own source line or dateline, where these leave no doubt.

"Source: Al Jazeera and news agencies" names the outlet, "Source: satellite pictures" does not: a name stands alone only
if it is an outlet of the profiles. A dateline names the agency in brackets: "KYIV, March 3 (Reuters) -".
"""

from __future__ import annotations

import re

from counterclaim import conflict
from counterclaim.types import Passage

_SOURCE = re.compile(r"sources?:\s*(\S.{1,80})", re.IGNORECASE)
_AND_AGENCIES = re.compile(
    r",?\s(?:and|with|plus|&)\s(?:(?:other|the|international|wire)\s)*(?:news\s)?(?:agencies|wires)\.?$", re.IGNORECASE
)
_NAME = re.compile(r"(?:The\s)?[A-Z][\w.'’-]*(?:\s(?:of|the|[A-Z][\w.'’-]*)){0,4}")
_BRACKETS = re.compile(r"[(/]([A-Z][\w .&-]{1,28})[)/]\s?(?:--|[—–-])?\s*$")
_FIRST = re.compile(r"([A-Z]{2,5}|Reuters)\s?(?:--|[—–-])\s*$")
_DIGIT = re.compile(r"\d")
#: Passages at the head of a report among which a dateline is looked for.
_HEAD = 12


def outlet_of(text: str, parts: tuple[Passage, ...]) -> str | None:
    """The outlet that the report names as its source, else the agency of its dateline; None where neither is plain."""
    lines = {_source(p.span.of(text)) for p in parts if p.kind == "source_line"} - {None}
    if len(lines) == 1:
        return lines.pop()
    agencies = {_agency(p.span.of(text)) for p in parts[:_HEAD] if p.kind == "dateline"} - {None}
    return agencies.pop() if len(agencies) == 1 and not lines else None


def _source(line: str) -> str | None:
    found = _SOURCE.fullmatch(" ".join(line.split()))
    if not found:
        return None
    name = found.group(1).rstrip(" .")
    bare = _AND_AGENCIES.sub("", name)
    if bare != name and _NAME.fullmatch(bare):
        return _known(bare) or bare
    return _known(name)


def _agency(dateline: str) -> str | None:
    """The agency in brackets: a known one, or any where the dateline has its date ("KALVA, March 3 (Agency) -")."""
    line = dateline.strip()
    if found := _BRACKETS.search(line):
        name = found.group(1).strip()
        return _known(name) or (name if _DIGIT.search(line[: found.start()]) else None)
    found = _FIRST.fullmatch(line)
    return _known(found.group(1)) if found else None


def _known(name: str) -> str | None:
    """The canonical name, if it is an outlet of the general profile."""
    actor = conflict.load(conflict.GENERIC).actor(name)
    return actor.name if actor and actor.kind == "outlet" else None
