"""Where words stand: headlines, blocks under a colon, a cue in the middle of a clause, what is only told of as said."""

import pytest

from tests.reading.test_statements_more import said  # noqa: F401  (a fixture)


def words(text, statement):
    return [c.of(text) for c in statement.content]


@pytest.mark.parametrize(
    ("headline", "speaker", "content"),
    [
        ("Macron presses Putin for talks as ‘last chance’ for peace", "Emmanuel Macron", "Putin for talks as ‘last"),
        ("Paris presses Berlin for more jets as allies meet", "Government of France", "Berlin for more jets"),
        ("Kyiv warns of new offensive as troops mass on border", "Government of Ukraine", "new offensive"),
        ("Russia says it has taken Lyman as Ukraine pulls back", "Russia", "it has taken Lyman"),
        ("Zelensky urges Nato to close the sky as shells fall", "Volodymyr Zelenskyy", "Nato to close the sky"),
        ("Shells fall on port as ships leave, mayor says", "mayor", "Shells fall on port as ships leave"),
        ("‘We will never leave our land’: Zelensky", "Volodymyr Zelenskyy", "We will never leave our land"),
        ("‘The worst is behind us’: mayor of Lviv on the raids", "mayor of Lviv", "The worst is behind us"),
        ("Talks have failed, says Erdogan", "Recep Tayyip Erdoğan", "Talks have failed"),
        (
            "Ukraine will never give up its land - Zelensky",
            "Volodymyr Zelenskyy",
            "Ukraine will never give up its land",
        ),
        ("UN: A million people have fled the valley", "United Nations", "A million people have fled the valley"),
    ],
)
def test_headlines(read, headline, speaker, content):
    text = f"{headline}\n\nThe envoys met on Monday in a hotel by the lake."
    found = read(text, headline=headline).statements
    assert found[0].speaker.name == speaker
    assert found[0].content[0].of(text).startswith(content)
    if not content.endswith("‘last"):
        assert words(text, found[0]) == [content]


def test_a_quotation_before_a_colon_needs_a_speaker_after_it(read):
    headline = "‘A day of fear and fire’: life in a besieged town"
    assert not read(f"{headline}\n\nThe envoys met on Monday.", headline=headline).statements


def test_as_in_prose_is_the_speakers(said):  # noqa: F811
    text = "The mayor said the market was closed as the shells fell nearer."
    assert words(text, said(text)[0])[0].startswith("the market was closed")


@pytest.mark.parametrize(
    ("text", "speaker", "pieces"),
    [
        ("The trucks, said the mayor of Odesa, were stopped at the bridge.", "mayor of Odesa", ("The trucks", "were")),
        ("The trucks, the mayor of Odesa said, were stopped at the bridge.", "mayor of Odesa", ("The trucks", "were")),
        ("Most donors, said Weber, are waiting for a truce.", "Weber", ("Most donors", "are")),
        ("Kyiv, Moscow claims, has moved its guns into schools.", "Government of Russia", ("Kyiv", "has")),
    ],
)
def test_a_cue_in_the_middle_of_a_clause(said, text, speaker, pieces):  # noqa: F811
    (one,) = said(text)
    assert one.speaker.name == speaker
    assert [c.split(pieces[n])[0] for n, c in enumerate(words(text, one))] == ["", ""]


def test_no_cue_in_the_middle(said):  # noqa: F811
    text = "On Monday, the mayor said, the trucks were stopped."
    assert [words(text, s)[-1] for s in said(text)] == ["the trucks were stopped"]


def test_words_in_a_paragraph_of_their_own(said):  # noqa: F811
    text = (
        "The governor, Serhiy Haidai, said in a statement:\n\n“Nine houses were hit. Two people died in a cellar.”\n\n"
        "The school was empty."
    )
    (one,) = said(text)
    assert (one.speaker.name, one.directness) == ("Serhiy Haidai", "direct")
    assert words(text, one) == ["Nine houses were hit. Two people died in a cellar."]
    text = "The governor wrote on Telegram:\n\nNine houses were hit. We will rebuild them.\n\nThe school was empty."
    (one,) = said(text)
    assert words(text, one) == ["Nine houses were hit. We will rebuild them."]
    assert not said("The governor said in a hall full of people:\n\nThe school was empty.")


def test_it_is_alleged_that(said):  # noqa: F811
    text = "It is alleged that the guards fired first."
    (one,) = said(text)
    assert (one.source, one.stance, words(text, one)) == (None, "accuses", ["the guards fired first"])
    text = "It was announced by the governor that the port would close."
    (one,) = said(text)
    assert (one.speaker.name, words(text, one)) == ("governor", ["the port would close"])


def test_a_day_is_nothing_that_is_said(said):  # noqa: F811
    assert not said("The ministry issued a statement on Monday.")


def test_what_is_withheld_is_not_said_by_the_rules_cited(said):  # noqa: F811
    assert not said("Citing privacy rules, the officials have not said why the pilots were detained.")


def test_addressee_and_occasion(said):  # noqa: F811
    (one,) = said("Speaking at a news conference in Kyiv, Volodymyr Zelenskyy told reporters that he was ready.")
    assert (one.addressee, one.occasion) == ("reporters", "a news conference in Kyiv")
    (one,) = said("Vladimir Putin told Emmanuel Macron in a call on Thursday that he would go on.")
    assert (one.addressee, one.occasion) == ("Emmanuel Macron", "a call on Thursday")
    assert said("Joe Biden promised more jets.")[0].addressee is None


def test_a_quotation_over_two_paragraphs_has_one_speaker(said):  # noqa: F811
    text = "Ali Nabil said: “All were tired.\n\nWe shall come back.” Then Colonel Ivan Petrenko said, “It was hard.”"
    assert [s.speaker.name for s in said(text)] == ["Ali Nabil", "Ali Nabil", "Ivan Petrenko"]
    text = "“We held the line.\n\nNobody left,” said Colonel Ivan Petrenko."
    assert [(s.speaker.name, words(text, s)) for s in said(text)] == [
        ("Ivan Petrenko", ["We held the line."]),
        ("Ivan Petrenko", ["Nobody left,"]),
    ]


def test_the_next_quotation_with_a_cue_of_its_own_is_said_once(said):  # noqa: F811
    text = "„We are staying here“, Olaf Scholz said. „We shall stay until the end of it“, he added."
    assert [words(text, s) for s in said(text)] == [["We are staying here"], ["We shall stay until the end of it"]]


def test_as_much_is_nothing_new(said):  # noqa: F811
    text = "“The port was wrong — even the minister has said as much,” the mayor said."
    assert [s.speaker.name for s in said(text)] == ["mayor"]
