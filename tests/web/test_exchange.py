"""One request: what is sent, to which address, and what ends it."""

from __future__ import annotations

import datetime
import gzip
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from docbot.web import exchange as exchanging
from docbot.web.exchange import MOST_BODY, Answer, Fault, Trouble, exchange, fetch
from docbot.web.guard import Guard
from docbot.web.interface import Look, State
from tests.web.server import HASTY, PATIENT, Server, always, looker, looks, moved, page

NAME = "docs.lantern.dev"
SECRETS = {
    "HTTP_PROXY": "http://me:secret@127.0.0.1:9/",
    "HTTPS_PROXY": "http://me:secret@127.0.0.1:9/",
    "ALL_PROXY": "http://me:secret@127.0.0.1:9/",
    "GITHUB_TOKEN": "ghp_secret",
    "GH_TOKEN": "ghp_secret",
}


class Names:
    """A name server: each name's addresses, one list for each time it is asked."""

    def __init__(self, **answers: list[str]) -> None:
        self.asked: list[str] = []
        self._answers = {name.replace("_", "."): list(found) for name, found in answers.items()}

    def __call__(self, host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        left = self._answers.get(host)
        if left is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


def test_only_what_anybody_may_know_is_sent(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(name.lower(), value)
    (tmp_path / "netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server.routes |= {"/a": moved("/b"), "/b": page()}
    looks(looker(), [server.url("/a")])
    for call in server.calls:
        assert {*call.headers} == {
            *("Host", "User-Agent", "Accept", "Accept-Encoding", "Accept-Language", "Connection")
        }
        assert "secret" not in str(call.headers)
    assert [call.path for call in server.calls] == ["/a", "/b", "/a", "/b"]


def test_cookies_are_not_kept(server: Server) -> None:
    def cookie(call: object) -> bytes:
        return b"HTTP/1.1 302 Found\r\nSet-Cookie: id=1\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"

    server.routes |= {"/a": cookie, "/b": page()}
    looks(looker(), [server.url("/a")])
    assert all("Cookie" not in call.headers for call in server.calls)


def test_name_is_kept_where_an_address_is_connected_to(server: Server) -> None:
    server.routes["/a"] = page()
    names = Names(docs_lantern_dev=["127.0.0.1"])
    answer = exchange("GET", server.url("/a?x=1", NAME), Guard(private=True, resolve=names), PATIENT)
    assert isinstance(answer, Answer)
    assert answer.status == 200
    assert server.calls[0].headers["Host"] == f"{NAME}:{server.server_address[1]}"
    assert server.calls[0].path == "/a?x=1"
    assert names.asked == [NAME]


def test_name_that_changes_its_answer_gains_nothing(server: Server) -> None:
    """DNS rebinding: public when it is first looked up, this machine a moment later."""
    names = Names(docs_lantern_dev=["127.0.0.1"])
    fault = exchange("GET", server.url("/a", NAME), Guard(resolve=names), PATIENT)
    assert isinstance(fault, Fault)
    assert fault.trouble is Trouble.FORBIDDEN
    rebound = Names(docs_lantern_dev=["203.0.113.1", "127.0.0.1"])
    place = Guard(private=True, resolve=rebound).places(NAME, 80)[0][1]
    assert place[0] == "203.0.113.1"
    assert server.calls == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_redirection_into_a_private_network_is_not_followed(server: Server, host: str) -> None:
    """The first server is let through by name, as if it were public; the guard sees the second."""
    server.routes["/start"] = moved(server.url("/inside", host))
    guard = Names(docs_lantern_dev=["127.0.0.1"], localhost=["127.0.0.1"])

    class Fence(Guard, frozen=True):
        def places(self, name: str, port: int) -> Any:
            inner = Guard(private=name == NAME, resolve=guard if name in (NAME, "localhost") else numbers)
            return inner.places(name, port)

    by = looker()
    by._guard = Fence()
    url = server.url("/start", NAME)
    look = looks(by, [url])[url]
    assert isinstance(look, Look)
    assert look.state is State.FORBIDDEN
    assert server.asked("/inside") == []


def numbers(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
    """How systems read a host that is a number."""
    if ":" in host:
        return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (host, port, 0, 0))]
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (socket.inet_ntoa(socket.inet_aton(host)), port))]


def test_second_address_is_tried_where_the_first_is_closed(server: Server) -> None:
    def two(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            closed = free.getsockname()[1]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", closed)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]

    server.routes["/a"] = page()
    answer = exchange("GET", server.url("/a", NAME), Guard(private=True, resolve=two), PATIENT)
    assert isinstance(answer, Answer)


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (socket.EAI_NONAME, Trouble.NO_NAME),
        (socket.EAI_AGAIN, Trouble.UNREACHABLE),
        (socket.EAI_FAIL, Trouble.UNREACHABLE),
    ],
)
def test_name_that_cant_be_looked_up_now_is_no_name_that_is_gone(number: int, trouble: Trouble) -> None:
    def resolve(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        raise socket.gaierror(number, "said by the resolver")

    fault = exchange("GET", f"http://{NAME}/", Guard(resolve=resolve), PATIENT)
    assert isinstance(fault, Fault)
    assert fault.trouble is trouble


@pytest.mark.parametrize("host", ["a" * 70 + ".dev", "a." * 130 + "dev"])
def test_name_that_can_be_none(host: str) -> None:
    def resolve(name: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        name.encode("idna")  # As socket.getaddrinfo does before it asks anybody.
        raise socket.gaierror(socket.EAI_NONAME, "too long")

    assert isinstance(exchange("GET", f"http://{host}/", Guard(resolve=resolve), PATIENT), Fault)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for NAME, which nobody signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[Server, list[str | None]]]:
    """A server with that certificate, and the names clients asked it for (SNI)."""
    named: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda sock, name, own: named.append(name)
    with Server(context=context) as server:
        server.routes["/a"] = page()
        yield server, named


GUARD = Guard(private=True, resolve=Names(docs_lantern_dev=["127.0.0.1"], other_dev=["127.0.0.1"]))


def test_certificate_nobody_vouches_for(secure: tuple[Server, list[str | None]]) -> None:
    fault = exchange("GET", secure[0].url("/a", NAME), GUARD, PATIENT)
    assert isinstance(fault, Fault)
    assert fault.trouble is Trouble.UNTRUSTED
    assert secure[0].calls == []


def test_encryption_is_with_the_name_that_was_asked_for(
    secure: tuple[Server, list[str | None]], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(exchanging, "_context", lambda: context)
    server, named = secure
    answer = exchange("GET", server.url("/a", NAME), GUARD, PATIENT)
    assert isinstance(answer, Answer)
    assert named == [NAME]
    assert server.calls[0].headers["Host"] == f"{NAME}:{server.server_address[1]}"
    wrong = exchange("GET", server.url("/a", "other.dev"), GUARD, PATIENT)
    assert isinstance(wrong, Fault)
    assert wrong.trouble is Trouble.UNTRUSTED


def test_handshake_that_never_ends_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        fault = exchange("HEAD", f"https://127.0.0.1:{port}/", Guard(private=True), HASTY)
    assert isinstance(fault, Fault)
    assert fault.trouble is Trouble.TIMEOUT


def test_what_is_fetched_is_never_longer_than_agreed(server: Server) -> None:
    packed = {"Content-Encoding": "gzip"}
    server.routes |= {
        "/bomb": always(200, packed, gzip.compress(b"0" * 20_000_000)),
        "/long": always(200, {}, b"0" * 1_000_000),
    }
    for path in ("/bomb", "/long"):
        body = fetch(server.url(path), Guard(private=True), PATIENT)
        assert isinstance(body, bytes)
        assert len(body) == MOST_BODY
