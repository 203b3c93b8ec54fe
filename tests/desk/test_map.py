"""The map that moves: its data are the maps of the days, its land closes, and in a browser Kherson changes hands."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from counterclaim.desk import moving
from counterclaim.exports.map import ground, shapes
from counterclaim.store import Record, open_record
from counterclaim.types import Place
from counterclaim.views import map as map_view
from tests.build import Build, day, on
from tests.desk.conftest import first, needs_browser, troubles

KHERSON = Place(name="Kherson", kind="town", country="Ukraine", lat=46.6354, lon=32.6169)
MYKOLAIV = Place(name="Mykolaiv", kind="town", country="Ukraine", lat=46.9659, lon=31.9974)
REGION = Place(name="Kherson region", kind="province", country="Ukraine", lat=46.5, lon=33.5, precision=4)
STATIC = resources.files("counterclaim.desk").joinpath("static")


def told(
    build: Build, n: int, sentence: str, place: Place, state: str, holder: str | None, by: str | None = None
) -> None:
    build.holds(sentence, place.name, state, holder, by, when=on(n))
    build.holdings[-1] = msgspec.structs.replace(build.holdings[-1], place=place)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "record.db"
    days: dict[int, list[tuple[str, Place, str, str | None, str | None]]] = {
        1: [("The flag over Kherson is Ukraine's.", KHERSON, "controlled", "Ukraine", None)],
        2: [("There is fighting in Kherson.", KHERSON, "contested", "Ukraine", "Russia"),
            ("Guns stand around Mykolaiv.", MYKOLAIV, "besieged", "Ukraine", "Russia")],
        4: [("Kherson is in Russian hands now.", KHERSON, "captured", "Russia", None),
            ("Most of Kherson region is in Russian hands.", REGION, "controlled", "Russia", None)],
        6: [("Nothing is new in Mykolaiv, guns stand around it.", MYKOLAIV, "besieged", "Ukraine", "Russia")],
    }  # fmt: skip
    with open_record(path) as record:
        for n, rows in days.items():
            build = Build("\n\n".join(row[0] for row in rows), id=f"day{n}", published=n)
            for sentence, place, state, holder, by in rows:
                told(build, n, sentence, place, state, holder, by)
            build.event("shelling", rows[0][0], rows[0][1], when=on(n))
            record.add(build.reading())
    return path


@pytest.fixture
def record(db: Path) -> Iterator[Record]:
    with open_record(db) as opened:
        yield opened


def standing(data: dict[str, Any], town: list[Any], at: int) -> tuple[str, str | None, str | None] | None:
    """How a town stands on a day by the packed data."""
    spells = [town[7][n : n + 4] for n in range(0, len(town[7]), 4)]
    now = [spell for spell in spells if spell[0] <= at]
    if not now:
        return None
    _, number, holder, by = now[-1]
    return moving.STANDINGS[number], data["names"][holder] or None, data["names"][by] or None


def test_the_packed_days_are_the_maps_of_the_days(client: TestClient, record: Record) -> None:
    data = client.get("/map/spells.json").json()
    begin = date.fromisoformat(data["first"])
    assert begin == day(1) - timedelta(days=1)
    seen = set()
    for n in range((date.fromisoformat(data["last"]) - begin).days + 1):
        now = begin + timedelta(days=n)
        packed = {town[0]: made for town in data["towns"] if (made := standing(data, town, n))}
        if now < day(1):
            assert packed == {}
            continue
        shown = map_view.map_of(record, None, None, now).places
        assert packed == {row.place: (row.standing, row.holder, row.by) for row in shown}, now
        seen |= set(packed.values())
        for row in shown:
            town = next(town for town in data["towns"] if town[0] == row.place)
            spoken = [run for run in zip(town[8][::2], town[8][1::2], strict=True) if run[0] <= n]
            assert max(0, n - spoken[-1][1]) == row.age
    assert {s for s, _, _ in seen} >= {"held", "besieged", "contested"}
    assert data["told"] == [[n, 1, 1, 0] for n in (1, 2, 4, 6)]


def test_land_closes_and_holds_its_towns(client: TestClient) -> None:
    data = client.get("/map/land.json").json()
    lines = [list(zip(accumulate(arc[::2]), accumulate(arc[1::2]), strict=True)) for arc in data["arcs"]]
    homes: list[list[tuple[float, float]]] = []
    for country, _, rings in data["units"]:
        for ring in rings:
            pieces = [lines[n] if n >= 0 else lines[~n][::-1] for n in ring]
            assert all(a[-1] == b[0] for a, b in pairwise([*pieces, pieces[0]])), country
            if country in data["homes"]:
                homes.append([(x / data["scale"], y / data["scale"]) for piece in pieces for x, y in piece[:-1]])
    assert data["homes"] == ["UA"]
    assert shapes.inside((35.05, 48.46), homes)  # inland: coasts are coarse
    assert not shapes.inside((36.0, 43.5), homes)
    west, south, east, north = data["frame"]
    assert west < (KHERSON.lon or 0) < east
    assert south < (KHERSON.lat or 0) < north
    assert set(data["kinds"]) == {ground.BORDER, ground.PROVINCE, ground.COAST, ground.HIDDEN}


def test_land_without_any_place_is_the_country_of_the_war() -> None:
    made = ground.ground([], ["Ukraine", "Russia"])
    assert made["homes"] == ["UA"]
    assert made["frame"][0] < 30 < made["frame"][2]
    assert ground.ground([], [])["units"]


def test_where_nobody_says_who_holds_what_days_still_move(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(Build("Talks went on.", published=3).event("talks", "Talks went on.", when=on(3)).reading())
        made = moving.spells(moving.moving(record, None))
    assert (made["towns"], made["told"]) == ([], [[1, 1, 1, 0]])
    assert made["parties"] == ("Ukraine", "Russia")


def test_what_is_kept_is_made_anew_when_the_record_grows(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(path) as record:
        kept = moving.Kept(record)
        for n, holder in ((1, "Ukraine"), (3, "Russia")):
            build = Build(f"Kherson, day {n}.", id=f"r{n}", published=n)
            told(build, n, f"Kherson, day {n}.", KHERSON, "controlled", holder)
            record.add(build.reading())
            assert json.loads(kept.get(None, moving.spells))["last"] == day(n).isoformat()
            assert kept.get(None, moving.spells) is kept.get(None, moving.spells)


def test_the_page_reads_without_scripts(client: TestClient) -> None:
    page = client.get("/map?date=2022-03-04&place=Kherson").text
    assert 'src="/map.svg?date=2022-03-04' in page
    assert re.search(r'href="/map\?[^"]*date=2022-03-03[^"]*" rel="prev"', page)
    assert "held by Russia" in page
    assert "Kherson is in Russian hands now." in page
    assert "What changed since the day before" in page


def test_the_first_page_with_the_map_is_light(client: TestClient) -> None:
    """All that a browser loads to show `/day` with its map, packed: at most 500 kB, as issue 7 asks."""
    page = client.get("/day").text
    found = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    found |= set(re.findall(r'data-(?:spells|land)="([^"]+)"', page))
    modules = [f"/static/map/{file.name}" for file in STATIC.joinpath("map").iterdir()]
    found |= {*modules, *(f"/static/vendor/maplibre/{name}.mjs" for name in ("maplibre-gl", "maplibre-gl-worker"))}
    assert len(found) >= 13
    weight = len(gzip.compress(page.encode(), 6))
    for path in found:
        with client.stream("GET", path.replace("&amp;", "&"), headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.status_code == 200, path
            weight += sum(map(len, answer.iter_raw()))
    assert weight <= 500_000


def test_the_library_is_what_its_note_says() -> None:
    note = STATIC.joinpath("vendor/maplibre/README.md").read_text("utf-8")
    sums = re.findall(r"`([\w.-]+\.mjs)` \| `([0-9a-f]{64})`", note)
    assert len(sums) == 2
    for name, sum_ in sums:
        assert hashlib.sha256(STATIC.joinpath("vendor/maplibre", name).read_bytes()).hexdigest() == sum_
    assert "BSD" in note
    assert STATIC.joinpath("vendor/maplibre/LICENSE.txt").is_file()


def test_files_are_kept_and_asked_for_again(client: TestClient) -> None:
    got = client.get("/static/desk.css", headers={"Accept-Encoding": "gzip"})
    assert got.headers["content-encoding"] == "gzip"
    again = client.get("/static/desk.css", headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/desk.css", headers={"Accept-Encoding": "identity"}).text == got.text
    assert client.get("/static/nothing.css").status_code == 404


# In a browser


def ready(browser: Any) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    shown = "[data-ready], .sheet > img"
    WebDriverWait(browser, 120).until(lambda b: b.find_elements("css selector", shown))
    if not browser.find_elements("css selector", "[data-ready]"):  # a driver in software may be gone for a while
        browser.refresh()
        WebDriverWait(browser, 120).until(lambda b: b.find_elements("css selector", shown))
    assert browser.find_elements("css selector", "[data-ready]"), browser.get_log("browser")


def until(browser: Any, script: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 60).until(lambda b: b.execute_script(f"return {script}"))


def says(browser: Any, town: str) -> str:
    """What the map shows of a town."""
    script = (
        "const {spells} = document.querySelector('.atlas').page; return spells.says(spells.byName.get(arguments[0]))"
    )
    return str(browser.execute_script(script, town))


@needs_browser
def test_kherson_changes_hands_by_keyboard_and_the_address_brings_it_back(browser: Any, base: str) -> None:
    troubles(browser)
    browser.get(f"{base}/map?date=2022-03-01")
    ready(browser)
    assert says(browser, "Kherson") == "held by Ukraine"
    slider = first(browser, "[data-part=slider]")
    slider.send_keys("\ue014")  # the right arrow
    until(browser, "document.querySelector('[data-show=number]').textContent === 'DAY 7'")
    assert says(browser, "Kherson") == "contested, held by Ukraine"
    slider.send_keys("\ue014\ue014")
    until(browser, "location.search.includes('date=2022-03-04')")
    assert says(browser, "Kherson") == "held by Russia"
    assert slider.get_attribute("aria-valuetext").startswith("Day 9, ")
    until(browser, "document.querySelector('[data-part=changes]').textContent.includes('held by Russia')")
    link = first(browser, "[data-part=list] a[data-town=Kherson]")
    link.send_keys("\n")
    until(browser, "document.querySelectorAll('.spells li').length === 3")
    assert first(browser, ".spells li[aria-current] a").text == "held by Russia"
    assert first(browser, ".spells li[aria-current] a").get_attribute("href").startswith(f"{base}/report/")
    first(browser, ".zoom button").click()
    until(browser, "location.search.includes('at=')")
    address = browser.current_url
    view = browser.execute_script("return document.querySelector('.atlas').page.map.getZoom()")
    browser.get(f"{base}/statements")
    browser.get(address)
    ready(browser)
    assert says(browser, "Kherson") == "held by Russia"
    assert first(browser, ".spells li[aria-current] a").text == "held by Russia"
    zoom = browser.execute_script("return document.querySelector('.atlas').page.map.getZoom()")
    assert zoom == pytest.approx(view, abs=0.01)
    assert troubles(browser) == []


@needs_browser
def test_a_click_on_a_town_and_on_a_bar(browser: Any, base: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    browser.get(f"{base}/map?date=2022-03-02")
    ready(browser)
    at = browser.execute_script(
        "const {map, spells} = document.querySelector('.atlas').page, one = spells.byName.get('Mykolaiv');"
        "const p = map.project([one.lon, one.lat]), box = map.getContainer().getBoundingClientRect();"
        "return [Math.round(p.x - box.width / 2), Math.round(p.y - box.height / 2)]"
    )
    ActionChains(browser).move_to_element_with_offset(first(browser, "[data-part=sheet]"), *at).click().perform()
    until(browser, "location.search.includes('place=Mykolaiv')")
    until(browser, "document.querySelector('[data-part=town] h2').textContent.includes('Mykolaiv')")
    assert "besieged by Russia" in first(browser, ".spells li[aria-current]").text
    times = first(browser, "[data-part=times]")
    ActionChains(browser).move_to_element_with_offset(times, times.size["width"] // 2 - 2, -20).click().perform()
    until(browser, "location.search.includes('date=2022-03-06')")
    first(browser, ".close").click()
    until(browser, "!location.search.includes('place=')")


@needs_browser
def test_the_brief_of_a_day_follows_its_slider(browser: Any, base: str) -> None:
    browser.get(f"{base}/day?date=2022-03-02")
    ready(browser)
    first(browser, "body").send_keys("]")
    until(browser, "location.search.includes('date=2022-03-03')")
    first(browser, "[data-part=slider]").send_keys("\ue014")
    until(browser, "document.querySelector('[data-part=brief]').textContent.includes('Kherson region')")
    assert first(browser, "[data-part=strip] a[aria-current]").text.startswith("9")


@needs_browser
def test_play_goes_on_day_by_day_and_stops_at_the_last(browser: Any, base: str) -> None:
    browser.get(f"{base}/map?date=2022-03-03")
    ready(browser)
    button = first(browser, "[data-part=play]")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    until(browser, "location.search.includes('date=2022-03-06')")
    until(browser, "document.querySelector('[data-part=play]').getAttribute('aria-pressed') === 'false'")


#: What breaks the drawing, before a page's own scripts run; and waiting is short.
_BREAKS = {
    "no WebGL": "HTMLCanvasElement.prototype.getContext = () => null;",
    "no worker": "window.Worker = class extends EventTarget { postMessage() {} terminate() {} };",
}


@needs_browser
@pytest.mark.parametrize("broken", _BREAKS)
def test_where_the_map_cannot_be_drawn_the_picture_follows_the_slider(browser: Any, base: str, broken: str) -> None:
    quick = "const every = setInterval; window.setInterval = (act, ms) => every(act, ms / 50);"
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _BREAKS[broken] + quick})
    try:
        browser.get(f"{base}/map?date=2022-03-01")
        until(browser, "document.querySelector('.sheet > img')?.naturalWidth > 0")
        assert not browser.find_elements("css selector", "[data-ready]")
        first(browser, "[data-part=slider]").send_keys("\ue014")
        until(browser, "document.querySelector('.sheet > img').src.includes('date=2022-03-02')")
        assert first(browser, "[data-show=number]").text == "DAY 7"
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
        troubles(browser)


@needs_browser
def test_a_map_that_falls_over_once_is_drawn_again(browser: Any, base: str) -> None:
    once = "const real = HTMLCanvasElement.prototype.getContext; let tried = false;"
    once += "HTMLCanvasElement.prototype.getContext = function (...of) {"
    once += "if (of[0].startsWith('webgl') && !tried) { tried = true; return null; } return real.apply(this, of); };"
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": once})
    try:
        browser.get(f"{base}/map?date=2022-03-01")
        ready(browser)
        assert says(browser, "Kherson") == "held by Ukraine"
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
        troubles(browser)


@needs_browser
def test_nothing_is_asked_of_anybody_else(browser: Any, base: str) -> None:
    troubles(browser)
    browser.get_log("performance")
    for page in ("/day", "/map"):
        browser.get(base + page)
        ready(browser)
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert any(url.endswith("maplibre-gl.mjs") for url in urls)
    assert [url for url in urls if url.startswith(("http", "ws")) and not url.startswith(base)] == []
    assert troubles(browser) == []


@needs_browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_with_a_map_is_no_wider_than_the_screen(browser: Any, base: str, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for page in ("/day?place=Kherson", "/map?place=Kherson"):
            browser.get(base + page)
            ready(browser)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width, page
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
