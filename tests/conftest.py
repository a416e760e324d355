"""What every test stands on: a home of its own, git that knows nobody, and no network."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine is slow at times, which is no bug. What one run finds the next must find again: set
# DOCBOT_EXPLORE to look for new examples.
settings.register_profile("docbot", deadline=None, derandomize="DOCBOT_EXPLORE" not in os.environ)
settings.load_profile("docbot")

NEEDS_CHROMIUM = "DOCBOT_NEEDS_CHROMIUM" in os.environ
"""Set where a browser must be there, so that a missing one fails instead of skipping."""

OF_THE_MACHINE = (
    *("CI", "CLICOLOR", "COLUMNS", "DOCBOT_", "EMAIL", "FORCE_COLOR", "GH_", "GITHUB_", "GIT_"),
    *("NO_COLOR", "OPENAI_", "PAGER", "RUNNER_", "SSH_", "XDG_"),
    *("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"),
    *("all_proxy", "http_proxy", "https_proxy", "no_proxy"),
)
"""Starts of the names of variables that would let a test depend on where it runs."""

GIT_CONFIG = """\
[user]
    name = Some Body
    email = somebody@example.com
[init]
    defaultBranch = main
[core]
    autocrlf = false
[commit]
    gpgSign = false
[gc]
    auto = 0
"""


class NetworkUsed(AssertionError):
    """A test reached for the network. No OSError, so that no retry or fallback takes it for a bad line."""


def _is_local(host: object) -> bool:
    name = host.decode("ascii") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        connection, address = args[0], args[1]
        internet = getattr(connection, "family", None) in (socket.AF_INET, socket.AF_INET6)
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        internet, host = True, args[0]
    else:
        return
    if internet and not _is_local(host):
        raise NetworkUsed(f"{event} to {host}: tests have no network")


def pytest_configure() -> None:
    """Close the network for good: an audit hook also sees what C code does, and can't be taken out."""
    sys.addaudithook(_refuse_network)
    # A shell that starts the tests in the background has them, and all they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _move_in(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Make `home` the only place programs know of."""
    (home / ".gitconfig").write_text(GIT_CONFIG, "utf-8")
    places = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CACHE_HOME": home / "cache",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "APPDATA": home / "config",
        "LOCALAPPDATA": home / "cache",
        # platformdirs asks Windows itself unless told otherwise by these.
        "WIN_PD_OVERRIDE_APPDATA": home / "config",
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": home / "cache",
        "GIT_CONFIG_GLOBAL": home / ".gitconfig",
    }
    for name, place in places.items():
        patch.setenv(name, str(place))


@pytest.fixture(scope="session", autouse=True)
def outside_of_the_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the machine's settings, also from fixtures that outlive one test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(OF_THE_MACHINE)]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_TERMINAL_PROMPT", "0")
        patch.setenv("GIT_ALLOW_PROTOCOL", "file:http")
        _move_in(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new, empty home for each test, outside of its `tmp_path`."""
    with tempfile.TemporaryDirectory(prefix="docbot-home-", ignore_cleanup_errors=True) as folder:
        _move_in(monkeypatch, Path(folder))
        yield Path(folder)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for playwright's `executable_path`; skips where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and NEEDS_CHROMIUM:
        pytest.fail("DOCBOT_NEEDS_CHROMIUM is set, but no Chromium is installed")
    if found is None:
        pytest.skip("no Chromium on this machine: the page was NOT tested in a browser")
    return found
