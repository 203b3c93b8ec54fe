"""Answers on a terminal: what is said on the left, what is answered on the right; where it is narrow, below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from counterclaim.cli import screen
from counterclaim.cli.layout import GAP, beside, hang, styled
from counterclaim.cli.screen import safe
from counterclaim.views import wording as words
from counterclaim.views.answers import AnswerRow, Voice

#: From this width on the two stand side by side.
WIDE = 100


def show(found: Sequence[AnswerRow]) -> None:
    """Print answers, one under the other."""
    out = screen.console()
    width = min(out.width, 132)
    with out.capture() as captured:
        for number, row in enumerate(found):
            for line in (*([Text()] if number else []), *lines(row, width)):
                out.print(line, soft_wrap=True)
        for line in (
            Text(),
            *hang(Text("Who says so, and who says otherwise; nothing is called true.", "dim"), width, ""),
        ):
            out.print(line, soft_wrap=True)
    screen.lines(captured.get())


def lines(row: AnswerRow, width: int) -> Iterator[Text]:
    """One answer: its topic, what is said, what is answered."""
    head = styled(row.topic[:1].upper() + row.topic[1:], "bold")
    head.append(f" · {row.how}" + (f", {screen.day(row.day)}" if row.day else ""), "dim")
    yield from hang(head, width, "")
    wide = width >= WIDE
    column = (width - GAP) // 2 if wide else width
    left = [line for voice in row.said for line in _voice(voice, column, "cyan")]
    right = list(_voice(row.answer, column, "magenta"))
    if wide:
        yield from beside(left, right, column)
    else:
        yield from (*left, *right)


def _voice(voice: Voice, width: int, style: str) -> Iterable[Text]:
    who = words.shortened(voice.speaker or f"({words.label(voice.outlet)})", words.NAME)
    noun = f" ({words.STANCE[voice.stance]})" if voice.stance in words.STANCE else ""
    text = (
        styled(who[:1].upper() + who[1:], f"bold {style}")
        .append(noun, "italic")
        .append(": ")
        .append(safe(words.excerpt(voice.words.strip(" ,;"))))
    )
    more = f" +{len(voice.also)}" if voice.also else ""
    text.append(f" [{safe(words.label(voice.outlet))}{more} {safe(voice.id)}]", "dim")
    return hang(text, width, "  ")
