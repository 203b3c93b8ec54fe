"""The only SQL: a record kept in one SQLite file."""

from counterclaim.store.queries import Filter
from counterclaim.store.record import Record, open_record

__all__ = ["Filter", "Record", "open_record"]
