"""A day in the life of one pull request, with every request that is made for it."""

from __future__ import annotations

from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk

TEAM = "lantern-team"
PAGE = "docs/install.md"

ASK = [
    *("users/get-authenticated", "repos/get", "repos/get"),  # who asks, what origin is, and its parent
    *("git-upload-pack", "git-upload-pack"),  # the config of the docs' default branch, and the base
    *("pulls/list", "search/issues-and-pull-requests"),  # what docbot opened lately, and ever
]
"""What every run reads, each service of git once."""
KNOWN = ["git-upload-pack", "issues/list-comments"]  # its branch, and what was said below it
BRANCH = ["pulls/list"]  # what comes from the proposal's branch, by anybody
STATE = ["pulls/get"]  # whether the open one can be merged
RIVALS = ["pulls/list"]  # what others have open
TIP = ["git-upload-pack"]  # what the branch stands at
LOOK_BACK = ["pulls/get", "pulls/list-commits"]  # as nobody: is it seen, and whose commit is it


def requests(desk: Desk) -> list[str]:
    """The operations of one run, in order; what git asks one service in a row counts once."""
    names: list[str] = []
    for call in desk.hub.log:
        if not (call.operation.startswith("git-") and names and names[-1] == call.operation):
            names.append(call.operation)
    desk.hub.log.clear()
    return names


def once(*parts: list[str]) -> list[str]:
    """The parts one after the other, a service of git that would stand twice in a row once."""
    names: list[str] = []
    for name in (name for part in parts for name in part):
        if not (name.startswith("git-") and names and names[-1] == name):
            names.append(name)
    return names


def test_a_day_in_the_life(desk: Desk) -> None:
    run = ("--yes", "--rule", "doubled-word")
    opened = desk.propose(*run)
    assert opened.out.splitlines()[-1].startswith("created: #1 was opened as a draft"), opened.err
    assert requests(desk) == once(
        *(ASK, BRANCH, TIP, RIVALS),
        *(["git-receive-pack"], ["pulls/create"], LOOK_BACK),
    )

    assert desk.propose(*run).out.startswith("unchanged: #1 says it already")
    again = requests(desk)
    assert again == once(ASK, KNOWN, BRANCH, STATE, TIP)

    [pull] = desk.hub.pulls(DOCS)
    desk.hub.person(WRITER).append_body(pull, "Tested on my lantern.")
    desk.hub.person(TEAM).comment(pull, "Thank you!")
    assert desk.propose(*run).out.startswith("unchanged: #1 says it already")
    assert requests(desk) == again

    desk.hub.person(TEAM).push(DOCS, "main", {"docs/new.md": b"# New\n"}, "Add a page")
    assert desk.propose(*run).out.startswith("unchanged: #1 says it already")
    assert requests(desk) == again

    theirs = desk.hub.person(WRITER).push(FORK, pull.head, {"docs/mine.md": b"# Mine\n"}, "More")
    assert desk.propose(*run).out.startswith("edited: #1 is left alone")
    assert requests(desk) == once(again, ["issues/create-comment"])
    assert desk.propose(*run).out.startswith("edited: #1 is left alone")
    assert requests(desk) == again
    assert desk.hub.repository(FORK).git("rev-parse", pull.head) == theirs

    desk.hub.person(TEAM).close(pull)
    closed = desk.propose(*run)
    assert "There is nothing to propose." in closed.err
    assert f"a person closed {desk.hub.server_url}/{DOCS}/pull/1" in closed.err
    assert requests(desk) == once(ASK)

    text = desk.hub.repository(DOCS).git("show", f"main:{PAGE}") + "\n"
    title, _, rest = text.partition("\n\n")
    moved = title + "\n\n" + "More of it.\n\n" * 20 + rest
    desk.hub.person(TEAM).push(DOCS, "main", {PAGE: moved.encode()}, "Say more")
    for rename in (False, True):
        if rename:
            files: dict[str, bytes | None] = {PAGE: None, "docs/setup/install.md": moved.encode()}
            desk.hub.person(TEAM).push(DOCS, "main", files, "Move the page")
        assert "There is nothing to propose." in desk.propose(*run).err
        assert desk.hub.writes == []
        assert requests(desk) == once(ASK)
    assert [one.number for one in desk.hub.pulls(DOCS)] == [1]
