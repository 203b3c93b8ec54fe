"""The brief as text: two parties side by side from 100 columns on, one under the other below; plain in a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.text import Text

from counterclaim.cli import screen
from counterclaim.cli.layout import GAP, balance, beside, hang, styled
from counterclaim.cli.screen import safe
from counterclaim.views.brief import Brief, Scene, Toll, Voices
from counterclaim.views.rows import Cited, ClaimRow, EventRow, TollRow

#: From this width on the two sides stand side by side.
WIDE = 100
#: Longest excerpt of a claim or sentence, in characters.
LONGEST = 230
#: Longest name of an outlet in a line, in characters.
LABEL = 28
_STANCE = {
    "denies": "denies", "confirms": "confirms", "warns": "warns", "vows": "vows", "demands": "demands",
    "accuses": "accuses",
}  # fmt: skip
_MEASURE = {
    "killed": "Killed", "wounded": "Wounded", "killed_or_wounded": "Killed or wounded", "missing": "Missing",
    "captured": "Captured", "detained": "Detained", "displaced": "Displaced", "evacuated": "Evacuated",
    "trapped": "Trapped", "equipment_lost": "Equipment lost", "strikes": "Strikes", "intercepted": "Intercepted",
}  # fmt: skip
#: A link as Markdown writes it: only its words are shown.
_LINK = re.compile(r"\[([^\]\[]+)\]\(https?://[^)\s]+\)")
_SIDES = ("cyan", "yellow")


def show(brief: Brief, db: str) -> None:
    """Print the brief. `db` names the record in the hints, empty when the brief was made in memory."""
    out = screen.console()
    width = min(out.width, 132)
    writer = _Writer(width, brief, db)
    with out.capture() as captured:
        for line in writer.lines():
            out.print(line, soft_wrap=True)
    screen.lines(captured.get())


class _Writer:
    """Makes the lines of one brief at one width."""

    def __init__(self, width: int, brief: Brief, db: str) -> None:
        self.width = width
        self.brief = brief
        self.db = "" if db in ("", "counterclaim.db") else f" --db {db}"
        self.kept = bool(db)
        self._shown: dict[str, str] = {}
        self.several = len({row.outlet for row in _every(brief)}) > 1

    def lines(self) -> Iterable[Text]:
        """Every line, top to bottom."""
        brief = self.brief
        yield from self._title()
        yield from self._section("Who says what", [*self._voices(), *self._quieter()])
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
        return f"[id] leads to the sentence: {look}. +2: two more tell the same. It says who says so, not what is true."

    def _title(self) -> Iterable[Text]:
        brief = self.brief
        day = f"day {brief.day}, " if brief.day else ""
        title = f"{brief.title}: {day}{brief.date:%A} {brief.date.day} {brief.date:%B %Y}"
        yield Text(title, style="bold")
        reports = f"{brief.reports} report{'s' * (brief.reports != 1)}"
        outlets = f" from {len(brief.outlets)} outlet{'s' * (len(brief.outlets) != 1)}" if brief.outlets else ""
        copies = (
            f", {brief.copies} of them {'copies' if brief.copies > 1 else 'a copy'} of another" if brief.copies else ""
        )
        yield from hang(
            Text(f"{reports}{outlets}{copies}" + (f": {safe(', '.join(brief.outlets))}" if brief.outlets else "")),
            self.width,
            "",
        )
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
        day = self.brief.date.isoformat()
        days = f" --day {self.brief.day}" if self.brief.day else f" --from {day} --to {day}"
        name = f' --by "{by}"' if " " in by else f" --by {by}" if by else ""
        ask = f": counterclaim {command}{name}{days}{self.db}" if self.kept else ""
        return Text(f"and {more} more{ask}", style="dim")

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
            who = _who(claims[0])
            if len(claims) == 1:
                yield from hang(styled(f"{who} ", "bold").append_text(self._claim(claims[0])), width, "")
            else:
                yield from hang(styled(who.rstrip(","), "bold"), width, "")
                for claim in claims:
                    yield from hang(self._claim(claim), width, "  - ", "    ")
        if voices.more:
            yield from hang(self._more(voices.more, "claims", voices.party or ""), width, "  ")

    def _claim(self, claim: ClaimRow) -> Text:
        text = styled(f"{_STANCE.get(claim.stance, 'says')}: ", "italic")
        text.append(safe(_quoted(claim)))
        if claim.chain:
            text.append(f" (told by {safe(', '.join(claim.chain))})")
        return text.append(self._source(claim), style="dim")

    def _source(self, row: Cited, named: bool = True) -> str:
        """Where it stands: who tells it (where there are several), how many more do, the id."""
        parts = (_label(row.outlet) if self.several and named else "", f"+{len(row.also)}" if row.also else "", row.id)
        return f" [{safe(' '.join(p for p in parts if p))}]"

    # What happened

    def _scenes(self, scenes: Sequence[Scene]) -> Iterable[Text]:
        for scene in scenes:
            yield styled(scene.place or "No place told", "bold")
            yield from self._events(scene.events, placed=True)

    def _events(self, events: Iterable[EventRow], placed: bool = False) -> Iterable[Text]:
        for event in events:
            place = f", {event.place}" if event.place and not placed else ""
            text = styled(f"{_kinds(event)}{place}: ", "italic")
            above = self._shown.setdefault(event.words, event.id)
            text.append(safe(_shorten(event.words)) if above == event.id else f"in the sentence of {above}")
            text.append(safe(_standing(event)))
            text.append(self._source(event), style="dim")
            yield from hang(text, self.width, "  ")

    # The toll

    def _tolls(self, tolls: Sequence[Toll]) -> Iterable[Text]:
        for total, some in groupby(tolls, key=lambda t: t.total):
            yield styled("Running totals" if total else "Single events", "underline")
            for place, here in groupby(some, key=lambda t: t.place):
                if place and not total:
                    yield styled(f"  {place}", "bold")
                indent = "    " if place and not total else "  "
                for _, listed in groupby(here, key=_listed):
                    tolls = list(listed)
                    if len(tolls) > 2 and _listed(tolls[0]):
                        yield from self._list(tolls, indent)
                    else:
                        for toll in tolls:
                            yield from self._toll(toll, indent)

    def _list(self, tolls: Sequence[Toll], indent: str) -> Iterable[Text]:
        """Many things counted by one claimant in one report, in one line: the lists of a general staff."""
        tolls = sorted(tolls, key=lambda t: _place_in_report(t.rows[0]))
        first = tolls[0].rows[0]
        text = Text(safe(f"{_MEASURE[first.measure]}, {self._says(first)}: "))
        counts = (f"{_number(t.rows[0])} {t.group}" for t in tolls)
        text.append(safe(", ".join(counts)))
        rows = ", ".join(t.rows[0].id.rpartition("/")[2] for t in tolls[1:])
        text.append(f"{self._source(first, named=bool(first.by))[:-1]}, {rows}]", style="dim")
        return hang(text, self.width, indent)

    def _toll(self, toll: Toll, indent: str) -> Iterable[Text]:
        """A line for one count; the claimants one under the other where there are several."""
        lead = Text(safe(f"{_MEASURE[toll.measure]}, {screen.whose(toll.rows[0])}: "))
        if len(toll.rows) == 1:
            yield from hang(lead.append_text(self._count(toll.rows[0])), self.width, indent)
            return
        yield from hang(lead, self.width, indent)
        for row in toll.rows:
            yield from hang(self._count(row), self.width, f"{indent}  ")

    def _count(self, row: TollRow) -> Text:
        text = Text(safe(_number(row)))
        text.append(f", {safe(self._says(row))}")
        if row.older:
            text.append(f" ({len(row.older)} earlier count{'s' * (len(row.older) > 1)} by the same)")
        text.append(self._source(row, named=bool(row.by)), style="dim")
        return text

    def _says(self, row: TollRow) -> str:
        if row.by:
            return f"says {row.by}"
        return f"reported by {_label(row.outlet)}" if self.several else "says the report"

    def _named(self, outlet: str) -> str:
        """Who tells it; where all is from one report, no more need be said."""
        return outlet if self.several else "the report"

    # Who holds what

    def _control(self) -> Iterable[Text]:
        wide = 2 + max((screen.width_of(safe(_label(r.place))) for r in self.brief.control), default=0)
        for row in self.brief.control:
            text = Text(safe(screen.standing(row)))
            if row.since and row.since != row.last:
                text.append(f" since {screen.day(row.since)}")
            if row.standing != "claimed":
                says = (self._named(name) if name == row.outlet else name for name in row.says)
                text.append(safe(f", says {', '.join(map(_label, says))}"))
            if row.age:
                text.append(f" (last word {screen.age(row.age)})")
            text.append(self._source(row, named=False), style="dim")
            place = safe(_label(row.place))
            lead = f"  {place}{' ' * (wide - screen.width_of(place))}"
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


# Words


def _who(claim: ClaimRow) -> str:
    name = claim.speaker or "Somebody unnamed"
    role = claim.role if claim.role and claim.role.casefold() not in name.casefold() else ""
    more = [w for w in (role, "not named" if claim.anonymous else "") if w]
    return name[:1].upper() + name[1:] + "".join(f", {w}" for w in more) + "," * bool(more)


def _listed(toll: Toll) -> tuple[str, str, str | None] | None:
    """What the counts of a list have in common; None where several claim, or where it is no list of arms."""
    row = toll.rows[0]
    if len(toll.rows) > 1 or toll.measure != "equipment_lost":
        return None
    return (toll.measure, row.id.rpartition("/")[0], row.by)


def _place_in_report(row: Cited) -> int:
    """The number of a row in its report: rows are numbered in the order of the text."""
    digits = "".join(c for c in row.id.rpartition("/")[2] if c.isdigit())
    return int(digits or 0)


def _standing(event: EventRow) -> str:
    """How an event stands: claimed, denied, or told by some and denied by others."""
    if event.status == "denied":
        return f" (denied by {event.by})" if event.by else " (told as not having happened)"
    claimed = f"claimed by {event.by}" if event.status == "claimed" and event.by else ""
    denied = f"denied by {', '.join(event.denied_by)}" if event.denied_by else ""
    return f" ({', '.join(filter(None, (claimed, denied)))})" if claimed or denied else ""


def _label(name: str) -> str:
    """A name short enough for every line: without what stands in brackets, cut between words."""
    name = name.split(" (")[0].split(" / ")[0].strip() or name
    if len(name) <= LABEL:
        return name
    words = name[: LABEL + 1].split(" ")[:-1] or [name[:LABEL]]
    while len(words) > 1 and words[-1].casefold() in ("of", "the", "for", "and", "in"):
        words.pop()
    return " ".join(words).rstrip(",") + "…" + "”" * name.startswith("“")


def _quoted(claim: ClaimRow) -> str:
    """The words as written; a quotation in marks, what was only told without."""
    words = _shorten(claim.words.strip(" ,;"))
    if claim.directness == "direct":
        return "“" + words.strip("“”\"'‘’ ").rstrip(",") + "”"
    opened, closed = words.count("“"), words.count("”")
    words = "“" * (closed - opened) + words + "”" * (opened - closed)
    return words + '"' * (words.count('"') % 2)


def _shorten(words: str) -> str:
    words = _LINK.sub(r"\1", words).lstrip("-–—•* ")
    if len(words) <= LONGEST:
        return words
    cut = words.rfind(" ", 0, LONGEST - 2)
    return words[: cut if cut > 0 else LONGEST].rstrip(",;:–— ") + " …"


def _kinds(event: EventRow) -> str:
    words = ", ".join(screen.kind(k) for k in event.kinds)
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
    return any(
        w in words.casefold()
        for w in ("least", "more than", "over", "most", "up to", "less", "fewer", "under", "nearly", "almost")
    )
