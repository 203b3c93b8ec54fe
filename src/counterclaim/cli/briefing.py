"""The brief as text: two parties side by side from 100 columns on, one under the other below; plain in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

import click
from rich.text import Text

from counterclaim.cli import screen
from counterclaim.cli.screen import safe
from counterclaim.views.brief import Brief, Scene, Toll, Voices
from counterclaim.views.rows import ClaimRow, ControlRow, EventRow, TollRow

#: From this width on the two sides stand side by side.
WIDE = 100
#: Longest excerpt of a claim or sentence, in characters.
LONGEST = 230
GAP = 4
_STANCE = {
    "denies": "denies", "confirms": "confirms", "warns": "warns", "vows": "vows", "demands": "demands",
    "accuses": "accuses",
}  # fmt: skip
_MEASURE = {
    "killed": "Killed", "wounded": "Wounded", "killed_or_wounded": "Killed or wounded", "missing": "Missing",
    "captured": "Captured", "detained": "Detained", "displaced": "Displaced", "evacuated": "Evacuated",
    "trapped": "Trapped", "equipment_lost": "Equipment lost", "strikes": "Strikes", "intercepted": "Intercepted",
}  # fmt: skip
_SIDES = ("cyan", "yellow")


def show(brief: Brief, db: str) -> None:
    """Print the brief. `db` names the record in the hints, empty when the brief was made in memory."""
    out = screen.console()
    width = min(out.width, 132)
    writer = _Writer(width, brief, db)
    with out.capture() as captured:
        for line in writer.lines():
            out.print(line, soft_wrap=True)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


class _Writer:
    """Makes the lines of one brief at one width."""

    def __init__(self, width: int, brief: Brief, db: str) -> None:
        self.width = width
        self.brief = brief
        self.db = "" if db in ("", "counterclaim.db") else f" --db {db}"
        self.kept = bool(db)
        self.several = len(brief.outlets) > 1

    def lines(self) -> Iterable[Text]:
        """Every line, top to bottom."""
        brief = self.brief
        yield from self._title()
        yield from self._section("Who says what", self._voices())
        yield from self._section("What happened", self._scenes(brief.happened), "happened", "events")
        yield from self._section("The toll, by who counts", self._tolls(brief.toll), "toll", "toll")
        yield from self._section("Who holds what", self._control(), "control", "control")
        yield from self._section("Talks and agreements", self._events(brief.talks), "talks", "events")
        people = [*self._events(brief.people), *self._tolls(brief.people_toll)]
        yield from self._section("People and needs", people, "people", "events")
        yield from self._section("Pressure and politics", self._events(brief.pressure), "pressure", "events")
        yield from self._section("Announced, expected, threatened", self._events(brief.planned), "planned", "events")
        yield from self._section("Told that day without a date", self._scenes(brief.undated), "undated", "events")
        yield Text()
        yield Text(f"Every line ends in an id: counterclaim show ID{self.db}" if self.kept else
                   "Every line ends in an id. Keep the reports (counterclaim add INPUT...) to look an id up with show.", style="dim")  # fmt: skip

    def _title(self) -> Iterable[Text]:
        brief = self.brief
        day = f"day {brief.day}, " if brief.day else ""
        title = f"{brief.title}: {day}{brief.date:%A} {brief.date.day} {brief.date:%B %Y}"
        yield Text(title, style="bold")
        reports = f"{brief.reports} report{'s' * (brief.reports != 1)}"
        outlets = f" from {len(brief.outlets)} outlet{'s' * (len(brief.outlets) != 1)}" if brief.outlets else ""
        copies = f", {brief.copies} of them {'copies' if brief.copies > 1 else 'a copy'} of another" if brief.copies else ""
        yield from _hang(Text(f"{reports}{outlets}{copies}" + (f": {safe(', '.join(brief.outlets))}" if brief.outlets else "")), self.width, "")
        yield Text("=" * self.width, style="dim")

    def _section(self, name: str, body: Iterable[Text], key: str = "", command: str = "") -> Iterable[Text]:
        lines = list(body)
        if not lines:
            return
        yield Text()
        yield Text(name.upper(), style="bold")
        yield from lines
        if more := self.brief.more.get(key):
            yield self._more(more, command)

    def _more(self, more: int, command: str, by: str = "") -> Text:
        day = self.brief.date.isoformat()
        days = f" --to {day}" if command == "control" else f" --from {day} --to {day}"
        name = f' --by "{by}"' if by else ""
        ask = f": counterclaim {command}{name}{days}{self.db}" if self.kept else ""
        return Text(f"  and {more} more{ask}", style="dim")

    # Who says what

    def _voices(self) -> Iterable[Text]:
        sides = [v for v in self.brief.voices if v.party in self.brief.sides]
        others = [v for v in self.brief.voices if v.party not in self.brief.sides]
        if self.width >= WIDE and len(sides) == 2:
            column = (self.width - GAP) // 2
            pair = [list(self._voice(v, column, style)) for v, style in zip(sides, _SIDES, strict=True)]
            yield from _beside(pair[0], pair[1], column)
        else:
            for n, (voices, style) in enumerate(zip(sides, _SIDES, strict=False)):
                yield from [Text()] * bool(n)
                yield from self._voice(voices, self.width, style)
        if others and self.width >= WIDE:
            column = (self.width - GAP) // 2
            blocks = [[*self._voice(v, column, "bold"), Text()] for v in others]
            left, right = _balance(blocks)
            yield Text()
            yield from _beside(left, right, column)
        else:
            for voices in others:
                yield Text()
                yield from self._voice(voices, self.width, "bold")

    def _voice(self, voices: Voices, width: int, style: str) -> Iterable[Text]:
        name = voices.party or "Of no party"
        yield Text(safe(name), style=f"bold {style}" if style != "bold" else style)
        for _, mine in groupby(voices.claims, key=lambda c: (c.speaker, c.outlet if c.speaker is None else "")):
            claims = list(mine)
            first = claims[0]
            yield from _hang(Text(safe(_who(first)), style="underline" if screen.sys.stdout.isatty() else ""), width, "")
            for claim in claims:
                yield from self._claim(claim, width)
        if voices.more:
            yield self._more(voices.more, "claims", voices.party or "")

    def _claim(self, claim: ClaimRow, width: int) -> Iterable[Text]:
        text = Text()
        if verb := _STANCE.get(claim.stance):
            text.append(f"{verb}: ", style="italic")
        text.append(safe(_quoted(claim)))
        if claim.chain:
            text.append(f" (told by {safe(', '.join(claim.chain))})")
        text.append(self._source(claim.outlet, claim), style="dim")
        return _hang(text, width, "  ")

    def _source(self, outlet: str | None, row: ClaimRow | EventRow | TollRow | ControlRow) -> str:
        """Where it stands: outlet (where there are several), how many tell it, the id."""
        name = f" {safe(outlet)}" if outlet and self.several else ""
        also = f" +{len(row.also)}" if row.also else ""
        return f" [{(name + also).strip()}{' ' if name or also else ''}{row.id}]"

    # What happened

    def _scenes(self, scenes: Sequence[Scene]) -> Iterable[Text]:
        for scene in scenes:
            yield Text(safe(scene.place or "No place told"), style="bold" if screen.sys.stdout.isatty() else "")
            yield from self._events(scene.events, placed=True)

    def _events(self, events: Iterable[EventRow], placed: bool = False) -> Iterable[Text]:
        for event in events:
            text = Text(_kinds(event), style="italic")
            place = f", {event.place}" if event.place and not placed else ""
            text.append(safe(f"{place}: "), style="")
            text.append(safe(_shorten(event.words)), style="none")
            if event.status in ("claimed", "denied") and event.by:
                text.append(f" ({event.status} by {safe(event.by)})")
            text.append(self._source(event.outlet, event), style="dim")
            yield from _hang(text, self.width, "  ")

    # The toll

    def _tolls(self, tolls: Sequence[Toll]) -> Iterable[Text]:
        for total, some in groupby(tolls, key=lambda t: t.total):
            yield Text("Running totals" if total else "Single events", style="underline" if screen.sys.stdout.isatty() else "")
            for toll in some:
                yield from self._toll(toll)

    def _toll(self, toll: Toll) -> Iterable[Text]:
        first = toll.rows[0]
        head = f"  {_MEASURE[toll.measure]}, {screen.whose(first)}" + (f", {toll.place}" if toll.place else "")
        lead = Text(safe(head), style="bold" if screen.sys.stdout.isatty() else "")
        if len(toll.rows) == 1:
            lead.append(": ", style="none")
            lead.append_text(self._count(first))
            yield from _hang(lead, self.width, "  ", own=True)
            return
        yield lead
        for row in toll.rows:
            yield from _hang(self._count(row), self.width, "    ")

    def _count(self, row: TollRow) -> Text:
        text = Text(safe(_number(row)), style="none")
        says = f"says {row.by}" if row.by else f"reported by {row.outlet}" if row.outlet else "reported"
        text.append(f", {safe(says)}", style="none")
        if row.older:
            text.append(f" (was counted lower or higher {len(row.older)} time{'s' * (len(row.older) > 1)} before)", style="none")
        text.append(self._source(row.outlet if row.by else None, row), style="dim")
        return text

    # Who holds what

    def _control(self) -> Iterable[Text]:
        wide = max((screen.width_of(safe(r.place)) for r in self.brief.control), default=0)
        for row in self.brief.control:
            place = safe(row.place)
            text = Text(place + " " * (wide - screen.width_of(place) + 2), style="bold" if screen.sys.stdout.isatty() else "")
            text.append(safe(screen.standing(row)), style="none")
            if row.since and row.since != row.last:
                text.append(f" since {screen.day(row.since)}", style="none")
            says = ", ".join(row.says)
            if row.standing != "claimed":
                text.append(safe(f", says {says}"), style="none")
            if row.age:
                text.append(f" (last word {screen.age(row.age)})", style="none")
            text.append(self._source(None, row), style="dim")
            yield from _hang(text, self.width, "  ", rest=" " * (wide + 4))


# Words


def _who(claim: ClaimRow) -> str:
    name = claim.speaker or (f"Told by {claim.outlet} without a name" if claim.outlet else "No name told")
    role = claim.role if claim.role and claim.role.casefold() not in name.casefold() else ""
    return name[:1].upper() + name[1:] + (f", {role}" if role else "") + (", not named" if claim.anonymous else "")


def _quoted(claim: ClaimRow) -> str:
    """The words as written; a quotation in marks, what was only told without."""
    words = _shorten(claim.words.strip(" ,;"))
    if claim.directness == "direct":
        return "“" + words.strip("“”\"'‘’ ").rstrip(",") + "”"
    return words


def _shorten(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    cut = words.rfind(" ", 0, LONGEST - 2)
    return words[: cut if cut > 0 else LONGEST].rstrip(",;:–— ") + " …"


def _kinds(event: EventRow) -> str:
    words = ", ".join(k.replace("_", " ") for k in event.kinds)
    return words[:1].upper() + words[1:]


def _number(row: TollRow) -> str:
    """The number as written, and what it means where the end is open."""
    words = row.number + (f" {row.unit}" if row.unit and row.unit not in row.number else "")
    if row.bound == "plural" and row.low:
        return f"{words} ({row.low:,.0f} or more)"
    if row.bound in ("at_least", "at_most") and (bound := row.low if row.bound == "at_least" else row.high):
        sign = "or more" if row.bound == "at_least" else "or fewer"
        return words if _says_bound(words) else f"{words} ({bound:,.0f} {sign})"
    return words


def _says_bound(words: str) -> bool:
    return any(w in words.casefold() for w in ("least", "more than", "over", "most", "up to", "less", "fewer", "under", "nearly", "almost"))


# Layout


def _hang(text: Text, width: int, first: str, rest: str | None = None, own: bool = False) -> list[Text]:
    """`text` in lines of `width`: the first begins with `first` (unless `own`: it has its own), the others deeper."""
    rest = first + "  " if rest is None else rest
    from rich.console import Console

    lines = text.wrap(Console(width=width), width - len(rest), no_wrap=False)
    found = []
    for n, line in enumerate(lines):
        line.rstrip()
        lead = "" if own and n == 0 else first if n == 0 else rest
        found.append(Text(lead).append_text(line))
    return found


def _beside(left: Sequence[Text], right: Sequence[Text], column: int) -> Iterable[Text]:
    for a, b in zip_longest(left, right):
        line = a.copy() if a is not None else Text()
        if b is not None and b.plain:
            line.append(" " * (column + GAP - screen.width_of(line.plain)))
            line.append_text(b)
        yield line


def _balance(blocks: Sequence[list[Text]]) -> tuple[list[Text], list[Text]]:
    """Blocks dealt to two columns of about one height, in order."""
    left: list[Text] = []
    right: list[Text] = []
    for block in blocks:
        (left if len(left) <= len(right) else right).extend(block)
    return left, right
