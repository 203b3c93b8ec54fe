"""The map: nothing drawn that nobody said, everything in the file, every word of a report escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.cli import run
from counterclaim.errors import NothingFound, UsageError
from counterclaim.exports import map as maps
from counterclaim.exports.map import labels, scene, shapes, svg, wording
from counterclaim.exports.map.globe import Globe
from counterclaim.exports.map.outlines import outlines
from counterclaim.store import Record, open_record
from counterclaim.types import Place
from counterclaim.views.map import MapView, map_of
from tests.build import Build, day, on

R, U = "Russia", "Ukraine"
EVIL = "</text><script>alert(1)</script>\"'&"
PLACES = {
    "Kyiv": (50.45, 30.52), "Bucha": (50.54, 30.21), "Kherson": (46.64, 32.62), "Mariupol": (47.1, 37.55),
    "Kharkiv": (49.98, 36.25), "Sumy": (50.92, 34.8),
}  # fmt: skip


def town(name: str, **fields: Any) -> Place:
    lat, lon = PLACES[name]
    return Place(name=name, country=U, lat=lat, lon=lon, **fields)


def build() -> Build:
    text = f"It was so that day. {EVIL} all fell."
    made = Build(text, id="one", outlet=f"Daily {EVIL}", url="javascript:alert(1)")
    made.holds("It was so", "Kyiv", "controlled", U).holds("It was so", "Kherson", "captured", R)
    made.holds("It was so", "Mariupol", "besieged", U, R).holds("It was so", "Kharkiv", "contested", U, R)
    made.holds(EVIL, "Sumy", "captured", R, claimed_by=R, party=R)
    made.holds("It was so", "Luhansk Oblast", "controlled", R).holds("It was so", "Nowhere", "controlled", U)
    made.holds("It was so", "Bucha", "captured", R, when=on(1))
    made.holdings = [
        type(h)(**{**{f: getattr(h, f) for f in h.__struct_fields__}, "place": _placed(h.place)}) for h in made.holdings
    ]
    return made


def _placed(place: Place) -> Place:
    if place.name in PLACES:
        return town(place.name)
    if place.name == "Luhansk Oblast":
        return Place(name=place.name, kind="province", country=U, lat=48.9, lon=39.0, precision=4)
    return place


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    with open_record(":memory:") as opened:
        opened.add(build().reading(day=8))
        yield opened


@pytest.fixture(scope="module")
def view(record: Record) -> MapView:
    return map_of(record, day=8)


@pytest.fixture(scope="module")
def sheet(view: MapView) -> scene.Scene:
    return scene.scene(view, 960)


def test_the_view_holds_every_place_and_the_parties_in_order(view: MapView) -> None:
    standing = {row.place: row.standing for row in view.places}
    assert standing == {
        "Kyiv": "held", "Kherson": "held", "Mariupol": "besieged", "Kharkiv": "contested", "Sumy": "claimed",
        "Luhansk Oblast": "held", "Nowhere": "held", "Bucha": "held",
    }  # fmt: skip
    assert view.parties[:2] == (U, R)
    assert view.day == 8
    assert {line.title for line in view.lines} >= {"Crimea, annexed by Russia"}


def test_a_day_of_which_nobody_speaks(record: Record) -> None:
    with pytest.raises(NothingFound, match="nobody says who held what"):
        map_of(record, on=day(3).replace(year=2020))
    assert [row.place for row in map_of(record, on=day(1)).places] == ["Bucha"]


def test_a_claim_alone_is_not_shaded_and_a_region_is_no_town(sheet: scene.Scene) -> None:
    by_name = {m.row.place: m for m in sheet.marks}
    assert not by_name["Sumy"].shade
    assert by_name["Sumy"].strength == 0
    assert by_name["Kyiv"].shade
    assert by_name["Luhansk Oblast"].vague
    assert not by_name["Luhansk Oblast"].shade
    assert by_name["Luhansk Oblast"].outline
    assert by_name["Luhansk Oblast"].strength < by_name["Kyiv"].strength
    assert [row.place for row in sheet.off] == ["Nowhere"]


def test_shading_stays_near_its_town_and_apart_from_the_next(sheet: scene.Scene) -> None:
    most = scene.look().reach.km[0] * sheet.km + 0.1
    towns = [m for m in sheet.marks if m.shade]
    for mark in towns:
        for point in (p for ring in mark.shade for p in ring):
            own = math.dist(point, mark.at)
            assert own <= most
            assert all(own <= math.dist(point, other.at) + 0.1 for other in towns)


def test_everything_is_on_the_sheet(sheet: scene.Scene) -> None:
    for mark in sheet.marks:
        assert 0 < mark.at[0] < sheet.width
        assert 0 < mark.at[1] < sheet.height
    assert sheet.borders
    assert sheet.coasts
    assert sheet.provinces
    assert any(home for home, _ in sheet.land)
    crimea = next(areas for line, areas, _ in sheet.lines if line.title.startswith("Crimea"))
    assert crimea


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_holds_everything_and_runs_nothing(view: MapView) -> None:
    page = maps.draw(view, "html")
    parser = _Tags()
    parser.feed(page)
    names = {tag for tag, _ in parser.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "use", "image"}
    for _, attributes in parser.tags:
        assert not any(name.startswith("on") or name in ("src", "style", "href") for name in attributes)
    policy = next(a["content"] for t, a in parser.tags if a.get("http-equiv") == "Content-Security-Policy")
    style = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert len(style) == 1
    assert "url(http" not in page
    assert "DAY 8" in page
    assert "&lt;script&gt;" in page
    assert wording.CLAIM in page


def test_a_link_leads_to_the_web_only(record: Record) -> None:
    with open_record(":memory:") as other:
        made = Build("It was so.", id="two", url='https://example.org/?a=1&b="x"').holds(
            "It was so", "Alpha", "controlled", U
        )
        other.add(made.reading())
        page = maps.draw(map_of(other, on=day(3)), "html")
    assert 'href="https://example.org/?a=1&amp;b=&quot;x&quot;"' in page


def test_the_picture_is_well_formed_and_names_what_it_shows(view: MapView) -> None:
    root = ET.fromstring(maps.draw(view, "svg"))
    words = " ".join(t for t in root.itertext())
    for expected in ("Kherson", "DAY 8", "Thursday 3 March 2022", "besieged", "Crimea, annexed by Russia (since 2014)"):
        assert expected in words
    ids = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r"url\(#([\w-]+)\)", maps.draw(view, "svg")))
    assert used <= set(ids)


def test_marks_differ_by_shape() -> None:
    drawn = {name: re.sub(r"[fs]\d", "", svg.symbol(name, (0, 0), 6, (1, 1))) for name in wording.STANDING}
    assert len(set(drawn.values())) == len(drawn)


def test_the_data_are_good_geojson(view: MapView) -> None:
    found = json.loads(maps.draw(view, "geojson"))
    pydantic = pytest.importorskip("geojson_pydantic")
    pydantic.FeatureCollection.model_validate(found)
    roles = {f["properties"]["role"] for f in found["features"]}
    assert roles == {"place", "reach", "line from before the war"}
    places = {f["properties"]["place"]: f for f in found["features"] if f["properties"]["role"] == "place"}
    assert places["Nowhere"]["geometry"] is None
    assert places["Kyiv"]["geometry"]["coordinates"] == [30.52, 50.45]
    assert all(f["properties"]["words"] for f in places.values())
    reach = {f["properties"]["place"]: f for f in found["features"] if f["properties"]["role"] == "reach"}
    assert "Sumy" not in reach
    for feature in reach.values():
        lon, lat = zip(*feature["geometry"]["coordinates"][0], strict=True)
        at = places[feature["properties"]["place"]]["geometry"]["coordinates"]
        assert min(lon) < at[0] < max(lon)
        assert min(lat) < at[1] < max(lat)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no map"):
        maps.format_of("map.png")
    assert [maps.format_of(f"a/{name}") for name in ("x.HTML", "x.svg", "x.geojson")] == ["html", "svg", "geojson"]


def test_the_command_writes_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, out = str(tmp_path / "a.db"), tmp_path / "map.svg"
    with open_record(db) as record:
        record.add(build().reading(day=8))
    assert run(["map", "--db", db, "--day", "8", "-o", str(out)]) == 0
    assert "8 places from 1 report" in capsys.readouterr().err
    assert ET.fromstring(out.read_text("utf-8")).tag.endswith("svg")
    assert run(["map", "--db", db, "-o", str(tmp_path / "map.pdf")]) == 2
    assert run(["map", "--db", db, "-o", str(tmp_path / "no" / "map.svg")]) == 2


@given(st.floats(-170, 170), st.floats(-70, 70), st.floats(-9, 9), st.floats(-9, 9))
def test_the_sheet_and_the_globe_agree(lon: float, lat: float, east: float, north: float) -> None:
    globe = Globe(lon, lat)
    x, y = globe.flat(lon + east, lat + north)
    back = globe.round(x, y)
    assert back == pytest.approx((lon + east, lat + north), abs=1e-6)
    assert globe.flat(lon, lat) == pytest.approx((0, 0), abs=1e-6)
    if abs(north) > 0.01:
        assert (y < 0) == (north > 0) or abs(east) > 1
    near = math.hypot(*globe.flat(lon, lat + 0.1))
    assert near == pytest.approx(11.12, rel=0.01)


POINT = st.tuples(st.floats(0, 100), st.floats(0, 100))


@given(POINT, st.lists(POINT, max_size=6))
def test_a_cell_holds_what_is_nearest(centre: shapes.Point, others: list[shapes.Point]) -> None:
    for point in shapes.cell(centre, 10, others):
        assert math.dist(point, centre) <= 10.001
        assert all(math.dist(point, centre) <= math.dist(point, other) + 1e-6 for other in others)


@given(st.lists(st.tuples(POINT, st.sampled_from(["A", "Longer Name", "W"])), max_size=12))
def test_names_cover_neither_each_other_nor_marks(wanted: list[tuple[shapes.Point, str]]) -> None:
    wishes = [labels.Wish(at, 5, words, 10) for at, words in wanted]
    placed = labels.place(wishes, (0, 0, 100, 100))
    boxes = []
    for wish, label in zip(wishes, placed, strict=True):
        if label is None:
            continue
        wide = labels.width(label.words, 10)
        left = label.x - {"start": 0, "end": wide, "middle": wide / 2}[label.anchor]
        boxes.append((left, label.y - 8, left + wide, label.y + 1))
        assert left >= 0
        assert left + wide <= 100
        assert not any(
            shapes.meet(boxes[-1], (o.at[0] - 4, o.at[1] - 4, o.at[0] + 4, o.at[1] + 4))
            for o in wishes
            if o is not wish
        )
    assert not any(shapes.meet(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


@given(st.lists(POINT, max_size=8))
def test_marks_move_apart_but_not_far(points: list[shapes.Point]) -> None:
    moved = scene.spread(points, 3)
    assert len(moved) == len(points)
    assert all(math.dist(a, b) <= 8 * 6 for a, b in zip(points, moved, strict=True))


def test_crimea_is_drawn_as_its_own_province_of_ukraine_and_borders_are_kept_once() -> None:
    land = outlines()
    crimea = land.unit("UA-43")
    assert crimea is not None
    assert crimea.country == "UA"
    for arc in crimea.arcs:
        assert len(land.sides[arc]) <= 2
    kyiv = land.at(30.52, 50.45)
    assert kyiv is not None
    assert kyiv.code == "UA-30"
    assert land.at(0, -40) is None
