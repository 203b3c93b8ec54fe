"""A record with something on every page, and a desk that serves it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from counterclaim.desk import app
from counterclaim.desk.access import Door
from counterclaim.store import open_record
from counterclaim.types import Place
from tests.build import Build, on

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
)  # fmt: skip
TOWN = Place(name="Ardal", kind="town", country="Ukraine", lat=47.1, lon=33.2)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> & {{ 7*7 }}'


def builds() -> list[Build]:
    one = Build(
        "Ardal under guns\n\nThe army said that Ardal was shelled on Thursday, as the mayor told it that 12 people "
        "died.\n\nArdal is in the hands of Ukraine.",
        id="one", published=3, headline="Ardal under guns", url="https://example.org/one",
    )  # fmt: skip
    one.says("Ardal was shelled on Thursday, as the mayor told it that 12 people died", "The army", "Ukraine")
    one.says("12 people died", "The mayor", "Ukraine", via="s1")
    one.event("shelling", "Ardal was shelled on Thursday", TOWN, when=on(3), actors=["Russia"], statement="s1")
    one.figure("12", 12, 12, by="The mayor", place="Ardal", as_of=on(3), party="Ukraine", statement="s2")
    one.holds("Ardal is in the hands of Ukraine.", "Ardal", "controlled", "Ukraine", when=on(3))
    two = Build(
        f"Denied\n\nMoscow denied that Ardal was shelled. It counted 3 dead.\n\n{HOSTILE} it said.",
        id="two", published=4, headline=HOSTILE, outlet=HOSTILE, url="javascript:alert(3)",
    )  # fmt: skip
    two.says("Ardal was shelled", "Moscow", "Russia", stance="denies").says(HOSTILE, HOSTILE)
    two.figure("3", 3, 3, by="Moscow", place="Ardal", as_of=on(3), party="Ukraine")
    two.holds("Moscow denied that Ardal was shelled.", "Ardal", "claimed", "Russia", claimed_by="Moscow", when=on(4))
    return [one, two]


@pytest.fixture(scope="session")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "record.db"
    with open_record(path) as record:
        for build in builds():
            record.add(build.reading())
    return path


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def stranger(db: Path, door: Door) -> TestClient:
    """Somebody without a session."""
    return TestClient(app(db, PORT, door), base_url=HERE, follow_redirects=False)


@pytest.fixture
def client(stranger: TestClient, door: Door) -> TestClient:
    """Somebody who opened the link."""
    assert stranger.get("/open", params={"token": door.token}).status_code == 303
    return stranger


@pytest.fixture(scope="module")
def link(db: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "counterclaim", "desk", "--db", str(db), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as served:
        try:
            assert served.stdout
            yield served.stdout.readline().strip()
        finally:
            served.terminate()


@pytest.fixture(scope="module")
def browser(link: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser that came in by the link, and keeps a list of what it asked for and what went wrong."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.get(link)
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def base(link: str) -> str:
    return link.partition("/open")[0]


def first(browser: Any, css: str) -> Any:
    return browser.find_element("css selector", css)


#: What Chromium remarks where it draws maps without a graphics card: no fault of a page.
_DRAWING = ("software WebGL", "GL Driver Message")


def troubles(browser: Any) -> list[str]:
    """The errors and warnings of the console since it was last asked: broken policies are among them."""
    found = [entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    return [message for message in found if not any(words in message for words in _DRAWING)]
