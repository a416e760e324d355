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


RUN = ("--yes", "--rule", "doubled-word")
AGAIN = once(ASK, KNOWN, BRANCH, STATE)
"""A run that finds everything as it left it."""


def test_a_day_in_the_life(desk: Desk) -> None:
    it_opens_one_and_says_nothing_twice(desk)
    people_write_around_it_and_the_base_goes_on(desk)
    a_person_takes_the_branch_over(desk)
    a_person_closes_it_and_its_text_moves(desk)
    assert [pull.number for pull in desk.hub.pulls(DOCS)] == [1]


def it_opens_one_and_says_nothing_twice(desk: Desk) -> None:
    opened = desk.propose(*RUN)
    assert opened.out.splitlines()[-1].startswith("created: #1 was opened as a draft"), opened.err
    assert requests(desk) == once(
        *(ASK, BRANCH, TIP, RIVALS),
        *(["git-receive-pack"], ["pulls/create"], LOOK_BACK),
    )
    assert desk.propose(*RUN).out.startswith("unchanged: #1 says it already")
    assert requests(desk) == AGAIN


def people_write_around_it_and_the_base_goes_on(desk: Desk) -> None:
    [pull] = desk.hub.pulls(DOCS)
    desk.hub.person(WRITER).append_body(pull, "Tested on my lantern.")
    desk.hub.person(TEAM).comment(pull, "Thank you!")
    assert desk.propose(*RUN).out.startswith("unchanged: #1 says it already")
    assert requests(desk) == AGAIN
    desk.hub.person(TEAM).push(DOCS, "main", {"docs/new.md": b"# New\n"}, "Add a page")
    assert desk.propose(*RUN).out.startswith("unchanged: #1 says it already")
    assert requests(desk) == AGAIN


def a_person_takes_the_branch_over(desk: Desk) -> None:
    [pull] = desk.hub.pulls(DOCS)
    theirs = desk.hub.person(WRITER).push(FORK, pull.head, {"docs/mine.md": b"# Mine\n"}, "More")
    for answer in (["issues/create-comment"], []):
        assert desk.propose(*RUN).out.startswith("edited: #1 is left alone")
        assert requests(desk) == once(AGAIN, answer)
    assert desk.hub.repository(FORK).git("rev-parse", pull.head) == theirs


def a_person_closes_it_and_its_text_moves(desk: Desk) -> None:
    [pull] = desk.hub.pulls(DOCS)
    desk.hub.person(TEAM).close(pull)
    closed = desk.propose(*RUN)
    assert f"a person closed {desk.hub.server_url}/{DOCS}/pull/1" in closed.err
    assert requests(desk) == once(ASK)
    text = desk.hub.repository(DOCS).git("show", f"main:{PAGE}") + "\n"
    title, _, rest = text.partition("\n\n")
    moved = (title + "\n\n" + "More of it.\n\n" * 20 + rest).encode()
    edits: list[dict[str, bytes | None]] = [
        {PAGE: moved},
        {PAGE: None, "docs/setup/install.md": moved},
    ]
    for files in edits:
        desk.hub.person(TEAM).push(DOCS, "main", files, "Say more, elsewhere")
        assert "There is nothing to propose." in desk.propose(*RUN).err
        assert desk.hub.writes == []
        assert requests(desk) == once(ASK)
