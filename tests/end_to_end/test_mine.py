"""`--mine`: what a person edited by hand goes the way of docbot's own drafts."""

from __future__ import annotations

from tests.end_to_end.conftest import DOCS, FORK, Desk

PAGE = "docs/guides/install.md"


def edit(desk: Desk, old: str, new: str, page: str) -> None:
    place = desk.clone.root / page
    text = place.read_bytes()
    assert text.count(old.encode()) == 1
    place.write_bytes(text.replace(old.encode(), new.encode()))


def with_copies(desk: Desk) -> tuple[str, str]:
    """A page in two versions on the docs, here as well."""
    pages = ("docs/v1/limits.md", "docs/v2/limits.md")
    text = b"# Limits\n\nA lamp holds ten hours on one load of oil, more or less.\n\nSee also below.\n"
    desk.hub.person("lantern-team").push(DOCS, "main", dict.fromkeys(pages, text), "Say limits")
    desk.clone.git("pull", "-q", f"{desk.hub.server_url}/{DOCS}.git", "main")
    return pages


def test_a_hand_edit_becomes_a_pull_request_with_its_copies(desk: Desk) -> None:
    first, second = with_copies(desk)
    edit(desk, "ten hours", "twelve hours", first)
    before = desk.clone.snapshot()
    reason = "Since 2.0 a load lasts twelve hours, thanks @octocat, see #7"
    ran = desk.propose("--mine", "--because", reason, types="y\n")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    fork = desk.hub.repository(FORK)
    changed = fork.git("diff", "--name-only", f"{pull.head}^", pull.head).split("\n")
    assert changed == [first, second]
    for path in changed:
        assert "twelve hours" in fork.git("show", f"{pull.head}:{path}")
    body = pull.body or ""
    assert pull.title == "Correct limits.md"
    assert "are by the person who proposes this, and not by docbot." in body
    assert "Since 2.0 a load lasts twelve hours" in body
    after = desk.clone.snapshot()
    same = ("index", "status", "HEAD", "settings", "files", "locks")
    assert {key: after[key] for key in same} == {key: before[key] for key in same}
    desk.hub.log.clear()
    again = desk.propose("--mine", "--because", reason, types="y\n")
    assert again.out.startswith("unchanged: #1"), again.out
    assert desk.hub.writes == []


def test_without_a_reason_it_asks_for_one(desk: Desk) -> None:
    first, _ = with_copies(desk)
    edit(desk, "ten hours", "twelve hours", first)
    ran = desk.propose("--mine", types="y\n")
    assert ran.code == 4
    assert '--because "why it is wrong today"' in ran.sentence
    assert desk.hub.writes == []


def test_what_cant_be_taken_is_said_before_the_confirmation(desk: Desk) -> None:
    first, _ = with_copies(desk)
    edit(desk, "ten hours", "twelve hours", first)
    desk.clone.write("docs/new-page.md", "# New\n")
    ran = desk.propose("--mine", "--because", "Since 2.0", types="n\n")
    assert ran.code == 4
    assert ran.err.index("docs/new-page.md is new") < ran.err.index("Send this to")
    assert desk.hub.writes == []


def test_the_options_that_choose_dont_go_with_it(desk: Desk) -> None:
    for arguments in (("--rule", "doubled-word"), ("--path", "docs"), ("0123456789abcdef",)):
        ran = desk.propose("--mine", *arguments, types="y\n")
        assert (ran.code, ran.sentence.startswith("docbot: --mine takes your edit")) == (2, True)
    assert desk.propose("--because", "x", types="y\n").code == 2
