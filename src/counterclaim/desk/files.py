"""The desk's own files, each packed once; browsers keep them and ask whether they are still the same."""

from __future__ import annotations

import functools
import gzip
import hashlib
import os
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TYPES = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}  # fmt: skip


@functools.lru_cache(maxsize=64)
def _packed(path: str, changed: int) -> tuple[str, bytes, bytes]:  # noqa: ARG001  `changed` renews it
    """A file's mark, its bytes, and these packed."""
    data = Path(path).read_bytes()
    return f'"{hashlib.sha256(data).hexdigest()[:24]}"', data, gzip.compress(data, 9, mtime=0)


class Files(StaticFiles):
    """`StaticFiles` that packs, and leaves it to the browser to ask before it loads again."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file as it goes out."""
        kind = _TYPES.get(Path(full_path).suffix)
        if kind is None or status_code != 200:
            return super().file_response(full_path, stat_result, scope, status_code)
        asked = Headers(scope=scope)
        mark, plain, packed = _packed(str(full_path), stat_result.st_mtime_ns)
        headers = {"ETag": mark, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
        if asked.get("if-none-match") == mark:
            return Response(status_code=304, headers=headers)
        if "gzip" in asked.get("accept-encoding", ""):
            return Response(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=kind)
        return Response(plain, headers={**headers, "Content-Encoding": "identity"}, media_type=kind)
