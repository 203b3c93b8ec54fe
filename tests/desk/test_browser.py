"""The desk in a real browser: in by the link, to a statement, to its words; nothing asked of anybody else.

Skipped, each by name, where Chromium and its driver are not installed.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.desk.conftest import first, needs_browser, troubles

pytestmark = needs_browser


def test_the_link_opens_the_day_and_leaves_no_trace(browser: Any, base: str) -> None:
    assert browser.current_url.startswith(f"{base}/day")
    assert "token" not in browser.current_url
    assert browser.execute_script("return document.cookie") == ""


def test_from_search_to_the_words_of_a_statement(browser: Any, base: str) -> None:
    browser.get(f"{base}/day")
    box = first(browser, "#q")
    box.send_keys("shelled\n")
    assert first(browser, "mark").text.casefold() == "shelled"
    browser.get(f"{base}/statements?by=mayor")
    first(browser, "td.words a").click()
    assert browser.current_url.endswith("#s2")
    lit = browser.find_elements("css selector", ".mk.on")
    assert "".join(one.text for one in lit if one.get_attribute("data-of") == "s2").startswith("12")
    assert "on" in first(browser, "#card-s2").get_attribute("class").split()
    words = first(browser, "#s2").rect["y"]
    top, height = browser.execute_script("return [scrollY, innerHeight]")
    assert top <= words <= top + height


def test_from_the_words_to_the_card_and_back(browser: Any, base: str) -> None:
    browser.get(f"{base}/report/one")
    first(browser, "#s1 a").click()
    assert "#card-" in browser.current_url
    first(browser, "#card-e1 a.id").click()
    assert browser.current_url.endswith("#e1")


def test_the_address_restores_the_view(browser: Any, base: str) -> None:
    browser.get(f"{base}/statements")
    field = first(browser, ".filters input[name=by]")
    field.send_keys("moscow\n")
    browser.execute_script("return 1")
    address, words = browser.current_url, first(browser, "main").text
    assert "by=moscow" in address
    browser.get(f"{base}/day")
    browser.get(address)
    assert first(browser, "main").text == words
    assert first(browser, ".filters input[name=by]").get_attribute("value") == "moscow"


def test_keys_move_along_the_cards(browser: Any, base: str) -> None:
    browser.get(f"{base}/report/one")
    body = first(browser, "body")
    body.send_keys("j")
    assert browser.switch_to.active_element.text == "s1"
    browser.switch_to.active_element.send_keys("j")
    assert browser.switch_to.active_element.text != "s1"


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_screen(browser: Any, base: str, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for page in ("/day", "/report/one", "/report/two", "/statements", "/sides", "/answers", "/place/Ardal"):
            browser.get(base + page)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width, page
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_nothing_was_asked_of_anybody_else_and_nothing_went_wrong(browser: Any, base: str) -> None:
    for page in ("/day", "/report/two", "/sides", "/map.svg"):
        browser.get(base + page)
    assert troubles(browser) == []
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert sum(url.startswith(base) for url in urls) > 10
    assert [url for url in urls if url.startswith(("http", "ws")) and not url.startswith(base)] == []
