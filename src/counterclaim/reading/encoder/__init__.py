"""The learned part: a small encoder that proposes statements. The rules say why; it says how likely.

    passages → words → windows → cues → the source and the content of each cue

It knows nothing of the parse, so that its errors are others than the rules' (`statements/vote.py` weighs both). How
the weights were made, from what and how good they are: `lexicon/encoder/CARD.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from counterclaim.reading.encoder.net import installed, net
from counterclaim.reading.encoder.words import Text, Window, text_of, windows
from counterclaim.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from counterclaim.reading.encoder.net import Floats, Net

__all__ = ["Proposal", "Proposals", "installed", "net", "propose"]

#: Labels of a word for cues: no cue, begins or goes on with one of communication, or with one of belief and desire.
COMMUNICATION, OTHER = [1, 2], [3, 4]
#: The definitions that the weights know, by the number of their domain.
POLNEAR, OURS = 0, 1
#: What is asked for. "ours": acts of communication and documents, as the project defines them. "polnear": the same
#: words of communication with PolNeAR's borders (Newell et al. 2018). "wide": PolNeAR's whole definition, in which
#: belief, desire and intention are attributions too.
Definition = Literal["ours", "polnear", "wide"]
#: Words between two runs of content that still are one.
_GAP = 1
#: A run of content shorter than this share of the longest, and than this many words, is noise.
_SHARE, _WORDS = 0.4, 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement as the encoder sees it: spans in the report, and how likely its cue is one."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the encoder makes of a text: proposals, and for every word how likely it is (part of) a cue."""

    text: Text
    found: tuple[Proposal, ...]
    chances: tuple[float, ...]

    def chance(self, span: Span) -> float:
        """How likely a span holds a cue: the best of its words; 0 where it was not looked at."""
        return max((self.chances[n] for n in self.text.inside(span)), default=0.0)


def propose(text: str, paragraphs: Iterable[Span], definition: Definition = "ours") -> Proposals:
    """The statements that the encoder sees in some paragraphs of a text, in the order of their cues.

    Raises:
        ConfigError: if the weights cannot be loaded.
    """
    weights = net()
    words = text_of(text, paragraphs)
    sizes = [len(weights.pieces.of(words.word(n))) for n in range(len(words.spans))]
    chances = [0.0] * len(words.spans)
    found: list[Proposal] = []
    for window in windows(words, sizes, weights.limit, weights.context):
        found += _window(words, window, weights, chances, definition)
    return Proposals(words, tuple(found), tuple(chances))


def _window(words: Text, window: Window, weights: Net, chances: list[float], definition: Definition) -> list[Proposal]:
    vectors, labels = weights.words(words, window, OURS if definition == "ours" else POLNEAR)
    kinds = labels[:, COMMUNICATION]
    if definition == "wide":
        kinds = kinds + labels[:, OTHER]
    asked = range(window.asked_first - window.first, window.asked_last - window.first)
    chances[window.asked_first : window.asked_last] = kinds[asked.start : asked.stop].sum(axis=1).tolist()
    cues = [cue for cue in _cues(kinds, weights.least["cue"]) if cue[0] in asked]
    if not cues:
        return []
    found = []
    for cue, links in zip(cues, weights.links(vectors, cues), strict=True):
        content = _content(links)
        if not content:
            continue
        source = _source(links, cue)
        found.append(
            Proposal(
                cue=words.span(window.first + cue[0], window.first + cue[-1]),
                source=words.span(window.first + source[0], window.first + source[-1]) if source else None,
                content=tuple(words.span(window.first + run[0], window.first + run[-1]) for run in content),
                chance=float(kinds[cue].sum(axis=1).max()),
            )
        )
    return found


def _cues(kinds: Floats, least: float) -> list[list[int]]:
    """Runs of words that are likely a cue, each from a beginning on."""
    found: list[list[int]] = []
    for n, (begins, goes_on) in enumerate(kinds):
        if begins + goes_on < least:
            continue
        if found and found[-1][-1] == n - 1 and goes_on >= begins:
            found[-1].append(n)
        else:
            found.append([n])
    return found


def _content(links: Floats) -> list[list[int]]:
    runs = _runs([n for n, chances in enumerate(links) if chances.argmax() == 2])
    longest = max(map(len, runs), default=0)
    return [run for run in runs if len(run) >= min(_WORDS, longest) or len(run) >= _SHARE * longest]


def _source(links: Floats, cue: list[int]) -> list[int] | None:
    """The run of source words with the highest chances, the nearer one where they are alike."""

    def weight(run: list[int]) -> float:
        return float(links[run, 1].sum()) - 0.02 * min(abs(run[0] - cue[0]), abs(run[-1] - cue[0]))

    return max(_runs([n for n, chances in enumerate(links) if chances.argmax() == 1]), key=weight, default=None)


def _runs(words: list[int]) -> list[list[int]]:
    """Stretches of words with no larger gap than `_GAP`, filled up."""
    found: list[list[int]] = []
    for n in words:
        if found and n - found[-1][-1] <= _GAP + 1:
            found[-1] += range(found[-1][-1] + 1, n + 1)
        else:
            found.append([n])
    return found
