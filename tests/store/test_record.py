"""The record on real files: nothing is lost, nothing is overwritten, every trouble is said in plain words."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from datetime import date
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import InputError, NothingFound, StoreError
from counterclaim.store import Filter, open_record, schema
from counterclaim.store.record import Record
from counterclaim.types import Place
from tests.build import Build, day, on, simple

HASH = "0123456789abcdef"


def rich() -> Build:
    text = "Troops took it on Monday.\n\nThe mayor said that 13 people died in Alpha. “We hold,” the governor said."
    return (
        Build(text)
        .says("13 people died in Alpha", "Mayor of Alpha", "Ukraine", said_on=on(2))
        .says("“We hold,”", "Governor", "Ukraine", directness="direct", stance="denies")
        .event("capture", "Troops took it on Monday.", "Alpha", actors=["Russia"], when=on(1))
        .figure("13", 13, 13, statement="s1", counted="people", place="Alpha")
        .holds("Troops took it on Monday.", "Alpha", "captured", "Russia", when=on(1))
        .names("Alpha", Place(name="Alpha", country="Ukraine", lat=1.0, lon=2.0))
    )


def test_a_reading_comes_back_as_it_was_added(tmp_path: Path) -> None:
    reading = rich().reading(day=8)
    with open_record(tmp_path / "a.db") as record:
        assert record.add(reading)
        assert record.readings("r1") == [reading]


def test_a_reading_of_odd_text_comes_back(tmp_path: Path) -> None:
    odd = "Zero \x00 byte, emoji 🕊, combining e\u0301, right-to-left \u202e said that it stands."
    reading = Build(odd, outlet="Zażółć").says("it stands", "A", None).reading()
    with open_record(tmp_path / "a.db") as record:
        record.add(reading)
        assert record.readings("r1") == [reading]
        assert [t.of(t.item.content[0]) for t in record.statements()] == ["it stands"]


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_record(path) as record:
        assert record.add(simple())
        before = dump(path)
        assert not record.add(simple())
    assert dump(path) == before


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_a_half_character_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        with pytest.raises(InputError, match="half a character"):
            record.add(simple(text="Alpha \ud800 said that the bridge stands."))
        assert list(record.reports()) == []


def test_another_text_under_the_same_id_is_refused(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(simple())
        other = simple(text="Beta said that the bridge stands.")
        with pytest.raises(InputError, match="another text under the id 'r1'"):
            record.add(other)
        with pytest.raises(InputError, match="another text"):
            record.has(other.report)
        assert record.has("r1", "0.1.0")


def test_a_new_version_adds_a_reading_and_views_use_it(tmp_path: Path) -> None:
    old, new = rich().reading("0.9"), Build(rich().report.text).reading("0.10")
    with open_record(tmp_path / "a.db") as record:
        assert record.add(old)
        assert record.add(new)
        assert list(record.statements()) == []
        assert record.readings("r1") == [new, old]
        assert record.has("r1", "0.9")
        assert not record.has("r1", "0.11")


def test_an_older_version_added_later_does_not_hide_the_newer_one(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(Build(rich().report.text).reading("0.10"))
        record.add(rich().reading("0.9"))
        assert list(record.statements()) == []
        assert [r.version for r in record.readings("r1")] == ["0.10", "0.9"]


def test_tellings_keep_the_way_back_to_the_words(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(rich().reading())
        figure = next(record.figures())
        assert (figure.ref, figure.of(figure.item.span)) == ("r1/f1", "13")
        assert figure.speaker is not None
        assert figure.speaker.name == "Mayor of Alpha"
        assert next(record.statements()).places == ("alpha", "ukraine")


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), ["s1", "s2"]),
        (Filter(by=("mayor of alpha",)), ["s1"]),
        (Filter(by=("UKRAINE",)), ["s1", "s2"]),
        (Filter(by=("Kraine",)), ["s1", "s2"]),
        (Filter(by=("%",)), []),
        (Filter(about="died people"), ["s1"]),
        (Filter(about="nothing"), []),
        (Filter(place="Ukraine"), ["s1"]),
        (Filter(place="alph"), []),
        (Filter(first=day(2), last=day(2)), ["s1"]),
        (Filter(first=day(3)), ["s2"]),
        (Filter(first=day(1), last=day(3), exact_days=True), ["s1"]),
        (Filter(conflict="gaza-2023"), []),
        (Filter(limit=1), ["s1"]),
        (Filter(report="r1", row="s2"), ["s2"]),
    ],
)
def test_filters(tmp_path: Path, wanted: Filter, ids: list[str]) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(rich().reading())
        assert [t.item.id for t in record.statements(wanted)] == ids


def test_an_outlet_speaks_where_nobody_is_quoted(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(rich().reading())
        assert [t.item.id for t in record.events(Filter(by=("daily test",)))] == ["e1"]
        assert list(record.statements(Filter(by=("daily test",)))) == []


def test_short_handles_are_unique_and_stay(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        for ident in (HASH, HASH[:-1] + "0", "Named by hand", HASH[:8]):
            record.add(simple(ident, text=f"{ident} said that the bridge stands."))
        handles = {head.id: head.short for head, _ in record.reports()}
        assert handles[HASH] == HASH[:8]
        assert handles[HASH[:-1] + "0"] == HASH[:9]
        assert handles["Named by hand"] == "Named by hand"
        assert handles[HASH[:8]] == HASH[:8] + "~2"
        assert all(record.report_id(short) == ident for ident, short in handles.items() if ident != HASH)


def test_a_handle_may_be_cut_short_but_not_so_that_it_fits_two(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(simple("abcd" + "0" * 12))
        record.add(simple("abce" + "0" * 12, text="Beta said that the bridge stands."))
        assert record.report_id("abcd") == "abcd" + "0" * 12
        for handle in ("abc", "zz", ""):
            with pytest.raises(NothingFound):
                record.report_id(handle)


def test_search_finds_words_phrases_and_endings(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(simple(text="Troops are besieging the harbour.\n\nAlpha said that the bridge stands."))
        assert [f.ref for f in record.search("besieged")] == ["r1/p0"]
        assert "\x02besieging\x03" in next(record.search("besieged")).snippet
        assert [f.n for f in record.search('"the bridge"')] == [1]
        assert [f.n for f in record.search("harb*")] == [0]
        assert list(record.search('"bridge the"')) == []
        assert list(record.search("bridge", Filter(first=date(2022, 3, 4)))) == []
        with pytest.raises(InputError):
            next(record.search('"" *'))


@given(st.text(max_size=40))
def test_no_search_words_break_the_query(words: str) -> None:
    with open_record(":memory:") as record:
        record.add(simple())
        try:
            list(record.search(words))
        except InputError:
            assert not any(c.isalnum() for c in words)


def test_search_sees_only_the_newest_reading(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        record.add(simple())
        record.add(msgspec.structs.replace(simple(), version="0.2.0"))
        assert len(list(record.search("bridge"))) == 1


def test_no_record_no_folder_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no record here"):
        open_record(tmp_path / "none.db", create=False)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_record(tmp_path / "missing" / "a.db")
    (tmp_path / "text.db").write_text("this is no database, it is a text of some length" * 30)
    with pytest.raises(StoreError, match="no record"):
        open_record(tmp_path / "text.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE cats (name)").connection.close()
    with pytest.raises(StoreError, match="is no record"):
        open_record(tmp_path / "other.db")


def test_odd_file_names(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c d%20.db"
    with open_record(path) as record:
        record.add(simple())
    assert path.exists()
    with open_record(path, create=False) as record:
        assert record.has("r1")


def test_a_record_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_record(path) as record:
        record.add(simple())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE schema_version SET number = 99")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version") as caught:
        open_record(path)
    assert caught.value.exit_code == 4
    assert caught.value.hint is not None
    assert path.read_bytes() == before


def test_an_older_record_is_brought_up_step_by_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    with open_record(path) as record:
        record.add(simple())

    def add_a_table(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (name TEXT)")

    monkeypatch.setattr(schema, "STEPS", [*schema.STEPS, add_a_table])
    with open_record(path) as record:
        assert record.has("r1")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT number FROM schema_version").fetchall() == [(schema.newest_version(),)]
    assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
    connection.close()


def test_a_step_that_fails_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    open_record(path).close()

    def fail(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (name TEXT)")
        connection.exec_driver_sql("SELECT nonsense")

    steps = list(schema.STEPS)
    monkeypatch.setattr(schema, "STEPS", [*steps, fail])
    with pytest.raises(StoreError):
        open_record(path)
    monkeypatch.setattr(schema, "STEPS", steps)
    with open_record(path) as record:
        assert record.add(simple())
    assert not [line for line in dump(path) if "later" in line]


def test_a_locked_record_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_record(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_record(path, wait=0.1) as record:
        with pytest.raises(StoreError, match="another program is writing"):
            record.add(simple())
        assert list(record.statements()) == []  # reading goes on
        other.execute("ROLLBACK")
        assert record.add(simple())
    other.close()


def test_a_full_disk_says_so_and_nothing_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_record(path) as record:
        record.add(simple())
        pages = sqlite3.connect(path).execute("PRAGMA page_count").fetchone()[0]
        limit(record, pages + 8)
        added = 1
        with pytest.raises(StoreError, match="disk is full") as caught:  # noqa: PT012
            for n in range(2, 200):
                record.add(simple(f"r{n}", text=f"{n} " * 2000 + "Alpha said that the bridge stands."))
                added = n
        assert "What was added before is kept" in str(caught.value)
    with open_record(path) as record:
        assert len(list(record.reports())) == added == len(list(record.statements()))
        assert record.add(simple("after", text="After: Alpha said that the bridge stands."))


def limit(record: Record, pages: int) -> None:
    @sa.event.listens_for(record._engine, "connect")
    def _(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs limits on files of POSIX")
def test_a_file_that_may_not_grow_says_so(tmp_path: Path) -> None:
    code = """
    import resource, signal, sys
    from counterclaim.errors import StoreError
    from counterclaim.store import open_record
    from tests.build import simple
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    record = open_record(sys.argv[1])
    try:
        for n in range(500):
            record.add(simple(f"r{n}", text=f"{n} " * 3000 + "Alpha said that the bridge stands."))
            print(n, flush=True)
    except StoreError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    """
    done = run(code, tmp_path / "a.db")
    assert done.returncode == 4, done.stderr
    assert "disk" in done.stderr
    with open_record(tmp_path / "a.db") as record:
        assert len(list(record.reports())) == len(done.stdout.split())


def run(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path)], cwd=root, capture_output=True, text=True, timeout=120
    )


def test_kill_loses_no_committed_report_and_the_next_run_goes_on(tmp_path: Path) -> None:
    code = """
    import sys
    from counterclaim.store import open_record
    from tests.build import simple
    record = open_record(sys.argv[1])
    for n in range(100_000):
        record.add(simple(f"r{n}", text=f"Number {n}. Alpha said that the bridge stands."))
        print(n, flush=True)
    """
    path = tmp_path / "a.db"
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(path)], cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    committed = len([line for line in said if line.endswith("\n")])
    with open_record(path) as record:
        kept = {head.id for head, _ in record.reports()}
        assert kept >= {f"r{n}" for n in range(committed)}
        assert len(list(record.statements())) == len(kept) == len(list(record.search("bridge")))
        assert not record.add(simple("r0", text="Number 0. Alpha said that the bridge stands."))
        assert record.add(simple("next", text="Next: Alpha said that the bridge stands."))


def test_two_adders_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    added: list[bool] = []
    failed: list[Exception] = []

    def work() -> None:
        try:
            with open_record(path) as record:
                for n in range(15):
                    added.append(record.add(simple(f"r{n}", text=f"{n}. Alpha said that the bridge stands.")))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sum(added) == 15
    with open_record(path) as record:
        assert len(list(record.statements())) == 15


def test_adding_does_not_slow_down(tmp_path: Path) -> None:
    """Work, not time: the statements of SQLite that adding one report takes do not grow with the record."""
    steps: list[int] = []
    with open_record(tmp_path / "a.db") as record:
        counted = [0]

        @sa.event.listens_for(record._engine, "connect")
        def _(connection: sqlite3.Connection, _: object) -> None:
            connection.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 10)

        for n in range(150):
            counted[0] = 0
            record.add(msgspec.structs.replace(rich_of(n), version="0.1.0"))
            steps.append(counted[0])
    assert sum(steps[-20:]) <= 1.5 * sum(steps[10:30])


def rich_of(n: int) -> object:
    build = rich()
    reading = build.reading()
    return msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, id=f"{n:016x}"))


@pytest.mark.parametrize("where", [":memory:", "a.db"])
def test_questions_may_be_asked_one_inside_the_other(tmp_path: Path, where: str) -> None:
    with open_record(where if where == ":memory:" else tmp_path / where) as record:
        record.add(rich().reading())
        record.add(simple("r2"))
        seen = []
        for telling in record.statements():
            record.add(simple(f"more {telling.ref}", text=f"{telling.ref}. Alpha said that the bridge stands."))
            seen.append((telling.ref, record.short(telling.report.id)))
        assert seen[:3] == [("r1/s1", "r1"), ("r1/s2", "r1"), ("r2/s1", "r2")]


def test_rows_stream(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        for n in range(30):
            record.add(simple(f"r{n}", text=f"{n}. Alpha said that the bridge stands."))
        rows = record.statements()
        next(rows)
        rows.close()
        assert record.add(simple("more", text="More: Alpha said that the bridge stands."))


def test_a_new_record_waits_for_whoever_is_laying_it_out(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another program"):
            open_record(path, wait=0.1)
        timer = threading.Timer(0.3, other.execute, ["ROLLBACK"])
        timer.start()
        with open_record(path, wait=10) as record:
            assert record.conflicts() == {}
        timer.join()


def test_verdicts_are_the_newest_on_each_row(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add(simple())
        rows = [
            {"report": "r1", "row": "s1", "verdict": verdict, "by": "ann", "at": f"2022-03-0{n}"}
            for n, verdict in enumerate(("yes", "no"), 1)
        ]
        with record._writing() as connection:
            connection.execute(schema.judgement.insert(), rows)
        assert record.verdicts() == {("r1", "s1"): "no"}


def test_texts_and_mentions_stream_in_the_order_of_reports(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        for name, published in (("b", 4), ("a", 3)):
            found = Build("The town of Izium holds.", id=name, published=published)
            record.add(found.names("Izium", Place(name="Izyum")).reading())
        assert [(head.id, text) for head, text in record.texts()] == [
            ("a", "The town of Izium holds."),
            ("b", "The town of Izium holds."),
        ]
        assert [(head.id, m.place.name, words) for head, m, words in record.mentions()] == [
            ("a", "Izyum", "Izium"),
            ("b", "Izyum", "Izium"),
        ]
