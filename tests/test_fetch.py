"""Fetch, against real servers on loopback: what it brings, what it refuses, what it does not wait for."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from counterclaim.errors import FetchError, RefusedError
from counterclaim.fetch import Address, Guard, Limits, Page, fetch, is_public

TLS = Path(__file__).parent / "tls"
HTML = b"<p>A shell hit the ferry.</p>"
Handler = Callable[[socket.socket, bytes], None]


def answer(body: bytes = HTML, status: str = "200 OK", *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(to: str) -> bytes:
    return answer(b"", "302 Found", f"Location: {to}")


class Server:
    """A server on loopback that hands each connection to a handler and keeps what it was asked."""

    def __init__(self, handler: Handler | bytes, tls: ssl.SSLContext | None = None) -> None:
        self.handler, self.tls = handler, tls
        self.asked: list[bytes] = []
        self.hung_up = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer: socket.socket) -> None:
        try:
            with closing(self.tls.wrap_socket(peer, server_side=True) if self.tls else peer) as ours:
                request = b""
                while b"\r\n\r\n" not in request and (chunk := ours.recv(65536)):
                    request += chunk
                self.asked.append(request)
                ours.sendall(self.handler) if isinstance(self.handler, bytes) else self.handler(ours, request)
        except OSError:
            self.hung_up.set()

    def url(self, path: str = "/", name: str = "news.example", scheme: str = "http") -> str:
        return f"{scheme}://{name}:{self.port}{path}"


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(handler: Handler | bytes | None = None, tls: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(answer() if handler is None else handler, tls))
        return servers[-1]

    yield start
    for server in servers:
        server.socket.close()


#: Loopback stands for the public internet here, and every name leads to it.
LOOPBACK = Guard(
    allow=lambda a: a == ipaddress.ip_address("127.0.0.1"), ports=None, resolve=lambda _n, _p: ["127.0.0.1"]
)


def bring(url: str, guard: Guard = LOOPBACK, **limits: float) -> Page:
    return fetch(url, guard=guard, limits=replace(Limits(), **limits))  # type: ignore[arg-type]


def test_a_page(serve: Callable[..., Server]) -> None:
    server = serve(answer(HTML, "200 OK", "ETag: abc"))
    page = bring(server.url("/a b?q=ü#part"))
    assert page.body == HTML
    assert (page.content_type, page.charset, page.headers["etag"]) == ("text/html", "utf-8", "abc")
    request = server.asked[0].decode()
    assert request.startswith("GET /a%20b?q=%C3%BC HTTP/1.1\r\n")
    assert f"Host: news.example:{server.port}\r\n" in request
    assert "cookie" not in request.lower()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:7f00:1::",
        "2001:0:808:808:0:0:80ff:fffe",
    ],
)
def test_private_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0/",
        "https://localhost./",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_the_guard_as_it_is_goes_to_no_private_network(url: str) -> None:
    with pytest.raises((RefusedError, FetchError)) as raised:
        fetch(url, limits=Limits(connect=2))
    assert isinstance(raised.value, RefusedError) or "no address" in raised.value.message
    assert raised.value.where == url


def test_one_private_address_among_public_ones_refuses_the_name(serve: Callable[..., Server]) -> None:
    server = serve()
    guard = replace(LOOPBACK, resolve=lambda _n, _p: ["127.0.0.1", "10.0.0.1"])
    with pytest.raises(RefusedError, match="private network"):
        bring(server.url(), guard)
    assert not server.asked


def test_a_name_is_resolved_once_and_the_checked_address_used(serve: Callable[..., Server]) -> None:
    """Rebinding: the name's second answer, a private address, is never asked for."""
    server = serve()
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    page = bring(server.url(), replace(LOOPBACK, resolve=lambda _n, _p: next(answers)))
    assert page.body == HTML
    assert next(answers) == ["10.0.0.1"]


def test_every_hop_is_checked(serve: Callable[..., Server]) -> None:
    inner = serve(answer(b"secret"))
    server = serve(redirect(f"http://inside.example:{inner.port}/"))
    guard = replace(LOOPBACK, resolve=lambda name, _p: ["127.0.0.1" if name == "news.example" else "127.0.0.2"])
    with pytest.raises(RefusedError, match=r"inside\.example is on a private network") as raised:
        bring(server.url(), guard)
    assert raised.value.exit_code == 5
    assert not inner.asked


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://news.example/x",
        "gopher://news.example",
        "http://user:pw@news.example/",
        "javascript:alert(1)",
    ],
)
def test_redirects_to_other_schemes_or_with_credentials(serve: Callable[..., Server], target: str) -> None:
    with pytest.raises(RefusedError):
        bring(serve(redirect(target)).url())


@pytest.mark.parametrize(
    "url", ["http://user:secret@news.example/", "http://secret@news.example/", "http://@news.example/"]
)
def test_credentials_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(RefusedError) as raised:
        bring(url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///x",
        "http://news.example:99999/",
        "http://[::1/",
        "http://a b/",
        "http://\x00/",
        "http://xn--\udc00/",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(FetchError):
        bring(url)


def test_ports_for_pages_only() -> None:
    with pytest.raises(RefusedError, match="port 25"):
        bring("http://news.example:25/", replace(LOOPBACK, ports=Guard().ports))


def test_a_name_without_address() -> None:
    def nothing(_name: str, _port: int) -> list[str]:
        raise socket.gaierror("no such name")

    with pytest.raises(FetchError, match=r"no address for news\.example"):
        bring("http://news.example/", replace(LOOPBACK, resolve=nothing))


def test_redirects_are_followed_and_counted(serve: Callable[..., Server]) -> None:
    def count(peer: socket.socket, request: bytes) -> None:
        number = int(request.split(b" ")[1][1:] or b"0")
        peer.sendall(redirect(f"/{number - 1}") if number else answer())

    server = serve(count)
    page = bring(server.url("/5"))
    assert (page.body, page.url, page.final_url) == (HTML, server.url("/5"), server.url("/0"))
    assert len(server.asked) == 6
    with pytest.raises(RefusedError, match="more than 5 redirects"):
        bring(server.url("/6"))


def test_a_loop_of_redirects(serve: Callable[..., Server]) -> None:
    server = serve(redirect("/again"))
    with pytest.raises(RefusedError, match="redirects"):
        bring(server.url())
    assert len(server.asked) == 6


def test_a_declared_size_over_the_limit_is_not_read(serve: Callable[..., Server]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20000001\r\n\r\n"
    with pytest.raises(RefusedError, match="larger than 20 MB"):
        bring(serve(head).url())


def endless(head: bytes, chunk: bytes) -> Handler:
    """A handler that sends and sends until the other side hangs up."""

    def send(peer: socket.socket, _request: bytes) -> None:
        peer.sendall(head)
        while True:
            peer.sendall(chunk)

    return send


def test_a_page_without_end_is_cut(serve: Callable[..., Server]) -> None:
    server = serve(endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x" * 65536))
    with pytest.raises(RefusedError, match="larger than 1 MB"):
        bring(server.url(), size=1_000_000)
    assert server.hung_up.wait(10)


def test_chunks_without_end_are_cut(serve: Callable[..., Server]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    with pytest.raises(RefusedError, match="larger than"):
        bring(serve(endless(head, b"1000\r\n" + b"x" * 4096 + b"\r\n")).url(), size=1_000_000)


def test_gzip(serve: Callable[..., Server]) -> None:
    page = bring(serve(answer(gzip.compress(HTML), "200 OK", "Content-Encoding: gzip")).url())
    assert page.body == HTML


def test_a_gzip_bomb_is_cut_before_it_fills_the_memory(serve: Callable[..., Server]) -> None:
    bomb = gzip.compress(b"x" * 50_000_000)
    server = serve(answer(bomb, "200 OK", "Content-Encoding: gzip"))
    tracemalloc.start()
    with pytest.raises(RefusedError, match="larger than 1 MB"):
        bring(server.url(), size=1_000_000)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "encoding"), [(b"no gzip", "gzip"), (gzip.compress(HTML)[:-9], "gzip"), (HTML, "br"), (HTML, "gzip, gzip")]
)
def test_broken_or_unknown_compression(serve: Callable[..., Server], body: bytes, encoding: str) -> None:
    with pytest.raises(FetchError):
        bring(serve(answer(body, "200 OK", f"Content-Encoding: {encoding}")).url())


def drip(head: bytes, byte: bytes) -> Handler:
    """A handler that sends a byte now and then, so that no single read ever waits long."""

    def send(peer: socket.socket, _request: bytes) -> None:
        peer.sendall(head)
        pause = threading.Event()
        while not pause.wait(0.01):
            peer.sendall(byte)

    return send


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 2"],
    ids=["body", "headers", "status"],
)
def test_a_drip_is_cut_by_the_total_time(serve: Callable[..., Server], head: bytes) -> None:
    server = serve(drip(head, b"0"))
    with pytest.raises(RefusedError, match=r"not finished after 0\.3 seconds"):
        bring(server.url(), total=0.3)
    assert server.hung_up.wait(10)


def test_silence_is_cut_by_the_reading_time(serve: Callable[..., Server]) -> None:
    done = threading.Event()
    server = serve(lambda _peer, _request: done.wait(30) and None)
    with pytest.raises(FetchError, match=r"no answer within 0\.2 seconds"):
        bring(server.url(), read=0.2)
    done.set()


def test_nobody_listens() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchError, match=r"no answer from news\.example"):
        bring(f"http://news.example:{port}/")


@pytest.mark.parametrize(
    "raw",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort", b"HTTP/1.1 999999 x\r\n\r\n"],
)
def test_broken_answers(serve: Callable[..., Server], raw: bytes) -> None:
    with pytest.raises(FetchError):
        bring(serve(raw).url())


@pytest.mark.parametrize(
    ("status", "hint"),
    [("403 Forbidden", "Save the page"), ("404 Not Found", ""), ("500 Oops", ""), ("204 No Content", "")],
)
def test_other_answers_than_a_page(serve: Callable[..., Server], status: str, hint: str) -> None:
    server = serve(answer(b"", status))
    with pytest.raises(FetchError, match=f"answered {status[:3]}") as raised:
        bring(server.url())
    assert hint in (raised.value.hint or "")
    assert raised.value.where == server.url()


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4", "application/octet-stream"])
def test_what_is_no_page(serve: Callable[..., Server], kind: str) -> None:
    with pytest.raises(FetchError, match="is no page"):
        bring(serve(answer(kind=kind)).url())


@pytest.fixture(scope="module")
def tls() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for news.example, and a client's that trusts it."""
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
    return ours, ssl.create_default_context(cafile=str(TLS / "cert.pem"))


def test_tls_checks_the_name_not_the_address(
    serve: Callable[..., Server], tls: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    server = serve(answer(), tls[0])
    guard = replace(LOOPBACK, tls=tls[1])
    assert bring(server.url(scheme="https"), guard).body == HTML
    with pytest.raises(FetchError, match=r"not good for other\.example"):
        bring(server.url(name="other.example", scheme="https"), guard)


def test_tls_of_nobody_we_trust(serve: Callable[..., Server], tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with pytest.raises(FetchError, match=r"the certificate is not good for news\.example"):
        bring(serve(answer(), tls[0]).url(scheme="https"))


def test_the_guard_sees_each_address_without_its_zone(serve: Callable[..., Server]) -> None:
    seen: list[Address] = []

    def look(address: Address) -> bool:
        seen.append(address)
        return False

    with pytest.raises(RefusedError):
        bring("http://news.example/", Guard(allow=look, resolve=lambda _n, _p: ["fe80::1%eth0"]))
    assert seen == [ipaddress.ip_address("fe80::1")]
