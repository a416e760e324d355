"""Pull requests over real commits, with the refusals that GitHub's description doesn't tell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from github import Github, GithubException

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Checkout, Connect, Writer, refusal

INVALID = "{'resource': 'PullRequest', 'code': 'invalid', 'field': '%s'}"


def test_what_it_says_comes_from_git(writer: Writer, checkout: Checkout) -> None:
    mine = checkout("octo-writer/lantern-docs", writer.token)
    mine.git("checkout", "-q", "-b", "docbot/topic")
    mine.commit({"docs/b.md": "# B\n\nNew text.\nMore.\n"}, "Say it anew")
    mine.rename("docs/c.md", "docs/see.md", "Rename")
    mine.delete("docs/a.md", "Delete")
    mine.git("push", "-q", "origin", "docbot/topic")
    made = writer.open("docbot/topic", draft=True)
    assert (made.number, made.state, made.draft, made.user.login) == (1, "open", True, "octo-writer")
    assert (made.head.sha, made.head.label) == (mine.head(), "octo-writer:docbot/topic")
    assert (made.base.ref, made.base.sha) == ("main", writer.hub.repository(DOCS).git("rev-parse", "main"))
    assert (made.commits, made.changed_files, made.additions, made.deletions) == (3, 3, 2, 2)
    assert made.mergeable is True
    assert [one.commit.message for one in made.get_commits()] == ["Say it anew", "Rename", "Delete"]
    files = {one.filename: one for one in made.get_files()}
    assert {name: one.status for name, one in files.items()} == {
        "docs/a.md": "removed",
        "docs/b.md": "modified",
        "docs/see.md": "renamed",
    }
    assert files["docs/see.md"].previous_filename == "docs/c.md"
    assert files["docs/b.md"].patch == "@@ -1,3 +1,4 @@\n # B\n \n-Old text.\n+New text.\n+More."
    assert writer.hub.repository(DOCS).git("rev-parse", "refs/pull/1/head") == mine.head()


def test_the_head_follows_pushes(writer: Writer) -> None:
    first = writer.branch()
    made = writer.open()
    second = writer.branch(text=b"# B\n\nNewer.\n")
    made.update()
    assert (made.head.sha, made.commits) == (second, 2)
    assert first != second
    third = writer.hub.person("octo-writer").force_push(writer.fork, "topic", {"docs/b.md": b"# Again\n"})
    made.update()
    assert (made.head.sha, made.commits) == (third, 1)
    assert [one.event for one in writer.docs.get_issue(1).get_events()] == ["head_ref_force_pushed"]


def test_a_branch_that_is_gone_or_empty_closes_it(writer: Writer) -> None:
    for number, name in enumerate(("gone", "empty", "kept"), start=1):
        writer.branch(name, f"docs/{name}.md")
        assert writer.open(name).number == number
    writer.hub.person("octo-writer").delete_branch(writer.fork, "gone")
    main = writer.fork.git("rev-parse", "main")
    writer.fork.git("update-ref", "refs/heads/empty", main)
    states = [(one.number, one.state, one.merged) for one in writer.hub.pulls(DOCS)]
    assert states == [(1, "closed", False), (2, "closed", False), (3, "open", False)]


def test_commits_that_arrive_in_the_base_merge_it(writer: Writer) -> None:
    tip = writer.branch()
    made = writer.open()
    docs = writer.hub.repository(DOCS)
    docs.git("update-ref", "refs/heads/main", tip)
    made.update()
    assert (made.merged, made.state) == (True, "closed")


def test_a_conflict_shows(writer: Writer) -> None:
    writer.branch()
    made = writer.open()
    writer.hub.person("lantern-team").push(DOCS, "main", {"docs/b.md": b"# Other\n"})
    made.update()
    assert (made.mergeable, made.mergeable_state) == (False, "dirty")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"head": "octo-writer:nothing"}, INVALID % "head"),
        ({"head": "stranger:topic"}, INVALID % "head"),
        ({"head": "topic"}, INVALID % "head"),
        ({"base": "nothing"}, INVALID % "base"),
        ({"head": "octo-writer:main"}, "No commits between main and octo-writer:main"),
        ({"head": "main"}, "No commits between main and main"),
        ({"head": "octo-writer:alone"}, "The alone branch has no history in common with"),
        ({"title": ""}, "{'resource': 'PullRequest', 'code': 'missing_field', 'field': 'title'}"),
        ({"title": "x" * 257}, "title is too long (maximum is 256 characters)"),
        ({"body": "x" * 65_537}, "body is too long (maximum is 65536 characters)"),
    ],
)
def test_what_can_not_be_opened(writer: Writer, options: dict[str, str], words: str) -> None:
    writer.branch()
    tree = writer.fork.git("rev-parse", "main^{tree}")
    alone = writer.fork.bare.record(tree, (), "alone", writer.hub.signature(writer.hub.user("octo-writer")))
    writer.fork.git("update-ref", "refs/heads/alone", alone)
    with pytest.raises(GithubException) as raised:
        writer.open(**options)
    status, said = refusal(raised)
    assert status == 422
    assert said.startswith(words)
    assert writer.hub.pulls(DOCS) == []


def test_the_longest_body_fits(writer: Writer) -> None:
    writer.branch()
    assert len(writer.open(body="x" * 65_536).body) == 65_536


def test_a_second_one_of_the_same_branch_is_refused(writer: Writer) -> None:
    writer.branch()
    first = writer.open()
    with pytest.raises(GithubException) as raised:
        writer.open()
    assert refusal(raised) == (422, "A pull request already exists for octo-writer:topic.")
    first.edit(state="closed")
    assert writer.open().number == 2
    with pytest.raises(GithubException) as raised:
        first.edit(state="open")
    assert "There is already an open pull request" in refusal(raised)[1]


def test_only_who_may_push_to_the_fork_lends_it(hub: GitHub, writer: Writer, connect: Connect) -> None:
    writer.branch()
    assert writer.open().maintainer_can_modify is True
    hub.organization("octo-corp")
    hub.fork(DOCS, "octo-corp").collaborators["octo-writer"] = "write"
    hub.person("octo-corp").push("octo-corp/lantern-docs", "topic", {"docs/a.md": b"x\n"})
    with pytest.raises(GithubException) as raised:
        writer.open(head="octo-corp:topic", maintainer_can_modify=True)
    assert refusal(raised) == (422, "Fork collab can't be granted by someone without permission")
    assert writer.open(head="octo-corp:topic").maintainer_can_modify is False


def test_a_stranger_opens_nothing_from_a_branch_that_is_not_theirs(writer: Writer, connect: Connect) -> None:
    writer.branch()
    stranger = connect(writer.hub.user("stranger").token())
    with pytest.raises(GithubException) as raised:
        stranger.get_repo(DOCS).create_pull(base="main", head="octo-writer:topic", title="x", body="y")
    assert refusal(raised) == (422, "must be a collaborator")


def test_a_branch_of_the_repository_itself(hub: GitHub, connect: Connect) -> None:
    hub.repository(DOCS).collaborators["octo-writer"] = "write"
    hub.person("octo-writer").push(DOCS, "topic", {"docs/a.md": b"x\n"})
    docs = connect(hub.user("octo-writer").token()).get_repo(DOCS)
    made = docs.create_pull(base="main", head="topic", title="x", body="y")
    assert (made.head.label, made.head.repo.full_name, made.changed_files) == ("lantern-team:topic", DOCS, 1)
    assert [one.number for one in docs.get_pulls(head="lantern-team:topic")] == [1]


def test_a_fork_of_the_same_owner_needs_its_name_and_is_not_found_by_head(
    hub: GitHub, connect: Connect
) -> None:
    hub.fork(DOCS, "lantern-team", name="lantern-docs-pr")
    hub.person("lantern-team").push("lantern-team/lantern-docs-pr", "topic", {"docs/a.md": b"x\n"})
    docs = connect(hub.user("lantern-team").token()).get_repo(DOCS)
    with pytest.raises(GithubException):
        docs.create_pull(base="main", head="lantern-team:topic", title="x", body="y")
    name = "lantern-team/lantern-docs-pr"
    made = docs.create_pull(base="main", head="topic", head_repo=name, title="x", body="y")
    assert made.head.repo.full_name == name
    assert list(docs.get_pulls(head="lantern-team:topic")) == []
    assert [one.number for one in docs.get_pulls()] == [1]


def test_lists_are_filtered_sorted_and_come_in_pages(writer: Writer) -> None:
    for number in range(5):
        writer.branch(f"topic-{number}", f"docs/{number}.md")
        writer.open(f"topic-{number}")
    writer.hub.person("lantern-team").close(writer.hub.pulls(DOCS)[0])

    def numbers(**query: str) -> list[int]:
        return [one.number for one in writer.docs.get_pulls(**query)]

    assert numbers() == [5, 4, 3, 2]
    assert numbers(state="all", sort="created", direction="asc") == [1, 2, 3, 4, 5]
    assert numbers(state="closed") == [1]
    assert numbers(state="all", sort="updated", direction="desc") == [1, 5, 4, 3, 2]
    assert numbers(state="all", head="octo-writer:topic-3") == [4]
    # GitHub ignores a head without an owner.
    assert numbers(head="topic-3") == [5, 4, 3, 2]
    assert numbers(base="live") == []
    writer.github.per_page = 2
    assert numbers(state="all") == [5, 4, 3, 2, 1]
    queries = [f"{page}per_page=2&state=all" for page in ("", "page=2&", "page=3&")]
    assert [call.query for call in writer.hub.log[-3:]] == queries
    assert [call.operation for call in writer.hub.log[-3:]] == ["pulls/list"] * 3


def test_edits_and_who_may_make_them(writer: Writer, connect: Connect) -> None:
    writer.branch()
    made = writer.open()
    writer.hub.person("lantern-team").push(DOCS, "live", {"docs/a.md": b"live\n"})
    made.edit(title="Better", body="Other", base="live")
    assert (made.title, made.body, made.base.ref) == ("Better", "Other", "live")
    made.edit(state="closed")
    assert made.state == "closed"
    made.edit(state="open")
    assert made.state == "open"
    with pytest.raises(GithubException) as raised:
        made.edit(base="nothing")
    assert refusal(raised) == (422, "Proposed base branch 'nothing' was not found")
    with pytest.raises(GithubException) as raised:
        made.edit(body="x" * 65_537)
    assert refusal(raised) == (422, "body is too long (maximum is 65536 characters)")
    theirs = connect(writer.hub.user("stranger").token()).get_repo(DOCS).get_pull(1)
    with pytest.raises(GithubException) as raised:
        theirs.edit(body="Mine now")
    assert refusal(raised) == (403, "Must have admin rights to Repository.")


def test_a_closed_one_stays_where_it_was(writer: Writer) -> None:
    tip = writer.branch()
    made = writer.open()
    made.edit(state="closed")
    writer.branch(text=b"# Later\n")
    made.update()
    assert made.head.sha == tip
    with pytest.raises(GithubException) as raised:
        made.edit(state="open")
    assert "force-pushed or recreated" in refusal(raised)[1]


def test_of_two_at_once_one_opens_it(writer: Writer, connect: Connect) -> None:
    writer.branch()

    def propose(client: Github) -> int:
        try:
            client.get_repo(DOCS).create_pull(base="main", head="octo-writer:topic", title="x", body="y")
        except GithubException as refused:
            return refused.status
        return 201

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(propose, [connect(writer.token) for _ in range(4)]))
    assert statuses == [201, 422, 422, 422]
    assert len(writer.hub.pulls(DOCS)) == 1


def test_who_may_open_one_here(hub: GitHub, writer: Writer) -> None:
    docs = hub.repository(DOCS)
    writer.branch()
    docs.pull_request_creation_policy = "collaborators_only"
    assert writer.github.get_repo(DOCS).raw_data["pull_request_creation_policy"] == "collaborators_only"
    with pytest.raises(GithubException, match="limited to collaborators"):
        writer.open()
    docs.pull_request_creation_policy, docs.drafts_allowed = "all", False
    with pytest.raises(GithubException, match="Draft pull requests are not supported"):
        writer.open(draft=True)
    docs.interaction_limit = "contributors_only"
    with pytest.raises(GithubException, match="have been limited to users"):
        writer.open()
    docs.interaction_limit = "existing_users"
    docs.owner.blocked.add("octo-writer")
    with pytest.raises(GithubException) as raised:
        writer.open()
    assert refusal(raised) == (422, "user is blocked")
    docs.owner.blocked.clear()
    assert writer.open().number == 1
