"""How far two people agree on what both judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from counterclaim.record.judgements import Judgement, by_person
from counterclaim.store import Record
from counterclaim.types import Struct
from counterclaim.views.review import rules


class Differs(Struct, frozen=True, kw_only=True):
    """A row, or a pair of events, that two people judged differently."""

    id: str
    family: str
    one: str
    other: str
    one_at: str
    other_at: str
    words: str


class Agreement(Struct, frozen=True, kw_only=True):
    """How far two people agree on what both judged. `kappa` is Cohen's; None under `least` rows, or where both said
    one and the same of every row. `corrections`: rows that both corrected, `alike`: in the same way.
    """

    one: str
    other: str
    rows: int
    equal: int
    share: float | None
    kappa: float | None
    least: int
    corrections: int
    alike: int
    families: dict[str, tuple[int, int]]
    differ: tuple[Differs, ...]


def agreements(record: Record, most: int = 200) -> list[Agreement]:
    """Every two people who judged rows or pairs both, those with most in common first; `most` differences of each."""
    both: dict[tuple[str, str], list[tuple[str, str, Judgement, Judgement]]] = {}
    for ref, family, history in record.judged_by_several():
        said = by_person(history)
        for one, other in ((a, b) for a in said for b in said if a < b):
            if said[one].start == said[other].start:
                both.setdefault((one, other), []).append((ref, family, said[one], said[other]))
    found = [_agreement(record, one, other, rows, most) for (one, other), rows in both.items()]
    return sorted(found, key=lambda agreement: (-agreement.rows, agreement.one, agreement.other))


def _agreement(
    record: Record, one: str, other: str, rows: list[tuple[str, str, Judgement, Judgement]], most: int
) -> Agreement:
    pairs = [(a.verdict, b.verdict) for _, _, a, b in rows]
    equal = sum(a == b for a, b in pairs)
    families: dict[str, tuple[int, int]] = {}
    for _, family, a, b in rows:
        n, same = families.get(family, (0, 0))
        families[family] = (n + 1, same + (a.verdict == b.verdict))
    corrected = [(a.changes, b.changes) for _, _, a, b in rows if a.verdict == b.verdict == "correct"]
    apart = [row for row in rows if row[2].verdict != row[3].verdict][:most]
    least = rules()["agreement"]["least"]
    return Agreement(
        one=one, other=other, rows=len(rows), equal=equal, share=equal / len(rows) if rows else None,
        kappa=kappa(pairs) if len(rows) >= least else None, least=least,
        corrections=len(corrected), alike=sum(a == b for a, b in corrected), families=families,
        differ=tuple(
            Differs(id=ref, family=family, one=a.verdict, other=b.verdict, one_at=a.at, other_at=b.at,
                    words=record.words_of(ref.split()[0]))
            for ref, family, a, b in apart
        ),
    )  # fmt: skip


class FlatDiffers(Struct, frozen=True):
    """A row of which two people said different things, as a line of a table."""

    one: str
    other: str
    id: str
    family: str
    one_said: str
    other_said: str
    one_at: str
    other_at: str
    words: str


def flat(found: Iterable[Agreement]) -> Iterator[FlatDiffers]:
    """The differences of every two people, one a line, for CSV."""
    for both in found:
        for row in both.differ:
            yield FlatDiffers(
                both.one, both.other, row.id, row.family, row.one, row.other, row.one_at, row.other_at, row.words
            )


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two people's verdicts on the same rows (Cohen 1960); None where chance alone would agree."""
    n = len(pairs)
    if not n:
        return None
    words = {word for pair in pairs for word in pair}
    seen = sum(a == b for a, b in pairs) / n
    chance = sum(sum(a == w for a, _ in pairs) * sum(b == w for _, b in pairs) for w in words) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)
