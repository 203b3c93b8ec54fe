"""Words of the brief: names, numbers and excerpts as they stand in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from counterclaim.views import words as plain
from counterclaim.views.brief import Toll
from counterclaim.views.rows import UNATTRIBUTED, Cited, ClaimRow, EventRow, TollRow

#: Longest excerpt of a claim or sentence, in characters.
LONGEST = 230
#: Longest name of an outlet or place in a line, and of a speaker, in characters.
LABEL, NAME = 28, 60
#: What a claim is beside saying so; a noun, so that it is right for one speaker and for many.
STANCE = {
    "denies": "denial", "confirms": "confirmation", "warns": "warning", "vows": "vow", "demands": "demand",
    "accuses": "accusation",
}  # fmt: skip
MEASURE = {
    "killed": "Killed", "wounded": "Wounded", "killed_or_wounded": "Killed or wounded", "missing": "Missing",
    "captured": "Captured", "detained": "Detained", "displaced": "Displaced", "evacuated": "Evacuated",
    "trapped": "Trapped", "equipment_lost": "Equipment lost", "strikes": "Strikes", "intercepted": "Intercepted",
}  # fmt: skip
#: A link as Markdown writes it: only its words are shown.
_LINK = re.compile(r"\[([^\]\[]+)\]\(https?://[^)\s]+\)")
#: First words of people whose name is withheld: in running text they begin small.
_COMMON = frozenset(
    "a adviser advisers aide aides an analyst analysts another authorities both civilians commander commanders "
    "deputy diplomat diplomats doctors experts eyewitness eyewitnesses footage former governor he her his "
    "hospital industry investigators journalists lawmakers lawyers local man many mayor medical medics military "
    "minister monitors observers officer officers official officials one parents people police posts reporter "
    "reporters reports rescuers residents satellite senior several she soldiers some source sources spokesman "
    "spokesperson spokeswoman state the their they three two unconfirmed unidentified unnamed video witness "
    "witnesses woman".split()
)


def running(name: str) -> str:
    """A name as it stands within a sentence: "Senior aide" begins small, "Ukrainian officials" does not."""
    if name == UNATTRIBUTED:
        return "an unnamed source"
    if name.startswith("Government of "):
        return "the g" + name[1:]
    first, _, rest = name.partition(" ")
    # A name of capitals after a common word is one of its own ("State Emergency Service", "Military Council").
    if first.casefold() in _COMMON and not rest[:1].isupper():
        name = first[:1].lower() + first[1:] + " " * bool(rest) + rest
    return shortened(name, NAME)


def who(claim: ClaimRow) -> str:
    """The speaker at the head of a line."""
    name = "Somebody" if claim.speaker in (None, UNATTRIBUTED) else shortened(claim.speaker, NAME)
    role = claim.role if claim.role and claim.role.casefold() not in name.casefold() else ""
    more = [w for w in (role, "not named" if claim.anonymous or not claim.speaker else "") if w]
    return name[:1].upper() + name[1:] + "".join(f", {w}" for w in more)


def listed(toll: Toll) -> tuple[str, str, str | None] | None:
    """What the counts of a list have in common; None where several claim, or where it is no list of arms."""
    row = toll.rows[0]
    if len(toll.rows) > 1 or toll.measure != "equipment_lost":
        return None
    return (toll.measure, row.id.rpartition("/")[0], row.by)


def place_in_report(row: Cited) -> int:
    """The number of a row in its report: rows are numbered in the order of the text."""
    digits = "".join(c for c in row.id.rpartition("/")[2] if c.isdigit())
    return int(digits or 0)


def tellers(row: Cited) -> str:
    """How many other reports tell the same, and how many outlets do so in words of their own: "+4, 2 independent".

    A row that only stands in a copied passage says so.
    """
    own = row.id.rpartition("/")[0]
    others = len({ref.rpartition("/")[0] for ref in row.also} - {own})
    if not others:
        return "(a copy)" if row.copy_of else ""
    return f"+{others}" + (f", {row.independent} independent" if row.independent < len(row.told_by) else "")


def ids(lead: str, others: Iterable[str]) -> str:
    """The ids of rows of one report as they are shown together: "1a2b3c4d/f3-f13, f20"."""
    report, _, first = lead.rpartition("/")
    runs: list[list[str]] = [[first]]
    for ref in others:
        row = ref.removeprefix(f"{report}/")
        last = runs[-1][-1]
        if row[:1] == last[:1] and row[1:].isdecimal() and last[1:].isdecimal() and int(row[1:]) == int(last[1:]) + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    shown = (f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)
    return f"{report}/{', '.join(shown)}" if report else ", ".join(shown)


def status(event: EventRow) -> str:
    """How an event stands: claimed, denied, or told by some and denied by others."""
    by = running(event.by) if event.by else ""
    if event.status == "denied":
        return f" (denied by {by})" if by else " (told as not having happened)"
    claimed = f"claimed by {by}" if event.status == "claimed" and by else ""
    denied = f"denied by {', '.join(map(running, event.denied_by))}" if event.denied_by else ""
    return f" ({', '.join(filter(None, (claimed, denied)))})" if claimed or denied else ""


def kinds(event: EventRow) -> str:
    """Every kind read in the sentence; one that stands otherwise than the first says how."""
    words: dict[str, None] = {}
    for kind, stands in zip(event.kinds, event.statuses, strict=True):
        other = stands in ("denied", "planned") and stands != event.status
        if plain.kind(kind) not in words:
            words[plain.kind(kind) + f" ({stands})" * other] = None
    line = ", ".join(words)
    return line[:1].upper() + line[1:]


def label(name: str, longest: int = LABEL) -> str:
    """A name short enough for every line: without what stands in brackets, cut between words."""
    return shortened(name.split(" (")[0].split(" / ")[0].strip() or name, longest)


def shortened(name: str, longest: int) -> str:
    """A name cut between words."""
    if len(name) <= longest:
        return name
    words = name[: longest + 1].split(" ")[:-1] or [name[:longest]]
    while len(words) > 1 and words[-1].casefold() in ("of", "the", "for", "and", "in"):
        words.pop()
    return " ".join(words).rstrip(",") + "…" + "”" * name.startswith("“")


def quoted(claim: ClaimRow) -> str:
    """The words as written; a quotation in marks, what was only told without."""
    words = excerpt(claim.words.strip(" ,;"))
    if claim.directness == "direct":
        return "“" + words.strip("“”\"'‘’ ").rstrip(",") + "”"
    opened, closed = words.count("“"), words.count("”")
    words = "“" * (closed - opened) + words + "”" * (opened - closed)
    return words + '"' * (words.count('"') % 2)


def excerpt(words: str) -> str:
    """A sentence on one line, cut between words where it is long."""
    words = _LINK.sub(r"\1", words).lstrip("-–—•* ")
    if len(words) <= LONGEST:
        return words
    cut = words.rfind(" ", 0, LONGEST - 2)
    return words[: cut if cut > 0 else LONGEST].rstrip(",;:–— ") + " …"


def counted(row: TollRow) -> str:
    """What is counted, and of whom: "Killed, military, Russia"; people are not named where no side is."""
    group = "" if row.group == "people" else plain.whose(row)
    if not group and row.party:
        group = row.party
    return ", ".join(filter(None, (MEASURE[row.measure], group)))


def number(row: TollRow) -> str:
    """The number as written, and what it means where the end is open; its parts behind it."""
    words = row.number + (f" {row.unit}" if row.unit and row.unit not in row.number else "")
    if row.bound == "plural" and row.low:
        words += f" ({row.low:,.0f} or more)"
    elif row.bound in ("at_least", "at_most") and (bound := row.low if row.bound == "at_least" else row.high):
        sign = "or more" if row.bound == "at_least" else "or fewer"
        words += "" if _says_bound(words) else f" ({bound:,.0f} {sign})"
    parts = ", ".join(_part(part, row) for part in row.parts)
    return f"{words}, {parts}" if parts else words


def _part(part: TollRow, whole: TollRow) -> str:
    who = f" {part.group}" if part.group != whole.group else ""
    says = f" (according to {running(part.by)})" if part.by and part.by != whole.by else ""
    return f"{part.number} of them{who}{says}"


def _says_bound(words: str) -> bool:
    return any(
        w in words.casefold()
        for w in ("least", "more than", "over", "most", "up to", "less", "fewer", "under", "nearly", "almost")
    )


def outlets(names: Sequence[str], independent: int) -> str:
    """5 outlets, 2 independent, and their names; of one its name alone."""
    if len(names) == 1:
        return names[0]
    return f"{len(names)} outlets, {independent} independent: {', '.join(names)}"
