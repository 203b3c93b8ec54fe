"""The docs keep their word: commands and options are documented, links lead somewhere, the tutorial runs."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from counterclaim import conflict
from counterclaim.cli import cli, run
from counterclaim.reading.events import triggers

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
TUTORIAL = ROOT / "docs" / "tutorial.md"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OPTION = re.compile(r"(?<![\w-])(--?[a-z][a-z-]*)")
_FENCE = re.compile(r"^(```+)[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)


def anchor(heading: str) -> str:
    """The anchor that a heading gets on the usual hosts."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {anchor(h) for h in re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)}


def sections(page: Path) -> dict[str, str]:
    """The parts of a page under its second headings."""
    parts = re.split(r"^## (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def tabled(text: str) -> set[str]:
    """The options in the first column of a section's tables."""
    rows = (line.split("|")[1] for line in text.splitlines() if line.startswith("| `-"))
    return {option for row in rows for code in re.findall("`([^`]+)`", row) for option in _OPTION.findall(code)}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, part = link.partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (part and part not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_command_is_documented() -> None:
    told = {name for name, text in sections(ROOT / "docs/commands.md").items() if f"counterclaim {name} " in text}
    assert told == set(cli.commands)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_is_documented(name: str) -> None:
    parts = sections(ROOT / "docs/commands.md")
    shared = {title.lower(): text for title, text in parts.items()}
    told = tabled(parts[name])
    for link in _LINK.findall(parts[name]):
        if link.startswith("#") and link[1:] in ("filters", "output", "common"):
            told |= tabled(shared[link[1:]])
    command = cli.commands[name]
    params = command.get_params(click.Context(command))
    assert told - {"-h", "--help"} == {
        o for p in params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)
    } - {"-h", "--help"}


def test_pages_name_only_commands_that_exist() -> None:
    for page in PAGES:
        named = re.findall(r"^\s*(?:\$ )?counterclaim ([a-z]+)\b", page.read_text("utf-8"), re.MULTILINE)
        assert not set(named) - set(cli.commands), page.name


@pytest.mark.parametrize("part", ["report", "statements", "events", "figures", "control", "places"])
def test_every_key_of_the_contract_is_documented(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = re.findall(r"^\| (`.+?`) \|", sections(ROOT / "docs/contract.md")[f"`{part}`"], re.MULTILINE)
    told = {key for row in rows for key in re.findall("`([a-z_0-9]+)`", row)}
    assert run(["read", str(ROOT / "samples/2022-03-03-kherson.txt"), "--json", "--text"]) == 0
    found = json.loads(capsys.readouterr().out)[part]
    assert told == set(found if part == "report" else found[0])


def test_the_examples_of_data_are_good_data(tmp_path: Path) -> None:
    fences = re.findall(r"^```toml\n(.*?)^```", (ROOT / "docs/adding-a-kind.md").read_text("utf-8"), re.M | re.S)
    tables = [tomllib.loads(fence) for fence in fences]
    kind = next(t for t in tables if "kind" in t)
    assert set(triggers.index((kind["kind"], t) for t in kind["trigger"])) >= {"siege", "seal", "encircle"}
    profile = tmp_path / "my-war.toml"
    profile.write_text(next(f for f in fences if "day_one" in f), encoding="utf-8")
    assert conflict.load(str(profile)).party("Rapid Support Forces") == "RSF"


def shown() -> list[list[str]]:
    """The commands of the tutorial, up to the first pipe."""
    lines = re.findall(r"^\$ counterclaim (.+)$", TUTORIAL.read_text("utf-8"), re.MULTILINE)
    return [shlex.split(line.split(" | ")[0].split(" > ")[0]) for line in lines]


def test_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_DB", raising=False)
    commands = shown()
    assert len(commands) >= 8
    for command in commands:
        # An id in the tutorial is one of the text as it was; any id that a list prints will do.
        code = run(command)
        out, err = capsys.readouterr()
        assert code == 0, f"counterclaim {shlex.join(command)}: {err}"
        assert out or err, f"counterclaim {shlex.join(command)} says nothing"
