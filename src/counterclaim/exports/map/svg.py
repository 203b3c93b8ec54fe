"""The map as a picture: a drawing to put into a page, or a document of its own with heading, legend and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from counterclaim.exports.map import labels, wording
from counterclaim.exports.map.scene import Mark, Scene, look, scene, spread, vague
from counterclaim.exports.map.shapes import Point
from counterclaim.views.map import MapView

_FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"


def styles() -> str:
    """The style sheet of every map: colours of the parties on light and on dark ground, told apart by shape too."""
    colours = look().colours

    def party(names: Sequence[str]) -> str:
        return "".join(f"--p{n}:{c};" for n, c in enumerate(names, 1))

    light = f"--p0:#6b6b6b;{party(colours.light)}--sea:#e8eef2;--land:#f4f2ec;--home:#fffefb;--line:#8d8a80;" \
        "--thin:#cfcbc0;--ink:#1d1f21;--soft:#5a5d61;--paper:#ffffff;"  # fmt: skip
    dark = f"--p0:#a5a5a5;{party(colours.dark)}--sea:#12181d;--land:#1d2226;--home:#292f34;--line:#7d858b;" \
        "--thin:#444b51;--ink:#f1f1ee;--soft:#b3b8bc;--paper:#181c1f;"  # fmt: skip
    numbers = range(len(colours.light) + 1)
    return (
        f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f".sheet.map{{background:var(--paper)}}.map{{background:var(--sea);font-family:{_FONT}}}"
        ".map text{fill:var(--ink)}"
        ".paper{fill:var(--paper)}.sea{fill:var(--sea)}.land{fill:var(--land)}.home{fill:var(--home)}"
        ".border,.coast,.province,.path{fill:none;stroke-linejoin:round}.border{stroke:var(--line);stroke-width:1.1}"
        ".coast{stroke:var(--line);stroke-width:.7}.province{stroke:var(--thin);stroke-width:.7}"
        ".map .country{fill:var(--soft);letter-spacing:.12em;text-anchor:middle}"
        ".map .name{paint-order:stroke;stroke:var(--home);stroke-width:3px;stroke-linejoin:round;font-weight:600}"
        ".map .region{font-style:italic;font-weight:400}.map .soft{fill:var(--soft)}"
        ".halo{fill:none;stroke:var(--home);stroke-width:2.5}.mark{stroke:var(--ink);stroke-width:.9}"
        ".before{stroke-width:1.6;stroke-dasharray:2 3}.path{stroke-dasharray:7 4;stroke-width:2.2}"
        + "".join(
            f".f{n}{{fill:var(--p{n})}}.s{n}{{stroke:var(--p{n})}}.ring.s{n}{{fill:none;stroke-width:3}}"
            for n in numbers
        )
        + ".open{fill:var(--home);stroke-width:2.4}.dash{fill:none;stroke-width:1.5;stroke-dasharray:6 5}"
        ".cross{fill:none;stroke-width:2.4;stroke:var(--p0)}"
    )


def drawing(view: MapView, width: float, prefix: str = "m") -> str:
    """The map itself as an `svg` element; `prefix` keeps its ids apart from those of other drawings on a page."""
    made = scene(view, width)
    parts = "".join(_parts(view, made, prefix))
    title = escape(f"{wording.heading(view)}, {wording.count(view)}, {wording.dated(view)}")
    return (
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_attribute(title)}" '
        f'viewBox="0 0 {made.width:.0f} {made.height:.0f}">{parts}</svg>'
    )


def _parts(view: MapView, made: Scene, prefix: str) -> Iterator[str]:
    yield f"<defs>{''.join(_patterns(view, made, prefix))}</defs>"
    yield f'<rect class="sea" width="{made.width:.0f}" height="{made.height:.0f}"/>'
    for home, rings in made.land:
        yield f'<path class="{"home" if home else "land"}" d="{area(rings)}"/>'
    for mark in made.marks:
        yield from _ground(mark, view, prefix)
    yield f'<path class="province" d="{path(made.provinces)}"/>'
    yield f'<path class="coast" d="{path(made.coasts)}"/><path class="border" d="{path(made.borders)}"/>'
    for n, (line, areas, paths) in enumerate(made.lines):
        colour = wording.colour(line.holder, view)
        title = f"<title>{escape(wording.line(line))}</title>"
        if areas:
            fill = f"url(#{prefix}-line{n})"
            yield f'<path class="before s{colour}" fill="{fill}" d="{area(areas)}">{title}</path>'
        if paths:
            yield f'<path class="path s{colour}" d="{path(paths)}">{title}</path>'
    for name, (x, y) in made.names:
        at = f'x="{x:.0f}" y="{y + made.small * 0.35:.0f}" font-size="{made.small:.1f}"'
        yield f'<text class="country" {at}>{escape(name.upper())}</text>'
    yield from _names(made, view)
    yield from _scale(made)


def _patterns(view: MapView, made: Scene, prefix: str) -> Iterator[str]:
    """Stripes for land held since before the war, and for what is contested."""
    for n, (line, areas, _) in enumerate(made.lines):
        if areas:
            colour = wording.colour(line.holder, view)
            yield (
                f'<pattern id="{prefix}-line{n}" width="6" height="6" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate(45)"><path class="s{colour}" d="M0 0V6" stroke-width="1.5" '
                'stroke-opacity=".55"/></pattern>'
            )
    for one, other in sorted({wording.pair(m.row, view) for m in made.marks if m.row.standing == "contested"}):
        yield (
            f'<pattern id="{prefix}-both{one}{other}" width="10" height="10" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(-45)"><rect class="f{one}" width="5" height="10"/>'
            f'<rect class="f{other}" x="5" width="5" height="10"/></pattern>'
        )


def _ground(mark: Mark, view: MapView, prefix: str) -> Iterator[str]:
    """The shading of a mark, under everything else."""
    colour = wording.colour(mark.row.holder or mark.row.by, view)
    fill = f'class="f{colour}"'
    if mark.row.standing == "contested":
        one, other = wording.pair(mark.row, view)
        fill = f'fill="url(#{prefix}-both{one}{other})"'
    rings = mark.outline if mark.vague else mark.shade
    if rings and mark.strength:
        yield f'<path {fill} fill-opacity="{mark.strength:.2f}" d="{area(rings)}"/>'
    if mark.vague:
        yield f'<path class="dash s{colour}" d="{area(mark.outline)}"/>'


def _names(made: Scene, view: MapView) -> Iterator[str]:
    """Marks, and the names that find room: fresh and certain ones first."""
    wide = made.width >= look().canvas.wide
    size, radius = (13.0, 6.0) if wide else (11.5, 5.0)
    order = ("held", "besieged", "contested", "claimed", "unknown")
    marks = sorted(made.marks, key=lambda m: (m.vague, m.row.age or 0, order.index(m.row.standing), m.row.place))
    towns = [m for m in marks if not m.vague]
    moved = dict(zip(map(id, towns), spread([m.at for m in towns], 2.5 * radius), strict=True))
    at = {id(m): moved.get(id(m), m.at) for m in marks}
    wishes = [
        labels.Wish(at[id(m)], 0.0 if m.vague else _size(m, radius), _words(m), size * (0.9 if m.vague else 1))
        for m in marks
    ]
    frame = (4.0, 4.0, made.width - 4, made.height - 4)
    taken = [labels.around(name.upper(), at, made.small * 1.2) for name, at in made.names]
    taken.append((0.0, made.height - 34, 24 + made.width / 4, made.height))
    for mark, label in zip(marks, labels.place(wishes, frame, taken), strict=True):
        hint = f"<title>{escape(wording.hint(mark.row))}</title>"
        yield f'<g class="place">{hint}'
        if not mark.vague:
            yield _leader(mark.at, at[id(mark)], radius)
            yield symbol(mark.row.standing, at[id(mark)], radius, _colours(mark, view))
        if label:
            kind = "name region" if mark.vague else "name"
            yield (
                f'<text class="{kind}" x="{label.x:.1f}" y="{label.y:.1f}" text-anchor="{label.anchor}" '
                f'font-size="{label.size:.1f}">{escape(label.words)}</text>'
            )
        yield "</g>"


def _leader(true: Point, drawn: Point, radius: float) -> str:
    """A line from a mark that had to move to where it belongs."""
    if abs(true[0] - drawn[0]) + abs(true[1] - drawn[1]) < radius:
        return ""
    return f'<path class="border" d="{path([[true, drawn]])}"/>'


def _words(mark: Mark) -> str:
    """The name, and how old the word is where it is old."""
    age = mark.row.age or 0
    old = "" if age <= look().fade.days[0] else f" · {age} d" if age < 365 else f" · {age // 365} y"
    return f"{mark.row.place}{old}"


def _size(mark: Mark, radius: float) -> float:
    return radius * (1.75 if mark.row.standing == "besieged" else 1.3)


def _colours(mark: Mark, view: MapView) -> tuple[int, int]:
    if mark.row.standing == "contested":
        return wording.pair(mark.row, view)
    return wording.colour(mark.row.holder or mark.row.by, view), wording.colour(mark.row.by, view)


def symbol(standing: str, at: Point, r: float, colours: tuple[int, int]) -> str:
    """A mark by shape and colour: ● held, ◉ besieged, ◆ in two halves contested, ○ claimed only, ✕ unknown."""
    (x, y), (one, other) = at, colours
    if standing == "held":
        return f'<circle class="mark f{one}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
    if standing == "besieged":
        return (
            f'<circle class="halo" cx="{x:.1f}" cy="{y:.1f}" r="{r * 1.55:.1f}" stroke-width="5"/>'
            f'<circle class="ring s{other}" cx="{x:.1f}" cy="{y:.1f}" r="{r * 1.55:.1f}"/>'
            f'<circle class="mark f{one}" cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.85:.1f}"/>'
        )
    if standing == "contested":
        d = r * 1.35
        left = f"M{x:.1f} {y - d:.1f}L{x - d:.1f} {y:.1f}L{x:.1f} {y + d:.1f}Z"
        right = f"M{x:.1f} {y - d:.1f}L{x + d:.1f} {y:.1f}L{x:.1f} {y + d:.1f}Z"
        return f'<path class="mark f{one}" d="{left}"/><path class="mark f{other}" d="{right}"/>'
    if standing == "claimed":
        return f'<circle class="open s{one}" cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.85:.1f}" stroke-dasharray="3.2 2"/>'
    d = r * 0.8
    cross = f"M{x - d:.1f} {y - d:.1f}L{x + d:.1f} {y + d:.1f}M{x - d:.1f} {y + d:.1f}L{x + d:.1f} {y - d:.1f}"
    return f'<path class="cross" d="{cross}"/>'


def _scale(made: Scene) -> Iterator[str]:
    """A bar of a round number of kilometres, in the lower left corner."""
    km = max(n for n in (5, 10, 20, 50, 100, 200, 500) if n * made.km <= made.width / 4 or n == 5)
    x, y, long = 14, made.height - 14, km * made.km
    yield f'<path class="border" d="M{x} {y - 4:.0f}V{y:.0f}H{x + long:.0f}V{y - 4:.0f}"/>'
    yield f'<text class="soft" x="{x + 4}" y="{y - 5:.0f}" font-size="10">{km} km</text>'


def area(rings: Iterable[Sequence[Point]]) -> str:
    """Rings as path data."""
    return "".join(_path(ring) + "Z" for ring in rings)


def path(lines: Iterable[Sequence[Point]]) -> str:
    """Lines as path data."""
    return "".join(map(_path, lines))


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}".replace(".0 ", " ").removesuffix(".0") for x, y in points)


def _attribute(words: str) -> str:
    return words.replace('"', "&quot;")


def document(view: MapView) -> str:
    """The picture as a document of its own: heading, map, legend, sources."""
    width = look().canvas.wide
    made = drawing(view, width)
    height = float(made.partition('viewBox="0 0 ')[2].partition('"')[0].split(" ")[1])
    says = labels.shortened(f"{wording.dated(view)}. {wording.sources(view, 4)}", 13, width - 48)
    head = [(24, 30, 20, "", wording.heading(view)), (24, 54, 13, "soft", says)]
    count = wording.count(view)
    entries = list(legend(view))
    rows = (len(entries) + 1) // 2
    below = 70 + height + 26
    total = below + rows * 22 + 58
    parts = [f'<rect class="paper" width="{width}" height="{total:.0f}"/>']
    parts += [f'<text class="{c}" x="{x}" y="{y}" font-size="{s}">{escape(w)}</text>' for x, y, s, c, w in head]
    if count:
        parts.append(f'<text x="{width - 24}" y="36" font-size="26" font-weight="700" text-anchor="end">{count}</text>')
    parts.append(made.replace("<svg ", f'<svg x="0" y="70" width="{width}" height="{height:.0f}" ', 1))
    for n, (drawn, words) in enumerate(entries):
        x, y = 36 + n // rows * (width / 2), below + n % rows * 22
        fitting = labels.shortened(words, 12, width / 2 - 66)
        parts.append(f'<g transform="translate({x:.0f} {y:.0f})">{drawn}</g>')
        parts.append(f'<text x="{x + 20:.0f}" y="{y + 4:.0f}" font-size="12">{escape(fitting)}</text>')
    foot = below + rows * 22 + 12
    for n, words in enumerate((wording.CLAIM, wording.LAND)):
        parts.append(f'<text class="soft" x="24" y="{foot + n * 17:.0f}" font-size="11">{escape(words)}</text>')
    return (
        f'<svg class="sheet map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total:.0f}" width="{width}" '
        f'height="{total:.0f}"><style>{styles()}</style>{"".join(parts)}</svg>\n'
    )


def legend(view: MapView) -> Iterator[tuple[str, str]]:
    """What is on the map and what it means: a small drawing around 0, 0, and words."""
    for n, party in enumerate(view.parties):
        if n < len(look().colours.light):
            yield f'<rect class="f{n + 1}" x="-8" y="-6" width="16" height="12" rx="2"/>', party
    if len(view.parties) > (most := len(look().colours.light)):
        yield f'<rect class="f{most}" x="-8" y="-6" width="16" height="12" rx="2"/>', "and others"
    for standing in wording.STANDING:
        if any(row.standing == standing for row in view.places):
            yield symbol(standing, (0, 0), 6, (1, 2)), wording.STANDING[standing]
    yield '<rect class="f1" x="-8" y="-6" width="16" height="12" rx="6" fill-opacity=".35"/>', wording.SHADE
    if any(map(vague, view.places)):
        yield '<rect class="dash s1" x="-8" y="-6" width="16" height="12"/>', wording.VAGUE
    for line in view.lines:
        colour = wording.colour(line.holder, view)
        kind = "path" if line.path else "before"
        yield f'<path class="{kind} s{colour}" fill="none" d="M-9 0H9"/>', wording.line(line)
