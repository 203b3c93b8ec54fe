"""Reports that are being added: jobs in a line, read one report at a time by a thread of their own.

The reader is loaded by the first job and stays. Each report is kept as soon as it is read, all or nothing, so a job
that is stopped, or a desk that is closed, loses nothing that it had. What cannot be read is refused, the rest goes on.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from queue import SimpleQueue
from typing import Any, BinaryIO, Literal

import msgspec

from counterclaim.errors import CounterclaimError, InputError
from counterclaim.store import Record
from counterclaim.types import Report, Struct

Found = Report | InputError
#: Jobs that the desk remembers, and rows of one input that it shows.
_REMEMBERED, SHOWN = 20, 200
_WEB = re.compile(r"https?://", re.IGNORECASE)
Fate = Literal["added", "unread", "there", "refused", "stopped"]


class Line(Struct, frozen=True, kw_only=True):
    """What became of one report, or of an input that holds none. `report` is its handle, `why` what was wrong."""

    fate: Fate
    report: str | None = None
    headline: str | None = None
    why: str | None = None


class Item(Struct, frozen=True, kw_only=True):
    """One input: its name, how far it is, how many reports of it came to which end, and the first of them."""

    name: str
    state: Literal["waiting", "reading", "done", "stopped"]
    counts: dict[str, int]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


class Progress(Struct, frozen=True, kw_only=True):
    """A job as it stands."""

    id: str
    state: Literal["waiting", "reading", "done", "stopped"]
    done: int
    of: int
    counts: dict[str, int]
    items: tuple[Item, ...]


class Input:
    """Something to read, and what became of it. `find` yields its reports; `close` lets go of its file."""

    def __init__(self, name: str, find: Callable[[Callable[[str], None]], Iterable[Found]], file: Any = None) -> None:
        self.name, self.find, self._file = name, find, file
        self.state: Literal["waiting", "reading", "done", "stopped"] = "waiting"
        self.counts: Counter[str] = Counter()
        self.lines: list[Line] = []
        self.notes: list[str] = []

    def tell(self, line: Line) -> None:
        """Note what became of a report."""
        self.counts[line.fate] += 1
        if len(self.lines) < SHOWN:
            self.lines.append(line)

    def close(self) -> None:
        """Let go of what was sent."""
        if self._file is not None:
            self._file.close()


def of_file(file: BinaryIO, name: str) -> Input:
    """A file that was sent, by its name: the reader tells kinds apart by its ending, as everywhere."""

    def find(warn: Callable[[str], None]) -> Iterator[Found]:
        from counterclaim import sources

        return sources.opened(file, name, today=date.today(), warn=warn)

    return Input(name, find, file)


def of_address(url: str) -> Input:
    """A page of the web. Nothing else is opened by a name: what is no http address is refused here."""

    def find(warn: Callable[[str], None]) -> Iterator[Found]:
        if not _WEB.match(url):
            return iter([InputError("this is no address of a page", hint="Write it with https://")])
        from counterclaim import fetch, sources

        return sources.reports([url], fetch=fetch.fetch, today=date.today(), warn=warn)

    return Input(url, find)


def of_text(fields: dict[str, str]) -> Input:
    """A text that was pasted, with what is known of it."""

    def find(_: Callable[[str], None]) -> Iterator[Found]:
        from counterclaim import sources

        try:
            yield sources.report_from({k: v for k, v in fields.items() if v}, "pasted text")
        except InputError as error:
            yield error

    return Input(fields.get("headline") or "pasted text", find)


class Job:
    """Some inputs that were sent together. `published` is for reports that tell no date of their own."""

    def __init__(self, inputs: list[Input], conflict: str | None, published: date | None) -> None:
        self.id = secrets.token_urlsafe(9)
        self.inputs, self.conflict, self.published = inputs, conflict, published
        self.stopped = False

    def progress(self) -> Progress:
        """How far it is. May be asked while it goes on."""
        items = tuple(
            Item(name=i.name, state=i.state, counts=dict(i.counts), lines=tuple(i.lines), notes=tuple(i.notes))
            for i in self.inputs
        )
        done = sum(i.state in ("done", "stopped") for i in items)
        counts: Counter[str] = Counter()
        for item in items:
            counts.update(item.counts)
        state: Any = "stopped" if self.stopped else "done" if done == len(items) else "reading"
        if done < len(items) and all(i.state == "waiting" for i in items):
            state = "stopped" if self.stopped else "waiting"
        return Progress(id=self.id, state=state, done=done, of=len(items), counts=dict(counts), items=items)


class Adder:
    """Takes jobs for a record, and does them in their order."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._line: SimpleQueue[Job] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, inputs: list[Input], conflict: str | None = None, published: date | None = None) -> Job:
        """Take a job. It begins when those before it are done."""
        job = Job(inputs, conflict, published)
        with self._lock:
            self._jobs[job.id] = job
            for old in [*self._jobs.values()][:-_REMEMBERED]:
                if all(i.state in ("done", "stopped") for i in old.inputs):
                    del self._jobs[old.id]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="adding", daemon=True)
                self._thread.start()
        self._line.put(job)
        return job

    def job(self, ident: str) -> Job | None:
        """The job of that name, if it is remembered."""
        return self._jobs.get(ident)

    def jobs(self) -> list[Job]:
        """The jobs that are remembered, the newest first."""
        with self._lock:
            return [*self._jobs.values()][::-1]

    def _work(self) -> None:
        while True:
            job = self._line.get()
            for each in job.inputs:
                try:
                    if not job.stopped:
                        each.state = "reading"
                        self._take(job, each)
                except Exception as error:  # a fault of ours must not stop the line
                    each.tell(Line(fate="refused", why=_said(error)))
                finally:
                    each.state = "stopped" if job.stopped else "done"
                    each.close()

    def _take(self, job: Job, each: Input) -> None:
        for found in each.find(each.notes.append):
            if job.stopped:
                return
            if isinstance(found, InputError):
                line = (found.where or "").removeprefix(f"{each.name}:")
                where = f"Line {line}: " if line.isdigit() else ""
                each.tell(Line(fate="refused", why=where + _said(found)))
                continue
            try:
                each.tell(self._one(job, found))
            except Exception as error:
                each.tell(Line(fate="refused", headline=found.headline, why=_said(error)))

    def _one(self, job: Job, report: Report) -> Line:
        """Read and keep one report."""
        from counterclaim import conflict as conflicts
        from counterclaim.reading import read, version

        if report.published is None and job.published:
            report = msgspec.structs.replace(report, published=job.published, published_basis="given")
        profile = conflicts.load(job.conflict).name if job.conflict else None
        fate: Fate = "there"
        why = None
        if not self._record.has(report, version(), profile):
            reading = read(report, job.conflict)
            if job.stopped:
                return Line(fate="stopped", headline=report.headline)
            if self._record.add(reading):
                fate, why = ("unread" if reading.unread else "added"), reading.unread
        return Line(fate=fate, report=self._record.short(report.id), headline=report.headline, why=why)


def _said(error: Exception) -> str:
    """What was wrong and what helps, in words, without the path of any file of this machine."""
    if isinstance(error, CounterclaimError):
        words = f"{error.message}. {error.hint}" if error.hint else error.message
        return words[:1].upper() + words[1:]
    return f"The reader failed on it ({type(error).__name__})"
