"""Frames of the desk's map while its slider moves day by day, drawn by software in a real Chromium.

A record of made-up towns whose holders change; every frame is another day. Needs chromium, chromedriver and selenium
(the extra `dev`); without them there are no figures.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from bench.common import Row
from counterclaim import passages
from counterclaim.exports.map.outlines import outlines
from counterclaim.store import open_record
from counterclaim.types import Holding, Place, Reading, Report, Span, When

FIRST, DAYS = date(2022, 2, 24), 90
#: Frames a second on software rendering, and bytes of the first page with the map, packed.
LEAST, MOST = 30.0, 500_000
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--window-size=1280,1000",
)  # fmt: skip
_STATES = (("controlled", None), ("controlled", None), ("besieged", 1), ("contested", 1), ("claimed", None))
#: Moves the slider to another day in each of so many frames; answers their moments and how many days were shown.
_RUN = """
const [many, done] = arguments, slider = document.querySelector("[data-part=slider]");
const frames = [], most = Number(slider.max), seen = new Set(), began = performance.now();
let day = 0, step = 1;
function frame(now) {
  frames.push(now);
  seen.add(document.querySelector("[data-show=number]").textContent);
  if (frames.length > many || now - began > 60000) return done([frames, seen.size]);
  day += step;
  if (day >= most || day <= 0) step = -step;
  slider.value = day;
  slider.dispatchEvent(new Event("input"));
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
"""
_WARM, _FRAMES = 40, 150


def made(path: Path, towns: int) -> None:
    """A record of so many towns in Ukraine, each told of every fortnight or so."""
    chance = random.Random(7)
    units = [unit for unit in outlines().units if unit.country == "UA"]
    places: list[Place] = []
    while len(places) < towns:
        unit = chance.choice(units)
        west, south, east, north = unit.box
        lon, lat = chance.uniform(west, east), chance.uniform(south, north)
        if (found := outlines().at(lon, lat)) and found.country == "UA":
            name = f"Town {len(places) + 1}"
            places.append(Place(name=name, kind="town", country="Ukraine", lat=round(lat, 4), lon=round(lon, 4)))
    with open_record(path) as record:
        for n in range(DAYS):
            today = FIRST + timedelta(days=n)
            told = places if n == 0 else chance.sample(places, towns // 14)
            for part in range(0, len(told), 400):
                record.add(_reading(f"{today}-{part}", today, told[part : part + 400], chance))


def _reading(name: str, day: date, told: list[Place], chance: random.Random) -> Reading:
    text, holdings = "", []
    for n, place in enumerate(told, 1):
        state, by = chance.choice(_STATES)
        one, other = chance.sample(("Russia", "Ukraine"), 2)
        sentence = f"{place.name} was told of.\n\n"
        span = Span(len(text), len(text) + len(sentence) - 2)
        when = When(start=day, end=day, precision=1)
        holdings.append(Holding(id=f"h{n}", place=place, state=state, sentence=span, trigger=span, holder=one,
            by=other if by else None, when=when))  # type: ignore[arg-type]  # fmt: skip
        text += sentence
    report = Report(id=name, text=text, passages=passages.split(text), published=day, published_basis="given",
        outlet="Bench")  # fmt: skip
    return Reading(report=report, conflict="ukraine-2022", version="1", pipeline="bench", holdings=tuple(holdings))


def measured(path: Path) -> dict[str, float]:
    """Frames a second (median, and the slowest in twenty), processor ms a frame, seconds to open, bytes of the page."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.ui import WebDriverWait

    command = [sys.executable, "-m", "counterclaim", "desk", "--db", str(path), "--port", "0"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as served,
    ):
        assert served.stdout
        link = served.stdout.readline().strip()
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (*FLAGS, f"--user-data-dir={folder}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            driver.set_script_timeout(120)
            driver.get(link)
            wait = WebDriverWait(driver, 180)
            wait.until(lambda d: d.execute_script("return !!document.querySelector('[data-ready]')"))
            opened = driver.execute_script("return performance.now()") / 1000
            weight = sum(_bytes(driver))
            driver.execute_async_script(_RUN, _WARM)  # shaders are made at their first use
            before = _spent(driver.service.process.pid)
            frames, seen = driver.execute_async_script(_RUN, _FRAMES)
            spent = _spent(driver.service.process.pid) - before
        finally:
            driver.quit()
            served.terminate()
    gaps = sorted(b - a for a, b in zip(frames, frames[1:], strict=False))
    slow = gaps[min(len(gaps) - 1, int(len(gaps) * 0.95))]
    return {
        "median": 1000 / statistics.median(gaps),
        "slow": 1000 / slow,
        "cpu": 1000 * spent / len(frames),
        "frames": len(frames),
        "days": seen,
        "opened": opened,
        "bytes": weight,
    }


def _spent(root: int) -> float:
    """Processor seconds of a process and all that come from it."""
    stats = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            stats[int(file.parent.name)] = file.read_text().rpartition(")")[2].split()
    family = {root}
    while more := {pid for pid, stat in stats.items() if int(stat[1]) in family} - family:
        family |= more
    return sum(int(stats[pid][11]) + int(stats[pid][12]) for pid in family if pid in stats) / os.sysconf("SC_CLK_TCK")


def _bytes(driver: Any) -> Iterator[int]:
    """What came over the wire, headers left out; the map's worker is fetched out of the page's sight, and added."""
    worker = files("counterclaim.desk") / "static" / "vendor" / "maplibre" / "maplibre-gl-worker.mjs"
    yield len(gzip.compress(worker.read_bytes()))
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.dataReceived":
            yield message["params"]["encodedDataLength"]


def figures(towns: int = 5000) -> Iterator[Row]:
    """What the slider reaches with so many towns, and what the page weighs."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        return
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.db", Path(folder) / "many.db"
        made(few, 40)
        made(many, towns)
        light, heavy = measured(few), measured(many)
    yield Row(f"a frame of the map with {towns:,} towns, median", 1000 / heavy["median"], 1000 / LEAST, "ms")
    # a frame that misses one beat of the screen takes two, timed to a tenth
    yield Row("the same, the slowest in twenty", 1000 / heavy["slow"], 1000 / LEAST + 0.1, "ms")
    yield Row("first page with the map, packed, 40 towns", light["bytes"] / 1000, MOST / 1000, "kB")
    yield Row(f"first page with the map, packed, {towns:,} towns", heavy["bytes"] / 1000, 1000, "kB")
