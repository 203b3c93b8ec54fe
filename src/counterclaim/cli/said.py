"""One reading on a terminal: who says what and through whom, then the rest in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from counterclaim.cli import screen

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from counterclaim.types import Actor, Reading, Statement

#: From this width on, who speaks stands beside the words; below, above them.
_WIDE = 116
#: Columns for who speaks where the words stand beside, and to the right of the mark of a nested statement.
_WHO, _STEP = 44, 3
#: Longest words of one statement, in lines; what is longer is cut in its middle, since both ends tell most.
_LINES = 4
#: How many kinds, measures or names the counts spell out.
_NAMED = 6
_COLOUR = {
    "denies": "magenta", "confirms": "green", "warns": "yellow", "vows": "cyan", "demands": "blue", "accuses": "red",
}  # fmt: skip


def show(reading: Reading, out: Console) -> None:
    """Print a reading: its heading, its statements with what they carry under them, counts of all else."""
    from rich.text import Text

    report = reading.report
    out.print(Text(screen.safe(report.headline or report.origin or report.id), style="bold"))
    day = f"day {reading.day}" if reading.day is not None else None
    about = filter(None, (report.outlet, screen.day(report.published), reading.conflict, day))
    out.print(Text(screen.safe(", ".join(about)), style="dim"))
    if reading.unread:
        out.print(f"Kept, not read: {screen.safe(reading.unread)}\n")
        return
    if reading.statements:
        out.print()
    for statement, carriers in _walk(reading.statements):
        out.print(_laid_out(statement, carriers, report.text, out.width))
    out.print(Text("\n".join(_rest(reading))))
    out.print()


def _walk(statements: Iterable[Statement]) -> Iterator[tuple[Statement, tuple[Statement, ...]]]:
    """Each statement with those that carry it, outermost first; a carrier comes right before what it carries."""
    known = {s.id: s for s in statements}
    under: dict[str | None, list[Statement]] = {}
    for s in known.values():
        under.setdefault(s.via if s.via in known and s.via != s.id else None, []).append(s)
    waiting: list[tuple[Statement, tuple[Statement, ...]]] = [(s, ()) for s in reversed(under.get(None, []))]
    while waiting:
        one, carriers = waiting.pop()
        yield one, carriers
        waiting += [(s, (*carriers, one)) for s in reversed(under.get(one.id, []))]


def _laid_out(statement: Statement, carriers: tuple[Statement, ...], text: str, width: int) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    depth = len(carriers)
    indent = _STEP * depth
    who, mark = _who(statement, carriers, text), Text("└".rjust(indent - 1) if depth else "", style="dim")
    grid = Table.grid()
    grid.add_column(width=indent)
    if width >= _WIDE:
        room = width - _WHO - 2
        grid.add_column(width=_WHO - indent)
        grid.add_column(width=2)
        grid.add_column(width=room)
        grid.add_row(mark, who, "", _words(statement, text, room))
    else:
        room = max(width - indent - 2, 20)
        grid.add_column(width=room + 2)
        grid.add_row(mark, who)
        grid.add_row("", Padding(_words(statement, text, room), (0, 0, 0, 2)))
    return grid


def _who(statement: Statement, carriers: tuple[Statement, ...], text: str) -> Text:
    """Speaker, party, whether named, who carries it, the cue as written, the stance if it is more than saying."""
    from rich.text import Text

    speaker = statement.speaker
    line = Text(_name(speaker), style="bold")
    if speaker and speaker.party and speaker.party not in speaker.name:
        line.append(f" ({speaker.party})", style="not bold dim")
    if statement.source and speaker and speaker.anonymous:
        line.append(", not named", style="not bold italic")
    if carriers:
        line.append(f", as told by {_name(carriers[-1].speaker)}", style="not bold dim")
    elif statement.via:
        line.append(f", as told to {screen.safe(statement.via)}", style="not bold dim")
    cue = screen.safe(" ".join(statement.cue.of(text).split())) if statement.cue else ""
    colour = f"not bold {_COLOUR.get(statement.stance, '')}".strip()
    told = statement.stance not in _COLOUR or statement.stance[:4] in cue.casefold()  # "denied" says what it does
    if cue:
        line.append(" · ", style="not bold dim").append(cue, style=colour if told else "not bold")
    if not told:
        line.append(" · ", style="not bold dim").append(statement.stance, style=colour)
    return line


def _name(speaker: Actor | None) -> str:
    hidden = speaker is None or speaker.name == "unattributed"
    return "Source not told" if hidden or speaker is None else screen.safe(speaker.name)


def _words(statement: Statement, text: str, room: int) -> Text:
    """What is said, its parts joined by dots, in marks where it is a quotation, cut where it is long."""
    from rich.text import Text

    said = " … ".join(" ".join(span.of(text).split()) for span in statement.content)
    said = screen.safe(said)
    if statement.directness == "direct":
        said = "“" + said.strip('“”"') + "”"
    return Text(shortened(said, _LINES * max(room, 20)))


def shortened(words: str, most: int) -> str:
    """`words` in at most `most` characters: the end of a long piece is kept, its middle gives way, at blanks."""
    if len(words) <= most:
        return words
    head = words[: most * 3 // 4 - 3].rsplit(" ", 1)[0]
    tail = words[len(words) - most // 4 + 3 :].split(" ", 1)[-1]
    return f"{head} … {tail}"


def _rest(reading: Reading) -> Iterator[str]:
    """A line of counts for each family of what was read."""
    nested = sum(s.via is not None for s in reading.statements)
    yield f"{_counted(len(reading.statements), 'statement')}, {nested} nested"
    yield _line(len(reading.events), "event", (screen.kind(e.kind) for e in reading.events))
    yield _line(len(reading.figures), "figure", (f.measure.replace("_", " ") for f in reading.figures))
    yield _line(len(reading.holdings), "word", (h.place.name for h in reading.holdings), " on control")
    yield _line(len(reading.places), "mention", (p.place.name for p in reading.places), " of places")


def _line(count: int, noun: str, kinds: Iterable[str], after: str = "") -> str:
    most = Counter(kinds).most_common(_NAMED)
    named = ", ".join(f"{screen.safe(kind)} {n}" if n > 1 else screen.safe(kind) for kind, n in most)
    return _counted(count, noun) + after + (f": {named}" if named else "") + (" …" if len(most) == _NAMED else "")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
