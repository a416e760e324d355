"""`propose` on real repositories: what would be sent, the branch, and what keeps it from being made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docbot.app.propose import Prepared, ProposeOptions
from docbot.app.propose import prepare as prepare_of
from docbot.app.send import commit_locally
from docbot.errors import StoppedError, UsageError
from docbot.forges.marker import marker_of
from docbot.forges.requests import ApiRequest
from docbot.publish import requests_of
from docbot.reporters import diff
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder
from tests.helpers.sample import sample_repository


def prepare(root: Path, options: ProposeOptions) -> Prepared:
    """What would be proposed of the checkout at `root`, without asking anybody."""
    return prepare_of(Worktree.open(root), options)


PUBLISH = ".openpublishing.publish.config.json"


@pytest.fixture
def sample(tmp_path: Path) -> Builder:
    return sample_repository(tmp_path / "sample")


def test_the_branch_holds_the_drafts_and_the_checkout_is_as_it_was(sample: Builder) -> None:
    sample.write("notes.txt", "mine")
    sample.write("docs/v2/reference.md", (sample.root / "docs/v2/reference.md").read_text("utf-8"))
    before = sample.snapshot()
    prepared = prepare(sample.root, ProposeOptions())
    assert sample.snapshot() == before
    [proposal] = prepared.plan.proposals
    commit = commit_locally(prepared, proposal)
    assert sample.snapshot(without=proposal.branch) == before
    assert sample.git("rev-parse", f"{commit}^").strip() == prepared.base.commit
    patch = sample.git("diff", "--no-color", "--no-ext-diff", prepared.base.commit, commit)
    assert _changed_lines(patch) == _changed_lines("".join(diff.changes(proposal.changes)))
    assert len(_changed_lines(patch)) == 2 * len(proposal.drafts) == 8
    assert sample.git("log", "-1", "--format=%B", commit).strip() == proposal.message.strip()


def _changed_lines(patch: str) -> list[str]:
    return [line for line in patch.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_branch_that_is_there_is_left_alone(sample: Builder) -> None:
    prepared = prepare(sample.root, ProposeOptions())
    [proposal] = prepared.plan.proposals
    commit_locally(prepared, proposal)
    before = sample.snapshot()
    with pytest.raises(StoppedError, match="exists already: look at it with `git show"):
        commit_locally(prepared, proposal)
    assert sample.snapshot() == before


def test_two_dry_runs_say_the_same_and_the_request_carries_the_body(sample: Builder) -> None:
    first, second = (prepare(sample.root, ProposeOptions()) for _ in range(2))
    assert first.plan.proposals == second.plan.proposals
    [proposal] = first.plan.proposals
    push, post = requests_of(proposal, first.destination)
    assert proposal.branch in str(push)
    assert isinstance(post, ApiRequest)
    assert post.path == "/repos/example/lantern-docs/pulls"
    sent = json.loads(post.body)
    assert (sent["title"], sent["body"]) == (proposal.title, proposal.body)
    assert (sent["base"], sent["draft"]) == ("main", True)
    marker = marker_of(proposal.body)
    assert marker is not None
    assert marker.fingerprints == proposal.fingerprints


def test_one_cause_is_proposed_and_the_rest_is_held_with_a_reason(sample: Builder) -> None:
    prepared = prepare(sample.root, ProposeOptions())
    [proposal] = prepared.plan.proposals
    assert len({draft.finding.cause for draft in proposal.drafts}) == 1
    assert prepared.plan.held
    assert all(held.reason for held in prepared.plan.held)
    drafted = len(proposal.drafts) + len(prepared.plan.held)
    assert drafted == sum(prepared.held_by_reason().values()) + len(proposal.drafts)


def test_what_is_asked_for_is_what_is_proposed(sample: Builder) -> None:
    only = prepare(sample.root, ProposeOptions(only=("doubled-word",)))
    [proposal] = only.plan.proposals
    assert [draft.finding.rule for draft in proposal.drafts] == ["doubled-word"]
    [chosen] = proposal.fingerprints
    again = prepare(sample.root, ProposeOptions(fingerprints=(chosen[:8],)))
    assert [p.fingerprints for p in again.plan.proposals] == [(chosen,)]
    below = prepare(sample.root, ProposeOptions(under=("docs/v1",)))
    assert {d.finding.path for p in below.plan.proposals for d in p.drafts} == {"docs/v1/reference.md"}
    with pytest.raises(UsageError, match="no finding has the fingerprint 00nothing"):
        prepare(sample.root, ProposeOptions(fingerprints=("00nothing",)))


def test_what_is_checked_out_here_proves_nothing(sample: Builder, tmp_path: Path) -> None:
    clone = sample.clone(tmp_path / "clone")
    clone.rename("docs/guides/groups.md", "docs/guides/sets.md")
    clone.write("docs/troubleshooting.md", "# Mine\n")
    before = clone.snapshot()
    prepared = prepare(clone.root, ProposeOptions())
    assert clone.snapshot() == before
    [proposal] = prepared.plan.proposals
    assert prepared.base.commit == sample.head()
    assert all(change.before == (sample.root / change.path).read_bytes() for change in proposal.changes)
    assert all(b"guides/groups.md" in change.after for change in proposal.changes)
    assert clone.git("worktree", "list").count("\n") == 0
    commit = commit_locally(prepared, proposal)
    assert clone.git("rev-parse", f"{commit}^").strip() == sample.head()


def test_the_base_may_be_another_branch_than_the_remotes_default(sample: Builder, tmp_path: Path) -> None:
    sample.git("branch", "develop")
    sample.commit({"docs/main-only.md": "# Main\n", ".docbot.toml": '[propose]\nbase = "develop"\n'})
    clone = sample.clone(tmp_path / "clone")
    prepared = prepare(clone.root, ProposeOptions())
    assert prepared.base.commit == sample.git("rev-parse", "develop").strip()
    assert prepared.disclosure.base == prepared.destination.base == "develop"
    clone.write(".docbot.toml", '[propose]\nbase = "never-fetched"\n')
    with pytest.raises(StoppedError, match="the base branch never-fetched isn't here: run `git fetch origin"):
        prepare(clone.root, ProposeOptions())


def test_the_next_cause_comes_when_a_branch_is_there(sample: Builder) -> None:
    first = prepare(sample.root, ProposeOptions())
    commit_locally(first, first.plan.proposals[0])
    second = prepare(sample.root, ProposeOptions())
    assert second.plan.proposals[0].topic != first.plan.proposals[0].topic
    assert any("is there already: push it" in held.reason for held in second.plan.held)


def test_what_a_person_has_to_look_at_waits_for_unsafe(sample: Builder) -> None:
    only = ("unescaped-placeholder",)
    prepared = prepare(sample.root, ProposeOptions(only=only))
    assert prepared.plan.proposals == ()
    [reason] = prepared.held_by_reason()
    assert "propose it with --unsafe" in reason
    assert prepare(sample.root, ProposeOptions(only=only, unsafe=True)).plan.proposals


@pytest.mark.parametrize(
    ("path", "content", "words"),
    [
        (".docbot.toml", "enabled = false\n", "enabled = false"),
        (PUBLISH, '{"docsets_to_publish": [{"open_to_public_contributors": false}]}', "open to the public"),
        (".docbot.toml", '[propose]\nbase = "live"\n', "live"),
        ("README.md", "# X\n\nThis repository has been archived.\n", "archived"),
    ],
)
def test_a_repository_that_wants_none_gets_none(sample: Builder, path: str, content: str, words: str) -> None:
    sample.commit({path: content})
    before = sample.snapshot()
    with pytest.raises(StoppedError, match="nothing may be proposed here") as stopped:
        prepare(sample.root, ProposeOptions())
    assert words in str(stopped.value)
    assert stopped.value.exit_code == 4
    assert sample.snapshot() == before


def test_the_config_sets_how_much_is_proposed(sample: Builder) -> None:
    sample.commit({".docbot.toml": "[propose]\nmax_pulls = 3\nmax_files = 2\ndraft = false\n"})
    prepared = prepare(sample.root, ProposeOptions())
    assert len(prepared.plan.proposals) == 3
    assert all(len(proposal.changes) <= 2 for proposal in prepared.plan.proposals)
    assert any("touches 4 files, and the repository takes 2" in h.reason for h in prepared.plan.held)
    assert not prepared.destination.draft


def test_the_base_is_what_was_fetched(sample: Builder, tmp_path: Path) -> None:
    clone = sample.clone(tmp_path / "clone")
    clone.commit({"other.md": "# Mine, not pushed\n"})
    prepared = prepare(clone.root, ProposeOptions())
    assert prepared.base.commit == sample.head()
    commit = commit_locally(prepared, prepared.plan.proposals[0])
    assert clone.git("rev-parse", f"{commit}^").strip() == sample.head()
