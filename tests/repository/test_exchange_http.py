"""Over HTTP: who sees the token, and what is said when a server says no."""

from __future__ import annotations

import base64
import os
import re
import shlex
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from docbot.errors import StoppedError
from docbot.repository import git, network_commands
from docbot.repository.checkout import checkout_of
from docbot.repository.exchange import fetch_branch, fetch_commit, push, tip_of
from docbot.repository.values import Access
from docbot.repository.worktree import Worktree, read_page
from tests.contract.git_http import GitServer
from tests.contract.wire import Reply, Request, Server, text
from tests.helpers.git import Builder

posix = pytest.mark.skipif(os.name == "nt", reason="Windows runs no such scripts")
DOCS, FORK, TOPIC = "lantern/docs.git", "octo/docs.git", "docbot/topic"
TOKEN = "ghp_s3cret+/="
BASIC = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
FORMS = (TOKEN, BASIC, quote(TOKEN, safe=""), TOKEN.removeprefix("ghp_"))


@pytest.fixture(autouse=True)
def over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file:http")


@pytest.fixture
def server(docs: Builder, tmp_path: Path) -> Iterator[GitServer]:
    """Private docs that octo may read but not change, and octo's fork."""
    docs.commit({"a.md": "a\n", "folder/b.md": "b\n"})
    for name in (DOCS, FORK):
        docs.git("clone", "-q", "--bare", str(docs.root), str(tmp_path / "server" / name))
    started = GitServer(
        tmp_path / "server",
        tokens={TOKEN: "octo", "owner": "owner"},
        may_push={FORK: {"octo"}, DOCS: {"owner"}},
        private={FORK},
    )
    with started:
        yield started


@pytest.fixture
def mine(server: GitServer, docs: Builder, tmp_path: Path) -> Builder:
    """A clone of the docs with the fork as `origin`, as people have it."""
    made = docs.clone(tmp_path / "mine")
    made.git("remote", "set-url", "origin", f"{server.url}/{FORK}")
    made.git("remote", "add", "upstream", f"{server.url}/{DOCS}")
    return made


@pytest.fixture
def worktree(mine: Builder) -> Worktree:
    return Worktree.open(mine.root)


def access(server: GitServer | Server, token: str = TOKEN) -> Access:
    return Access(server.url, token)


def new_commit(builder: Builder) -> str:
    return builder.git("commit-tree", "-m", "docbot's", "-p", "HEAD", "HEAD^{tree}")


def refused(worktree: Worktree, url: str, login: Access | None) -> dict[str, str]:
    """What each of the calls says that all fail."""
    commit = worktree.head or ""
    asked: dict[str, Callable[[], object]] = {
        "tip_of": lambda: tip_of(worktree, url, "main", login),
        "fetch_branch": lambda: fetch_branch(worktree, url, "main", login),
        "fetch_commit": lambda: fetch_commit(worktree, url, "0" * 40, "main", login),
        "push": lambda: push(worktree, url, commit, TOPIC, None, login),
    }
    said = {}
    for name, ask in asked.items():
        with pytest.raises(StoppedError) as caught:
            ask()
        said[name] = str(caught.value)
        assert not [form for form in FORMS if form in repr(caught.getrepr(showlocals=True, style="long"))]
    return said


# A whole exchange.


def test_fetch_and_push_with_a_token(
    server: GitServer, mine: Builder, worktree: Worktree, docs: Builder, tmp_path: Path
) -> None:
    login = access(server)
    newest = docs.commit({"c.md": "c\n"})
    docs.git("push", "-q", str(tmp_path / "server" / DOCS), "main")
    before = mine.snapshot()
    assert fetch_branch(worktree, f"{server.url}/{DOCS}", "main", login) == newest
    assert tip_of(worktree, "origin", TOPIC, login) is None
    first, second = new_commit(mine), mine.git("commit-tree", "-m", "2", "-p", newest, "HEAD^{tree}")
    assert push(worktree, f"{server.url}/{FORK}", first, TOPIC, None, login) is True
    assert push(worktree, f"{server.url}/{FORK}", second, TOPIC, None, login) is False
    assert push(worktree, f"{server.url}/{FORK}", second, TOPIC, first, login) is True
    assert mine.snapshot() == before
    fork = Builder(tmp_path / "server" / FORK)
    assert fork.git("for-each-ref", "--format=%(refname) %(objectname)").split("\n") == [
        f"refs/heads/{TOPIC} {second}",
        f"refs/heads/main {mine.head()}",
    ]
    assert fetch_commit(worktree, "origin", second, TOPIC, login).parents == (newest,)
    assert fetch_branch(worktree, "upstream", "main", login) == newest
    assert mine.git("rev-parse", "upstream/main") == newest


def test_the_token_is_in_no_argument_setting_file_or_trace(
    server: GitServer, mine: Builder, worktree: Worktree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_TRACE", "GIT_TRACE2_EVENT", "GIT_TRACE_CURL"):
        monkeypatch.setenv(name, str(tmp_path / name))
    login = access(server)
    fetch_branch(worktree, "upstream", "main", login)
    assert push(worktree, "origin", new_commit(mine), TOPIC, None, login)
    with checkout_of(worktree, mine.head(), login):
        pass
    arguments = (tmp_path / "GIT_TRACE2_EVENT").read_text()
    assert f'"{server.url}/{FORK}"' in arguments
    places = [tmp_path / "GIT_TRACE", tmp_path / "GIT_TRACE2_EVENT", tmp_path / "GIT_TRACE_CURL"]
    places += [place for folder in (mine.root, Path.home()) for place in folder.rglob("*") if place.is_file()]
    written = {place: place.read_bytes() for place in places}
    assert [place for place, data in written.items() for form in FORMS if form.encode() in data] == []


@pytest.mark.parametrize("shown", [repr, str, lambda login: f"{login!s} {login!r}"])
def test_a_login_is_shown_without_its_token(shown: Callable[[object], str]) -> None:
    login = Access("https://github.com", TOKEN)
    assert shown(login).startswith("Access(server='https://github.com', token='***')")
    assert "s3cret" not in shown([login]) + shown({"login": login})
    assert dict(login.__rich_repr__()) == {"server": "https://github.com", "token": "***"}


# Where the token goes.


class Listening:
    """An HTTP server that remembers what logins it was shown, and answers always the same."""

    def __init__(self, reply: Callable[[Request], Reply | None]) -> None:
        self.logins: list[str] = []
        self._reply = reply
        self.server = Server(self._answer)

    def _answer(self, request: Request) -> Reply | None:
        self.logins.append(request.headers.get("authorization", ""))
        return self._reply(request)


def answering(reply: Reply | None) -> Listening:
    return Listening(lambda _: reply)


def test_another_server_is_not_shown_the_token(server: GitServer, worktree: Worktree) -> None:
    other = answering(text(404, "nothing here"))
    with other.server:
        refused(worktree, f"{other.server.url}/o/r.git", access(server))
        refused(worktree, f"{other.server.url}/o/r.git", Access(other.server.url + "/elsewhere", TOKEN))
        refused(worktree, f"{other.server.url}/o/r.git", Access(other.server.url.rstrip("0123456789"), TOKEN))
    assert set(other.logins) == {""}


def test_a_redirect_is_not_followed_with_a_token(worktree: Worktree) -> None:
    other = answering(text(404, "nothing here"))
    with other.server:
        moved = Listening(
            lambda request: Reply(301, {"Location": f"{other.server.url}{request.path}?{request.query}"})
        )
        with moved.server:
            said = refused(worktree, f"{moved.server.url}/o/r.git", access(moved.server))
            assert all("moved to another address: give git the new one" in one for one in said.values())
            assert (set(moved.logins), other.logins) == ({f"Basic {BASIC}"}, [])
            # Without one, git does as it does for everybody.
            refused(worktree, f"{moved.server.url}/o/r.git", None)
            assert set(other.logins) == {""}


def test_only_this_login_is_shown(
    mine: Builder, worktree: Worktree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TRACE_CURL", str(tmp_path / "trace"))
    other = answering(text(401, "who are you?", {"WWW-Authenticate": 'Basic realm="x"'}))
    with other.server:
        url = other.server.url
        # As a CI checkout leaves it.
        mine.git("config", f"http.{url}/.extraheader", "AUTHORIZATION: basic c29tZTpvbmU=")
        refused(worktree, f"{url}/o/r.git", access(other.server))
        assert set(other.logins) == {f"Basic {BASIC}"}
        sent = re.findall(r"=> Send header: authorization", (tmp_path / "trace").read_text(), re.I)
        assert len(sent) == len(other.logins)
        other.logins.clear()
        refused(worktree, f"{url}/o/r.git", None)
        assert set(other.logins) == {"basic c29tZTpvbmU="}


@posix
@pytest.mark.parametrize("scope", ["credential", "credential.{url}"])
def test_the_users_own_password_is_not_asked_for_nor_erased(
    server: GitServer, mine: Builder, worktree: Worktree, tmp_path: Path, scope: str
) -> None:
    log = tmp_path / "helper.log"
    helper = tmp_path / "helper"
    helper.write_text(
        f"#!/bin/sh\necho $1 >> {shlex.quote(str(log))}\n"
        f"if [ $1 = get ]; then echo username=octo; echo 'password={TOKEN}'; fi\n"
    )
    helper.chmod(0o755)
    mine.git("config", "--global", f"{scope.format(url=server.url)}.helper", str(helper))
    said = refused(worktree, f"{server.url}/{FORK}", access(server, "expired"))
    assert all("refused the login: run `gh auth login`" in one for one in said.values())
    assert not log.exists()
    # Without a token git logs in as the user.
    assert tip_of(worktree, "origin", "main") == mine.head()
    assert log.read_text().split() == ["get", "store"]


@posix
def test_nobody_is_asked(
    server: GitServer, worktree: Worktree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "ask"
    program.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(asked))}\necho x\n")
    program.chmod(0o755)
    monkeypatch.setenv("SSH_ASKPASS", str(program))
    monkeypatch.setattr("docbot.repository.environment.somebody_there", lambda: False)
    refused(worktree, f"{server.url}/{FORK}", None)
    assert not asked.exists()
    monkeypatch.setenv("GIT_ASKPASS", str(program))
    refused(worktree, f"{server.url}/{FORK}", access(server, "expired"))
    assert not asked.exists()
    # Whoever sets GIT_ASKPASS has an answer ready for git.
    refused(worktree, f"{server.url}/{FORK}", None)
    assert asked.exists()


def test_settings_in_the_environment_stay(
    server: GitServer, worktree: Worktree, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"KEY_0": f"url.{server.url}/.insteadOf", "VALUE_0": "https://example.com/", "COUNT": "1"}
    for name, value in settings.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert tip_of(worktree, f"https://example.com/{FORK}", "main", access(server)) == worktree.head


# What is said.


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (text(401, "Bad credentials", {"WWW-Authenticate": "Basic realm=x"}), "refused the login: run `gh"),
        (text(403, "Permission to o/r.git denied to octo."), "push to a fork of yours, or give the token"),
        (text(403, "This repository was archived so it is read-only."), "is archived and takes no changes"),
        (text(403, "The 'o' organization has enabled or enforced SAML SSO."), "asks for single sign-on"),
        (text(404, "Repository not found."), "isn't there, or this login may not see it: check the address"),
        (text(307, "", {"Location": "/o/new.git"}), "moved to another address: give git the new one with"),
        (text(429, "slow down"), r"overloaded or broken \(.*429\): try again in a few minutes"),
        (text(503, "unicorn"), r"overloaded or broken \(.*503\): try again in a few minutes"),
        (None, r"the connection to http://\S+ broke off \(.*\): run docbot again, it sees what got through"),
        (
            text(200, "<html>\nwelcome\n</html>\n"),
            r"`git [a-z-]+` got no further with http://\S+ \(.+\): see what",
        ),
    ],
)
def test_every_refusal_has_its_sentence(
    mine: Builder, worktree: Worktree, reply: Reply | None, sentence: str
) -> None:
    other = answering(reply)
    before = mine.snapshot()
    with other.server:
        said = refused(worktree, f"{other.server.url}/o/r.git", access(other.server))
    assert [one for one in said.values() if not one.isprintable() or not re.search(sentence, one)] == []
    assert mine.snapshot() == before


def test_a_server_that_repeats_the_token(worktree: Worktree) -> None:
    def echo(request: Request) -> Reply:
        shown = request.headers.get("authorization", "")
        plain = base64.b64decode(shown.partition(" ")[2]).decode()
        return text(403, f"ERR {shown} {plain} {quote(plain)} {TOKEN}\x1b[31m")

    other = Listening(echo)
    with other.server:
        refused(worktree, f"{other.server.url}/o/r.git", access(other.server))
    assert set(other.logins) == {f"Basic {BASIC}"}


def test_no_permission_and_no_login(server: GitServer, worktree: Worktree) -> None:
    with pytest.raises(StoppedError, match=r"lets you in but not write there.* push to a fork of yours"):
        push(worktree, "upstream", worktree.head or "", TOPIC, None, access(server))
    with pytest.raises(StoppedError, match="upstream refused the login: run `gh auth login`"):
        push(worktree, "upstream", worktree.head or "", TOPIC, None)


def test_a_server_that_is_away(server: GitServer, mine: Builder, worktree: Worktree) -> None:
    server.offline()
    said = refused(worktree, f"{server.url}/{FORK}", access(server))
    assert all("can't be reached: check your connection and proxy" in one for one in said.values())
    server.online()
    assert tip_of(worktree, "origin", "main", access(server)) == mine.head()


class Silent:
    """A server that takes a request and never answers; `left` is set when the client has gone."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.left = threading.Event()
        self._then = then
        self._listener = socket.create_server(("127.0.0.1", 0))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Silent:
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            connection.recv(1)
            self._then()
            try:
                while connection.recv(1 << 16):
                    continue
            except ConnectionError:
                pass
            self.left.set()


@posix
def test_a_server_that_never_answers(worktree: Worktree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_commands, "NETWORK_TIMEOUT", 1.0)
    monkeypatch.setattr(git, "somebody_there", lambda: False)
    with Silent() as silent:
        with pytest.raises(StoppedError, match=r"kept docbot waiting .* check your connection"):
            tip_of(worktree, f"{silent.url}/o/r.git", "main", Access(silent.url, TOKEN))
        assert silent.left.wait(10), "a helper outlived git"


@posix
def test_ctrl_c_while_a_server_is_silent(
    mine: Builder, worktree: Worktree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "somebody_there", lambda: False)
    before = mine.snapshot()
    with Silent(lambda: os.kill(os.getpid(), signal.SIGINT)) as silent:
        with pytest.raises(KeyboardInterrupt):
            push(worktree, f"{silent.url}/o/r.git", mine.head(), TOPIC, None, Access(silent.url, TOKEN))
        assert silent.left.wait(10), "a helper outlived git"
    assert mine.snapshot() == before


# A partial clone.


def test_a_checkout_fetches_with_the_token_what_a_partial_clone_lacks(
    server: GitServer, docs: Builder, tmp_path: Path
) -> None:
    old = docs.commit({"a.md": "old\n"})
    docs.commit({"a.md": "new\n"})
    docs.git("push", "-q", str(tmp_path / "server" / FORK), "main")
    clone = docs.clone(tmp_path / "partial", "--filter=blob:none")
    clone.git("remote", "set-url", "origin", f"{server.url}/{FORK}")
    worktree, before = Worktree.open(clone.root), clone.snapshot()
    with (
        pytest.raises(StoppedError, match="the remote of this partial clone refused the login"),
        checkout_of(worktree, old, access(server, "expired")),
    ):
        pass
    with checkout_of(worktree, old, access(server)) as there:
        assert read_page(there, "a.md") == b"old\n"
    assert clone.snapshot() == before
