"""`--online` from the command line to a server and back, and what is never asked without it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from platformdirs import user_cache_path

from docbot.app import ScanOptions, scan
from docbot.cli.main import INTERRUPTED
from docbot.online import Online
from docbot.web import looker as looking
from docbot.web.fake import FakeLooker
from docbot.web.guard import Guard
from docbot.web.looker import HttpLooker, Manners
from tests.cli.conftest import ROOT, process
from tests.end_to_end.conftest import DOCS, Desk, Ran
from tests.helpers.git import Builder
from tests.web.server import PATIENT, Server, Ticking, always, moved, page, stall

Docbot = Callable[..., Ran]
ONLINE = ("--online", "--allow-private", "--no-archive")
WEB_RULES = ("dead-link", "permanently-moved")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as started:
        started.routes |= {
            "/": page(),
            "/fine": page(),
            "/old/guide": moved("/new/guide"),
            "/new/guide": page("Guide"),
            "/locale": moved("/en-us/locale"),
            "/en-us/locale": page(),
            "/for/now": moved("/new/guide", 302),
            "/walled": always(403),
            "/broken": always(500),
            "/soft": page("Page not found"),
            "/gone": always(410),
        }
        yield started


@pytest.fixture
def docs(tmp_path: Path, server: Server) -> Builder:
    """Docs that link to every page of the server, and to one it doesn't have."""
    made = Builder.init(tmp_path / "docs")
    paths = (
        "/fine",
        "/old/guide#wick",
        "/locale",
        "/for/now",
        "/walled",
        "/broken",
        "/soft",
        "/gone",
        "/missing",
    )
    links = "".join(f"- [to {path}]({server.url(path)})\n" for path in paths)
    code = f"```sh\ncurl {server.url('/in/code')}\n```\n"
    made.commit({"page.md": f"# Page\n\n{links}\n{code}", "copy/page.md": f"# Page\n\n{links}"})
    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waits between requests, nor before a second look, and no names but this machine's."""

    def here(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        if host not in ("127.0.0.1", "localhost"):
            raise socket.gaierror(socket.EAI_AGAIN, "no network")
        return socket.getaddrinfo(host, port, **options)

    def made(guard: Guard, **options: Any) -> HttpLooker:
        guard = replace(guard, resolve=here)
        return HttpLooker(guard, manners=Manners(patience=PATIENT), clock=Ticking().clock, **options)

    monkeypatch.setattr(looking, "HttpLooker", made)


def findings(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.mark.usefixtures("quick")
def test_scan(docbot: Docbot, docs: Builder, server: Server) -> None:
    found = findings(docbot("scan", str(docs.root), *ONLINE, "--format=jsonl"))
    told = sorted((f["path"], f["rule"], f["excerpt"]) for f in found)
    assert told == sorted(
        (path, rule, server.url(url))
        for path in ("page.md", "copy/page.md")
        for rule, url in (
            ("dead-link", "/gone"),
            ("dead-link", "/missing"),
            ("permanently-moved", "/old/guide#wick"),
        )
    )
    assert {f["confidence"] for f in found} == {0.95, 0.9, 0.85}
    assert server.asked("/in/code") == []
    assert server.asked("/fine") == ["HEAD", "GET"]


@pytest.mark.usefixtures("quick")
def test_all_shows_what_isnt_sure(docbot: Docbot, docs: Builder, server: Server) -> None:
    ran = docbot("scan", str(docs.root), *ONLINE, "--all", "--format=jsonl", "--rule=dead-link")
    found = findings(ran)
    assert {f["excerpt"] for f in found} == {server.url(path) for path in ("/soft", "/gone", "/missing")}


@pytest.mark.usefixtures("quick")
def test_second_scan_asks_nothing(docbot: Docbot, docs: Builder, server: Server) -> None:
    first = docbot("scan", str(docs.root), *ONLINE)
    asked = len(server.calls)
    assert docbot("scan", str(docs.root), *ONLINE) == first
    assert len(server.calls) == asked
    docbot("scan", str(docs.root), *ONLINE, "--no-cache")
    assert len(server.calls) == 2 * asked


@pytest.mark.usefixtures("quick")
def test_t28_scan_without_it_asks_nobody(docbot: Docbot, docs: Builder, server: Server) -> None:
    """Neither before nor after a run that asked, nor by what that run kept."""
    before = docbot("scan", str(docs.root))
    docbot("scan", str(docs.root), *ONLINE)
    asked = len(server.calls)
    for offline in ((), ("--offline",)):
        ran = docbot("scan", str(docs.root), *offline)
        assert ran == before
        assert not any(rule in ran.out for rule in WEB_RULES)
    assert len(server.calls) == asked


def test_rule_that_was_asked_for_by_name_says_what_it_lacks(docbot: Docbot, docs: Builder) -> None:
    ran = docbot("scan", str(docs.root), "--rule=dead-link")
    assert "dead-link can find nothing without asking other sites: add --online" in ran.out


def test_private_addresses_are_not_asked_unless_allowed(
    docbot: Docbot, docs: Builder, server: Server
) -> None:
    ran = docbot("scan", str(docs.root), "--online", "--no-archive")
    assert not any(rule in ran.out for rule in WEB_RULES)
    assert server.calls == []


def test_docs_cannot_allow_it(docbot: Docbot, docs: Builder, server: Server) -> None:
    for key in ("online = true", "allow_private = true", "[online]\nprivate = true"):
        docs.write(".docbot.toml", f"{key}\n")
        ran = docbot("scan", str(docs.root), "--online", "--no-archive")
        assert ran.code == 2
        assert "unknown key" in ran.err
    assert server.calls == []


@pytest.mark.usefixtures("quick")
def test_draft(docbot: Docbot, docs: Builder, server: Server) -> None:
    ran = docbot("draft", str(docs.root), *ONLINE)
    assert ran.code == 0
    assert f"+- [to /old/guide#wick]({server.url('/new/guide#wick')})" in ran.out
    assert "2 drafts passed every gate, 2 of them unsafe; 0 refused; 0 held" in ran.err
    assert "4 questions; 0 findings without a fix" in ran.err
    assert "2 external links without a verdict (1 refused, 1 without a sound answer)" in ran.err
    docbot("draft", str(docs.root), *ONLINE, "--apply")
    assert docs.git("status", "--porcelain") == ""
    docbot("draft", str(docs.root), *ONLINE, "--apply", "--unsafe")
    assert docs.git("diff", "--numstat") == "1\t1\tcopy/page.md\n1\t1\tpage.md"
    again = docbot("draft", str(docs.root), *ONLINE)
    assert "0 drafts passed every gate" in again.err


@pytest.mark.usefixtures("quick")
def test_propose(docbot: Docbot, docs: Builder, server: Server) -> None:
    ran = docbot("propose", str(docs.root), *ONLINE, "--dry-run", "--unsafe")
    assert ran.code == 0, ran.err
    assert f"+- [to /old/guide#wick]({server.url('/new/guide#wick')})" in ran.out
    assert f"301 {server.url('/new/guide')}" in ran.out
    assert "2 external links without a verdict" in ran.err
    asked = len(server.calls)
    docbot("propose", str(docs.root), "--dry-run", "--unsafe")
    assert len(server.calls) == asked


@pytest.mark.usefixtures("quick")
def test_only_what_can_be_reported_is_asked(docbot: Docbot, docs: Builder, server: Server) -> None:
    docs.commit({"folder/other.md": f"[x]({server.url('/fine')})\n", "new.md": "# New\n"})
    docbot("scan", str(docs.root / "folder"), *ONLINE)
    assert {call.path for call in server.calls} == {"/fine"}
    docs.write("new.md", f"# New\n\n[x]({server.url('/new/guide')})\n")
    docbot("scan", str(docs.root), *ONLINE, "--diff", "HEAD")
    assert {call.path for call in server.calls} == {"/fine", "/new/guide"}
    docbot("draft", str(docs.root), *ONLINE, "--rule", "wrong-case-link")
    assert {call.path for call in server.calls} == {"/fine", "/new/guide"}


@pytest.mark.usefixtures("quick")
def test_suppressions_are_judged_only_by_who_looked(docbot: Docbot, docs: Builder, server: Server) -> None:
    needed = f"[x]({server.url('/gone')}) <!-- docbot: ignore dead-link its archive is down -->\n"
    idle = f"[x]({server.url('/fine')}) <!-- docbot: ignore dead-link it was away -->\n"
    docs.commit({"page.md": needed, "copy/page.md": idle})
    assert findings(docbot("scan", str(docs.root), "--format=jsonl")) == []
    found = findings(docbot("scan", str(docs.root), *ONLINE, "--format=jsonl"))
    assert [(f["path"], f["rule"]) for f in found] == [("copy/page.md", "unused-suppression")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scan", "--allow-private"), "add --online"),
        (("scan", "--no-archive"), "add --online"),
        (("draft", "--allow-private"), "add --online"),
        (("propose", "--dry-run", "--online", "--offline"), "give one of them"),
    ],
)
def test_half_of_a_wish(docbot: Docbot, docs: Builder, arguments: tuple[str, ...], said: str) -> None:
    verb, *options = arguments
    ran = docbot(verb, str(docs.root), *options)
    assert ran.code == 2
    assert said in ran.sentence


NO_NETWORK = """
import socket
def nobody(host, *args, **options):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
socket.getaddrinfo = nobody
"""


def test_without_a_network_nothing_is_dead(docs: Builder, tmp_path: Path) -> None:
    links = "".join(f"- [x](https://site{n}.lantern.dev/{m})\n" for n in range(40) for m in range(3))
    docs.commit({"page.md": links, "copy/page.md": "# Copy\n"})
    (tmp_path / "nobody").mkdir()
    (tmp_path / "nobody" / "sitecustomize.py").write_text(NO_NETWORK, "utf-8")
    path = os.pathsep.join((str(tmp_path / "nobody"), str(ROOT)))
    started = process("scan", docs.root, "--online", "--all", PYTHONPATH=path)
    out, err = started.communicate(timeout=60)
    assert started.returncode == 0, err.decode()
    assert "dead-link" not in out.decode()
    assert (
        " ".join(out.decode().split()).count(
            "note: no server could be reached, so 120 of 120 external links were not looked at"
        )
        == 1
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process: NOT tested")
@pytest.mark.usefixtures("quick")
def test_ctrl_c_ends_it_at_once_and_loses_nothing(docbot: Docbot, docs: Builder, server: Server) -> None:
    server.routes["/gone"] = stall
    links = " ".join(f"[x]({server.url(path)})" for path in ("/fine", "/gone", "/walled"))
    docs.commit({"page.md": f"{links}\n", "copy/page.md": "# Copy\n"})
    started = process("scan", docs.root, *ONLINE)
    while not server.asked("/gone"):
        time.sleep(0.02)
        assert started.poll() is None
    pressed = time.monotonic()
    os.killpg(started.pid, signal.SIGINT)
    started.communicate(timeout=60)
    assert time.monotonic() - pressed < 15
    assert started.returncode == INTERRUPTED
    server.routes["/gone"] = always(200)
    docbot("scan", str(docs.root), *ONLINE)
    assert server.asked("/fine") == ["HEAD", "GET"]


@pytest.mark.usefixtures("quick")
def test_server_that_is_silent_today_closes_no_pull_request(desk: Desk, server: Server) -> None:
    link = f"# Moved\n\nSee [the guide]({server.url('/old/guide')}).\n"
    desk.hub.person("lantern-team").push(DOCS, "main", {"docs/moved.md": link.encode()}, "Link to a guide")
    options = ("--yes", *ONLINE, "--unsafe", "--rule=permanently-moved")
    assert desk.propose(*options).code == 0
    [pull] = desk.hub.pulls(DOCS)
    assert "docs/moved.md" in (pull.body or "")
    server.routes["/old/guide"] = always(503)
    shutil.rmtree(user_cache_path("docbot"))
    desk.hub.log.clear()
    ran = desk.propose(*options)
    assert ran.code == 0, ran.err
    assert [call.operation for call in desk.hub.writes] == []
    assert pull.state == "open"


def test_findings_of_another_day_are_not_taken_for_todays(docs: Builder) -> None:
    docs.commit({"page.md": "[x](https://lantern.dev/a)\n", "copy/page.md": "# Copy\n"})

    def found(answer: str, day: int) -> list[str]:
        asked = Online(lambda: FakeLooker({"https://lantern.dev/a": answer}), now=lambda: day * 86400.0)
        report = scan(docs.root, ScanOptions(only=("dead-link",), online=asked)).report
        assert report.notices == ()
        return [finding.rule for finding in report.findings]

    assert found("200", day=1) == []
    assert found("404", day=2) == []
    assert found("404", day=9) == ["dead-link"]
    assert found("200", day=11) == []
