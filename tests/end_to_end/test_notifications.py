"""Hostile docs, proposed for real: nobody is told, nothing is linked back, closed or ticked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docbot.demo import build
from docbot.text import Span
from docbot.types import Evidence, EvidenceKind, SectionRef
from tests.contract.github import GitHub
from tests.contract.signals import of_markdown, of_plain
from tests.end_to_end.conftest import CONFIG, DOCS, WRITER, Desk, Ran, sit_down
from tests.helpers.git import Builder
from tests.reporters.github_reads import ATTACKS, hostile
from tests.reporters.pulls import draft_of, written

Docbot = Callable[..., Ran]
LINES = [attack for attack in ATTACKS if attack.isprintable() and attack.strip()]
"""What may stand in a line of a page as it is."""
KEYWORDS = "fixes #1, closes GH-2, resolves o/r#3"
NAMES = [
    "fixes #1 @user.md",
    "@org GH-2 abcdef1 &commat;user.md",
    "[skip ci] o#3 ``` u@abcdef1 ~~~.md",
    "www.github.com — &#64;user &num;1 <b>.md",
]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names: NOT tested")


def propose(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot, *options: str
) -> Desk:
    """The desk at which a pull request was opened for docs of these files."""
    source = tmp_path / "source"
    source.mkdir()
    made = Builder(build(source))
    made.introduce()
    made.commit({".docbot.toml": CONFIG, **files}, f"{KEYWORDS} for @user")
    hub = GitHub(tmp_path / "hub")
    hub.now = None
    hub.repository(DOCS, source=source)
    desk = sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot, login=WRITER)
    ran = desk.propose("--yes", *options)
    assert ran.code == 0, ran.err
    hub.check()
    return desk


def check_silence(desk: Desk) -> None:
    """Nobody hears of what was written, also once it is merged in one commit."""
    assert [writing.where.rpartition(" ")[2] for writing in desk.hub.writings] == ["message", "title", "body"]
    assert desk.hub.ledger(WRITER) == []
    assert [one for one in desk.hub.ledger_when_squashed(WRITER) if not is_commit(one.what)] == []


def is_commit(what: str) -> bool:
    """Whether it is a commit of the same repository: that docbot names those it stands on tells nobody."""
    return what.startswith("@")


def plain(body: str) -> str:
    return body.replace("\u200b", "")


@pytest.mark.parametrize("half", [0, 1])
def test_t25_attacks_in_the_lines_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot, half: int
) -> None:
    attacks = LINES[half::2]
    pages = {
        f"docs/p{number}/page.md": f"# Heading {attack}\n\nWhat {attack} is: open the the {attack} now.\n"
        for number, attack in enumerate(attacks)
    }
    desk = propose(pages, tmp_path, monkeypatch, docbot, "--rule=doubled-word")
    check_silence(desk)
    [pull] = desk.hub.pulls(DOCS)
    arrived = [attack for attack in attacks if attack in plain(pull.body or "")]
    assert len(arrived) > len(attacks) * 0.8, set(attacks) - set(arrived)


@POSIX
@pytest.mark.parametrize("name", NAMES)
def test_t25_attacks_in_the_names_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot, name: str
) -> None:
    text = f"# {name}\n\nOpen the the file.\n"
    folders = ("docs/@org/team", "docs/#1 fixes #2", "docs/o/r#3")
    pages = {f"{folder}/{name}": text for folder in folders}
    desk = propose(pages, tmp_path, monkeypatch, docbot, "--rule=doubled-word")
    check_silence(desk)
    [pull] = desk.hub.pulls(DOCS)
    assert name[:12] in plain(pull.title)
    assert all(folder in plain(pull.body or "") for folder in folders)


@POSIX
def test_t25_attacks_in_links_and_their_titles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    link = '[@user fixes #1](gh-1-@user.md "closes #2 @org/team")'
    pages = {
        "docs/h/GH-1-@User.md": "# fixes #1\n",
        "docs/h/a.md": f"# @user\n\nSee {link} and {link}.\n",
        "docs/h/b.md": f"# b\n\n| a | b |\n|---|---|\n| x | {link} |\n\n> - [ ] {link}\n",
    }
    desk = propose(pages, tmp_path, monkeypatch, docbot, "--rule=wrong-case-link", "--path=docs/h")
    check_silence(desk)
    [pull] = desk.hub.pulls(DOCS)
    assert "GH-1-@User.md" in plain(pull.title)
    assert '"closes #2 @org/team"' in plain(pull.body or "")


ONE_LINE = hostile.map(lambda text: " ".join(text.split()))
PAGE = hostile.map(lambda text: text.encode("utf-8", "replace").decode())
TEXTS = st.tuples(hostile, hostile, hostile)


@settings(max_examples=60)
@given(around=st.tuples(PAGE, PAGE, hostile), path=ONE_LINE, old=PAGE, new=PAGE, told=TEXTS)
def test_t25_no_text_of_the_docs_reaches_anybody(
    around: tuple[str, str, str], path: str, old: str, new: str, told: tuple[str, str, str]
) -> None:
    before, after, heading = around
    detail, source, message = told
    name = f"docs/{path or 'a'}.md"
    text = f"{before}\nSee {old}|old.md for more.\n{after}"
    evidence = tuple(Evidence(kind, source or "x", detail) for kind in EvidenceKind)
    drafted = draft_of(
        name,
        text,
        new=new or "x",
        evidence=evidence,
        message=message,
        cause=f"moved-link {path} {old}",
        section=SectionRef((heading,), Span(0, len(text))),
    )
    title, said, body = written([drafted], {name: text})
    assert of_plain(title) == []
    assert of_plain(said) == []
    assert of_markdown(body) == []
    assert [sign for sign in of_plain(body) if not is_commit(sign.what)] == []
