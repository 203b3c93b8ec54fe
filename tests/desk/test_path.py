"""A researcher's day at the desk, from the first report to the sheet, in a real browser."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterclaim.store import open_record
from tests.desk.conftest import first, needs_browser, troubles

pytestmark = needs_browser
SAMPLES = Path(__file__).parents[2] / "samples"
REPORTS = (
    "2022-03-01-kharkiv.html",
    "2022-03-02-key-events.html",
    "2022-03-02-moscow-view.md",
    "2022-03-03-kherson.txt",
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record of one's own."""
    path = tmp_path_factory.mktemp("path") / "record.db"
    open_record(path).close()
    return path


def until(browser: Any, there: Callable[[Any], Any], seconds: float = 20) -> Any:
    """What `there` finds, as soon as it is found; the page may be another by then."""
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
    from selenium.webdriver.support.ui import WebDriverWait

    gone = [NoSuchElementException, StaleElementReferenceException]
    return WebDriverWait(browser, seconds, 0.1, ignored_exceptions=gone).until(there)


def press(browser: Any, key: str) -> None:
    browser.switch_to.active_element.send_keys(key)


def test_from_the_first_report_to_the_sheet(browser: Any, base: str, db: Path) -> None:
    # Add reports, one of which cannot be read.
    broken = db.parent / "broken.json"
    broken.write_text("{", encoding="utf-8")
    browser.get(f"{base}/add")
    first(browser, "input[name=files]").send_keys("\n".join(str(p) for p in (*(SAMPLES / n for n in REPORTS), broken)))
    first(browser, "form[aria-labelledby=files] button").click()
    assert first(browser, "#job .state").text
    until(browser, lambda b: first(b, "#job").get_attribute("data-state") == "done", 240)
    assert first(browser, "#job .state").text == "done, 4 added, 1 refused"
    assert "Not JSON" in first(browser, ".inputs > li:last-child").text
    assert browser.find_elements("css selector", ".stop") == []
    first(browser, ".inputs > li:nth-child(4) a").click()
    assert "Kherson" in first(browser, "h1").text

    # Find a statement, jump to its sentence.
    browser.get(f"{base}/statements")
    first(browser, "input[name=by]").send_keys("Konashenkov\n")
    words = until(browser, lambda b: b.find_element("css selector", "td.words a"))
    said = words.text.strip("“”")
    words.click()
    until(browser, lambda b: "/report/" in b.current_url)
    lit = "".join(one.text for one in browser.find_elements("css selector", ".mk.statement.on"))
    assert said[:20] in lit
    top, height, at = browser.execute_script(
        "return [scrollY, innerHeight, document.querySelector('.mk.on').getBoundingClientRect().top + scrollY]"
    )
    assert top <= at <= top + height

    # Move the slider: Kherson changes hands.
    browser.get(f"{base}/map?date=2022-03-02&place=Kherson")
    until(browser, lambda b: b.execute_script("return document.querySelector('.atlas').page !== undefined"), 60)
    stands = '[data-part="town"] li[aria-current]'
    assert first(browser, "[data-show=number]").text == "DAY 7"
    before = until(browser, lambda b: first(b, stands).text)
    assert "held by Russia" not in before
    slider = first(browser, "[data-part=slider]")
    slider.send_keys("\ue014")  # the right arrow
    until(browser, lambda b: first(b, "[data-show=number]").text == "DAY 8")
    after = until(browser, lambda b: (text := first(b, stands).text) != before and text)
    assert "held by Russia" in after
    until(browser, lambda b: "date=2022-03-03" in b.current_url)
    address = browser.current_url

    # Judge ten rows by keyboard, take one back.
    browser.get(f"{base}/review")
    for key in "yynyuyynyy":
        here = until(browser, lambda b: first(b, "#task").get_attribute("data-ref"))
        press(browser, key)
        until(browser, lambda b, here=here: first(b, "#task").get_attribute("data-ref") not in ("", here))
    with open_record(db) as record:
        until(browser, lambda _: len(record.verdicts()) == 10)
        press(browser, "z")
        until(browser, lambda _: len(record.verdicts()) == 9)
        said_so = record.verdicts()
    assert sorted(said_so.values()).count("yes") == 6
    assert sorted(said_so.values()).count("no") == 2

    # Take the rows out as a sheet.
    browser.get(f"{base}/statements?party=Russia")
    csv_link = next(a for a in browser.find_elements("css selector", "footer a") if a.text == "CSV").get_attribute(
        "href"
    )
    sheet = browser.execute_async_script(
        "fetch(arguments[0]).then((a) => a.text()).then(arguments[1])", csv_link
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert rows
    assert {row["party"] for row in rows} == {"Russia"}
    assert len(rows) == len(browser.find_elements("css selector", ".scroll tbody tr"))

    # The address of the map shows the same again.
    browser.get(address)
    until(browser, lambda b: first(b, "[data-show=number]").text == "DAY 8")
    assert until(browser, lambda b: first(b, stands).text) == after

    # Nothing was asked of anybody else, nothing went wrong, no policy was broken.
    assert troubles(browser) == []
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert sum(url.startswith(base) for url in urls) > 30
    assert [url for url in urls if url.startswith(("http", "ws")) and not url.startswith(base)] == []


def test_the_desk_by_keyboard_alone(browser: Any, base: str) -> None:
    tab, escape, enter = "\ue004", "\ue00c", "\ue007"
    active = "return document.activeElement"
    browser.get(f"{base}/statements")
    press(browser, tab)
    assert browser.execute_script(f"{active}.textContent") == "Skip to the page"
    press(browser, tab)
    assert browser.execute_script(f"{active}.textContent") == "Skip to the rows"
    press(browser, enter)
    assert browser.execute_script(f"{active}.id") == "rows"
    press(browser, "j")
    row = browser.execute_script(f"{active}.closest('tr').rowIndex")
    press(browser, "j")
    assert browser.execute_script(f"{active}.closest('tr').rowIndex") == row + 1
    press(browser, "?")
    assert first(browser, "#help").is_displayed()
    press(browser, "j")  # a key of the page does nothing behind the table of keys
    assert browser.execute_script(f"{active}.closest('dialog') !== null")
    press(browser, escape)
    assert not first(browser, "#help").is_displayed()
    press(browser, "/")
    assert browser.execute_script(f"{active}.id") == "q"
    press(browser, "?")  # a letter like any other in a field
    assert not first(browser, "#help").is_displayed()
    first(browser, "#q").send_keys("\ue003Kherson\n")
    until(browser, lambda b: b.find_element("css selector", ".hit mark"))
    press(browser, "j")
    press(browser, enter)
    until(browser, lambda b: "/report/" in b.current_url)


def test_an_address_is_asked_for_through_the_guard(browser: Any, base: str) -> None:
    browser.get(f"{base}/add")
    first(browser, "textarea[name=addresses]").send_keys(f"{base}/day")
    first(browser, "form[aria-labelledby=addresses] button").click()
    until(browser, lambda b: first(b, "#job").get_attribute("data-state") == "done")
    assert "refused" in first(browser, ".inputs").text
    assert troubles(browser) == []
