"""Every page of the desk by axe-core: WCAG 2.2 A and AA and good practice, light and dark, wide and narrow.

The pages are those of the desk's own table of routes, so that a new page is looked at too; one with a part in its
address needs an example here. The checker comes from a package of the tests and is put in by the webdriver, which no
policy of the page has to let in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from counterclaim.desk.access import Door
from tests.desk.conftest import PORT, needs_browser

pytest.importorskip("axe_playwright_python", reason="needs axe-core: pip install 'counterclaim[dev]'")
pytestmark = needs_browser

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: An address for each route that has a part in it.
EXAMPLES = {
    "/place/{name:path}": "/place/Ardal",
    "/report/{handle:path}": "/report/one",
    "/actor/{name:path}": "/actor/Russia",
    "/event/{ref:path}": "/event/one/e1",
    "/add/{job}": None,  # made below: a job is there only after something was sent
}
#: Other looks of pages, and how the desk says no.
MORE = (
    "/day?date=2022-03-04", "/report/two", "/search?q=ardal", "/statements?party=Ukraine&stance=asserts",
    "/figures?from=&to=", "/sides?from=&to=&every=yes", "/answers?from=&to=", "/stories?from=&to=",
    "/copies?from=&to=", "/nowhere", "/day?day=x",
)  # fmt: skip
#: What answers with no page of its own.
NOT_PAGES = re.compile(r"/|/open|/leave|/add/\{job\}/stop|.*\.(json|csv|svg|geojson|xlsx|txt|pbf|js)")
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 390)]


def pages() -> list[str]:
    """The addresses of every page."""
    from counterclaim.store import open_record

    made = app_of(open_record(":memory:"))
    found = []
    for route in made.routes:
        if isinstance(route, Route) and "GET" in (route.methods or ()) and not NOT_PAGES.fullmatch(route.path):
            found.append(EXAMPLES.get(route.path, route.path) if "{" in route.path else route.path)
    return sorted({page for page in found if page}) + list(MORE)


def app_of(record: Any) -> Starlette:
    from counterclaim.desk.pages import build

    return build(record, PORT, Door())


@pytest.fixture(scope="module")
def checked(browser: Any) -> Iterator[Any]:
    """The browser, as wide and as dark as asked; and as it was afterwards."""
    browser.set_script_timeout(180)  # seconds: on a busy machine a long page takes its time
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def look(browser: Any, scheme: str, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    dark = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})


def violations(browser: Any) -> list[str]:
    """What axe finds on the page that is open: the rule, what helps, and where."""
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script(AXE.read_text("utf-8"))
    found = browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        axe.run(document, {runOnly: arguments[0], resultTypes: ["violations"]}).then(
          (found) => done(found.violations.map((v) => [v.id, v.help, v.nodes.map((n) => [n.target.join(" "),
            n.html, n.failureSummary])])), (error) => done([["axe", String(error), []]]));
        """,
        TAGS,
    )
    return [
        f"{rule}: {help} at {where} {html[:200]} {why}" for rule, help, nodes in found for where, html, why in nodes
    ]


@pytest.mark.parametrize("page", pages())
def test_a_page_has_no_violation(checked: Any, base: str, page: str) -> None:
    checked.get(base + page)
    for scheme, width in LOOKS:
        look(checked, scheme, width)
        assert violations(checked) == [], f"{page}, {scheme}, {width} wide"


def test_a_job_and_an_open_help_have_no_violation(checked: Any, base: str, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    checked.get(f"{base}/add")
    checked.find_element("css selector", "input[name=files]").send_keys(str(tmp_path / "broken.json"))
    checked.find_element("css selector", "form[aria-labelledby=files] button").click()
    for scheme, width in LOOKS:
        look(checked, scheme, width)
        checked.refresh()
        assert violations(checked) == [], f"a job, {scheme}, {width} wide"
        checked.find_element("css selector", "body").send_keys("?")
        assert violations(checked) == [], f"the help, {scheme}, {width} wide"


def test_every_route_with_a_part_has_an_example() -> None:
    from counterclaim.store import open_record

    made = app_of(open_record(":memory:"))
    parts = {r.path for r in made.routes if isinstance(r, Route) and "{" in r.path and not NOT_PAGES.fullmatch(r.path)}
    assert {path for path in parts if path not in EXAMPLES} == set()


def test_the_checker_finds_what_is_wrong(checked: Any, base: str) -> None:
    checked.get(f"{base}/statements")
    checked.execute_script("document.querySelector('.filters label').replaceWith(document.createElement('input'))")
    assert any(found.startswith("label") for found in violations(checked))
