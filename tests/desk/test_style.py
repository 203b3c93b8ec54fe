"""The style sheet: words stand out from their ground as WCAG AA asks (4.5 to 1), in light and in dark."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("counterclaim.desk").joinpath("static/desk.css").read_text("utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#\w{6})", b)) for b in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "hit", "st-wash", "ev-wash", "fi-wash", "ho-wash"])
@pytest.mark.parametrize("words", ["ink", "soft", "accent", "grey"])
def test_words_stand_out(scheme: dict[str, str], ground: str, words: str) -> None:
    one, other = sorted((luminance(scheme[words]), luminance(scheme[ground])))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.search(r"@import|url\(", CSS)
