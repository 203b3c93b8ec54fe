"""What changed since a day, as text: each line says what was and what is, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from counterclaim.cli import answers, screen
from counterclaim.cli.layout import hang, styled
from counterclaim.cli.screen import safe
from counterclaim.cli.sides import apart
from counterclaim.views import wording as words
from counterclaim.views.flat import step
from counterclaim.views.rows import Cited, EventRow
from counterclaim.views.sides import MatterRow
from counterclaim.views.since import Changes, Move, Turn

_OUTLETS = 6


def show(found: Changes) -> None:
    """Print the changes."""
    out = screen.console()
    width = min(out.width, 132)
    with out.capture() as captured:
        for line in _lines(found, width):
            out.print(line, soft_wrap=True)
    screen.lines(captured.get())


def _lines(found: Changes, width: int) -> Iterator[Text]:
    day = f"day {found.day}, " if found.day else ""
    yield from hang(Text(f"{found.title}: what changed since {screen.day(found.since)}", "bold"), width, "")
    names = ", ".join(safe(words.label(name)) for name in found.outlets[:_OUTLETS])
    more = f", {len(found.outlets) - _OUTLETS} more" if len(found.outlets) > _OUTLETS else ""
    reports = f"{found.reports} report{'s' * (found.reports != 1)}"
    yield from hang(Text(f"Up to {day}{screen.day(found.date)}; {reports}: {names}{more}"), width, "")
    yield Text("=" * width, style="dim")
    sections = {
        "control": ("Who holds what", (line for turn in found.control for line in _turn(turn, width))),
        "moved": ("Numbers that moved", (line for move in found.moved for line in _move(move, width))),
        "apart": ("Where the sides' numbers lie apart", (line for m in found.apart for line in _apart(m, width))),
        "happened": ("What happened", (
            line for scene in found.happened
            for line in (styled(scene.place or found.country or "No place told", "bold"), *_events(scene.events, width))
        )),
        "denied": ("Denied", (line for row in found.denied for line in answers.lines(row, width))),
    }  # fmt: skip
    for key, (title, body) in sections.items():
        lines = list(body)
        if lines:
            yield Text()
            yield Text(title.upper(), style="bold")
            yield from lines
            if left := found.more.get(key):
                yield Text(f"  and {left} more: brief --limit", style="dim")
    if not any((found.control, found.moved, found.apart, found.happened, found.denied)):
        yield Text("Nothing that this program can tell.")


def _turn(turn: Turn, width: int) -> Iterable[Text]:
    was = f"{screen.standing(turn.before)} → " if turn.before else ""
    text = styled(turn.now.place, "bold").append(f"  {safe(was + screen.standing(turn.now))}")
    says = ", ".join(words.label(words.running(name)) for name in turn.now.says[:3] if turn.now.standing != "unknown")
    text.append(safe(f", according to {says}" if says else "")).append(_source(turn.now), "dim")
    return hang(text, width, "  ")


def _move(move: Move, width: int) -> Iterable[Text]:
    side = move.side
    what = f"{words.counted(side)}{f', {move.matter.place}' if move.matter.place else ''}: "
    steps = " → ".join([*(step(s) for s in side.history[-3:]), side.number])
    who = f", according to {words.running(side.by)}" if side.by else f", reported by {words.label(side.outlet)}"
    text = Text(safe(f"{what}{steps}{who}")).append(" (a fall: a correction)" if side.fell else "", "yellow")
    return hang(text.append(_source(side), "dim"), width, "  ")


def _apart(matter: MatterRow, width: int) -> Iterable[Text]:
    between = [side for side in matter.sides if matter.between and side.id in matter.between]
    each = "; ".join(
        f"{side.number}, {words.running(side.by) if side.by else words.label(side.outlet)}" for side in between
    )
    where = f", {matter.place}" if matter.place else ""
    text = Text(safe(f"{words.counted(matter.sides[0])}{where}: {each}")).append(apart(matter), "yellow")
    return hang(text.append(f" [{safe(', '.join(side.id for side in between))}]", "dim"), width, "  ")


def _events(found: Iterable[EventRow], width: int) -> Iterator[Text]:
    for event in found:
        text = styled(f"{screen.day(event.first)}, {words.kinds(event).lower()}: ", "italic")
        text.append(safe(words.excerpt(event.words) + words.status(event))).append(_source(event), "dim")
        yield from hang(text, width, "  ")


def _source(row: Cited) -> str:
    return f" [{safe(' '.join(filter(None, (words.label(row.outlet), words.tellers(row), row.id))))}]"
