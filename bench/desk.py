"""The desk over a large record: what each page costs its server, in processor seconds.

Every address that the desk answers to a reader is asked, once to warm up and then `ROUNDS` times; the least counts. The
record is the one of `bench.record`. Bodies are rendered and packed as for a browser, nothing goes over a wire.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.common import Row
from bench.record import A_DAY, FIRST_DAY, TOWNS, large

ROUNDS = 3
#: The most that a page may cost, and the median over all of them.
MOST, MEDIAN = 1.0, 0.3
#: Addresses that do something, or end.
_NOT = ("/open", "/leave")


def figures(count: int, path: Path | None = None) -> list[Row]:
    """Ask for every page of a record of `count` reports (kept at `path`, where one is named)."""
    from starlette.testclient import TestClient

    from counterclaim.desk.access import Door
    from counterclaim.desk.pages import build

    with large(count, path) as (record, _):
        door = Door(read_only=False)
        made = build(record, 8765, door)
        with TestClient(made, base_url="http://127.0.0.1:8765") as client:
            client.get(f"/open?token={door.token}")
            costs = {}
            for address in addresses(made, count):
                costs[address] = _cost(client, address)
                print(f"({address}: {costs[address]:.2f} s)", flush=True)
    rows = [Row(f"desk {address}, of {count:,} reports", cost, MOST, "s") for address, cost in costs.items()]
    return [*rows, Row("desk, median over pages", statistics.median(costs.values()), MEDIAN, "s")]


def addresses(desk: object, count: int) -> Iterator[str]:
    """Every address that asks nothing, those of one day about a day amid the war too, and one of each thing."""
    from starlette.routing import Route

    day = FIRST_DAY + timedelta(days=count // A_DAY // 2)
    of_a_day = {"/day": f"date={day}", "/changes": f"date={day}", "/map": f"date={day}"}
    asks = {**of_a_day, "/search": f"q={TOWNS[7]}+convoy", "/events": f"place={TOWNS[7]}"}
    month = f"from={day - timedelta(days=30)}&to={day}"  # what the pages themselves go to
    asks |= dict.fromkeys(("/figures", "/sides", "/answers"), month)
    things = {
        "/place/": TOWNS[7], "/report/": "bench50000007", "/event/": "bench50000007/e1", "/actor/": "Red",
    }  # fmt: skip
    for route in getattr(desk, "routes", ()):
        if not isinstance(route, Route) or "GET" not in (route.methods or ()) or route.path in _NOT:
            continue
        before, brace, after = route.path.partition("{")
        if brace:
            ending = after.partition("}")[2]
            if before in things and "/" not in ending:
                yield f"{before}{things[before]}{ending}"
            continue
        page, _, form = route.path.partition(".")
        if form in ("json", "csv") and page not in of_a_day:  # without a bound these are the whole record
            yield f"{route.path}?{'&'.join(filter(None, (asks.get(page), 'limit=200')))}"
            continue
        yield route.path
        if page in asks:
            yield f"{route.path}?{asks[page]}"


def _cost(client: object, address: str) -> float:
    """The least processor seconds of a page; a page that is not there costs nothing and says so."""
    costs = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        answer = client.get(address)  # type: ignore[attr-defined]
        costs.append(time.process_time() - start)
    if answer.status_code != 200:
        print(f"({address}: {answer.status_code})")
    return min(costs[1:])
