"""Files in the shape of UCDP GED and of ACLED: their columns, their codes, and the way back to the words."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from counterclaim.exports import codes
from counterclaim.store import Filter
from counterclaim.types import Place, Reading
from tests.build import Build, day, on
from tests.exports.records import IZYUM, KHARKIV, UKRAINE, judge, record_of, records, strike, written

GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
).split()
ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()


def rows_of(*readings: Reading, form: str, folder: Path, **wish: Any) -> list[dict[str, str]]:
    with record_of(*readings) as record:
        done = written(record, form, folder, **wish)
    found = list(csv.DictReader(done.files[0].open(encoding="utf-8", newline="")))
    assert len(found) == done.rows
    return found


def evidence(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "out.evidence.csv").open(encoding="utf-8", newline="")))


@pytest.mark.parametrize(("form", "columns"), [("ged", GED), ("acled", ACLED)])
def test_the_columns_are_those_of_the_original_in_its_order(form: str, columns: list[str], tmp_path: Path) -> None:
    assert len(GED) == 49
    assert len(ACLED) == 31
    assert codes.columns(form) == columns
    rows_of(strike().reading(), form=form, folder=tmp_path)
    assert (tmp_path / f"out.{form}").read_text("utf-8").splitlines()[0].split(",") == columns


def test_a_fatal_event_as_ucdp_writes_it(tmp_path: Path) -> None:
    (row,) = rows_of(strike().reading(), form="ged", folder=tmp_path)
    asked = {
        "year": "2022", "type_of_violence": "1", "dyad_name": "Government of Russia - Government of Ukraine",
        "gwnoa": "365", "gwnob": "369", "country_id": "369", "region": "Europe", "where_prec": "1", "date_prec": "1",
        "date_start": "2022-03-02 00:00:00.000", "date_end": "2022-03-02 00:00:00.000", "event_clarity": "1",
        "adm_1": "Kharkiv Oblast", "geom_wkt": "POINT (36.25 49.98)", "relid": "UKR-2022-1-r1/e1",
        "best": "21", "low": "21", "high": "25", "deaths_unknown": "21", "deaths_civilians": "0",
        "source_original": "Governor", "source_office": "Daily Test", "source_date": "2022-03-03",
        "conflict_dset_id": "", "active_year": "",
    }  # fmt: skip
    assert {name: row[name] for name in asked} == asked
    assert row["code_status"].startswith("Check: not reviewed")


def test_an_event_as_acled_writes_it(tmp_path: Path) -> None:
    (row,) = rows_of(strike().reading(), form="acled", folder=tmp_path)
    asked = {
        "event_date": "2022-03-02", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Military Forces of Russia", "inter1": "8", "iso": "804", "region": "Europe", "geo_precision": "1",
        "location": "Kharkiv", "fatalities": "21", "timestamp": "1646265600", "tags": "not reviewed; deaths=21-25",
    }  # fmt: skip
    assert {name: row[name] for name in asked} == asked
    assert row["event_id_cnty"].startswith("UKR")
    assert row["notes"].endswith("Deaths by Daily Test: 21. Deaths by Governor: 25 or more.")


def test_evidence_says_what_was_taken_and_where_it_stands(tmp_path: Path) -> None:
    built = strike()
    (row,) = rows_of(built.reading(), form="ged", folder=tmp_path)
    lines = evidence(tmp_path)
    assert {line["row"] for line in lines} == {row["id"]}
    assert [(line["what"], line["taken_for"], line["claimant"]) for line in lines] == [
        ("reported event", "", "Daily Test"),
        ("claimed event", "", "Daily Test"),
        ("figure", "best low", "Daily Test"),
        ("figure", "high", "Governor"),
    ]
    text = built.report.text
    assert all(text[int(line["start"]) : int(line["end"])] == line["quote"] for line in lines)


def test_the_rules_stand_beside_the_file(tmp_path: Path) -> None:
    rows_of(strike().reading(), form="ged", folder=tmp_path)
    rules = (tmp_path / "out.rules.md").read_text("utf-8")
    assert "Rows: 1." in rules
    assert "all rows, reviewed or not" in rules
    assert "Nothing is added across claimants" in rules
    assert all(f"| `{column}` |" in rules for column in GED)
    assert "{" not in rules


def test_one_event_of_two_reports_is_one_row(tmp_path: Path) -> None:
    text = "Kharkiv was shelled on Wednesday and 21 people died, officials said."
    other = Build(text, id="r2", published=3, outlet="Other").event("shelling", text, KHARKIV, when=on(2))
    other.figure("21", 21, 21, counted="people", event="e1", sentence=other.at(text))
    (row,) = rows_of(strike().reading(), other.reading(), form="ged", folder=tmp_path)
    assert row["number_of_sources"] == "2"
    assert row["best"] == "21"


def test_near_copies_are_one_source(tmp_path: Path) -> None:
    one, two = strike().reading(), strike(id="r2", outlet="Other").reading()
    (row,) = rows_of(one, two, form="ged", folder=tmp_path)
    assert row["number_of_sources"] == "1"
    assert row["source_office"] == "Daily Test; Other"


def test_reports_of_one_event_weeks_apart_are_still_one_row(tmp_path: Path) -> None:
    (row,) = rows_of(strike().reading(), strike(id="r2", published=30).reading(), form="ged", folder=tmp_path)
    assert row["source_date"] == "2022-03-03; 2022-03-30"


@pytest.mark.parametrize("status", ["denied", "planned"])
def test_what_did_not_happen_is_no_row(status: str, tmp_path: Path) -> None:
    text = "Rockets hit Kharkiv and killed 21 people."
    made = Build(text).event("shelling", text, KHARKIV, when=on(2), status=status)
    made.figure("21", 21, 21, counted="people", event="e1", sentence=made.at(text))
    assert rows_of(made.reading(), form="ged", folder=tmp_path) == []
    assert rows_of(made.reading(), form="acled", folder=tmp_path) == []


def test_a_war_that_is_only_counted_is_no_event(tmp_path: Path) -> None:
    text = "Russia has lost 498 soldiers in Kharkiv since the invasion began."
    made = Build(text).event("casualties_reported", text, KHARKIV, when=on(2))
    made.figure("498", 498, 498, counted="soldiers", event="e1", sentence=made.at(text))
    assert rows_of(made.reading(), form="ged", folder=tmp_path) == []
    assert "not what was done" in (tmp_path / "out.rules.md").read_text("utf-8")


def test_a_country_is_a_place_for_ucdp_and_none_for_acled(tmp_path: Path) -> None:
    text = "Shelling killed 5 people in Ukraine."
    made = Build(text).event("shelling", text, UKRAINE, when=on(2))
    made.figure("5", 5, 5, counted="people", event="e1", sentence=made.at(text))
    (row,) = rows_of(made.reading(), form="ged", folder=tmp_path)
    assert row["where_prec"] == "6"
    assert rows_of(made.reading(), form="acled", folder=tmp_path) == []


def test_a_day_that_nobody_tells_is_never_exact(tmp_path: Path) -> None:
    text = "Shelling killed 5 people in Izium."
    made = Build(text).event("shelling", text, IZYUM)
    made.figure("5", 5, 5, counted="people", event="e1", sentence=made.at(text))
    (row,) = rows_of(made.reading(), form="ged", folder=tmp_path)
    assert (row["date_prec"], row["date_start"][:10], row["date_end"][:10]) == ("2", "2022-03-02", "2022-03-03")
    assert "dated by publication" in row["code_status"]


def test_civilians_attacked_as_such_are_one_sided_violence(tmp_path: Path) -> None:
    text = "Soldiers shot 5 civilians in Izium."
    made = Build(text).event("attack_on_civilians", text, IZYUM, actors=["Russia"], when=on(2))
    made.figure("5", 5, 5, counted="civilians", event="e1", sentence=made.at(text))
    (row,) = rows_of(made.reading(), form="ged", folder=tmp_path)
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Government of Russia", "Civilians")
    assert (row["deaths_civilians"], row["gwnob"]) == ("5", "")
    (row,) = rows_of(made.reading(), form="acled", folder=tmp_path)
    assert (row["actor2"], row["interaction"]) == ("Civilians (Ukraine)", "78")
    assert row["civilian_targeting"] == "Civilian targeting"


def test_a_governments_army_under_its_own_name_is_that_government(tmp_path: Path) -> None:
    text = "The SAF and the RSF fought in Nyala, and 9 people died."
    nyala = Place(name="Nyala", country="Sudan", admin1="South Darfur", lat=12.05, lon=24.88, geonames_id=368277)
    made = Build(text).event("clash", text, nyala, actors=["RSF", "SAF"], when=on(2))
    made.figure("9", 9, 9, counted="people", event="e1", sentence=made.at(text))
    (row,) = rows_of(made.reading(conflict="sudan-2023"), form="ged", folder=tmp_path)
    assert (row["side_a"], row["gwnoa"], row["side_b"], row["gwnob"]) == ("Government of Sudan", "625", "RSF", "")
    (row,) = rows_of(made.reading(conflict="sudan-2023"), form="acled", folder=tmp_path)
    assert (row["actor1"], row["actor2"], row["interaction"]) == ("RSF", "Military Forces of Sudan", "12")


@pytest.mark.parametrize(
    ("attacker", "sub_type"),
    [("Russia", "Non-state actor overtakes territory"), ("Ukraine", "Government regains territory")],
)
def test_who_takes_land_decides_its_sub_event(attacker: str, sub_type: str, tmp_path: Path) -> None:
    text = "Troops took Izium."
    made = Build(text).event("capture", text, IZYUM, actors=[attacker], when=on(2))
    (row,) = rows_of(made.reading(), form="acled", folder=tmp_path)
    assert row["sub_event_type"] == sub_type


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("explosion", "A suicide bomber killed nobody in Izium.", ("Explosions/Remote violence", "Suicide bomb", "")),
        ("protest", "Rioters threw stones in Izium.", ("Riots", "Violent demonstration", "Rioters (Ukraine)")),
    ],
)
def test_the_words_of_the_sentence_make_its_sub_event_narrower(
    kind: str, text: str, expected: tuple[str, str, str], tmp_path: Path
) -> None:
    made = Build(text).event(kind, text, IZYUM, actors=["Russia"], when=on(2))
    (row,) = rows_of(made.reading(), form="acled", folder=tmp_path)
    assert (row["event_type"], row["sub_event_type"]) == expected[:2]
    assert row["actor1"].startswith(expected[2])


def test_reviewed_rows_only_and_rows_judged_wrong(tmp_path: Path) -> None:
    with record_of(strike().reading()) as record:
        assert written(record, "ged", tmp_path, reviewed=True).rows == 0
        judge(record, "r1", "e1", "yes")
        assert written(record, "ged", tmp_path, reviewed=True).rows == 1
        assert "reviewed rows only" in (tmp_path / "out.rules.md").read_text("utf-8")
        assert "not reviewed" not in (tmp_path / "out.ged").read_text("utf-8")
        judge(record, "r1", "e1", "no")
        assert written(record, "ged", tmp_path).rows == 0
        assert "judged wrong by a person" in (tmp_path / "out.rules.md").read_text("utf-8")
        judge(record, "r1", "e1", "undo")
        judge(record, "r1", "f1", "no")
        written(record, "ged", tmp_path)
        assert [line["number"] for line in evidence(tmp_path) if line["what"] == "figure"] == ["at least 25"]


def test_what_a_person_says_of_a_join_shows_in_the_file_until_it_is_undone(tmp_path: Path) -> None:
    with record_of(strike().reading(), strike("r2", published=4, outlet="Other Test").reading()) as record:
        assert written(record, "ged", tmp_path).rows == 1
        record.judge_pair("r1/e1", "r2/e1", "no", "ann")
        assert written(record, "ged", tmp_path).rows == 2
        record.judge_pair("r1/e1", "r2/e1", "undo", "ann")
        assert written(record, "ged", tmp_path).rows == 1


def test_filters_choose_events(tmp_path: Path) -> None:
    reading = strike().reading()
    assert rows_of(reading, form="ged", folder=tmp_path, filter=Filter(first=day(3))) == []
    assert rows_of(reading, form="ged", folder=tmp_path, filter=Filter(place="Izyum")) == []
    assert len(rows_of(reading, form="ged", folder=tmp_path, filter=Filter(place="Kharkiv Oblast"))) == 1
    assert rows_of(reading, form="ged", folder=tmp_path, kinds=frozenset({"clash"})) == []
    assert rows_of(reading, form="ged", folder=tmp_path, filter=Filter(limit=0)) == []


def test_numbers_of_rows_stay_the_same_and_fit_a_double() -> None:
    assert codes.number("r1", "e1") == codes.number("r1", "e1") != codes.number("r1", "e2")
    assert all(int(float(codes.number("r", str(n)))) == codes.number("r", str(n)) for n in range(100))


def test_grid_cells_are_those_of_prio_grid() -> None:
    assert codes.grid_cell(34.531094, 69.162796) == 179779  # Kabul, as GED has it
    assert codes.grid_cell(-90, -180) == 1
    assert codes.grid_cell(90, 180) == 259200
    assert codes.grid_cell(None, 3.0) is None


def test_countries_have_their_numbers() -> None:
    known = {
        "Ukraine": (804, 369),
        "Yemen": (887, 678),
        "Vietnam": (704, 816),
        "Sudan": (729, 625),
        "Syria": (760, 652),
    }
    assert {name: (codes.iso(name), codes.gleditsch_ward(name)) for name in known} == known
    assert codes.gleditsch_ward("Palestine") is None
    assert codes.acled_region("Syria") == codes.ucdp_region("Syria") == "Middle East"


def test_duckdb_reads_both(tmp_path: Path) -> None:
    for form, number in (("ged", "best"), ("acled", "fatalities")):
        rows_of(strike().reading(), form=form, folder=tmp_path)
        found = duckdb.sql(f"select {number}, latitude, year from read_csv('{tmp_path}/out.{form}')").fetchall()
        assert found == [(21, 49.98, 2022)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(records())
def test_every_row_leads_back_to_the_reports_words(tmp_path: Path, made: list[Reading]) -> None:
    texts = {r.report.id: r.report.text for r in made}
    for form in ("ged", "acled"):
        rows = rows_of(*made, form=form, folder=tmp_path)
        lines = evidence(tmp_path)
        assert {line["row"] for line in lines} == {row["id" if form == "ged" else "event_id_cnty"] for row in rows}
        for line in lines:
            words = texts[line["report"]][int(line["start"]) : int(line["end"])]
            assert line["quote"].removeprefix("'") == _clean(words).removeprefix("'")
        for row in rows:
            assert all(cell[:1] not in ("=", "+", "@", "\t") for cell in row.values())
            if form == "ged":
                best = sum(int(row[f"deaths_{group}"]) for group in ("a", "b", "civilians", "unknown"))
                assert int(row["low"]) <= int(row["best"]) == best <= int(row["high"])
                assert int(row["high"]) >= 1
                taken = [line for line in lines if line["row"] == row["id"] and "best" in line["taken_for"].split()]
                assert len({line["claimant"] for line in taken}) <= 1


def _clean(text: str) -> str:
    from counterclaim.exports.files import clean

    return clean(text)
