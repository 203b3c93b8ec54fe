"""The command line: what goes where, exit codes, plain output in a pipe."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import counterclaim
from counterclaim import reading as reader
from counterclaim.cli import briefing, cli, run
from counterclaim.store import open_record
from counterclaim.types import Reading, Report
from counterclaim.views import brief
from tests.build import Build, day, on

TEXT = (
    "Alpha falls\n\nThe mayor said that 13 died in Alpha. Troops took Alpha on Monday. "
    "The plan works, the president said."
)


def build(report: Report) -> Reading:
    """What a reader might find in any report that holds these words: stands in for the language pipeline."""
    made = Build(report.text, id=report.id)
    made.report = report
    if "13 died" in report.text:
        made.says("13 died in Alpha", "Mayor", "Ukraine").says(
            "The plan works", "Vladimir Putin", "Russia", role="president"
        )
        made.event("capture", "Troops took Alpha on Monday.", "Alpha", actors=["Russia"], when=on(3))
        made.figure("13", 13, 13, statement="s1", counted="people", place="Alpha", as_of=on(3))
        made.holds("Troops took Alpha on Monday.", "Alpha", "captured", "Russia", when=on(3))
    return made.reading(reader.version(), day=8)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(report: Report, conflict: str | None = None, nlp: Any = None, reader: Any = None) -> Reading:
        if "make it fail" in report.text:
            raise ZeroDivisionError("by nought")
        return build(report)

    monkeypatch.setattr(reader, "read", read)


@pytest.fixture
def run_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: None) -> Callable[..., Result]:
    """`run_in("add", "a.txt")`: a command in a folder of its own; the result's exit code is the program's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_DB", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*words: str, input: str | bytes | None = None) -> Result:
        class Main(type(cli)):  # type: ignore[misc]
            def main(self, *_: Any, **__: Any) -> Any:
                sys.exit(run(list(words)))

        shell = Main(name="counterclaim", commands=cli.commands)
        return CliRunner().invoke(shell, [], input=input)

    return call


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    write(path, {"id": "one", "text": TEXT, "published": "2022-03-03", "outlet": "Daily Test"})
    return path


def write(path: Path, *reports: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in reports), encoding="utf-8")


def test_version_and_help(run_in: Callable[..., Result]) -> None:
    assert run_in("--version").stdout == f"counterclaim {counterclaim.__version__}\n"
    shown = run_in("--help")
    assert shown.exit_code == 0
    for name in (
        "read",
        "add",
        "brief",
        "claims",
        "events",
        "toll",
        "control",
        "search",
        "show",
        "conflicts",
        "evaluate",
    ):
        assert f"\n  {name} " in shown.stdout
        assert run_in(name, "--help").exit_code == 0


def test_every_command_says_what_it_does() -> None:
    for command in cli.commands.values():
        assert command.help
        assert all(p.help for p in command.params if isinstance(p, click.Option)), command.name


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, counterclaim.cli; print([m for m in ('spacy', 'sqlalchemy', 'rich', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_read_prints_one_reading_a_line_in_a_pipe(run_in: Callable[..., Result], report: Path) -> None:
    done = run_in("read", str(report), str(report))
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["report"]["id"] for line in lines] == ["one", "one"]
    assert "text" not in lines[0]["report"]


def test_read_json_is_one_reading_or_a_list(run_in: Callable[..., Result], report: Path) -> None:
    assert json.loads(run_in("read", "--json", str(report)).stdout)["report"]["id"] == "one"
    assert len(json.loads(run_in("read", "--json", str(report), str(report)).stdout)) == 2
    assert json.loads(run_in("read", "--json", "--text", str(report)).stdout)["report"]["text"] == TEXT


def test_read_goes_on_after_what_cannot_be_read(run_in: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text(
        json.dumps({"id": "a", "text": "One."}) + "\n{broken\n" + json.dumps({"id": "c", "text": "Two."}) + "\n"
    )
    done = run_in("read", str(path))
    assert [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()] == ["a", "c"]
    assert done.exit_code == 1
    assert done.stderr.startswith("refused: ")
    assert "b.jsonl" in done.stderr
    assert "2" in done.stderr


def test_a_report_that_the_reader_fails_on_is_refused_and_named(run_in: Callable[..., Result], tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", {"id": "x", "text": "Please make it fail."}, {"id": "y", "text": "Fine."})
    done = run_in("read", "b.jsonl")
    assert [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()] == ["y"]
    assert done.exit_code == 1
    assert "by nought" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in run_in("read", "b.jsonl", "-vv").stderr


def test_add_counts_and_skips(run_in: Callable[..., Result], report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run_in("add", str(report))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 added, 0 already there, 0 refused" in done.stderr
    monkeypatch.setattr(reader, "read", None)  # what is there is not read again
    done = run_in("add", str(report))
    assert (done.exit_code, done.stderr) == (0, "counterclaim.db: 0 added, 1 already there, 0 refused\n")


def test_add_refuses_the_bad_and_keeps_the_good(run_in: Callable[..., Result], report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    done = run_in("add", "empty.txt", str(report), "nowhere.txt")
    assert done.exit_code == 1
    assert "empty.txt" in done.stderr
    assert "nowhere.txt" in done.stderr
    assert "1 added, 0 already there, 2 refused" in done.stderr


def test_add_names_a_report_whose_id_is_taken(run_in: Callable[..., Result], report: Path, tmp_path: Path) -> None:
    run_in("add", str(report))
    write(tmp_path / "b.jsonl", {"id": "one", "text": "Another text."})
    done = run_in("add", "b.jsonl")
    assert done.exit_code == 1
    assert "b.jsonl" in done.stderr
    assert "another text under the id 'one'" in done.stderr


def test_add_quietly(run_in: Callable[..., Result], report: Path) -> None:
    assert run_in("add", "-q", str(report)).stderr == ""


@pytest.fixture
def added(run_in: Callable[..., Result], report: Path) -> Callable[..., Result]:
    assert run_in("add", str(report)).exit_code == 0
    return run_in


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["claims"], "13 died in Alpha"),
        (["claims", "--by", "Putin"], "The plan works"),
        (["events", "--place", "alpha"], "capture"),
        (["toll", "--day", "8"], "Mayor"),
        (["control", "--day", "8"], "held by Russia"),
        (["search", "troops"], "13 died in Alpha"),
        (["show", "one/s1"], ">>13 died in Alpha<<"),
        (["show", "one"], "2 statements"),
        (["conflicts"], "ukraine-2022"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else None,
)
def test_lists(added: Callable[..., Result], words: list[str], expected: str) -> None:
    done = added(*words)
    assert done.exit_code == 0, done.stderr
    assert expected in done.stdout
    assert "\x1b" not in done.stdout
    assert all(len(line) <= 80 and line == line.rstrip() for line in done.stdout.splitlines())


@pytest.mark.parametrize("name", ["claims", "events", "toll", "control", "search"])
def test_lists_as_json_and_csv(added: Callable[..., Result], name: str) -> None:
    words = [name] + ["alpha"] * (name == "search")
    rows = json.loads(added(*words, "--json").stdout)
    table = list(csv.DictReader(io.StringIO(added(*words, "--csv").stdout)))
    assert rows
    assert [r["id"] for r in rows] == [r["id"] for r in table]
    for row in rows:
        assert json.loads(added("show", row["id"], "--json").stdout)["id"] == row["id"]


def test_nothing_matched(added: Callable[..., Result]) -> None:
    done = added("claims", "--by", "Nobody")
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == "counterclaim: nothing matched\n"
    assert added("claims", "--by", "Nobody", "--json").stdout == "[]\n"
    assert added("show", "one/s99").exit_code == 3
    assert added("brief", "--day", "3").exit_code == 3


def test_wrong_usage(added: Callable[..., Result]) -> None:
    assert added("nonsense").exit_code == 2
    assert added("claims", "--from", "tomorrow").exit_code == 2
    assert added("brief", "--day", "8", "--date", "2022-03-03").exit_code == 2
    assert added("brief", "a.jsonl", "--db", "counterclaim.db").exit_code == 2
    assert added("claims", "--day", "8", "--conflict", "generic").exit_code == 2
    assert added("search", "''").exit_code == 1


def test_no_record_and_no_profile(run_in: Callable[..., Result], tmp_path: Path) -> None:
    done = run_in("claims")
    assert done.exit_code == 4
    assert (
        done.stderr == "counterclaim: counterclaim.db: there is no record here. Make one: counterclaim add INPUT...\n"
    )
    assert list(tmp_path.glob("*.db*")) == []
    assert run_in("add", "--conflict", "atlantis", "x.txt").exit_code == 4


def test_a_traceback_only_when_asked_for(run_in: Callable[..., Result]) -> None:
    assert "Traceback" not in run_in("claims", "-v").stderr
    assert "Traceback" in run_in("claims", "-vv").stderr


def test_the_record_may_come_from_the_environment(
    run_in: Callable[..., Result], report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERCLAIM_DB", "case.db")
    run_in("add", str(report))
    assert Path("case.db").exists()
    assert "13 died" in run_in("claims").stdout
    assert run_in("brief", str(report)).exit_code == 0  # given reports go before a record of the environment


def test_brief_of_a_record_and_of_reports(added: Callable[..., Result], report: Path) -> None:
    kept, given = added("brief", "--day", "8"), added("brief", str(report))
    assert kept.exit_code == given.exit_code == 0
    assert kept.stdout.split("[id] leads")[0] == given.stdout.split("[id] leads")[0]
    for words in (
        "day 8, Thursday 3 March 2022",
        "WHO SAYS WHAT",
        "Vladimir Putin, president: The plan works",
        "[one/e1]",
        "WHO HOLDS WHAT",
    ):
        assert words in kept.stdout
    assert max(map(len, kept.stdout.splitlines())) <= 80
    assert json.loads(added("brief", "--json").stdout)["day"] == 8


def test_brief_of_a_report_without_a_date(run_in: Callable[..., Result], tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"id": "one", "text": TEXT})
    done = run_in("brief", "a.jsonl")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "give it with --date" in done.stderr
    assert "3 March 2022" in run_in("brief", "a.jsonl", "--date", "2022-03-03").stdout


def test_brief_in_two_columns(added: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    lines = added("brief").stdout.splitlines()
    assert any(line.startswith("Ukraine ---") and " Russia ---" in line for line in lines)
    assert max(map(len, lines)) <= 120


def test_what_a_report_writes_cannot_steer_the_terminal(run_in: Callable[..., Result], tmp_path: Path) -> None:
    text = TEXT.replace("13 died in Alpha", "13 died in Alpha").replace("The plan works", "The plan works")
    write(tmp_path / "a.jsonl", {"id": "one", "text": text, "published": "2022-03-03", "outlet": "\x1b[31mRed\u202e"})
    run_in("add", "a.jsonl")
    for words in (["brief"], ["claims"], ["toll"], ["show", "one"], ["show", "one/s1"], ["claims", "--csv"]):
        shown = run_in(*words).stdout
        assert shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


@given(st.data(), st.integers(40, 140))
def test_a_brief_of_any_words_can_be_written(data: st.DataObject, width: int) -> None:
    words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
    name, place, said, outlet = (data.draw(words) for _ in range(4))
    made = Build(f"{said}\n{place} {name}", outlet=outlet)
    made.says(said, name, name).says(said, name, None, kind="unnamed", via="s1").event(
        "clash", said, place, actors=[name]
    )
    made.figure(said, 5, None, counted=name, place=place, by=name).holds(said, place, "captured", name, claimed_by=name)
    with open_record(":memory:") as record:
        record.add(made.reading())
        lines = [line.plain for line in briefing._Writer(width, brief.brief(record), "").lines()]
    assert any("WHO SAYS WHAT" in line for line in lines)
    assert not any(c in "".join(lines) for c in "\x1b\x07\u202e")


def test_a_cell_is_no_formula(run_in: Callable[..., Result], tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"id": "one", "text": TEXT, "published": "2022-03-03", "outlet": "=HYPERLINK(1)"})
    run_in("add", "a.jsonl")
    (row, *_) = csv.DictReader(io.StringIO(run_in("claims", "--csv").stdout))
    assert row["outlet"] == "'=HYPERLINK(1)"


def test_conflicts_as_json(run_in: Callable[..., Result]) -> None:
    found = {c["name"]: c for c in json.loads(run_in("conflicts", "--json").stdout)}
    assert found["ukraine-2022"]["day_one"] == "2022-02-24"


def test_dates_follow_the_day_count(added: Callable[..., Result]) -> None:
    (row,) = json.loads(added("control", "--day", "8", "--json").stdout)
    assert row["day"] == day(3).isoformat()


# The real program in a process of its own


def start(*words: str, cwd: Path, **fields: Any) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(Path(counterclaim.__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-m", "counterclaim", *words], cwd=cwd, env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background passes on deafness
        **fields,
    )  # fmt: skip


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    with open_record(tmp_path / "counterclaim.db") as record:
        for n in range(60):
            record.add(build(Report(id=f"r{n}", text=TEXT, published=day(3))))
    process = start("claims", "--json", cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(30) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(2400):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def count_of(path: Path) -> int:
    """How many reports a record holds that another program is writing."""
    if not path.exists():
        return 0
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_is_clean(tmp_path: Path) -> None:
    process = start("add", "-", cwd=tmp_path, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write("".join(json.dumps({"id": f"r{n}", "text": TEXT}) + "\n" for n in range(2)))
    process.stdin.flush()
    wait_until(lambda: count_of(tmp_path / "counterclaim.db") >= 1)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    # A shell shows 130 for both: Python ends by the signal itself where it came while code was being compiled.
    assert process.returncode in (130, -signal.SIGINT), err
    assert out == ""
    assert "Interrupted." in err
    assert "Traceback" not in err


def test_the_public_face() -> None:
    assert counterclaim.open_record is open_record
    assert counterclaim.Report is Report
    assert set(dir(counterclaim)) >= {"read", "Reading", "Report", "open_record"}
    with pytest.raises(AttributeError):
        _ = counterclaim.nothing
