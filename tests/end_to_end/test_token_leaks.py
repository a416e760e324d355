"""The token is in the environment of docbot and of git, and in no other place, whatever goes wrong."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.contract.faults import Fault, Faults, call, drop, limited, lost, status
from tests.contract.wire import Reply, Request, Server, text
from tests.end_to_end.conftest import DOCS, FORK, WRITER
from tests.end_to_end.processes import Ended, Place, Sources, sources

PULLS, PUSH, REFS = r"^/repos/[^/]+/[^/]+/pulls$", r"/git-receive-pack$", r"/info/refs$"
JSON = {"Content-Type": "application/json; charset=utf-8"}


def forms(token: str) -> list[bytes]:
    """The token as it is, in an address, and in base 64 behind any number of other bytes."""
    inner = [base64.b64encode(b"x" * skip + token.encode()).rstrip(b"=")[4:-2] for skip in range(3)]
    return [token.encode(), quote(token, safe="").encode(), *inner]


def told(place: Place, ran: Ended) -> Iterator[tuple[str, bytes]]:
    """All that is left behind: what was said and sent, and every file, those of git unpacked as well."""
    yield from (("standard output", ran.out.encode()), ("standard error", ran.err.encode()))
    for folder in (place.clone.root, place.home, place.temporary, place.traces):
        for file in folder.rglob("*"):
            if file.is_file():
                yield str(file.relative_to(folder.parent)), file.read_bytes()
    for repository in [
        place.clone.root / ".git",
        *(one.bare.folder for one in place.hub.repositories.values()),
    ]:
        command = (f"--git-dir={repository}", "cat-file", "--batch-all-objects", "--batch")
        yield f"objects of {repository.name}", place.clone.git(*command).encode("utf-8", "surrogateescape")
    for one in place.hub.log:
        yield f"{one.method} {one.path}", f"{one.path} {one.query} ".encode() + one.body
    for issue in place.hub.created:
        yield f"#{issue.number}", json.dumps([issue.title, issue.body]).encode()


def leaks(place: Place, ran: Ended, token: str) -> list[str]:
    """Where the token is though it shouldn't be."""
    return [where for where, data in told(place, ran) if any(form in data for form in forms(token))]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture
def place(tmp_path: Path, given: Sources) -> Iterator[Place]:
    """A writer with a fork, at whose desk git notes what it runs."""
    with Place(tmp_path, given) as place:
        place.hub.fork(DOCS, WRITER)
        yield place


def echo(place: Place) -> Fault:
    """An answer of the API that repeats what it was sent."""
    return status(403, f"no {place.token} ({quote(place.token)})")


def git_echo(place: Place) -> Fault:
    """The same of git, which sends it in another form."""
    return Fault(text(403, f"GH006: no {place.token} {basic(place.token)}"))


def basic(token: str) -> str:
    return base64.b64encode(f"x-access-token:{token}".encode()).decode()


def elsewhere(place: Place) -> Fault:
    address = f"{place.hub.server_url.replace('://', f'://x-access-token:{place.token}@')}/o/n.git/info/refs"
    return Fault(Reply(307, {**JSON, "Location": address}, b"{}"))


def push_first(place: Place) -> None:
    """Somebody pushes to docbot's branch just before docbot does."""
    branch = place.propose("--dry-run").out.partition("branch   ")[2].partition("\n")[0]
    page: dict[str, bytes | None] = {"docs/mine.md": b"# Mine\n"}
    someone = place.hub.person(WRITER)
    place.hub.faults.add("POST", PUSH, call(lambda: someone.push(FORK, branch, page, "Mine")))


def plan(method: str, path: str, *faults: Callable[[Place], Fault]) -> Callable[[Place], None]:
    """What goes wrong, one after the other, with the requests that fit."""

    def add(place: Place) -> None:
        for fault in faults:
            place.hub.faults.add(method, path, fault(place))

    return add


def set_token(**kind: Any) -> Callable[[Place], None]:
    def change(place: Place) -> None:
        place.token = place.hub.user(WRITER).token(**kind)

    return change


def unknown_token(place: Place) -> None:
    place.token = "gho_" + "7" * 36


FAULTS: dict[str, Callable[[Place], None]] = {
    "nothing": lambda place: None,
    "an unknown token": unknown_token,
    "an expired token": set_token(expired=True),
    "a token that lives too long": set_token(kind="classic", too_long_lived=True),
    "a narrow token": set_token(kind="fine-grained"),
    "an archived repository": lambda place: setattr(place.hub.repository(DOCS), "archived", True),
    "a blocked writer": lambda place: place.hub.user("lantern-team").blocked.add(WRITER),
    "an organization with SAML": lambda place: setattr(place.hub.organization("lantern-team"), "saml", True),
    "the network gone before the pull request": plan("POST", PULLS, lambda place: call(place.hub.offline)),
    "502": plan("POST", PULLS, lambda place: status(502), lambda place: drop()),
    "a lost answer": plan("POST", PULLS, lambda place: lost()),
    "a limit": plan("POST", PULLS, lambda place: limited(403, retry_after=3600)),
    "a renamed repository": plan(
        "POST", PULLS, lambda place: call(lambda: place.hub.rename(DOCS, "lantern-team/lantern"))
    ),
    "somebody else's push": push_first,
    "a lost push": plan("POST", PUSH, lambda place: lost()),
    "an API that repeats the token": plan("POST", PULLS, echo),
    "an API that repeats it at once": plan("GET", "^/user$", echo),
    "a fetch that repeats it": plan("GET", REFS, git_echo),
    "a push that repeats it": plan("POST", PUSH, git_echo),
    "an API that leads elsewhere": plan("GET", "^/user$", elsewhere),
    "git led elsewhere": plan("GET", REFS, elsewhere),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_t27_no_token_is_left_behind(place: Place, fault: str) -> None:
    FAULTS[fault](place)
    secret = place.token
    ran = place.propose()
    assert ran.code in (0, 3, 4), ran.err
    assert leaks(place, ran, secret) == []


def test_t27_nor_by_a_git_that_tells_what_it_does(place: Place) -> None:
    talkative = dict.fromkeys(("GIT_TRACE", "GIT_CURL_VERBOSE", "GIT_TRACE_CURL", "GIT_TRACE_SETUP"), "1")
    ran = place.propose(**talkative)
    assert ran.code == 0, ran.err
    assert leaks(place, ran, place.token) == []


def test_t27_a_token_in_the_users_own_remote_is_not_repeated(place: Place) -> None:
    url = place.clone.git("remote", "get-url", "origin").replace("://", f"://me:{place.token}@")
    place.clone.git("remote", "set-url", "origin", url)
    ran = place.propose()
    assert ran.code in (0, 4), ran.err
    # git tells its own helper where to go.
    found = [where for where in leaks(place, ran, place.token) if not where.startswith("traces/")]
    assert found == ["clone/.git/config"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "^/user$"), ("GET", REFS), ("POST", PULLS), ("POST", PUSH)]
)
def test_t27_no_other_server_is_asked(place: Place, method: str, path: str) -> None:
    seen: list[Request] = []

    def stranger(request: Request) -> Reply:
        seen.append(request)
        return Reply(200, JSON, b"{}")

    with Server(stranger) as other:
        leads = Fault(Reply(307, {**JSON, "Location": f"{other.url}/o/n.git/info/refs"}, b"{}"))
        place.hub.faults.add(method, path, leads, times=None)
        ran = place.propose()
    assert ran.code == 4, ran.err
    assert seen == []
    assert leaks(place, ran, place.token) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sessions to kill: NOT tested")
@pytest.mark.parametrize(("method", "path"), [("GET", REFS), ("POST", PUSH), ("POST", PULLS)])
def test_t27_nor_by_one_that_is_killed(place: Place, method: str, path: str) -> None:
    faults = Faults()
    faults.add(method, path, Fault(dropped=True, act=place.kill))
    ran = place.killed(faults)
    assert ran.code == -9
    assert leaks(place, ran, place.token) == []


def test_the_search_finds_a_token_wherever_it_is(place: Place) -> None:
    secret = place.token
    place.clone.git("config", "http.extraHeader", f"Authorization: Basic {basic(secret)}")
    place.clone.git("hash-object", "-w", "--stdin", data=f"a {secret}".encode())
    (place.home / "notes").write_text(quote(secret), "utf-8")
    place.clone.git("remote", "set-url", "origin", f"http://me:{secret}@127.0.0.1/o/n")
    found = leaks(place, Ended(0, f"a{secret}", base64.b64encode(f"me:{secret}".encode()).decode()), secret)
    assert found == [
        *("standard output", "standard error", "clone/.git/config", "home/notes", "objects of .git")
    ]
