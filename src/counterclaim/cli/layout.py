"""Lines of a fixed width: hanging paragraphs, two columns beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from counterclaim.cli.screen import safe, width_of

#: Columns between two columns.
GAP = 4
#: Narrowest text in a hanging paragraph, whatever stands before it.
LEAST = 16


def styled(words: str, style: str) -> Text:
    """Words in a style of their own: what is appended to them stays plain."""
    return Text().append(safe(words), style)


def hang(text: Text, width: int, first: str, rest: str | None = None) -> list[Text]:
    """`text` in lines of `width`: the first begins with `first`, the others with `rest` (two deeper if not given)."""
    rest = first + "  " if rest is None else rest
    lines = text.wrap(Console(width=width), max(LEAST, width - max(width_of(first), width_of(rest))), no_wrap=False)
    found = []
    for n, line in enumerate(lines):
        lead = first if n == 0 else rest
        found.append(Text(lead).append_text(line))
        found[-1].rstrip()
    return found


def beside(left: Sequence[Text], right: Sequence[Text], column: int) -> Iterable[Text]:
    """Two columns of lines as one: the left one `column` wide."""
    for a, b in zip_longest(left, right):
        line = a.copy() if a is not None else Text()
        if b is not None and b.plain:
            line.append(" " * (column + GAP - width_of(line.plain)))
            line.append_text(b)
        yield line


def balance(blocks: Sequence[list[Text]]) -> tuple[list[Text], list[Text]]:
    """Blocks dealt to two columns of about one height, in order."""
    left: list[Text] = []
    right: list[Text] = []
    for block in blocks:
        (left if len(left) <= len(right) else right).extend(block)
    for side in (left, right):
        while side and not side[-1].plain:
            side.pop()
    return left, right
