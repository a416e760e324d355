from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docbot.errors import StoppedError
from docbot.repository import git, network_commands
from docbot.repository.exchange import fetch_branch, fetch_commit, push, tip, tip_of
from docbot.repository.git import Git
from docbot.repository.plumbing import Result
from docbot.repository.values import Access
from docbot.repository.worktree import Worktree
from tests.helpers.git import ADDRESS, NAME, Builder

posix = pytest.mark.skipif(os.name == "nt", reason="Windows runs no such scripts")
TOPIC = "docbot/topic"


@pytest.fixture
def server(docs: Builder, tmp_path: Path) -> Builder:
    """A bare repository with two commits on `main`."""
    docs.commit({"a.md": "a\n", "folder/b.md": "b\n"})
    docs.commit({"a.md": "a a\n"})
    docs.git("clone", "-q", "--bare", str(docs.root), str(tmp_path / "server.git"))
    bare = Builder(tmp_path / "server.git")
    bare.commits = docs.commits
    return bare


@pytest.fixture
def mine(server: Builder, tmp_path: Path) -> Builder:
    """The user's clone, with `origin`."""
    return server.clone(tmp_path / "mine")


@pytest.fixture
def theirs(server: Builder, mine: Builder, tmp_path: Path) -> Builder:
    """Somebody else's clone, made after the user's."""
    return server.clone(tmp_path / "theirs")


def opened(builder: Builder) -> Worktree:
    return Worktree.open(builder.root)


def new_commit(builder: Builder, content: str = "docbot's\n", parent: str = "HEAD") -> str:
    """A commit on no branch, as docbot makes it."""
    blob = builder.git("hash-object", "-w", "--stdin", data=content.encode())
    tree = builder.git("mktree", data=f"100644 blob {blob}\ta.md\n".encode())
    return builder.git("commit-tree", "-m", content, "-p", parent, tree)


def refs(builder: Builder) -> dict[str, str]:
    lines = builder.git("for-each-ref", "--format=%(refname) %(objectname)").split("\n")
    return {name: commit for name, _, commit in (line.partition(" ") for line in lines)}


def script(place: Path, body: str) -> Path:
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"#!/bin/sh\n{body}\n")
    place.chmod(0o755)
    return place


def settle(builder: Builder, *settings: tuple[str, str]) -> None:
    for key, value in settings:
        builder.git("config", "--add", key, value)


# Looking.


def test_the_tip_is_that_of_exactly_this_branch(server: Builder, mine: Builder) -> None:
    head = server.head()
    server.git("update-ref", "refs/heads/other/refs/heads/topic", head)
    server.git("update-ref", "refs/heads/main-2", f"{head}^")
    for remote in ("origin", server.root.as_uri()):
        assert tip_of(opened(mine), remote, "main") == head
        assert tip_of(opened(mine), remote, "topic") is None
        assert tip_of(opened(mine), remote, TOPIC) is None


@pytest.mark.parametrize(
    "remote",
    [
        *("-x", "--upload-pack=touch ran", "nope", "../server.git", "/", "", "origin/main"),
        *("ext::sh -c touch% ran", "fd::3", "foo::https://example.com/r", "https://example.com/a b"),
        "https://example.com/a\nb",
    ],
)
def test_only_urls_and_configured_remotes_are_talked_to(
    mine: Builder, remote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file:ext:fd")
    worktree, commit = opened(mine), mine.head()
    asked: list[Callable[[], object]] = [
        lambda: tip_of(worktree, remote, "main"),
        lambda: fetch_branch(worktree, remote, "main"),
        lambda: fetch_commit(worktree, remote, "0" * 40, "main"),
        lambda: push(worktree, remote, commit, TOPIC, None),
    ]
    before = mine.snapshot()
    for ask in asked:
        with pytest.raises(StoppedError, match="is no remote of this repository: `git remote -v` lists them"):
            ask()
    assert mine.snapshot() == before


def test_a_login_in_a_url_is_refused_and_not_repeated(mine: Builder) -> None:
    with pytest.raises(StoppedError, match="leave it out") as caught:
        tip_of(opened(mine), "https://me:s3cret@example.com/o/r", "main")
    assert "s3cret" not in str(caught.value)


@posix
@pytest.mark.parametrize("how", ["remote", "insteadOf"])
@pytest.mark.parametrize("allowed", ["file:ext", None])
def test_a_transport_that_runs_a_command_is_off(
    mine: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, allowed: str | None
) -> None:
    if allowed:
        monkeypatch.setenv("GIT_ALLOW_PROTOCOL", allowed)
    else:
        monkeypatch.delenv("GIT_ALLOW_PROTOCOL")
    evil = f"ext::touch {tmp_path}/ran"
    remote = "evil" if how == "remote" else "https://example.com/"
    key = "remote.evil.url" if how == "remote" else f"url.{evil}.insteadOf"
    settle(mine, ("protocol.ext.allow", "always"), (key, evil if how == "remote" else remote))
    with pytest.raises(StoppedError, match=r"git may not talk to .*transport 'ext' not allowed"):
        tip_of(opened(mine), remote, "main")
    assert not (tmp_path / "ran").exists()


def test_a_stricter_list_of_transports_holds(mine: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "https")
    with pytest.raises(StoppedError, match="transport 'file' not allowed"):
        tip_of(opened(mine), "origin", "main")


@pytest.mark.parametrize("branch", ["-D", "a..b", "", "HEAD", "x y", "*", "main:refs/heads/x"])
def test_bad_branch_names_are_refused(mine: Builder, server: Builder, branch: str) -> None:
    before = refs(server), mine.snapshot()
    for ask in (tip_of, fetch_branch):
        with pytest.raises(StoppedError, match="no name git allows"):
            ask(opened(mine), "origin", branch)
    for name in (branch, f"docbot/{branch}"):
        with pytest.raises(StoppedError):
            push(opened(mine), "origin", mine.head(), name + "..", None)
    assert (refs(server), mine.snapshot()) == before


# Fetching.


def burdened(builder: Builder, ran: Path) -> None:
    """Everything a user may have set that would make a fetch or a push do more."""
    settle(
        builder,
        *(("fetch.prune", "true"), ("fetch.pruneTags", "true"), ("remote.origin.tagOpt", "--tags")),
        *(("fetch.writeCommitGraph", "true"), ("fetch.recurseSubmodules", "true"), ("gc.auto", "1")),
        *(("submodule.recurse", "true"), ("push.followTags", "true"), ("push.default", "matching")),
        *(("push.recurseSubmodules", "on-demand"), ("push.pushOption", "merge_request.create")),
        *(("remote.origin.push", "+refs/heads/*:refs/heads/*"), ("remote.pushDefault", "elsewhere")),
        *(("push.autoSetupRemote", "true"), ("push.useForceIfIncludes", "true"), ("gc.autoDetach", "false")),
    )
    for name in ("pre-push", "reference-transaction", "post-merge", "post-checkout", "pre-auto-gc"):
        script(builder.root / ".git/hooks" / name, f"echo {name} >> '{ran}'")


@posix
def test_by_name_the_remote_tracking_branch_moves_alone(
    mine: Builder, theirs: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs.git("tag", "-a", "-m", "tag", "v1")
    newest = theirs.commit({"c.md": "c\n"})
    theirs.git("push", "-q", "--tags", "origin", "main", "main:second")
    mine.git("update-ref", "refs/remotes/origin/gone", "HEAD")
    mine.git("tag", "mine")
    burdened(mine, tmp_path / "ran")
    before = mine.snapshot()
    earlier = refs(mine)
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(tmp_path / "trace"))
    assert fetch_branch(opened(mine), "origin", "main") == newest
    monkeypatch.delenv("GIT_TRACE2_EVENT")
    assert not re.search('"argv":.*"(maintenance|gc|commit-graph)"', (tmp_path / "trace").read_text())
    after = {**mine.snapshot(), **{key: before[key] for key in ("refs", "reflog", "status")}}
    assert after == before
    assert refs(mine) == earlier | {"refs/remotes/origin/main": newest, "refs/remotes/origin/HEAD": newest}
    assert not list((mine.root / ".git").rglob("*commit-graph*"))
    assert not (mine.root / ".git/FETCH_HEAD").exists()
    assert not (tmp_path / "ran").exists()
    assert mine.git("cat-file", "-p", f"{newest}:c.md") == "c"


def test_by_url_only_objects_come(mine: Builder, theirs: Builder, server: Builder) -> None:
    newest = theirs.commit({"c.md": "c\n"})
    theirs.git("push", "-q", "origin", "main")
    before = mine.snapshot()
    assert fetch_branch(opened(mine), server.root.as_uri(), "main") == newest
    assert mine.snapshot() == before
    assert mine.git("cat-file", "-p", f"{newest}:c.md") == "c"
    assert not (mine.root / ".git/FETCH_HEAD").exists()


def test_a_branch_that_is_not_there_is_one_sentence(mine: Builder) -> None:
    before = mine.snapshot()
    with pytest.raises(StoppedError, match=r"origin has no branch nope: check the name, or set `base`"):
        fetch_branch(opened(mine), "origin", "nope")
    assert mine.snapshot() == before


@pytest.mark.parametrize("times", [3, 9])
def test_a_branch_that_is_rewritten_meanwhile(
    mine: Builder, theirs: Builder, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    real, made = network_commands.fetch, [theirs.head()]

    def late(git: Git, place: str, branch: str, access: Access | None) -> Result:
        rewrite()
        try:
            return real(git, place, branch, access)
        finally:
            rewrite()

    def rewrite() -> None:
        if len(made) <= times:
            made.append(new_commit(theirs, f"{len(made)}\n", made[0]))
            theirs.git("push", "-qf", "origin", f"{made[-1]}:refs/heads/main")

    rewrite()
    monkeypatch.setattr(network_commands, "fetch", late)
    if times == 3:
        assert fetch_branch(opened(mine), "origin", "main") == made[-1]
        return
    with pytest.raises(StoppedError, match="changes faster than it can be fetched"):
        fetch_branch(opened(mine), "origin", "main")


def test_the_commit_of_a_branch_is_fetched_and_read(mine: Builder, theirs: Builder, server: Builder) -> None:
    commit = new_commit(theirs, "theirs\n")
    theirs.git("push", "-q", "origin", f"{commit}:refs/heads/{TOPIC}")
    before = mine.snapshot()
    assert tip(opened(mine), commit) is None
    found = fetch_commit(opened(mine), server.root.as_uri(), commit, TOPIC)
    assert (found.id, found.parents, found.message) == (commit, (mine.head(),), "theirs\n")
    assert found.tree == theirs.git("rev-parse", f"{commit}^{{tree}}")
    assert found == tip(opened(mine), commit)
    assert mine.snapshot() == before


def test_a_commit_that_went_away(mine: Builder, theirs: Builder) -> None:
    commit = new_commit(theirs, "theirs\n")
    with pytest.raises(StoppedError, match=r"isn't at [0-9a-f]{10} any more: somebody works on it"):
        fetch_commit(opened(mine), "origin", commit, TOPIC)
    with pytest.raises(StoppedError, match=r"isn't at [0-9a-f]{10} any more"):
        fetch_commit(opened(mine), "origin", commit, "main")


def test_a_commit_is_read_as_it_is_stored(docs: Builder) -> None:
    root = docs.commit({"a.md": "a\n"})
    tree = docs.git("rev-parse", "HEAD^{tree}")
    stamp = f"{NAME} <{ADDRESS}> 1700000000 +0000"
    body = (
        f"tree {tree}\nparent {root}\nparent {root}\nauthor {stamp}\ncommitter {stamp}\n"
        "encoding ISO-8859-1\ngpgsig parent\n tree\n \n x\n\n"
    ).encode() + b"Gr\xfc\xdfe\n\nmore\n\n"
    odd = docs.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=body)
    found = tip(opened(docs), odd)
    assert found is not None
    assert (found.tree, found.parents) == (tree, (root, root))
    assert found.message.encode("utf-8", "surrogateescape") == b"Gr\xfc\xdfe\n\nmore\n\n"
    docs.git("replace", odd, root)
    assert tip(opened(docs), odd) == found
    assert tip(opened(docs), tree) is None
    first = tip(opened(docs), root)
    assert first is not None
    assert (first.parents, first.message) == ((), "change\n")


# Pushing.


def test_a_push_makes_one_branch(server: Builder, mine: Builder) -> None:
    commit = new_commit(mine)
    before, there = mine.snapshot(), refs(server)
    assert push(opened(mine), server.root.as_uri(), commit, TOPIC, None) is True
    assert refs(server) == there | {f"refs/heads/{TOPIC}": commit}
    assert mine.snapshot() == before
    assert server.git("log", "-1", "--format=%an %s", TOPIC) == f"{NAME} docbot's"


@posix
def test_nothing_else_goes_whatever_is_set(server: Builder, mine: Builder, tmp_path: Path) -> None:
    mine.commit({"unpushed.md": "u\n"})
    mine.git("branch", "second")
    mine.git("tag", "-a", "-m", "tag", "v1", "HEAD~1")
    commit = new_commit(mine, parent="HEAD~1")
    burdened(mine, tmp_path / "ran")
    server.git("config", "receive.advertisePushOptions", "true")
    script(server.root / "hooks/pre-receive", f"echo $GIT_PUSH_OPTION_COUNT > '{tmp_path}/options'")
    before, there = mine.snapshot(), refs(server)
    assert push(opened(mine), "origin", commit, TOPIC, None) is True
    assert refs(server) == there | {f"refs/heads/{TOPIC}": commit}
    assert (tmp_path / "options").read_text().strip() in ("", "0")
    assert not (tmp_path / "ran").exists()
    after = mine.snapshot()
    tracking = f"refs/remotes/origin/{TOPIC} {commit}"
    assert sorted({*map(str, after["refs"])} - {*map(str, before["refs"])}) == [tracking]  # type: ignore[call-overload]
    assert after | {"refs": 0, "reflog": 0} == before | {"refs": 0, "reflog": 0}


def test_a_branch_that_exists_is_not_made(server: Builder, mine: Builder, theirs: Builder) -> None:
    human = new_commit(theirs, "human\n")
    theirs.git("push", "-q", "origin", f"{human}:refs/heads/{TOPIC}")
    assert push(opened(mine), "origin", new_commit(mine), TOPIC, None) is False
    assert server.git("rev-parse", TOPIC) == human


def test_a_branch_moves_only_from_where_it_is_expected(
    server: Builder, mine: Builder, theirs: Builder
) -> None:
    first, second = new_commit(mine, "first\n"), new_commit(mine, "second\n")
    assert push(opened(mine), "origin", first, TOPIC, None)
    # A fetch in between must not make the lease follow: it names a commit.
    theirs.git("fetch", "-q")
    human = new_commit(theirs, "human\n", f"origin/{TOPIC}")
    theirs.git("push", "-q", "origin", f"{human}:refs/heads/{TOPIC}")
    mine.git("fetch", "-q")
    assert push(opened(mine), "origin", second, TOPIC, first) is False
    assert server.git("rev-parse", TOPIC) == human
    assert push(opened(mine), "origin", second, TOPIC, human) is True
    assert server.git("rev-parse", TOPIC, f"{TOPIC}^").split("\n") == [second, mine.head()]
    # A branch that was deleted isn't made again.
    server.git("branch", "-qD", TOPIC)
    assert push(opened(mine), "origin", first, TOPIC, second) is False
    assert tip_of(opened(mine), "origin", TOPIC) is None


def test_a_push_whose_answer_was_lost_is_true_again(server: Builder, mine: Builder) -> None:
    commit = new_commit(mine)
    for _ in range(2):
        assert push(opened(mine), "origin", commit, TOPIC, None) is True
    assert server.git("rev-parse", TOPIC) == commit


@posix
def test_a_branch_that_moves_while_it_is_pushed(server: Builder, mine: Builder) -> None:
    other = server.head()
    hook = f"unset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/{TOPIC} {other}"
    script(server.root / "hooks/pre-receive", hook)
    assert push(opened(mine), "origin", new_commit(mine), TOPIC, None) is False
    assert server.git("rev-parse", TOPIC) == other


def test_a_branch_in_the_way_of_the_folder_is_a_refusal(server: Builder, mine: Builder) -> None:
    server.git("branch", "docbot")
    with pytest.raises(StoppedError, match=r"`git push` got no further with origin \(failed to update ref\)"):
        push(opened(mine), "origin", new_commit(mine), TOPIC, None)


@pytest.mark.parametrize("branch", ["main", "live", "docbot", "docbotx/y", "feature", "refs/heads/docbot/x"])
def test_only_docbots_branches_are_pushed(server: Builder, mine: Builder, branch: str) -> None:
    there = refs(server)
    for expected in (None, server.head()):
        with pytest.raises(StoppedError, match="docbot pushes to branches below docbot/ alone"):
            push(opened(mine), "origin", new_commit(mine), branch, expected)
    assert refs(server) == there


def test_remotes_that_push_more_are_refused(server: Builder, mine: Builder, docs: Builder) -> None:
    settle(mine, ("remote.mirror.url", server.root.as_uri()), ("remote.mirror.mirror", "true"))
    settle(mine, ("remote.many.url", server.root.as_uri()))
    settle(mine, *(("remote.many.pushurl", builder.root.as_uri()) for builder in (server, docs)))
    there = refs(server), refs(docs)
    with pytest.raises(StoppedError, match="mirror is set up as a mirror"):
        push(opened(mine), "mirror", new_commit(mine), TOPIC, None)
    with pytest.raises(StoppedError, match="a push to many goes to several places"):
        push(opened(mine), "many", new_commit(mine), TOPIC, None)
    assert (refs(server), refs(docs)) == there


def test_aliases_of_addresses_are_followed(server: Builder, mine: Builder) -> None:
    settle(mine, (f"url.{server.root.parent.as_uri()}/.pushInsteadOf", "https://example.com/o/"))
    commit = new_commit(mine)
    assert push(opened(mine), "https://example.com/o/server.git", commit, TOPIC, None) is True
    assert server.git("rev-parse", TOPIC) == commit


# Clones that lack something.


def test_a_partial_sparse_clone_fetches_and_pushes(server: Builder, theirs: Builder, tmp_path: Path) -> None:
    clone = server.clone(tmp_path / "partial", "--filter=blob:none", "--sparse")
    newest = theirs.commit({"a.md": "a a a\n", "folder/b.md": "b b\n"})
    theirs.git("push", "-q", "origin", "main")
    before, missing = clone.snapshot(), clone.missing()
    assert fetch_branch(opened(clone), server.root.as_uri(), "main") == newest
    assert clone.snapshot() == before
    assert missing <= clone.missing() | missing
    human = new_commit(theirs, "human\n")
    theirs.git("push", "-q", "origin", f"{human}:refs/heads/{TOPIC}")
    found = fetch_commit(opened(clone), "origin", human, TOPIC)
    assert found.message == "human\n"
    assert theirs.blob(human, "a.md") in clone.missing()
    commit = new_commit(clone, "partial\n")
    assert push(opened(clone), "origin", commit, TOPIC, human) is True
    assert server.git("cat-file", "-p", f"{commit}:a.md") == "partial"
    assert server.git("fsck", "--no-dangling") == ""


def test_a_shallow_clone_fetches_and_pushes(server: Builder, theirs: Builder, tmp_path: Path) -> None:
    clone = server.clone(tmp_path / "shallow", "--depth=1")
    newest = theirs.commit({"c.md": "c\n"})
    theirs.git("push", "-q", "origin", "main")
    before = clone.snapshot()
    assert fetch_branch(opened(clone), server.root.as_uri(), "main") == newest
    assert clone.snapshot() == before
    assert opened(clone).shallow
    assert push(opened(clone), "origin", new_commit(clone), TOPIC, None) is True


def test_a_server_without_the_history_takes_nothing_from_a_shallow_clone(
    server: Builder, tmp_path: Path
) -> None:
    clone = server.clone(tmp_path / "shallow", "--depth=1")
    empty = Builder.init(tmp_path / "empty.git", bare=True)
    with pytest.raises(StoppedError, match="takes nothing from a shallow clone: run `git fetch --unshallow`"):
        push(opened(clone), empty.root.as_uri(), new_commit(clone), TOPIC, None)


# Refusals.


@posix
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("GH006: Protected branch update failed for refs/heads/docbot/topic.", r"has a rule against this b"),
        ("our own rule\033[31m", r"has a rule against this branch \(pre-receive hook declined\): ask those"),
        ("GH013: Repository rule violations found\n- Push cannot contain secrets", r"looks like a secret"),
        ("This repository was archived so it is read-only.", r"is archived and takes no changes"),
    ],
)
def test_a_server_that_declines(server: Builder, mine: Builder, said: str, sentence: str) -> None:
    lines = "\n".join(f"echo '{line}' >&2" for line in said.split("\n"))
    script(server.root / "hooks/pre-receive", f"{lines}\nexit 1")
    before, there = mine.snapshot(), refs(server)
    with pytest.raises(StoppedError, match=sentence) as caught:
        push(opened(mine), "origin", new_commit(mine), TOPIC, None)
    assert str(caught.value).isprintable()
    assert (mine.snapshot(), refs(server)) == (before, there)


def test_a_server_that_is_not_there(mine: Builder, tmp_path: Path) -> None:
    gone = (tmp_path / "gone.git").as_uri()
    commit = new_commit(mine)
    asked: list[Callable[[], object]] = [
        lambda: tip_of(opened(mine), gone, "main"),
        lambda: fetch_branch(opened(mine), gone, "main"),
        lambda: push(opened(mine), gone, commit, TOPIC, None),
    ]
    before = mine.snapshot()
    for ask in asked:
        with pytest.raises(StoppedError, match="isn't there, or this login may not see it"):
            ask()
    assert mine.snapshot() == before


@posix
@pytest.mark.parametrize("direction", ["fetch", "push"])
def test_ctrl_c_leaves_both_sides_as_they_were(
    server: Builder,
    mine: Builder,
    theirs: Builder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    direction: str,
) -> None:
    # At a terminal it's the terminal that ends git's helpers.
    monkeypatch.setattr(git, "somebody_there", lambda: False)
    theirs.git("push", "-q", "origin", f"{new_commit(theirs, 'newer')}:main")
    commit = new_commit(mine)
    before, there = mine.snapshot(), refs(server)
    ended = tmp_path / "ended"
    interrupt = (
        f"trap ': > \"{ended}\"; exit 1' TERM\nexec 2>/dev/null\n"
        f"kill -INT {os.getpid()}\nwhile :; do sleep 0.1; done"
    )
    if direction == "push":
        script(server.root / "hooks/pre-receive", interrupt)
    else:
        packer = script(tmp_path / "packer", interrupt)
        mine.git("config", "--global", "uploadpack.packObjectsHook", str(packer))
    with pytest.raises(KeyboardInterrupt):
        if direction == "push":
            push(opened(mine), "origin", commit, TOPIC, None)
        else:
            fetch_branch(opened(mine), "origin", "main")
    if direction == "fetch":
        mine.git("config", "--global", "--remove-section", "uploadpack")
    assert (mine.snapshot(), refs(server)) == (before, there)
    deadline = time.monotonic() + 10
    while not ended.exists():
        assert time.monotonic() < deadline, "a helper outlived git"
        time.sleep(0.05)
