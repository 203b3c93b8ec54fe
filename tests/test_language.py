"""The language pipeline: pinned, and its sentences lead back to the report's text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import language
from counterclaim.errors import ConfigError
from counterclaim.types import Report
from tests.conftest import make_report

#: sha256 over the weights of the pinned model (each file's name and bytes, in order of name).
WEIGHTS = "83c4fa9bcf12f9e29c29975f4cfa3dc9e9a1a73a9f28a05fae207cd211dbf8ab"
TEXT = (
    "Shells fall on the port\n\nThe mayor said two people were hurt. Repairs began\u00a0on Friday.\n\n"
    "[Photo agency]\n\n• Water is off in the east.\n• Power is back.\n"
)


def test_the_model_is_the_one_we_measured(nlp) -> None:
    digest = hashlib.sha256()
    root = Path(nlp.path)
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    assert digest.hexdigest() == WEIGHTS
    assert nlp.meta["counterclaim_name"] == "en_core_web_md 3.7.1"


def test_it_parses_a_known_sentence(nlp) -> None:
    doc = nlp("The governor said shelling killed nine soldiers near Kharkiv.")
    assert [(t.text, t.dep_) for t in doc if t.dep_ in {"ROOT", "ccomp", "nsubj", "dobj"}] == [
        ("governor", "nsubj"), ("said", "ROOT"), ("shelling", "nsubj"), ("killed", "ccomp"), ("soldiers", "dobj"),
    ]  # fmt: skip
    assert ("Kharkiv", "GPE") in [(e.text, e.label_) for e in doc.ents]


def test_sentences_stand_where_they_say(page) -> None:
    parsed = page(TEXT)
    for sentence in parsed.sentences:
        assert sentence.span.of(TEXT).replace("\u00a0", " ") == sentence.tokens.text
        assert sentence.passage.span.covers(sentence.span)
        for token in sentence.tokens:
            assert language.at(token).of(TEXT).replace("\u00a0", " ") == token.text
            assert parsed.sentence_of(token) == sentence


def test_no_sentence_crosses_passages(page) -> None:
    starts = [s.span.of(TEXT) for s in page(TEXT).sentences]
    assert "Water is off in the east." in starts
    assert not [s for s in starts if "\n" in s]


def test_a_post_on_x_ends_its_sentence(page) -> None:
    text = "Seventy people died, the chief of the agency wrote on X. Darfur governor Minni Minnawi spoke of a crime."
    assert [s.span.of(text).split()[0] for s in page(text).sentences] == ["Seventy", "Darfur"]


def test_a_very_long_passage_is_parsed_in_pieces(page, monkeypatch) -> None:
    monkeypatch.setattr(language, "LONGEST", 200)
    text = "Shells fell on the port again on Friday. " * 20
    sentences = page(f"Shelling goes on\n\n{text}").sentences
    assert {s.span.of(f"Shelling goes on\n\n{text}") for s in sentences[1:]} == {text[:40]}
    assert len({s.passage.span for s in sentences[1:]}) == 1
    assert all((a.paragraph == b.paragraph) == (a.tokens.doc is b.tokens.doc) for a in sentences for b in sentences)


def test_a_page_knows_the_sentence_at_an_offset(page) -> None:
    parsed = page(TEXT)
    hurt = TEXT.index("hurt")
    assert parsed.sentence_at(hurt).span.of(TEXT) == "The mayor said two people were hurt."
    assert parsed.sentence_at(len(TEXT) + 50) is None


def test_another_pipeline_must_exist_and_parse(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no_such_pipeline"):
        language.pipeline("no_such_pipeline")
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigError, match="no parser"):
        language.pipeline(str(tmp_path / "blank"))


def test_a_pipeline_is_loaded_by_path(nlp) -> None:
    assert language.pipeline(str(nlp.path)).meta["counterclaim_name"] == nlp.meta["counterclaim_name"]


@given(st.text(max_size=200))
def test_any_text_can_be_parsed(nlp, text: str) -> None:
    report: Report = make_report(text)
    with language.parsed(report, nlp) as page:
        json.dumps([s.span.of(text) for s in page.sentences])
        assert all(a.span.end <= b.span.start for a, b in zip(page.sentences, page.sentences[1:], strict=False))
