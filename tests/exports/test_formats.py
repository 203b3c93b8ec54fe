"""Tables and nodes in files that other programs read, read back by those programs."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import geojson_pydantic
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from pyld import jsonld

from counterclaim.errors import UsageError
from counterclaim.exports import FORMS, TABLES, tables
from counterclaim.exports.files import clean
from counterclaim.store import Filter
from counterclaim.types import Reading
from tests.build import Build, on
from tests.exports.records import KHARKIV, UKRAINE, judge, record_of, records, strike, written

SLOW = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"


def said() -> Build:
    text = (
        "“We hold the town,” the mayor said.\n\nMoscow denied that it had shelled homes, an aide said. =1+1 is no sum."
    )
    made = Build(text, url="https://news.example/a b?x=1", headline="=HYPERLINK(1)", outlet="Daily Test")
    made.says("We hold the town", "Mayor of Izyum", "Ukraine", directness="direct", role="mayor")
    made.says("that it had shelled homes", "Russia", "Russia", kind="state", stance="denies", via="s3")
    made.says("Moscow denied that it had shelled homes", "an aide", kind="unnamed")
    made.says("=1+1 is no sum", "Mayor of Izyum", "Ukraine")
    made.event("shelling", "Moscow denied that it had shelled homes, an aide said.", KHARKIV, when=on(2))
    made.event("talks", "=1+1 is no sum.", UKRAINE)
    made.holds("“We hold the town,” the mayor said.", "Izyum", "controlled", "Ukraine", when=on(2))
    made.figure("1+1", 2, None, counted="people", by="Mayor of Izyum", by_party="Ukraine")
    return made.names("town", KHARKIV)


def csv_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_csv_a_sheet_and_a_parquet_file_alike(name: str, tmp_path: Path) -> None:
    with record_of(said().reading(), strike(id="r2").reading()) as record:
        done = {form: written(record, form, tmp_path, name) for form in ("csv", "xlsx", "parquet")}
    rows = csv_rows(done["csv"].files[0])
    table = pq.read_table(done["parquet"].files[0])
    sheet = openpyxl.load_workbook(done["xlsx"].files[0])[name]
    heading = [cell.value for cell in sheet[1]]
    assert rows
    assert list(rows[0]) == table.column_names == heading == list(tables.columns(name))
    assert len(rows) == table.num_rows == sheet.max_row - 1 == done["csv"].rows
    for read, typed in zip(rows, table.to_pylist(), strict=True):
        assert read["id"] == typed["id"]
        assert read["quote"].removeprefix("'") == (typed["quote"] or "")


def test_a_cell_that_could_run_stands_behind_an_apostrophe(tmp_path: Path) -> None:
    with record_of(said().reading()) as record:
        written(record, "csv", tmp_path, "statements")
        written(record, "ged", tmp_path)
        text = (tmp_path / "out.csv").read_text("utf-8")
        assert csv_rows(tmp_path / "out.csv")[3]["words"] == "'=1+1 is no sum"
        assert "\n=" not in text
        assert ",=" not in text
        reports = written(record, "csv", tmp_path, "reports").files[0]
        assert csv_rows(reports)[0]["headline"] == "'=HYPERLINK(1)"


def test_a_workbook_has_text_where_a_formula_could_be(tmp_path: Path) -> None:
    with record_of(said().reading()) as record:
        done = written(record, "xlsx", tmp_path)
    book = openpyxl.load_workbook(done.files[0])
    assert book.sheetnames == ["about", *TABLES]
    assert "rows: all rows, reviewed or not" in " ".join(str(c.value) for c in book["about"]["A"])
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert any(cell.value == "=HYPERLINK(1)" for cell in cells)
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert book["events"]["C2"].hyperlink is None


def test_duckdb_asks_parquet(tmp_path: Path) -> None:
    with record_of(strike().reading()) as record:
        path = written(record, "parquet", tmp_path, "events").files[0]
    asked = "select kind, first, actors[1], lat, quote from read_parquet(?) where place = 'Kharkiv' order by start"
    found = duckdb.execute(asked, [str(path)]).fetchall()
    assert found[0][:4] == ("shelling", date(2022, 3, 2), "Russia", 49.98)
    notes = pq.read_schema(path).metadata
    assert b"all rows" in notes[b"counterclaim.rows"]


def test_points_have_longitude_first_and_countries_none(tmp_path: Path) -> None:
    with record_of(said().reading()) as record:
        path = written(record, "geojson", tmp_path).files[0]
    found = geojson_pydantic.FeatureCollection.model_validate_json(path.read_text("utf-8"))
    shelled, talks = found.features
    assert shelled.geometry is not None
    assert tuple(shelled.geometry.coordinates) == (36.25, 49.98)
    assert talks.geometry is None
    assert shelled.id == "r1/e1"
    assert json.loads(path.read_text("utf-8"))["counterclaim"]["rows"].startswith("all rows")


def nodes(path: Path) -> dict[str, dict[str, Any]]:
    """The expanded nodes of a document, by id; nothing is fetched."""

    def refuse(url: str, *_: object) -> None:
        raise AssertionError(f"the document asks for {url}")

    expanded = jsonld.expand(json.loads(path.read_text("utf-8")), {"documentLoader": refuse})
    return {node["@id"]: node for node in expanded if "@id" in node}


def test_statements_are_nodes_of_schema_org(tmp_path: Path) -> None:
    with record_of(said().reading()) as record:
        found = nodes(written(record, "jsonld", tmp_path).files[0])
    kinds = {name.removeprefix("urn:counterclaim:report:"): node["@type"][0] for name, node in found.items()}
    assert {name: kind.removeprefix(SCHEMA) for name, kind in kinds.items() if "words" not in name} == {
        "r1": "NewsArticle",
        "r1/s1": "Quotation",
        "r1/s1/claim": "Claim",
        "r1/s2": "CreativeWork",
        "r1/s3": "Claim",
        "r1/s4": "Claim",
        "r1/f1": "Claim",
    }
    article = found["urn:counterclaim:report:r1"]
    assert article[f"{SCHEMA}url"] == [{"@id": "https://news.example/a%20b?x=1"}]
    assert article[f"{SCHEMA}datePublished"] == [{"@type": f"{SCHEMA}Date", "@value": "2022-03-03"}]
    claim = found["urn:counterclaim:report:r1/s1/claim"]
    assert claim[f"{SCHEMA}appearance"] == [{"@id": "urn:counterclaim:report:r1/s1"}]
    assert claim[f"{SCHEMA}author"][0]["@type"] == [f"{SCHEMA}Person"]
    hidden = found["urn:counterclaim:report:r1/s3"][f"{SCHEMA}author"][0]
    assert hidden[f"{SCHEMA}description"] == [{"@value": "not named in the report"}]
    assert found["urn:counterclaim:report:r1/s2"]["urn:counterclaim:terms:stance"] == [{"@value": "denies"}]
    assert not any("ClaimReview" in kind for node in found.values() for kind in node["@type"])


def test_selectors_find_the_words(tmp_path: Path) -> None:
    built = said()
    with record_of(built.reading()) as record:
        path = written(record, "jsonld", tmp_path).files[0]
    annotation = nodes(path)["urn:counterclaim:report:r1/s1/claim/words"]
    assert annotation["@type"] == [f"{OA}Annotation"]
    assert annotation[f"{OA}hasBody"] == [{"@id": "urn:counterclaim:report:r1/s1/claim"}]
    (target,) = annotation[f"{OA}hasTarget"]
    assert target[f"{OA}hasSource"] == [{"@id": "https://news.example/a%20b?x=1"}]
    by_words, by_place = sorted(target[f"{OA}hasSelector"], key=lambda s: s["@type"], reverse=True)
    exact, prefix, suffix = (by_words[f"{OA}{name}"][0]["@value"] for name in ("exact", "prefix", "suffix"))
    assert (exact, prefix) == ("We hold the town", "“")
    assert prefix + exact + suffix in built.report.text
    start, end = (by_place[f"{OA}{name}"][0]["@value"] for name in ("start", "end"))
    assert built.report.text[start:end] == exact


def test_a_document_is_good_rdf(tmp_path: Path) -> None:
    with record_of(said().reading()) as record:
        path = written(record, "jsonld", tmp_path).files[0]
    quads = jsonld.normalize(
        json.loads(path.read_text("utf-8")), {"algorithm": "URDNA2015", "format": "application/n-quads"}
    )
    assert f"<{SCHEMA}NewsArticle>" in quads
    assert quads.count(f"<{OA}TextQuoteSelector>") == 5


def test_reviewed_rows_only(tmp_path: Path) -> None:
    with record_of(said().reading()) as record:
        judge(record, "r1", "s2", "yes")
        judge(record, "r1", "s1", "unsure")
        (row,) = csv_rows(written(record, "csv", tmp_path, "statements", reviewed=True).files[0])
        assert (row["id"], row["verdict"]) == ("r1/s2", "yes")
        assert written(record, "jsonld", tmp_path, reviewed=True).rows == 1
        assert written(record, "xlsx", tmp_path, reviewed=True).rows == 1
        assert [r["verdict"] for r in csv_rows(written(record, "csv", tmp_path, "statements").files[0])] == [
            "unsure", "", "yes", "",
        ]  # fmt: skip
        with pytest.raises(UsageError, match="reports are not reviewed"):
            written(record, "csv", tmp_path, "reports", reviewed=True)


def test_limits_and_kinds(tmp_path: Path) -> None:
    with record_of(strike().reading()) as record:
        assert written(record, "csv", tmp_path, "events", filter=Filter(limit=1)).rows == 1
        assert written(record, "csv", tmp_path, "events", kinds=frozenset({"shelling"})).rows == 1
        assert written(record, "csv", tmp_path, "figures", kinds=frozenset({"wounded"})).rows == 0
        assert written(record, "jsonld", tmp_path, filter=Filter(limit=1)).rows == 1


def test_a_format_says_what_it_cannot_hold(tmp_path: Path) -> None:
    with record_of(strike().reading()) as record:
        with pytest.raises(UsageError, match="geojson cannot hold statements"):
            written(record, "geojson", tmp_path, "statements")
        with pytest.raises(UsageError, match="csv holds one table"):
            written(record, "csv", tmp_path, "events", "figures")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_record_is_a_file_all_the_same(form: str, tmp_path: Path) -> None:
    with record_of() as record:
        done = written(record, form, tmp_path)
    assert done.rows == 0
    assert all(path.stat().st_size for path in done.files)


@SLOW
@given(records())
def test_every_row_of_every_table_leads_back_to_the_reports_words(tmp_path: Path, made: list[Reading]) -> None:
    texts = {r.report.id: r.report.text for r in made}
    with record_of(*made) as record:
        for name, table in TABLES.items():
            path = written(record, "parquet", tmp_path, name).files[0]
            for row in pq.read_table(path).to_pylist():
                if name != "reports":
                    assert row["quote"] == texts[row["report"]][row["start"] : row["end"]] != ""
            plain = written(record, "csv", tmp_path, name).files[0]
            for cells in csv_rows(plain):
                assert not any(v.lstrip(" ")[:1] in tuple("=+@\t＝＋－＠") for v in cells.values() if v)
                if name != "reports":
                    words = clean(texts[cells["report"]][int(cells["start"]) : int(cells["end"])])
                    assert cells["quote"] in (words, f"'{words}")
            assert table.row


@SLOW
@given(records())
def test_every_node_leads_back_to_the_reports_words(tmp_path: Path, made: list[Reading]) -> None:
    texts = {r.report.id: r.report.text for r in made}
    with record_of(*made) as record:
        path = written(record, "jsonld", tmp_path).files[0]
        points = written(record, "geojson", tmp_path).files[0]
    graph = json.loads(path.read_text("utf-8"))["@graph"]
    bodies = {node["id"] for node in graph if node["type"] in ("Claim", "Quotation", "CreativeWork")}
    for node in graph:
        if node["type"] != "Annotation":
            continue
        assert node["body"] in bodies
        text = texts[node["body"].split("/")[0].rpartition(":")[2]]
        for target in node["target"]:
            by_words, by_place = target["selector"]
            assert text[by_place["start"] : by_place["end"]] == by_words["exact"] != ""
    geojson_pydantic.FeatureCollection.model_validate_json(points.read_text("utf-8"))
