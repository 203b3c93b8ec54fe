"""Rows as a sheet that people edit, and the edited sheet brought back as judgements.

A line has the row's handle, the fields that may be corrected, a verdict and a note, then what the row is about (which
nobody need change), and a stamp: a short hash of what the record held when the sheet was made. By the stamp a line that
nobody touched is told from one that was changed, and a row that was read anew or judged since from one that was not.
Sheets made of text only: no cell of ours is a formula, and an apostrophe in front of what a spreadsheet would run is
taken off on the way back.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from counterclaim.errors import InputError, NothingFound, UsageError
from counterclaim.exports.files import clean
from counterclaim.exports.review_sheets import grids
from counterclaim.record.judgements import Judgement, Verdict, choices, fields, standing, typed
from counterclaim.record.tellings import Telling, one_line
from counterclaim.store import Filter, Record
from counterclaim.store.judged import in_words
from counterclaim.types import Event, Figure, Holding, Statement, Struct
from counterclaim.views.review import FAMILIES, changes

#: Rows of a sheet, and characters of a cell (what Excel holds, and a little less).
MOST, _LONGEST = 20_000, 32_000
_TYPES: Mapping[str, type[Struct]] = {
    "statements": Statement, "events": Event, "figures": Figure, "control": Holding,
}  # fmt: skip
_BY_LETTER: Mapping[str, type[Struct]] = {"s": Statement, "e": Event, "f": Figure, "h": Holding}
_ABOUT = ("by", "at", "words", "outlet", "published", "headline", "url", "stamp")
_VERDICTS: Mapping[str, str] = {
    "": "", "yes": "yes", "y": "yes", "no": "no", "n": "no", "unsure": "unsure", "u": "unsure", "correct": "correct",
}  # fmt: skip
#: What a spreadsheet may run, behind any number of apostrophes that are there already.
_RUNS = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
#: What XML cannot hold.
_NO_XML = re.compile("[\ufffe\uffff]")
_STAMP = re.compile(r"([0-9a-f]{10})-([0-9a-f]{10})-([0-9a-f]{10})")


def columns(name: str) -> list[str]:
    """The columns of the sheet of a list of rows."""
    return ["ref", *fields(_TYPES[name]), "verdict", "note", *_ABOUT]


def lines(record: Record, name: str, wanted: Filter) -> Iterator[dict[str, str]]:
    """The rows of a list as lines, as people left them; those judged wrong too, which a person may want back.

    Raises:
        UsageError: if there are more than a sheet takes.
    """
    asked = msgspec.structs.replace(wanted, repeats=False, wrong=True)
    for number, telling in enumerate(record.rows(FAMILIES[name], asked)):
        if number >= MOST:
            raise UsageError(f"a sheet for review takes {MOST:,} rows at most", hint="Narrow the filters")
        yield line(telling)


def line(telling: Telling[Any]) -> dict[str, str]:
    """A row as the cells of a line."""
    said, head = telling.judged, telling.report
    cells = {field: _cell(value) for field, value in typed(telling.item).items()}
    cells |= {"verdict": said.verdict if said else "", "note": _cell(said.note or "") if said else ""}
    about = {
        "ref": telling.ref, "by": said.by if said else "", "at": said.at if said else "", "words": telling.text,
        "outlet": head.name, "published": head.published.isoformat() if head.published else "",
        "headline": head.headline or "", "url": head.url or "",
    }  # fmt: skip
    stamp = "-".join((_read(telling), _said(said), _hash(cells)))
    return {**{key: _cell(value) for key, value in about.items()}, **cells, "stamp": stamp}


def as_csv(name: str, found: Iterable[Mapping[str, str]]) -> str:
    """Lines as CSV. It begins with a byte order mark, without which Excel takes UTF-8 for something else."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(name), lineterminator="\n")
    writer.writeheader()
    for cells in found:
        writer.writerow({key: guarded(value) for key, value in cells.items()})
    return "\ufeff" + out.getvalue()


def as_xlsx(name: str, found: Iterable[Mapping[str, str]]) -> bytes:
    """Lines as a workbook: a sheet of text, with lists to choose from where a field takes only some words."""
    from counterclaim.exports.review_sheets import workbook

    able = {field: choices(_TYPES[name], field) for field in fields(_TYPES[name])}
    able["verdict"] = ("yes", "no", "unsure")
    rows = ({key: guarded(value) for key, value in cells.items()} for cells in found)
    return workbook(name, columns(name), rows, {field: words for field, words in able.items() if words})


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs. `unguarded` gives back the very same."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


# The way back


class Refused(Struct, frozen=True, kw_only=True):
    """A line that was not taken. `line` counts from 1, the header; `sheet` is the workbook's."""

    line: int
    ref: str
    why: str
    sheet: str | None = None


class Brought(Struct, frozen=True, kw_only=True):
    """What became of a sheet: `kept` judgements, by `batch`, `unchanged` lines, and those refused."""

    kept: int
    unchanged: int
    refused: tuple[Refused, ...]
    batch: str


class _Line(NamedTuple):
    sheet: str | None
    number: int
    cells: Mapping[str, str]


class _Saying(NamedTuple):
    line: _Line
    verdict: Verdict
    changes: Mapping[str, str]
    note: str | None


def bring_back(record: Record, data: bytes, by: str, batch: str, *, dry: bool = False) -> Brought:
    """Take an edited sheet (CSV or XLSX): each line that somebody changed becomes a judgement of `by`.

    A line that cannot be taken is named with the reason, the others are kept. `dry` keeps none.

    Raises:
        InputError: if it is no such sheet at all, or too large.
    """
    sayings: list[_Saying] = []
    refused: list[Refused] = []
    unchanged = 0
    taken: dict[str, int] = {}
    for one in _lines(data):
        ref = one.cells["ref"]
        try:
            if _untouched(one.cells):
                unchanged += 1
                continue
            if ref in taken:
                raise UsageError(f"line {taken[ref]} is about the same row")
            saying = _saying(record, one, by)
        except (InputError, NothingFound, UsageError) as error:
            refused.append(_refused(one, in_words(error)))
            continue
        taken[ref] = one.number
        if saying is None:
            unchanged += 1
        else:
            sayings.append(saying)
    every = ((s.line.cells["ref"], s.verdict, s.changes, s.note) for s in sayings)
    reasons = record.judge_all(every, by, batch, dry=dry)
    refused += [_refused(s.line, why) for s, why in zip(sayings, reasons, strict=True) if why]
    refused.sort(key=lambda r: (r.sheet or "", r.line))
    return Brought(kept=reasons.count(None), unchanged=unchanged, refused=tuple(refused), batch=batch)


def _refused(one: _Line, why: str) -> Refused:
    return Refused(line=one.number, ref=one.cells["ref"], why=why, sheet=one.sheet)


def _lines(data: bytes) -> Iterator[_Line]:
    for sheet, grid in grids(data, MOST):
        head: list[str] | None = None
        for number, cells in grid:
            if head is None:
                head = [cell.strip().casefold() for cell in cells]
                if "ref" not in head or "stamp" not in head:
                    raise InputError(
                        "this is no sheet of rows to review: it has no columns ref and stamp",
                        hint="Edit a sheet that the program wrote, and leave its first line as it is",
                    )
                continue
            values = dict(zip(head, (unguarded(_cell(cell)) for cell in cells), strict=False))
            if any(values.values()):
                yield _Line(sheet, number, {"ref": "", "stamp": "", **values})


def _untouched(cells: Mapping[str, str]) -> bool:
    """Whether every cell that may be changed is as it was written."""
    stamp, kind = _STAMP.fullmatch(cells["stamp"]), _BY_LETTER.get(cells["ref"].rpartition("/")[2][:1])
    if stamp is None or kind is None:
        return False
    mine = (*fields(kind), "verdict", "note")
    return all(name in cells for name in mine) and _hash({name: cells[name] for name in mine}) == stamp[3]


def _saying(record: Record, one: _Line, by: str) -> _Saying | None:
    """What a changed line says, None where it says nothing new.

    Raises:
        NothingFound: if there is no such row any more.
        UsageError: if it is stale, or makes no sense.
    """
    stamp = _STAMP.fullmatch(one.cells["stamp"])
    if stamp is None:
        raise UsageError("its stamp is gone", hint="Leave the last column as it is, or make the sheet anew")
    read, now, history = record.row(one.cells["ref"])
    said = standing(history)
    if _said(said) != stamp[2]:
        since = f"{said.by} judged it" if said else "a judgement of it was taken back"
        raise UsageError(f"{since} since the sheet was made", hint="Make the sheet anew")
    if _read(now) != stamp[1]:
        raise UsageError("the report was read anew since the sheet was made", hint="Make the sheet anew")
    before = line(now)
    written = {name: one.cells.get(name, before[name]) for name in (*fields(type(read.item)), "verdict", "note")}
    verdict = _VERDICTS.get(written.pop("verdict").casefold())
    if verdict is None:
        raise UsageError(f"{one.cells['verdict']!r} is no verdict", hint="It can be yes, no or unsure")
    note = written.pop("note")
    edited = {name for name, value in written.items() if value != before[name]}
    if not edited and verdict == before["verdict"] and note == before["note"]:
        return None
    decided, changed = _decided(verdict, before["verdict"], bool(edited), changes(read.item, written))
    if decided == "undo" and said is not None and said.by != by:
        raise UsageError(f"its verdict is {said.by}'s: say yes, no or unsure of your own, not nothing")
    return _Saying(one, decided, changed, note or None)


def _decided(verdict: str, before: str, edited: bool, changed: dict[str, str]) -> tuple[Verdict, dict[str, str]]:
    """The verdict of a line whose cells were `edited`; `changed` are all fields that differ from what was read."""
    if edited:
        if verdict in ("no", "unsure") and verdict != before:
            raise UsageError(f"a row that is corrected cannot be {verdict!r} too", hint="Leave its verdict empty")
        return ("correct", changed) if changed else ("yes", {})
    if verdict == "correct" or (verdict == "yes" and before == "correct"):
        if not changed:
            raise UsageError("it says 'correct', but no cell differs from what was read")
        return "correct", changed
    if not verdict:
        if not before:
            raise UsageError("a note needs a verdict beside it", hint="unsure will do")
        return "undo", {}
    return ("no" if verdict == "no" else "unsure" if verdict == "unsure" else "yes"), {}


def _cell(text: str) -> str:
    """Text as it stands in a cell: one line, nothing that cannot be seen."""
    return one_line(_NO_XML.sub("", clean(text)))[:_LONGEST].strip()


def _read(telling: Telling[Any]) -> str:
    """A hash of what was read, as people left it, and where."""
    cells = {field: _cell(value) for field, value in typed(telling.item).items()}
    return _hash({"": f"{telling.offset} {telling.text}", **cells})


def _said(said: Judgement | None) -> str:
    """A hash of the judgement that counts."""
    return _hash({"said": f"{said.verdict} {said.by} {said.at} {said.note}"} if said else {})


def _hash(cells: Mapping[str, str]) -> str:
    return hashlib.sha256(msgspec.json.encode(sorted(cells.items()))).hexdigest()[:10]
