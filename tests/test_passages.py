"""Passages: every part of a page with its kind. The pages here are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import passages
from counterclaim.passages.furniture import is_credit, is_tail, kind_of, table
from counterclaim.passages.lines import ends

REPORT = """Defenders leave Port Lipa after nine days

The mayor says the last soldiers crossed the river at night, while the army calls it a change of position.

People wait for a ferry on the east bank of the river below the grain terminal of Port Lipa
People wait for a ferry on the east bank of the river [Cleo Lens/Presidential Office via Reuters]

KALVA, March 3 (Agency) - The last defenders of Port Lipa have left the town, its mayor said.

INTERACTIVE map of the river front DAY 8
(Al Jazeera)

‘No one is left’

“We held the bridge until the children were across,” the mayor told reporters.

READ MORE: How the siege began

Talks and terms

- Two rounds of talks ended without a result.
- A third is planned.

Source: The Harbour Post and news agencies"""


def kinds(text: str, headline: str | None = None) -> list[tuple[str, str]]:
    return [(p.kind, p.span.of(text)) for p in passages.split(text, headline)]


def kind_in(text: str, words: str, headline: str | None = None) -> str:
    """The kind of the one passage that holds `words`."""
    found = [kind for kind, body in kinds(text, headline) if words in body]
    assert len(found) == 1, found
    return found[0]


def test_a_whole_report() -> None:
    assert [kind for kind, _ in kinds(REPORT)] == [
        "headline",
        "standfirst",
        "caption",
        "caption",
        "credit",
        "dateline",
        "paragraph",
        "graphic",
        "credit",
        "crosshead",
        "paragraph",
        "promo",
        "crosshead",
        "list_item",
        "list_item",
        "source_line",
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("[Cleo Lens/Presidential Office via Reuters]", "credit"),
        ("KALVA, March 3 (Agency) -", "dateline"),
        ("A third is planned.", "list_item"),
    ],
)
def test_spans_hold_the_words_without_their_marks(words: str, kind: str) -> None:
    assert (kind, words) in kinds(REPORT)


@pytest.mark.parametrize("kind", ["promo", "junk", "source_line", "credit", "graphic", "caption"])
def test_the_lexicon_keeps_its_word(kind: str) -> None:
    entry = table()[kind]
    for words in entry["examples"]:
        assert kind_of(words, ends(words)) == kind, words
    for words in entry["not"]:
        assert kind_of(words, ends(words)) != kind, words


def test_tails_of_the_lexicon() -> None:
    assert all(map(is_tail, table()["tail"]["examples"]))
    assert not any(map(is_tail, table()["tail"]["not"]))


@pytest.mark.parametrize(
    "stamp",
    [
        "00:25",
        "5h ago",
        "9 minutes ago 9 mins ago",
        "12.30pm",
        "2022-03-02",
        "2022-03-02 23:55:52+00:00",
        "3 March 2022",
        "March 3, 2022",
        "Thursday 3 March 2022 18.20 GMT",
        "Updated at 03.22 BST",
        "Published :`2022-03-03 13:35:37`",
        "Last updated: 3 Mar 2022",
        "3/3/2022",
        "18:20, 3 March 2022",
    ],
)
def test_timestamps(stamp: str) -> None:
    assert kind_of(stamp, ends(stamp)) == "timestamp"


@pytest.mark.parametrize(
    "words", ["Day 8", "9 killed in Lipa", "In 2014 the port burned", "2,700 missiles", "3 soldiers", "1941"]
)
def test_no_timestamps(words: str) -> None:
    assert kind_of(words, ends(words)) != "timestamp"


@pytest.mark.parametrize(
    "words",
    ["By Ada Writer", "By Ada Writer and Ben Scribe in Kalva", "@harbour_office", "@", "– Ada Writer, Ben Scribe"],
)
def test_bylines(words: str) -> None:
    assert kind_of(words, ends(words)) == "byline"


@pytest.mark.parametrize(
    "words", ["By Thursday the port had fallen", "By the river, nobody moved.", "From Kalva came no word"]
)
def test_no_bylines(words: str) -> None:
    assert kind_of(words, ends(words)) != "byline"


@pytest.mark.parametrize("words", ["the World Health Organization (WHO)", "a spokesman (left)", "the talks [in Kalva]"])
def test_a_bracket_is_not_always_a_credit(words: str) -> None:
    text = f"The statement came from {words}"
    assert "credit" not in [kind for kind, _ in kinds(text)]
    assert not is_credit(text)


def test_a_live_blog() -> None:
    text = (
        "Port Lipa live\n\n18:40\n\n@harbour_office\n\nThe east bridge is closed.\n\nhttps://posts.example/1\n\n"
        "3 March 2022 18.05 Two shells hit the terminal. Smoke over the port. Photograph: Cleo Lens/Reuters Men carry "
        "sacks. Photograph: Cleo Lens/AP\n\n"
        "No one is hurt, the office wrote. — Harbour Office (@harbour_office) March 3, 2022\n"
    )
    assert kinds(text) == [
        ("headline", "Port Lipa live"),
        ("timestamp", "18:40"),
        ("byline", "@harbour_office"),
        ("paragraph", "The east bridge is closed."),
        ("junk", "https://posts.example/1"),
        ("timestamp", "3 March 2022 18.05"),
        ("paragraph", "Two shells hit the terminal."),
        ("caption", "Smoke over the port."),
        ("credit", "Photograph: Cleo Lens/Reuters"),
        ("caption", "Men carry sacks."),
        ("credit", "Photograph: Cleo Lens/AP"),
        ("paragraph", "No one is hurt, the office wrote."),
        ("byline", "— Harbour Office (@harbour_office) March 3, 2022"),
    ]


def test_markdown() -> None:
    text = (
        "# The river front\n\n_What both sides say, and what is known of it._\n\n<excerpt/>\n\n![Smoke over Lipa](https://x.example/a.png)\n"
        "▲ The front on 3 March, by the mission.\n\n"
        "## Key events\n\n1. **The bridge fell.**\n* The plant stopped.\n\n---\n"
        "### [Mayor: We will come back](https://x.example/b)\n"
    )
    assert kinds(text) == [
        ("headline", "The river front"),
        ("standfirst", "What both sides say, and what is known of it."),
        ("junk", "<excerpt/>"),
        ("caption", "Smoke over Lipa"),
        ("caption", "The front on 3 March, by the mission."),
        ("crosshead", "Key events"),
        ("list_item", "The bridge fell."),
        ("list_item", "The plant stopped."),
        ("junk", "---"),
        ("headline", "Mayor: We will come back"),
    ]


def test_front_matter_is_no_news_but_its_title() -> None:
    text = '---\nlayout: post\ntitle: "Ferry hit on the Orla"\ndate: 2022-03-04\n---\nA shell hit the ferry, he said.\n'
    assert [kind for kind, _ in kinds(text)] == ["junk", "junk", "headline", "junk", "junk", "paragraph"]
    assert dict(passages.fields(text)) == {"layout": "post", "title": "Ferry hit on the Orla", "date": "2022-03-04"}


def test_lines_on_top_of_a_plain_text() -> None:
    text = "Date: 2022-03-04\nOutlet: The Harbour Post\n\nFerry hit on the Orla\n\nA shell hit the ferry, he said.\n"
    assert [kind for kind, _ in kinds(text)] == ["junk", "junk", "headline", "paragraph"]
    assert dict(passages.fields(text)) == {"date": "2022-03-04", "outlet": "The Harbour Post"}
    assert not dict(passages.fields("The mayor said: the port is lost.\n\nDate: unknown"))


def test_comments_are_hidden_over_lines() -> None:
    text = "The port has fallen.\n<!-- draft: 500 dead\nmore of it\n--> \nThe mayor left."
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "junk", "junk", "junk", "paragraph"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The last defenders of Port Lipa have left the town after a siege of\n"
        "nine days, the mayor of the town said on Thursday. Some of them went to\n"
        "Kalva, others crossed the river in boats that had come down from the\n"
        "upper town.\n\n"
        "The army said that nobody had left, and that the town would be held to\n"
        "the end.\n"
    )
    assert len(kinds(text)) == 2
    assert kinds(text)[0][1].endswith("upper town.")


def test_short_lines_of_their_own_stay_apart() -> None:
    text = "Planes - 29\nTanks - 191\nShips and boats - 2\nFuel tanks - 60\n"
    assert [kind for kind, _ in kinds("Losses\n\n" + text)][1:] == ["list_item"] * 4


def test_other_stories_under_related_are_promos_until_a_sentence() -> None:
    story = "The mayor said on Thursday that the town had been left to the other side in the night."
    text = f"Ferry hit\n\n{story}\n\nRelated\n\nFive dead after a storm\n\nMinister resigns\n\n{story} Nobody was hurt."
    assert [kind for kind, _ in kinds(text)] == ["headline", "paragraph", "promo", "promo", "promo", "paragraph"]


def test_a_menu_is_junk() -> None:
    text = "The Harbour Post\n" + "\n".join(
        ["World", "War", "Sport and games", "Money", "Weather", "Letters", "About us"]
    )
    assert {kind for kind, _ in kinds(text)[1:]} <= {"junk", "promo"}


def test_a_feed_has_a_headline_for_each_item() -> None:
    text = "2022-03-02\nFerry hit\nA shell hit the ferry on its\n2022-03-03\nBridge falls\nThe bridge was blown up by\n"
    assert [kind for kind, _ in kinds(text)] == ["timestamp", "headline", "paragraph"] * 2


def test_a_line_of_a_page_without_breaks_loses_its_tail() -> None:
    text = "The bridge fell on Monday. Nobody was hurt.          Follow The Harbour Post on Telegram:"
    assert kinds(text, "Bridge falls") == [
        ("paragraph", "The bridge fell on Monday. Nobody was hurt."),
        ("promo", "Follow The Harbour Post on Telegram:"),
    ]


def test_the_headline_given_is_found_and_not_guessed() -> None:
    body = "The bridge fell on Monday.\n\nNobody was hurt, the mayor said."
    assert kind_in(f"Bridge falls in Port Lipa\n\n{body}", "Bridge falls", "Bridge falls in Port Lipa!") == "headline"
    assert kinds(body, "Bridge falls in Port Lipa")[0][0] == "paragraph"
    assert kinds(body)[0][0] == "paragraph"


def test_an_earlier_sentence_again_without_its_stop_is_a_caption() -> None:
    line = "The mayor of Port Lipa said his office had lost touch with the east bank"
    text = f"Ferry hit\n\n{line}.\n\nThe ferry is closed.\n\n{line}\n\nIt opens on Sunday."
    assert [kind for kind, _ in kinds(text)] == ["headline", "paragraph", "paragraph", "caption", "paragraph"]


def test_a_crosshead_needs_something_under_it() -> None:
    assert kind_in("Head\n\nThe bridge fell.\n\nTalks and terms\n\nThe talks go on.", "Talks and") == "crosshead"
    assert kind_in("Head\n\nThe bridge fell.\n\nTalks and terms", "Talks and") == "paragraph"


def test_blank_keeps_every_offset() -> None:
    text = "In the [Harbour Post](https://x.example/a_(b)), **two** men <b>left</b>. See https://x.example/c."
    plain = passages.blank(text)
    assert len(plain) == len(text)
    assert plain.split() == ["In", "the", "Harbour", "Post", ",", "two", "men", "left", ".", "See", "."]
    assert plain.index("two") == text.index("two")


def test_blank_leaves_plain_text_alone() -> None:
    text = "He said [they] left at 5*3 (sic)."
    assert passages.blank(text) is text


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Men carry sacks on the quay", "[the mayor's office]"),
        ("Men carry sacks on the quay.", "Photo: the mayor's office"),
        ("Arrivals by country, 1 March.", "Source: the mission. Graphic: our desk"),
    ],
)
def test_the_end_of_a_caption_is_its_credit(caption: str, credit: str) -> None:
    text, parts = passages.assemble([("The ferry is closed.", None), (f"{caption} {credit}", "caption")])
    assert [(p.kind, p.span.of(text)) for p in parts[1:]] == [("caption", caption), ("credit", credit)]


def test_a_title_that_the_text_begins_with_is_told_once() -> None:
    text = "---\ntitle: Ferry hit\n---\n\n# Ferry hit\n\nA shell hit the ferry, he said.\n"
    assert [kind for kind, _ in kinds(text)] == ["junk", "junk", "junk", "headline", "paragraph"]


def test_a_post_under_its_handle_is_no_crosshead() -> None:
    text = "Live\n\n18:40\n@harbour_office\nThe port is lost\nA post says that the port has been lost.\n"
    assert kind_in(text, "The port is lost") == "paragraph"


def test_assembled_blocks_know_their_places() -> None:
    text, parts = passages.assemble(
        [
            ("Ferry  hit", "headline"),
            ("A shell hit\nthe ferry.", None),
            ("", None),
            ("Smoke over it", "caption"),
            ("READ MORE: x", None),
        ]
    )
    assert text == "Ferry hit\n\nA shell hit the ferry.\n\nSmoke over it\n\nREAD MORE: x"
    assert [(p.kind, p.span.of(text)) for p in parts] == [
        ("headline", "Ferry hit"),
        ("paragraph", "A shell hit the ferry."),
        ("caption", "Smoke over it"),
        ("promo", "READ MORE: x"),
    ]


FRAGMENTS = st.sampled_from(
    [
        "\n",
        "\n\n",
        "---",
        "# ",
        "- ",
        "1. ",
        "> ",
        "![",
        "](",
        ")",
        "[",
        "]",
        "<!--",
        "-->",
        "<b>",
        "*",
        "_",
        "`",
        "@",
        "(@a) ",
        "https://a.b/c",
        "By ",
        "KYIV, ",
        "(AP) - ",
        "Photograph: ",
        "A/Reuters",
        "12:30 ",
        "3 March 2022 ",
        "Related",
        "READ MORE",
        "Word ",
        "word. ",
        "“",
        "”",
        "\u2028",
        "\r\n",
        "\x0c",
        "\ud800",
        "\u200b",
        "      ",
        "Source: ",
        "© ",
        "#tag ",
        "▲ ",
        "— ",
        "…",
    ]
)


@given(
    st.one_of(st.text(max_size=300), st.lists(FRAGMENTS, max_size=60).map("".join)),
    st.one_of(st.none(), st.text(max_size=20)),
)
def test_any_text_is_cut_in_order_within_itself(text: str, headline: str | None) -> None:
    parts = passages.split(text, headline)
    at = 0
    for part in parts:
        assert at <= part.span.start
        at = part.span.end
        words = part.span.of(text)
        assert words == words.strip()
    assert at <= len(text)
    assert len(passages.blank(text)) == len(text)


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_no_letter_of_an_unmarked_line_is_lost(text: str) -> None:
    """Everything but marks, addresses and comments stands in some passage."""
    held = "".join(p.span.of(text) for p in passages.split(text))
    for word in ("Word", "READ MORE", "Related"):
        assert held.count(word) == text.count(word)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "](" * 50_000,
        "<!--" * 50_000,
        "A " * 50_000 + "/Reuters",
        "By A and " * 20_000,
        "(@a) — " * 20_000,
        "\n- # " * 20_000,
        "Photograph: " * 10_000,
        "`" * 100_000,
        "1. " * 50_000,
        "A/" * 50_000,
        "AAAA " * 50_000,
        "a\n" * 20_000,
        "3 March " * 20_000,
    ],
    ids=lambda text: text[:6].strip(),
)
def test_long_odd_texts_come_back(text: str) -> None:
    """Hangs where a pattern's time grows with the square of the text."""
    parts = passages.split(text)
    passages.blank(text)
    assert all(p.span.end <= len(text) for p in parts)
