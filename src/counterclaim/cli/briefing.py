"""The brief as text: two parties side by side from 100 columns on, one under the other below; plain in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.text import Text

from counterclaim.cli import answers, screen
from counterclaim.cli.layout import GAP, balance, beside, hang, styled
from counterclaim.cli.screen import safe
from counterclaim.views import wording as words
from counterclaim.views.brief import Brief, Scene, Toll, Voices
from counterclaim.views.rows import Cited, ClaimRow, EventRow, TollRow

#: From this width on the two sides stand side by side.
WIDE = 100
#: Widest column of places, and most outlets named on top.
_PLACES, _OUTLETS = 22, 6
_SIDES = ("cyan", "magenta")  # readable on light and on dark


def show(brief: Brief, db: str, limit: int = 6) -> None:
    """Print the brief. `db` names the record in the hints, empty when it was made in memory; `limit` is its limit."""
    out = screen.console()
    width = min(out.width, 132)
    writer = _Writer(width, brief, db, limit)
    with out.capture() as captured:
        for line in writer.lines():
            out.print(line, soft_wrap=True)
    screen.lines(captured.get())


class _Writer:
    """Makes the lines of one brief at one width."""

    def __init__(self, width: int, brief: Brief, db: str, limit: int = 6) -> None:
        self.width = width
        self.limit = limit
        self.brief = brief
        self.db = "" if db in ("", "counterclaim.db") else f" --db {db}"
        self.kept = bool(db)
        self.several = len({row.outlet for row in _every(brief)}) > 1

    def lines(self) -> Iterable[Text]:
        """Every line, top to bottom."""
        brief = self.brief
        yield from self._title()
        yield from self._section("Who says what", [*self._voices(), *self._quieter()])
        denied = (line for row in brief.denied for line in answers.lines(row, self.width))
        yield from self._section("Denied", denied, "denied", "answers")
        yield from self._section("What happened", self._scenes(brief.happened), "happened", "events")
        yield from self._section("Read but left undated", self._scenes(brief.undated), "undated", "events")
        yield from self._section("The toll, by who counts", self._tolls(brief.toll), "toll", "toll")
        yield from self._section("Who holds what", self._control(), "control", "control")
        yield from self._section("Talks and agreements", self._events(brief.talks), "talks", "events")
        people = [*self._events(brief.people), *self._tolls(brief.people_toll)]
        yield from self._section("People and needs", people, "people", "events")
        yield from self._section("Pressure and politics", self._events(brief.pressure), "pressure", "events")
        yield from self._section("Announced, expected, threatened", self._events(brief.planned), "planned", "events")
        yield Text()
        yield from hang(Text(self._legend(), style="dim"), self.width, "")

    def _legend(self) -> str:
        look = f"counterclaim show ID{self.db}" if self.kept else "keep the reports with counterclaim add, then show ID"
        more = "+2: two more reports tell the same; copied passages are no independent ones."
        return f"[id] leads to the sentence: {look}. {more} It says who says so, not what is true."

    def _title(self) -> Iterable[Text]:
        brief = self.brief
        day = f"day {brief.day}, " if brief.day else ""
        title = f"{brief.title}: {day}{brief.date:%A} {brief.date.day} {brief.date:%B %Y}"
        yield Text(title, style="bold")
        reports = f"{brief.reports} report{'s' * (brief.reports != 1)}"
        outlets = f" from {len(brief.outlets)} outlet{'s' * (len(brief.outlets) != 1)}" if brief.outlets else ""
        copies = f", {brief.copies} {'copies' if brief.copies > 1 else 'a copy'} of another" if brief.copies else ""
        names = [safe(words.label(name)) for name in brief.outlets[:_OUTLETS]]
        names += [f"{more} more"] if (more := len(brief.outlets) - _OUTLETS) > 0 else []
        yield from hang(Text(f"{reports}{outlets}{copies}{': ' * bool(names)}{', '.join(names)}"), self.width, "")
        if brief.elsewhere:
            others = ", ".join(f"{safe(name)} ({n})" for name, n in brief.elsewhere.items())
            yield from hang(
                Text(f"Reports of that day on other conflicts: {others}; see them with --conflict"), self.width, ""
            )
        yield Text("=" * self.width, style="dim")

    def _section(self, name: str, body: Iterable[Text], key: str = "", command: str = "") -> Iterable[Text]:
        lines = list(body)
        if not lines:
            return
        yield Text()
        yield Text(name.upper(), style="bold")
        yield from lines
        if more := self.brief.more.get(key):
            yield from hang(self._more(more, command), self.width, "  ")

    def _more(self, more: int, command: str, by: str = "") -> Text:
        """How much was left out, and the command that shows it."""
        day = self.brief.date.isoformat()
        days = f" --day {self.brief.day}" if self.brief.day else f" --from {day} --to {day}"
        name = f' --by "{by}"' if " " in by else f" --by {by}" if by else ""
        if not self.kept:
            return Text(f"and {more} more: brief --limit {self.limit * 2}", style="dim")
        return Text(f"and {more} more: counterclaim {command}{name}{days}{self.db}", style="dim")

    # Who says what

    def _voices(self) -> Iterable[Text]:
        sides = [v for v in self.brief.voices if v.party in self.brief.sides]
        others = [v for v in self.brief.voices if v.party not in self.brief.sides]
        if self.width >= WIDE and len(sides) == 2:
            column = (self.width - GAP) // 2
            pair = [list(self._voice(v, column, style)) for v, style in zip(sides, _SIDES, strict=True)]
            yield from beside(pair[0], pair[1], column)
        else:
            for n, (voices, style) in enumerate(zip(sides, _SIDES, strict=False)):
                yield from [Text()] * bool(n)
                yield from self._voice(voices, self.width, style)
        if others and self.width >= WIDE:
            column = (self.width - GAP) // 2
            blocks = [[*self._voice(v, column, "bold"), Text()] for v in others]
            left, right = balance(blocks)
            yield from [Text()] * bool(sides)
            yield from beside(left, right, column)
        else:
            for n, voices in enumerate(others):
                yield from [Text()] * bool(n or sides)
                yield from self._voice(voices, self.width, "bold")

    def _quieter(self) -> Iterable[Text]:
        if quieter := self.brief.quieter:
            names = ", ".join(f"{safe(name) or 'others'} ({n})" for name, n in quieter.items())
            yield Text()
            yield from hang(Text(f"Also heard: {names}"), self.width, "")

    def _voice(self, voices: Voices, width: int, style: str) -> Iterable[Text]:
        name = safe(voices.party or "Of no party") + " "
        yield styled(name, f"bold {style}").append("-" * (width - screen.width_of(name)), "dim")
        for _, mine in groupby(voices.claims, key=lambda c: (c.speaker, c.outlet if c.speaker is None else "")):
            claims = list(mine)
            who = styled(words.who(claims[0]), "bold")
            if len(claims) == 1:
                yield from hang(who.append_text(self._claim(claims[0], " ", ": ")), width, "")
            else:
                yield from hang(who, width, "")
                for claim in claims:
                    yield from hang(self._claim(claim, "", " "), width, "  - ", "    ")
        if voices.more:
            yield from hang(self._more(voices.more, "claims", voices.party or ""), width, "  ")

    def _claim(self, claim: ClaimRow, before: str, after: str) -> Text:
        """The words of a claim, with what it is where it is more than saying so."""
        text = Text()
        if noun := words.STANCE.get(claim.stance):
            text.append(before).append(f"({noun})", "italic")
        text.append(after if noun or before else "").append(safe(words.quoted(claim)))
        if claim.chain:
            text.append(f" (told by {safe(', '.join(map(words.running, claim.chain)))})")
        return text.append(self._source(claim), style="dim")

    def _source(self, row: Cited, named: bool = True, ids: Iterable[str] = ()) -> str:
        """Where it stands: who tells it (where there are several), how many more do, the ids."""
        name = words.label(row.outlet) if self.several and named else ""
        parts = (name, words.tellers(row), words.ids(row.id, ids))
        return f" [{safe(' '.join(p for p in parts if p))}]"

    # What happened

    def _scenes(self, scenes: Sequence[Scene]) -> Iterable[Text]:
        for scene in scenes:
            yield styled(scene.place or self._nowhere(), "bold")
            yield from self._events(scene.events, placed=True)

    def _nowhere(self) -> str:
        return f"{self.brief.country}, no place told" if self.brief.country else "No place told"

    def _events(self, events: Iterable[EventRow], placed: bool = False) -> Iterable[Text]:
        for event in events:
            place = f", {event.place}" if event.place and not placed and event.place != self.brief.country else ""
            text = styled(f"{words.kinds(event)}{place}: ", "italic")
            text.append(safe(words.excerpt(event.words) + words.status(event)))
            text.append(self._source(event, ids=event.together), style="dim")
            yield from hang(text, self.width, "  ")

    # The toll

    def _tolls(self, tolls: Sequence[Toll]) -> Iterable[Text]:
        for total, some in groupby(tolls, key=lambda t: t.total):
            yield styled("Running totals" if total else "Single events", "underline")
            for place, here in groupby(some, key=lambda t: t.place):
                if place and not total:
                    yield styled(f"  {place}", "bold")
                indent = "    " if place and not total else "  "
                for _, listed in groupby(here, key=words.listed):
                    tolls = list(listed)
                    if len(tolls) > 2 and words.listed(tolls[0]):
                        yield from self._list(tolls, indent)
                    else:
                        for toll in tolls:
                            yield from self._toll(toll, indent)

    def _list(self, tolls: Sequence[Toll], indent: str) -> Iterable[Text]:
        """Many things counted by one claimant in one report, in one line: the lists of a general staff."""
        tolls = sorted(tolls, key=lambda t: words.place_in_report(t.rows[0]))
        first = tolls[0].rows[0]
        text = Text(safe(f"{words.MEASURE[first.measure]}, {self._says(first)}: "))
        text.append(safe(", ".join(f"{words.number(t.rows[0])} {t.group}" for t in tolls)))
        rest = [t.rows[0].id for t in tolls[1:]]
        text.append(self._source(first, named=bool(first.by), ids=rest), style="dim")
        return hang(text, self.width, indent)

    def _toll(self, toll: Toll, indent: str) -> Iterable[Text]:
        """A line for one count; the claimants one under the other where there are several."""
        lead = Text(safe(f"{words.counted(toll.rows[0])}: "))
        if len(toll.rows) == 1:
            yield from hang(lead.append_text(self._count(toll.rows[0])), self.width, indent)
            return
        yield from hang(lead, self.width, indent)
        for row in toll.rows:
            yield from hang(self._count(row), self.width, f"{indent}  ")

    def _count(self, row: TollRow) -> Text:
        text = Text(safe(f"{words.number(row)}, {self._says(row)}"))
        if row.older:
            text.append(f" ({len(row.older)} earlier count{'s' * (len(row.older) > 1)} by the same)")
        ids = [part.id for part in row.parts]
        return text.append(self._source(row, named=bool(row.by), ids=ids), style="dim")

    def _says(self, row: TollRow) -> str:
        """Who counts, in words right for one and for many."""
        if row.by:
            return f"according to {words.running(row.by)}"
        return f"reported by {words.label(row.outlet)}" if self.several else "as reported"

    # Who holds what

    def _control(self) -> Iterable[Text]:
        longest = max((screen.width_of(safe(words.label(r.place))) for r in self.brief.control), default=0)
        wide = 2 + min(longest, _PLACES)
        for row in self.brief.control:
            text = Text(safe(screen.standing(row)))
            if row.since and row.since != row.last:
                text.append(f" since {screen.day(row.since)}")
            says = ", ".join(
                words.label(words.running(name)) for name in row.says if self.several or name != row.outlet
            )
            if says and not (row.standing == "claimed" and row.own):
                text.append(safe(f", according to {says}"))
            text.append(safe("".join(f"; {claim}" for claim in row.claims)))
            if row.age:
                text.append(f" (last word {screen.age(row.age)})")
            text.append(self._source(row, named=False), style="dim")
            place = safe(words.label(row.place))
            lead = f"  {place}{' ' * max(2, wide - screen.width_of(place))}"
            yield from hang(text, self.width, lead, " " * (wide + 4))


def _every(brief: Brief) -> Iterable[Cited]:
    """Every row of the brief."""
    for voices in brief.voices:
        yield from voices.claims
    for scene in (*brief.happened, *brief.undated):
        yield from scene.events
    for toll in (*brief.toll, *brief.people_toll):
        yield from toll.rows
    yield from (*brief.control, *brief.talks, *brief.people, *brief.pressure, *brief.planned)
