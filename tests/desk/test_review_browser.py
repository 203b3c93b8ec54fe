"""Review by keyboard in a real browser: ten rows, one taken back, one of the last ten changed; nothing goes wrong.

Skipped, each by name, where Chromium and its driver are not installed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counterclaim.store import open_record
from counterclaim.store.record import Record
from tests.build import Build
from tests.desk.conftest import first, needs_browser

pytestmark = needs_browser

ROWS = 14


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of fourteen statements, and nothing said of them."""
    path = tmp_path_factory.mktemp("review") / "record.db"
    with open_record(path) as record:
        for n in range(ROWS):
            made = Build(f"Mayor {n} said that bridge {n} stands.", id=f"r{n:02}", headline=f"Bridge {n}")
            record.add(made.says(f"bridge {n} stands", f"Mayor {n}").reading())
    return path


@pytest.fixture
def record(db: Path) -> Iterator[Record]:
    with open_record(db) as opened:
        yield opened


def shown(browser: Any) -> str:
    return str(browser.execute_script("return document.getElementById('task').dataset.ref"))


def past(browser: Any) -> str:
    return str(browser.execute_script("return document.getElementById('past').innerText"))


def until(browser: Any, met: Any) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 20).until(lambda _: met())


def press(browser: Any, key: str) -> str:
    """Press a key on the page; the row that it was pressed on."""
    ref = shown(browser)
    browser.switch_to.active_element.send_keys(key)
    return ref


def test_ten_rows_by_keyboard_one_taken_back_one_changed(browser: Any, base: str, record: Record) -> None:
    browser.get(f"{base}/review?family=statements")
    judged = []
    for key in "ynuyynyuyn":
        ref = press(browser, key)
        judged.append(ref)
        until(browser, lambda ref=ref: shown(browser) != ref)
    assert len(set(judged)) == 10
    until(browser, lambda: "10 of 14" in past(browser))
    verdicts = record.verdicts()
    words = {"y": "yes", "n": "no", "u": "unsure"}
    assert [verdicts[tuple(ref.split("/"))] for ref in judged] == [words[key] for key in "ynuyynyuyn"]
    assert f"at={shown(browser).replace('/', '%2F')}" in browser.current_url

    press(browser, "z")
    until(browser, lambda: shown(browser) == judged[-1])
    assert tuple(judged[-1].split("/")) not in record.verdicts()

    browser.find_elements("css selector", "#past ol a")[4].click()
    changed = judged[4]
    until(browser, lambda: shown(browser) == changed)
    assert first(browser, "button[aria-pressed]").get_attribute("value") == "yes"
    press(browser, "n")
    until(browser, lambda: shown(browser) != changed)
    until(browser, lambda: record.verdicts()[tuple(changed.split("/"))] == "no")
    assert len(record.judgements(changed)[tuple(changed.split("/"))]) == 2


def test_a_field_is_corrected_by_keyboard(browser: Any, base: str, record: Record) -> None:
    browser.get(f"{base}/review?family=statements&at=r00/s1")
    press(browser, "e")
    assert first(browser, "#edit").get_attribute("open")
    field = browser.switch_to.active_element
    assert field.get_attribute("name") == "f-speaker"
    field.clear()
    field.send_keys("you and y")  # letters of keys are letters here
    assert shown(browser) == "r00/s1"
    field.submit()
    until(browser, lambda: shown(browser) != "r00/s1")
    assert record.judgements("r00/s1")["r00", "s1"][-1].changes == {"speaker": "you and y"}


def test_the_next_row_is_there_before_it_is_needed(browser: Any, base: str) -> None:
    browser.get(f"{base}/review?family=statements&which=all")
    ref, following = shown(browser), first(browser, "#task").get_attribute("data-next")
    until(browser, lambda: browser.execute_async_script("ahead.then((one) => arguments[0](one && one.dataset.ref))"))
    assert browser.execute_async_script("ahead.then((one) => arguments[0](one.dataset.ref))") != ref
    assert "at=" in following


def test_a_desk_that_is_gone_is_said_and_the_row_comes_back(browser: Any, base: str) -> None:
    browser.get(f"{base}/review?family=statements&which=all")
    browser.execute_async_script("ahead.then(() => arguments[0]())")
    ref = shown(browser)
    browser.execute_script("window.fetch = () => Promise.reject(new Error('gone'))")
    press(browser, "y")
    until(browser, lambda: browser.find_elements("css selector", ".trouble"))
    assert shown(browser) == ref
    assert "not kept" in first(browser, ".trouble").text


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_of_review_is_wider_than_the_screen(browser: Any, base: str, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for page in ("", "?family=joins", "/bulk?family=statements", "/sheet", "/group?ref=r00/e1", "/agreement"):
            browser.get(f"{base}/review{page}")
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width, page
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_nothing_went_wrong_and_nobody_else_was_asked(browser: Any, base: str) -> None:
    for page in ("/review?family=statements", "/review/sheet", "/review/agreement", "/review/bulk?family=statements"):
        browser.get(base + page)
    wrong = [entry for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    assert [entry for entry in wrong if "404" not in entry["message"]] == []
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in urls if url.startswith(("http", "ws")) and not url.startswith(base)] == []
