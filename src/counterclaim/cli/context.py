"""`show`: a sentence in its paragraph, with the words marked."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from counterclaim.cli.screen import console, day, lines, safe
from counterclaim.views.show import Overview, Shown


def show(found: Shown | Overview) -> None:
    """Print it. Without colour the marked words stand between >> and <<."""
    out = console()
    with out.capture() as captured:
        _print(out, found)
    lines(captured.get())


def _print(out: Console, found: Shown | Overview) -> None:
    plain = out.color_system is None
    if isinstance(found, Overview):
        _line(out, "report", found.report)
    out.print(Text(safe(found.headline or found.id), style="bold"))
    published = day(found.published) + (
        "" if found.published_basis == "metadata" else f" ({_BASIS[found.published_basis]})"
    )
    out.print(Text(safe(" · ".join(filter(None, (found.outlet, published, found.url))))))
    if isinstance(found, Overview):
        _overview(out, found)
        return
    out.print()
    out.print(Padding(_marked(found, plain), (0, 2)))
    out.print()
    _row(out, found)


_BASIS = {"metadata": "", "given": "date as given", "day_count": "from the day count", "none": "no date in the report"}


def _marked(found: Shown, plain: bool) -> Text:
    text, at = Text(), 0
    for mark in sorted(found.marks):
        start, end = max(at, mark.start), max(at, mark.end)
        text.append(safe(found.context[at:start]), style="dim")
        text.append((">>" if plain else "") + safe(found.context[start:end]) + ("<<" if plain else ""), style="bold")
        at = end
    text.append(safe(found.context[at:]), style="dim" if found.marks else "")
    return text


def _row(out: Console, found: Shown) -> None:
    row = found.row
    _line(out, found.family, found.id)
    if found.chain:
        *carriers, speaker = found.chain
        _line(out, "said by", speaker + "".join(f", as told by {c}" for c in reversed(carriers)))
    elif found.family not in ("statement", "passage"):
        _line(out, "said by", f"the report itself ({found.outlet})" if found.outlet else "the report itself")
    for name in _FIELDS.get(found.family, ()):
        if (words := _words(row.get(name))) != "":
            _line(out, name.replace("_", " "), words)
    if found.passage != "paragraph":
        _line(out, "stands in", found.passage.replace("_", " "))
    if found.why:
        _line(out, "why", found.why)
    _line(out, "read by", "; ".join(found.readings))


_FIELDS = {
    "statement": ("stance", "directness", "addressee", "occasion", "said_on"),
    "event": ("kind", "status", "actors", "targets", "place", "date", "same_as"),
    "figure": (
        "measure",
        "low",
        "high",
        "bound",
        "unit",
        "counted",
        "party",
        "cumulative",
        "as_of",
        "place",
        "part_of",
    ),
    "holding": ("state", "place", "holder", "by", "date", "same_as"),
}


def _words(value: object) -> str:
    """A value of the contract in plain words."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    if isinstance(value, dict):
        if "name" in value:
            inside = [value.get("admin1"), value.get("country")]
            return ", ".join(dict.fromkeys(str(v) for v in (value["name"], *inside) if v))
        return value["start"] if value["start"] == value["end"] else f"{value['start']} to {value['end']}"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _overview(out: Console, found: Overview) -> None:
    _line(out, "conflict", found.conflict + (f", day {found.day}" if found.day else ""))
    _line(out, "language", found.language)
    if found.unread:
        _line(out, "not read", found.unread)
    _line(out, "found", ", ".join(f"{n} {name}" for name, n in found.counts.items()))
    _line(out, "read by", "; ".join(found.readings))
    out.print()
    for kind, text in found.passages:
        style = {"paragraph": "", "headline": "bold", "crosshead": "bold"}.get(kind, "dim")
        out.print(Text(safe(text) if kind in _OWN else f"[{kind.replace('_', ' ')}] {safe(text)}", style=style))
        out.print()


_OWN = ("paragraph", "headline", "crosshead", "standfirst", "list_item")


def _line(out: Console, name: str, words: str) -> None:
    out.print(Text().append(f"{name:<10} ", "dim").append(safe(words)))
