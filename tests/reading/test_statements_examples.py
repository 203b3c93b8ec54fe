"""Every entry of the cue lexicon has an example: {who speaks} and [what is said]. Each runs here."""

import re
import tomllib
from importlib.resources import files

import pytest

from counterclaim.reading import actors, statements

FILES = ("verbs.toml", "light.toml", "nouns.toml", "others.toml")


def entries():
    folder = files("counterclaim.lexicon").joinpath("cues")
    for name in FILES:
        data = tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        tables = data.values() if name == "others.toml" else [data]
        for table in tables:
            for word, entry in table.items():
                if isinstance(entry, dict):
                    yield pytest.param(entry["eg"], entry["stance"], id=f"{name.split('.')[0]}-{word}")


class Nowhen:
    def of(self, token):
        return None


def words(text):
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize(("example", "stance"), list(entries()))
def test_example(example, stance, page):
    text = re.sub(r"[{}\[\]]", "", example)
    said = words(" ".join(re.findall(r"\[(.*?)\]", example)))
    who = re.search(r"\{(.*?)\}", example)
    built = page(text)
    found = statements.find(built, actors.find(built, built_conflict()), Nowhen())
    fits = [s for s in found if words(" ".join(c.of(text) for c in s.content)) == said]
    assert fits, [(s.why, [c.of(text) for c in s.content]) for s in found]
    sources = [s.source.of(text) if s.source else None for s in fits]
    assert (who.group(1) if who else None) in sources
    if stance != "asserts":  # what is said may give plain saying a stance of its own
        assert stance in {s.stance for s in fits}


def built_conflict():
    from counterclaim import conflict

    return conflict.load("generic")
