"""Tables as Parquet: types of their own, texts as lists, what is in the file in its metadata."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from counterclaim.exports import tables
from counterclaim.exports.files import Files
from counterclaim.exports.tables import Kind, Line

#: Rows of a row group: what is held in memory at a time.
_GROUP = 10_000


def write(name: str, found: Iterable[Line], files: Files, path: Path, about: dict[str, str]) -> int:
    """One table; the number of rows. `about` becomes the file's key-value metadata, under "counterclaim.…"."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    notes = {f"counterclaim.{key}": value for key, value in about.items()}
    fields = [pa.field(column, _type(pa, kind)) for column, kind in tables.columns(name).items()]
    schema = pa.schema(fields, metadata=notes)
    written, rows = 0, (line.cells for line in found)
    with pq.ParquetWriter(files.binary(path), schema, compression="zstd") as out:
        while group := list(islice(rows, _GROUP)):
            out.write_table(pa.Table.from_pylist(group, schema=schema))
            written += len(group)
    return written


def _type(pa: Any, kind: Kind) -> Any:
    """The Arrow type of a kind of column."""
    types = {
        "text": pa.string, "integer": pa.int64, "number": pa.float64, "yes or no": pa.bool_, "day": pa.date32,
    }  # fmt: skip
    return pa.list_(pa.string()) if kind == "texts" else types[kind]()
