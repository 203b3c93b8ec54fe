"""The only socket to the outside: one page from one public address, within bounds, or a clear refusal.

At every hop the name is resolved once, each address it has must be public, and the connection goes to the very
address that was checked (with the name in Host and in TLS), so that a name that changes its mind between check and use
gains nothing. Standard library only: no proxy, no cookies, no credentials, HTTP/1.1 with gzip.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from counterclaim import __version__
from counterclaim.errors import FetchError, RefusedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: What a page may be. XML is for feeds.
TYPES = frozenset(
    {
        "text/html",
        "text/plain",
        "text/markdown",
        "text/xml",
        "application/xhtml+xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/json",
        "application/ld+json",
        "application/jsonl",
        "application/x-ndjson",
    }
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered. `body` is decompressed; header names are in lower case."""

    url: str
    final_url: str
    content_type: str
    charset: str | None
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch: bytes of the body (as sent and decompressed), seconds, hops."""

    size: int = 20_000_000
    connect: float = 10.0
    read: float = 15.0
    total: float = 60.0
    hops: int = 5


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet. IPv4 inside IPv6 (mapped, NAT64, 6to4, Teredo) counts as IPv4."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64 or address in _COMPATIBLE:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or not all(is_public(a) for a in inner if a is not None):
            return False
        if address.ipv4_mapped or address in _NAT64:
            return True
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(name: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """Where a fetch may go: addresses that `allow` accepts, on `ports` (None: any); `resolve` looks names up."""

    allow: Callable[[Address], bool] = is_public
    ports: frozenset[int] | None = frozenset({80, 443, 8080, 8443})
    resolve: Callable[[str, int], Iterable[str]] = resolve
    tls: ssl.SSLContext | None = None

    def addresses(self, name: str, port: int, where: str) -> list[str]:
        """The checked addresses of a name.

        Raises:
            RefusedError: if the port or any one of the addresses is not allowed.
            FetchError: if there is no such name.
        """
        if self.ports is not None and port not in self.ports:
            raise RefusedError(f"port {port} is not one for pages", where=where)
        try:
            found = list(self.resolve(name, port))
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise FetchError(f"no address for {name}", where=where, hint="Check the spelling and the connection")
        for address in found:
            try:
                allowed = self.allow(ipaddress.ip_address(address.partition("%")[0]))
            except ValueError:
                allowed = False
            if not allowed:
                raise RefusedError(
                    f"{name} is on a private network", where=where, hint="Save the page and give the file"
                )
        return found


@dataclass(frozen=True, slots=True)
class _Target:
    """One address to ask: the parts of a URL."""

    url: str
    scheme: str
    name: str
    port: int
    path: str

    @classmethod
    def of(cls, url: str) -> _Target:
        """The parts of `url`.

        Raises:
            RefusedError: for other schemes than http and https, and for credentials.
            FetchError: if it is no address.
        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
            name = (parts.hostname or "").rstrip(".")
            name = name if name.isascii() else name.encode("idna").decode("ascii")
        except (ValueError, UnicodeError):
            raise FetchError("not an address", where=url) from None
        if parts.scheme not in ("http", "https"):
            raise RefusedError(
                f"{parts.scheme or 'relative'} addresses are not read", where=url, hint="Give an http or https address"
            )
        if "@" in parts.netloc:
            raise RefusedError("an address with a name or password in it is not read", where=_hidden(url))
        if not name or _CONTROL.search(name):
            raise FetchError("not an address", where=url)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        return cls(url, parts.scheme, name, port, path + (f"?{query}" if query else ""))

    @property
    def host(self) -> str:
        """The Host header: name, and port where it is not the scheme's own."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if (self.scheme, self.port) in (("http", 80), ("https", 443)) else f"{name}:{self.port}"


def _hidden(url: str) -> str:
    return re.sub(r"//[^/@]*@", "//…@", url)


class _Clock:
    """How long is left of the whole fetch."""

    def __init__(self, seconds: float, where: str) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds
        self._where = where

    def left(self, most: float) -> float:
        """Seconds for the next step, at most `most`.

        Raises:
            RefusedError: if the time is up.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise RefusedError(f"not finished after {self._seconds:g} seconds", where=self._where)
        return min(left, most)


class _Reader(io.RawIOBase):
    """A socket's bytes, each read within the time that is left, so that not even dripped headers outlast it."""

    def __init__(self, sock: socket.socket, clock: _Clock, most: float) -> None:
        self._sock, self._clock, self._most = sock, clock, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(self._clock.left(self._most))
        return self._sock.recv_into(buffer)


class _Timed:
    """What `http.client` wants of a socket, with `_Reader` for its file."""

    def __init__(self, sock: socket.socket, clock: _Clock, most: float) -> None:
        self._sock, self._clock, self._most = sock, clock, most

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._clock, self._most))

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._clock.left(self._most))
        self._sock.sendall(data)

    def close(self) -> None:
        """Nothing: `http.client` closes before the body is read, and we close after it."""


def fetch(url: str, *, guard: Guard | None = None, limits: Limits | None = None) -> Page:
    """The page at `url`, after at most `limits.hops` redirects.

    Raises:
        RefusedError: where the guard would not go; more bytes, seconds or hops than `limits` allow.
        FetchError: no answer, another status than 200, a bad certificate, a kind of content that is no page.
    """
    guard, limits = guard or Guard(), limits or Limits()
    clock = _Clock(limits.total, _hidden(url))
    target = _Target.of(url)
    for _ in range(limits.hops + 1):
        found = _ask(target, guard, limits, clock)
        if isinstance(found, str):
            target = _Target.of(urljoin(target.url, found))
            continue
        headers, body = found
        kind, charset = _content_type(headers.get("content-type", ""))
        if kind and kind not in TYPES:
            raise FetchError(f"{kind} is no page", where=target.url)
        return Page(url, target.url, kind, charset, body, headers)
    raise RefusedError(f"more than {limits.hops} redirects", where=url)


def _ask(target: _Target, guard: Guard, limits: Limits, clock: _Clock) -> str | tuple[dict[str, str], bytes]:
    """Where a redirect leads, or headers and body."""
    sock = _connected(target, guard, limits, clock)
    connection = http.client.HTTPConnection(target.name, target.port)
    connection.sock = _Timed(sock, clock, limits.read)
    try:
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", target.host)
        connection.putheader("User-Agent", f"counterclaim/{__version__}")
        connection.putheader(
            "Accept", "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.9, */*;q=0.1"
        )
        connection.putheader("Accept-Encoding", "gzip")
        connection.putheader("Connection", "close")
        connection.endheaders()
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        if answer.status in _REDIRECTS and headers.get("location"):
            return headers["location"]
        if answer.status != 200:
            hint = (
                "Save the page from a browser and give the file" if answer.status in (401, 402, 403, 429, 451) else None
            )
            raise FetchError(f"answered {answer.status} {answer.reason}".rstrip(), where=target.url, hint=hint)
        return headers, _body(answer, headers, target.url, limits)
    except TimeoutError:
        clock.left(limits.read)
        raise FetchError(f"no answer within {limits.read:g} seconds", where=target.url) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"the connection broke ({type(error).__name__})", where=target.url) from None
    finally:
        sock.close()


def _connected(target: _Target, guard: Guard, limits: Limits, clock: _Clock) -> socket.socket:
    """A connection to a checked address of the target, with TLS for its name where the scheme asks for it."""
    reason: Exception | None = None
    for address in guard.addresses(target.name, target.port, target.url):
        try:
            sock = socket.create_connection((address, target.port), clock.left(limits.connect))
        except OSError as error:
            reason = error
            continue
        if target.scheme == "http":
            return sock
        try:
            sock.settimeout(clock.left(limits.connect))
            return (guard.tls or ssl.create_default_context()).wrap_socket(sock, server_hostname=target.name)
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            sock.close()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise FetchError(
                    f"the certificate is not good for {target.name}: {error.verify_message}", where=target.url
                ) from None
            reason = error
        except BaseException:
            sock.close()
            raise
    clock.left(limits.connect)
    detail = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    raise FetchError(f"no answer from {target.name} ({detail.lower()})", where=target.url)


def _body(answer: http.client.HTTPResponse, headers: Mapping[str, str], where: str, limits: Limits) -> bytes:
    """The body, decompressed, never more of it in memory than the limit allows."""
    too_large = RefusedError(f"larger than {limits.size / 1e6:g} MB", where=where)
    declared = headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > limits.size:
        raise too_large
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise FetchError(f"sent as {encoding}, which was not asked for", where=where)
    gunzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
    body = bytearray()
    taken = 0
    while chunk := answer.read1(65536):
        taken += len(chunk)
        try:
            body += gunzip.decompress(chunk, limits.size + 1 - len(body)) if gunzip else chunk
        except zlib.error:
            raise FetchError("broken compression", where=where) from None
        if max(len(body), taken) > limits.size or (gunzip and gunzip.unconsumed_tail):
            raise too_large
    if (gunzip and not gunzip.eof) or (declared.isdigit() and taken < int(declared)):
        raise FetchError("the page broke off", where=where)
    return bytes(body)


def _content_type(value: str) -> tuple[str, str | None]:
    """Kind and charset of a Content-Type header."""
    kind, _, rest = value.partition(";")
    m = re.search(r"charset\s*=\s*[\"']?([\w-]{2,40})", rest, re.IGNORECASE)
    return kind.strip().lower(), m.group(1) if m else None
