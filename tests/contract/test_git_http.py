"""git over HTTP: a real git client clones, fetches and pushes as it would at a code host."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from tests.contract.git_http import GitServer
from tests.contract.wire import read_body
from tests.helpers.git import Builder

DOCS = "lantern-team/lantern-docs.git"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitServer]:
    source = Builder.init(tmp_path / "source")
    source.commit({"docs/a.md": "# A\n" * 1000, "docs/b.md": "# B\n"})
    folder = tmp_path / "bare"
    source.git("clone", "-q", "--mirror", str(source.root), str(folder / DOCS))
    with GitServer(folder, tokens={"secret": "octo-writer"}, may_push={DOCS: {"octo-writer"}}) as started:
        yield started


def address(server: GitServer, secret: str = "", repository: str = DOCS) -> str:
    host = server.url.removeprefix("http://")
    return f"http://x-access-token:{secret}@{host}/{repository}" if secret else f"http://{host}/{repository}"


def clone(server: GitServer, to: Path, *options: str, secret: str = "secret") -> Builder:
    to.parent.mkdir(exist_ok=True)
    subprocess.run(
        ["git", "clone", "-q", *options, address(server, secret), str(to)], check=True, capture_output=True
    )
    return Builder(to)


def refusal(builder: Builder, *argv: str) -> str:
    with pytest.raises(subprocess.CalledProcessError) as raised:
        builder.git(*argv)
    return str(raised.value.stderr.decode())


def test_a_body_is_read_however_it_comes() -> None:
    packed = gzip.compress(b"0123456789")
    chunks = b"".join(b"%x;x=y\r\n%b\r\n" % (len(part), part) for part in (packed[:4], packed[4:]))
    headers = {"transfer-encoding": "chunked", "content-encoding": "gzip"}
    stream = BytesIO(chunks + b"0\r\nTrailer: 1\r\n\r\nnext")
    assert read_body(headers, stream) == b"0123456789"
    assert stream.read() == b"next"
    assert read_body({"content-length": "4"}, BytesIO(b"wordnext")) == b"word"
    assert read_body({}, BytesIO(b"next")) == b""


def test_everybody_may_clone(server: GitServer, tmp_path: Path) -> None:
    made = clone(server, tmp_path / "clone", secret="")
    assert (made.root / "docs/b.md").read_text() == "# B\n"
    assert server.calls[0] == ("git-upload-pack", DOCS, 200)


def test_a_push_arrives_and_a_lease_guards_it(server: GitServer, tmp_path: Path) -> None:
    mine, other = clone(server, tmp_path / "mine"), clone(server, tmp_path / "other")
    pushed = mine.commit({"docs/b.md": "# C\n"})
    mine.git("push", "-q", "origin", "HEAD:refs/heads/topic")
    other.git("fetch", "-q", "origin", "topic")
    assert other.git("rev-parse", "FETCH_HEAD") == pushed
    lease = f"--force-with-lease=refs/heads/topic:{pushed}"
    theirs = other.commit({"docs/a.md": "x\n"})
    other.git("push", "-q", lease, "origin", "HEAD:refs/heads/topic")
    mine.commit({"docs/b.md": "# D\n"})
    assert "stale info" in refusal(mine, "push", lease, "origin", "HEAD:refs/heads/topic")
    assert mine.git("ls-remote", "origin", "refs/heads/topic").split()[0] == theirs


def test_a_large_push_comes_in_chunks(server: GitServer, tmp_path: Path) -> None:
    mine = clone(server, tmp_path / "mine")
    pushed = mine.commit({"docs/noise.bin": Random(1).randbytes(200_000)})
    mine.git("-c", "http.postBuffer=65536", "push", "-q", "origin", "HEAD:refs/heads/topic")
    assert mine.git("ls-remote", "origin", "refs/heads/topic").split()[0] == pushed


@pytest.mark.parametrize("options", [("--depth=1",), ("--filter=blob:none", "--no-checkout")])
def test_partial_and_shallow_clones_work(server: GitServer, tmp_path: Path, options: tuple[str, ...]) -> None:
    made = clone(server, tmp_path / "clone", *options)
    assert made.git("show", "HEAD:docs/b.md") == "# B"


def test_nobody_and_strangers_may_not_push(server: GitServer, tmp_path: Path) -> None:
    mine = clone(server, tmp_path / "mine")
    server.tokens["other"] = "stranger"
    for secret, words in {
        "": "could not read Username",
        "wrong": "Invalid username or token",
        "other": f"Permission to {DOCS} denied to stranger",
    }.items():
        assert words in refusal(mine, "push", address(server, secret), "HEAD:refs/heads/topic")
    assert mine.git("ls-remote", "origin", "refs/heads/topic") == ""


def test_what_is_not_there_and_what_is_private_look_the_same(server: GitServer, tmp_path: Path) -> None:
    mine = clone(server, tmp_path / "mine")
    server.tokens["other"] = "stranger"
    server.private.add(DOCS)
    for repository in (DOCS, "lantern-team/nothing.git"):
        assert "Repository not found." in refusal(mine, "ls-remote", address(server, "other", repository))
    assert mine.git("ls-remote", "origin", "refs/heads/main")


def test_the_port_goes_away_and_comes_back(server: GitServer, tmp_path: Path) -> None:
    mine = clone(server, tmp_path / "mine")
    server.offline()
    assert "Failed to connect" in refusal(mine, "fetch", "origin")
    server.online()
    mine.git("fetch", "-q", "origin")
