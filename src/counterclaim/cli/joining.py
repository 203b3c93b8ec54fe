"""What many reports tell together: stories, copies, joins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from counterclaim.cli.listing import Drawn, listing

if TYPE_CHECKING:
    from counterclaim.store import Filter, Record
    from counterclaim.types import Struct


@listing()
def stories(record: Record, wanted: Filter) -> Iterable[Struct]:
    """Reports whose main event is one, with their copies: "5 outlets, 2 independent"."""
    from counterclaim.views.stories import stories as rows

    return rows(record, wanted)


@listing(name="copies")
def copied(record: Record, wanted: Filter) -> Iterable[Struct]:
    """What was printed before: reports that are near copies of another, and passages of other reports."""
    from counterclaim.views.stories import copied as rows

    return rows(record, wanted)


@listing(
    click.option(
        "--doubtful", "standing", flag_value="doubtful", help="The queue: pairs that a person should look at."
    ),
    click.option("--apart", "standing", flag_value="apart", help="Pairs that somebody judged to be two events."),
    click.option("--every", "standing", flag_value="every", help="Every pair: joined, doubtful and apart."),
)
def joins(record: Record, wanted: Filter, standing: str | None) -> Drawn:
    """Events that several reports tell, with what ties each telling to the others.

    With an option, pairs of events instead: an ID pair goes to `judge`, which joins, parts, and takes that back.
    """
    from counterclaim.cli import table
    from counterclaim.views.groups import flat_members, groups
    from counterclaim.views.joins import flat_pairs
    from counterclaim.views.joins import joins as pairs

    if standing:
        found = pairs(record, wanted, None if standing == "every" else standing)
        return Drawn(found, flat_pairs, lambda rows: table.show("JoinRow", iter(rows)))
    return Drawn(groups(record, wanted), flat_members, lambda rows: table.show("GroupRow", iter(rows)))


COMMANDS = (stories, copied, joins)
