"""The map as one page: the picture for wide and for narrow screens, its legend, every place with its words.

Everything is inside the file; it has no script, and a policy that lets none run and nothing be fetched. Whatever comes
from a report is escaped; a link leads only to http and https.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from counterclaim.exports.map import scene, svg, wording
from counterclaim.views.map import MapView
from counterclaim.views.rows import ControlRow

_STYLE = (
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.45 system-ui,'Segoe UI','Noto Sans','DejaVu Sans',Arial,sans-serif}"
    "main{max-width:62rem;margin:0 auto;padding:1.2rem 1rem 3rem}"
    "header{display:flex;gap:1rem;justify-content:space-between;align-items:flex-start}"
    "h1{font-size:1.45rem;line-height:1.2;margin:0}h2{font-size:1.1rem;margin:2rem 0 .6rem}"
    ".count{font-size:1.5rem;font-weight:700;white-space:nowrap;line-height:1.15}.soft,small{color:var(--soft)}"
    "p{margin:.35rem 0}figure{margin:1rem 0 0}figure svg{display:block;width:100%;height:auto;border-radius:4px}"
    ".narrow{display:none}"
    "ul.legend{list-style:none;margin:.8rem 0 0;padding:0;columns:2;column-gap:2rem;font-size:.86rem}"
    ".legend li{display:flex;gap:.6rem;align-items:flex-start;break-inside:avoid;margin:.28rem 0}"
    ".legend svg{flex:none;width:24px;height:20px;background:none}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left}"
    "th,td{text-align:left;vertical-align:top;padding:.5rem .8rem .5rem 0;border-top:1px solid var(--thin)}"
    "th small{font-weight:400}.when{white-space:nowrap}thead th{border-top:0;color:var(--soft);font-weight:400}"
    "q{quotes:'“' '”'}td q{overflow-wrap:anywhere}"
    "a{color:inherit;text-decoration-color:var(--line)}code{font-size:.82em;color:var(--soft)}footer{margin-top:2rem}"
    "@media(max-width:44rem){.wide{display:none}.narrow{display:block}ul.legend{columns:1}thead{display:none}"
    "tr{display:block;border-top:1px solid var(--thin);padding:.5rem 0}th,td{display:block;border:0;padding:.1rem 0}"
    "h1{font-size:1.2rem}.count{font-size:1.2rem}}"
    "@media print{.narrow{display:none}.wide{display:block}}"
)


def document(view: MapView) -> str:
    """The page."""
    style = svg.styles() + _STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = escape(f"{wording.heading(view)}, {wording.count(view) or wording.dated(view)}")
    canvas = scene.look().canvas
    body = "".join(_body(view, canvas.wide, canvas.narrow))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{style}</style></head><body><main>{body}</main></body></html>\n"
    )


def _body(view: MapView, wide: float, narrow: float) -> Iterator[str]:
    yield f"<header><div><h1>{escape(wording.heading(view))}</h1>"
    yield f'<p class="soft">{escape(wording.dated(view))}</p></div>'
    yield f'<p class="count">{escape(wording.count(view))}</p></header>'
    yield f'<figure><div class="wide">{svg.drawing(view, wide, "w")}</div>'
    yield f'<div class="narrow">{svg.drawing(view, narrow, "n")}</div>'
    yield '<figcaption><ul class="legend">'
    for symbol, words in svg.legend(view):
        yield f'<li><svg viewBox="-12 -10 24 20" aria-hidden="true">{symbol}</svg><span>{escape(words)}</span></li>'
    yield "</ul></figcaption></figure>"
    drawn, off = scene.split(view)
    yield from _table("Every place, and who says so", drawn)
    yield from _table("Told, but not on the map", off)
    yield f'<footer><p class="soft">{escape(wording.CLAIM)}</p>'
    yield f'<p class="soft">Sources: {escape(wording.sources(view))}.</p>'
    yield f'<p class="soft">{escape(wording.LAND)}</p></footer>'


def _table(title: str, rows: list[ControlRow]) -> Iterator[str]:
    if not rows:
        return
    yield f"<h2>{escape(title)}</h2><table><thead><tr><th>Place</th><th>Who holds it</th><th>Last word</th>"
    yield "<th>Who says so</th></tr></thead><tbody>"
    for row in sorted(rows, key=lambda row: row.place):
        yield "".join(_row(row))
    yield "</tbody></table>"


def _row(row: ControlRow) -> Iterator[str]:
    where = f"<br><small>{escape(row.country)}</small>" if row.country else ""
    yield f"<tr><th>{escape(row.place)}{where}</th><td>{escape(wording.standing(row))}"
    if row.since and row.since != row.last:
        yield f"<br><small>since {wording.day(row.since)}</small>"
    for claim in row.claims:
        yield f"<br><small>{escape(claim)}</small>"
    yield f'</td><td class="when">{wording.day(row.last)}<br><small>{wording.age(row.age)}</small></td>'
    outlet = f"<small>{_link(row)}</small> <code>{escape(row.id)}</code>"
    says = "" if row.says == (row.outlet,) else f"{escape(wording.says(row))}: "
    yield f"<td>{says}<q>{escape(row.words)}</q> {outlet}</td></tr>"


def _link(row: ControlRow) -> str:
    """Who tells it, leading to the page it stands on where its address is one of the web."""
    name = escape(row.outlet)
    if row.url and urlsplit(row.url).scheme in ("http", "https"):
        return f'<a href="{escape(row.url)}" rel="noopener noreferrer">{name}</a>'
    return name
