"""The outlet by the report's own source line or dateline."""

from __future__ import annotations

import pytest

from counterclaim.sources import report_from

BODY = "The town was quiet on Thursday, its mayor said in a short message to reporters."


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Source: Al Jazeera and news agencies", "Al Jazeera"),
        ("Source: Al Jazeera", "Al Jazeera"),
        ("SOURCE: The Daily Test and agencies", "The Daily Test"),
        ("Source: Daily Test, with news agencies.", "Daily Test"),
        ("Source: news agencies", None),
        ("Source: satellite pictures", None),
        ("Source: the ministry and news agencies", None),
        ("Sources: Reuters, AP", None),
    ],
)
def test_a_source_line(line: str, outlet: str | None) -> None:
    assert report_from({"text": f"Calm in Kalva\n\n{BODY}\n\n{line}"}).outlet == outlet


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [
        ("KALVA, March 3 (Reuters) - ", "Reuters"),
        ("KALVA, March 3 (Daily Wire) - ", "Daily Wire"),
        ("KALVA (Updated) - ", None),
        ("KALVA - ", None),
    ],
)
def test_a_dateline(dateline: str, outlet: str | None) -> None:
    assert report_from({"text": f"Calm in Kalva\n\n{dateline}{BODY}"}).outlet == outlet


def test_two_names_are_none_and_a_given_one_stays() -> None:
    text = f"Calm in Kalva\n\n{BODY}\n\nSource: Al Jazeera\n\nSource: Reuters"
    assert report_from({"text": text}).outlet is None
    assert report_from({"text": text[:-17], "outlet": "Daily Test"}).outlet == "Daily Test"


def test_the_id_does_not_depend_on_it() -> None:
    text = f"Calm in Kalva\n\n{BODY}\n\nSource: Al Jazeera"
    assert report_from({"text": text}).id != report_from({"text": text, "outlet": "Al Jazeera"}).id
