"""UCDP-like and ACLED-like files: the coded rows, what each rests on, and the rules, side by side.

NAME.csv has the columns of the original and no other, so that it loads wherever the original does. The way back to the
words stands beside it: NAME.evidence.csv has a line for every telling behind a row, NAME.rules.md says by which rules
the numbers were taken, which rows are in the file and which are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from types import ModuleType

from counterclaim.exports import acled, codes, evidence, ged
from counterclaim.exports.files import Files
from counterclaim.exports.incidents import Kinds, Left, incidents
from counterclaim.store import Filter, Record

FORMS: dict[str, ModuleType] = {"ged": ged, "acled": acled}


def write(
    form: str,
    record: Record,
    wanted: Filter,
    files: Files,
    path: Path,
    about: str,
    kinds: frozenset[str],
    reviewed: bool,
    step: Callable[[], None],
) -> int:
    """Write the three files; the number of rows."""
    made = FORMS[form]
    table = files.table(path, codes.columns(form))
    beside = files.table(path.with_suffix(".evidence.csv"), evidence.COLUMNS)
    rules = files.text(path.with_suffix(".rules.md"))
    own = codes.data(form)
    rows = Kinds(
        keep=lambda event: made.keep(event) and (not kinds or event.kind in kinds),
        beside=frozenset(own["beside"]),
        vague=frozenset(own["vague"]),
    )
    left: Counter[str] = Counter()
    written = 0
    for incident in incidents(record, wanted, rows, step):
        if wanted.limit is not None and written >= wanted.limit:
            break
        if isinstance(incident, Left):
            left[incident.why] += 1
            continue
        row = made.row(incident) if incident.reviewed or not reviewed else Left("not reviewed")
        if isinstance(row, Left):
            left[row.why] += 1
            continue
        table.write(row.cells)
        for line in evidence.lines(row.number, incident, row.taken):
            beside.write(line)
        written += 1
    rules.write(rules_of(form, about, written, left))
    return written


def rules_of(form: str, about: str, written: int, left: Counter[str]) -> str:
    """The rules of a format as they are written beside its file."""
    text = resources.files("counterclaim.lexicon").joinpath(f"exports/{form}.md").read_text("utf-8")
    missing = [f"- {n:,} {'event' if n == 1 else 'events'}: {why}" for why, n in left.most_common()]
    columns = [f"| `{name}` | {says or 'left empty'} |" for name, says in codes.data(form)["columns"].items()]
    return text.format(
        about=about,
        rows=f"{written:,}",
        left="\n".join(missing) or "- none",
        columns="\n".join(("| column | here |", "|---|---|", *columns)),
    )
