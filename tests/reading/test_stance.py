"""The stance that plain saying takes from what is said: charges, denials, demands, promises, warnings."""

import pytest

from tests.reading.test_statements_more import said  # noqa: F401  (a fixture)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        # harm to whom war must spare, by another side
        ("Ukraine’s army said Russian troops had shelled a hospital.", "accuses"),
        ("The Ukrainian governor said enemy rockets had damaged a school.", "accuses"),
        ("Amnesty International said soldiers had raided the clinic and forced patients to leave.", "accuses"),
        ("“They shot at women who were fetching water,” the Ukrainian mayor said.", "accuses"),
        ("Amnesty International said Ukrainian troops were using schools as bases.", "accuses"),
        # no harm to anybody spared, a deed of one's own, a count of the dead, a deed that may come
        ("Ukraine’s army said Russian troops had shelled the ridge.", "asserts"),
        ("Ukraine’s army said Ukrainian troops had struck a hospital roof by mistake.", "asserts"),
        ("Ukraine’s army said Russia had killed at least 31 people.", "asserts"),
        ("Ukraine’s army said Russian troops had not shelled the school.", "asserts"),
        # guilt and intent
        ("Ukraine said Russia was responsible for the blast.", "accuses"),
        ("Kyiv said Moscow was behind the fire at the depot.", "accuses"),
        ("The Pentagon said the Russian offensive was behind schedule.", "asserts"),
        ("Ukraine’s army said Russia was trying to destroy the bridges.", "accuses"),
        ("Ukraine’s army said Russia was trying to cross the river.", "asserts"),
        ("Volodymyr Zelenskyy said the raid showed that Russia could not be trusted.", "accuses"),
    ],
)
def test_charges(said, text, stance):  # noqa: F811
    assert said(text)[0].stance == stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army said it had no record of the arrest.", "denies"),
        ("The army said it was unaware of any arrests.", "denies"),
        ("The general said he did not agree with the estimate.", "denies"),
        ("The general said he could not confirm the report.", "other"),
        ("The general said it was time to leave the valley.", "demands"),
        ("The general said it was imperative to hold the bridge.", "demands"),
        ("The general said it was six in the morning.", "asserts"),
        ("“Please send us bandages and water,” the nurse said.", "demands"),
        ("The general said that to reach the coast the rebels must take the pass.", "asserts"),
        ("The Kremlin said its goal was to take the port.", "vows"),
        ("Hamas said Israel would pay a heavy price.", "vows"),
        ("The king said the longer the siege lasted, the poorer the town would be.", "warns"),
        ("The doctors said the strike could lead to an outbreak of cholera.", "warns"),
        ("The aide said the worst was still to come.", "warns"),
        ("The aide said it was the worst winter in memory.", "asserts"),
    ],
)
def test_the_rest(said, text, stance):  # noqa: F811
    assert said(text)[0].stance == stance
