"""`propose` on real repositories: what would be sent, the branch, and what keeps it from being made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace

from docbot.app.draft import draft
from docbot.app.propose import Prepared, ProposeOptions
from docbot.app.propose import prepare as prepare_of
from docbot.app.scan import ScanOptions, scan
from docbot.app.send import commit_locally
from docbot.errors import StoppedError, UsageError
from docbot.facts import Facts, Need
from docbot.forges.marker import marker_of
from docbot.forges.requests import ApiRequest
from docbot.markdown import Document
from docbot.publish import requests_of
from docbot.reporters import diff, jsonl
from docbot.repository.worktree import Worktree
from docbot.types import Finding
from tests.helpers.git import Builder
from tests.helpers.rules import BadWord
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
    pages = [d.finding.path for p in below.plan.proposals for d in p.drafts]
    assert set(pages) == {"docs/v1/reference.md", "docs/v2/reference.md"}, "a copy goes along"
    with pytest.raises(UsageError, match="no finding has the fingerprint 00nothing"):
        prepare(sample.root, ProposeOptions(fingerprints=("00nothing",)))


def test_a_fix_goes_to_all_copies_of_the_page_and_the_body_says_so(docs: Builder) -> None:
    versions = ("5.1", "7.4", "7.5")
    docs.commit({f"ref/{version}/a.md": "# A\n\nOpen the the file.\n" for version in versions})
    docs.commit({"other/a.md": "# A\n\nOpen the the file.\n", "ref/7.6/a.md": "# A\n\nOpen the file.\n"})
    (print_of_one,) = (
        f.fingerprint for f in scan(docs.root, ScanOptions()).report.findings if f.path == "ref/7.4/a.md"
    )
    for options in (
        ProposeOptions(under=("ref/7.4",)),
        ProposeOptions(fingerprints=(print_of_one,)),
        ProposeOptions(under=("ref/7.4/a.md", "ref/5.1"), only=("doubled-word",)),
    ):
        [proposal] = prepare(docs.root, options).plan.proposals
        assert [change.path for change in proposal.changes] == [f"ref/{v}/a.md" for v in versions]
        assert "The same change in 2 more copies of the page." in proposal.body
        assert all(f"`ref/{version}/a.md`, line 3" in proposal.body for version in versions)


def test_copies_go_along_as_far_as_there_is_room(docs: Builder) -> None:
    page = "# A\n\nOpen the the file.\n"
    docs.commit({f"ref/{version}/a.md": page for version in ("5.1", "7.4", "7.5")})
    docs.commit({".docbot.toml": "[propose]\nmax_files = 2\n"})
    prepared = prepare(docs.root, ProposeOptions(under=("ref/7.5",)))
    [proposal] = prepared.plan.proposals
    assert [change.path for change in proposal.changes] == ["ref/5.1/a.md", "ref/7.5/a.md"]
    assert [held.draft.finding.path for held in prepared.plan.held] == ["ref/7.4/a.md"]


def test_a_copy_that_says_so_less_surely_goes_along_and_is_told(
    docs: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unsure(BadWord):
        """Surer of newer versions."""

        needs = frozenset({Need.SITE})

        def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
            for found in super().check(document, facts):
                sure = "7.5" in document.path
                yield replace(found, confidence=0.9 if sure else 0.6)

    monkeypatch.setattr(import_module("docbot.app.scan"), "load_rules", lambda: (Unsure(),))
    docs.commit({f"ref/{version}/a.md": "# A\n\nIt is bad.\n" for version in ("7.4", "7.5")})
    docs.commit({"ref/7.4/b.md": "# B\n\nIt is bad.\n", ".docbot.toml": "[propose]\nmax_pulls = 9\n"})
    assert [f.path for f in scan(docs.root, ScanOptions(cache=False, jobs=1)).report.findings] == [
        "ref/7.5/a.md"
    ]
    [proposal] = prepare(docs.root, ProposeOptions(jobs=1)).plan.proposals
    assert [change.path for change in proposal.changes] == ["ref/7.4/a.md", "ref/7.5/a.md"]
    assert "confidence 60 %" in proposal.body


def test_nothing_is_edited_where_no_rule_found_it_or_a_person_silenced_it(docs: Builder) -> None:
    page = "# A\n\nOpen the the file.\n"
    silenced = page.replace("Open", "<!-- docbot: ignore doubled-word quoted -->\nOpen")
    right = page.replace("the the", "the")
    docs.commit({"ref/5.1/a.md": silenced, "ref/7.4/a.md": page, "ref/7.5/a.md": right})
    [proposal] = prepare(docs.root, ProposeOptions(under=("ref/7.4",))).plan.proposals
    assert [change.path for change in proposal.changes] == ["ref/7.4/a.md"]


def test_a_file_of_drafts_brings_no_copies(docs: Builder, tmp_path: Path) -> None:
    page = "# A\n\nOpen the the file.\n"
    docs.commit({"ref/7.4/a.md": page, "ref/7.5/a.md": page})
    drafted = draft(scan(docs.root, ScanOptions(drafting=True)))
    one = replace(drafted, drafts=drafted.drafts[:1])
    file = tmp_path / "drafts.jsonl"
    file.write_text("".join(jsonl.draft_lines(one.drafts, one.texts)), "utf-8")
    [proposal] = prepare(docs.root, ProposeOptions(source=file)).plan.proposals
    assert [change.path for change in proposal.changes] == ["ref/7.4/a.md"]


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
