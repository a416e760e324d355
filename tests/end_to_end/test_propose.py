"""`docbot propose` from a clone of a fork to an open pull request, over HTTP and with real pushes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from docbot.forges.marker import marker_of
from tests.contract.faults import call, status
from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk

KEPT = "# Notes\n\nMine, not yet committed.\n"


def branch_in(desk: Desk, repository: str = FORK) -> str:
    """The one branch of docbot's in a repository of the hub."""
    names = desk.hub.repository(repository).git(
        "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/docbot/"
    )
    [name] = names.split("\n")
    return name


def changed_lines(patch: str) -> list[str]:
    return [line for line in patch.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_confirmed_proposal_becomes_a_pull_request(desk: Desk) -> None:
    desk.clone.write("notes.md", KEPT)
    before = desk.clone.snapshot()
    ran = desk.propose(types="y\n")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    assert re.search(
        rf"^created: #{pull.number} was opened as a draft: http\S+/pull/{pull.number}$", ran.out, re.M
    )
    assert (pull.base, pull.label, pull.draft) == ("main", f"{WRITER}:{branch_in(desk)}", True)
    assert "Send this to lantern-team/lantern-docs as octo-writer?" in ran.err
    assert f"Reviewed before it was sent by `{WRITER}`" in (pull.body or "")
    after = desk.clone.snapshot()
    assert {key: after[key] for key in ("index", "status", "HEAD", "settings", "files", "locks")} == {
        key: before[key] for key in ("index", "status", "HEAD", "settings", "files", "locks")
    }


def test_the_branch_is_exactly_the_drafts_on_the_newest_base(desk: Desk) -> None:
    newest = desk.hub.person("lantern-team").push(DOCS, "main", {"docs/new.md": b"# New\n"}, "Add a page")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    fork, branch = desk.hub.repository(FORK), branch_in(desk)
    assert fork.git("rev-parse", f"{branch}^") == newest
    shown = ran.out.partition("--- diff ---\n")[2].partition("\n--- requests ---")[0]
    assert changed_lines(fork.git("diff", f"{branch}^", branch)) == changed_lines(shown)
    assert len(changed_lines(shown)) == 8
    message = fork.git("log", "-1", "--format=%B", branch)
    assert message.strip() == ran.out.partition("--- commit message ---\n")[2].partition("\n\n--- body")[0]
    assert re.search(r"^Assisted-by: docbot \S+$", message, re.M)
    assert fork.git("log", "-1", "--format=%an <%ae>", branch) == "Test Writer <writer@example.com>"
    [pull] = desk.hub.pulls(DOCS)
    marker = marker_of(pull.body or "")
    assert marker is not None
    assert (marker.base, marker.parent) == ("main", newest)
    assert marker.tree == fork.git("rev-parse", f"{branch}^{{tree}}")


@pytest.mark.parametrize("how", [("--yes",), ()])
def test_t05_a_real_run_sends_what_the_dry_run_showed_byte_for_byte(desk: Desk, how: tuple[str, ...]) -> None:
    dry = desk.propose("--dry-run", *how)
    assert dry.code == 0, dry.err
    assert desk.hub.writes == []
    real = desk.propose(*how, types=None if how else "y\n")
    assert real.code == 0, real.err
    assert real.out.startswith(dry.out)
    requests = dry.out.partition("--- requests ---\n")[2]
    [push, post] = desk.hub.writes
    method_and_path, body = requests.rstrip("\n").split("\n")[1:]
    assert method_and_path == f"{post.method} {post.path.removeprefix('/api/v3')}"
    assert body.encode() == post.body
    assert (
        json.loads(body)["body"].rstrip()
        == dry.out.partition("--- body ---\n")[2].partition("\n\n--- diff")[0]
    )
    assert push.operation == "git-receive-pack"
    assert requests.startswith(f"git push --force-with-lease=refs/heads/{branch_in(desk)}: origin COMMIT:")


def test_t06_a_second_run_writes_nothing(desk: Desk) -> None:
    assert desk.propose("--yes").code == 0
    desk.hub.log.clear()
    for how in (("--yes",), ("--yes", "--dry-run")):
        again = desk.propose(*how)
        assert again.code == 0, again.err
        assert again.out.startswith("unchanged: #1 says it already: http")
    assert desk.hub.writes == []


def test_t06_nor_when_the_base_goes_on(desk: Desk) -> None:
    assert desk.propose("--yes").code == 0
    desk.hub.person("lantern-team").push(DOCS, "main", {"docs/new.md": b"# New\n"}, "Add a page")
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #1")
    assert desk.hub.writes == []


def test_t11_a_persons_commit_on_the_branch_makes_it_theirs(desk: Desk) -> None:
    assert desk.propose("--yes").code == 0
    [pull] = desk.hub.pulls(DOCS)
    theirs = desk.hub.person(WRITER).push(FORK, branch_in(desk), {"docs/more.md": b"# More\n"}, "More")
    desk.hub.log.clear()
    again = desk.propose("--yes")
    assert again.code == 0, again.err
    assert again.out.startswith(f"edited: #1 is left alone: a person pushed to {branch_in(desk)}: http")
    assert [call.operation for call in desk.hub.writes] == ["issues/create-comment"]
    assert desk.hub.repository(FORK).git("rev-parse", branch_in(desk)) == theirs
    assert desk.hub.pulls(DOCS) == [pull]


def test_t11_under_docbots_own_commit_a_persons_is_seen(desk: Desk) -> None:
    assert desk.propose("--yes").code == 0
    fork, branch = desk.hub.repository(FORK), branch_in(desk)
    own = fork.git("rev-parse", branch)
    theirs = desk.hub.person(WRITER).force_push(FORK, branch, {"docs/more.md": b"# More\n"}, "More")
    tree, message = (fork.git("log", "-1", f"--format={what}", own) for what in ("%T", "%B"))
    someone = ("-c", "user.name=Some Body", "-c", "user.email=somebody@example.com")
    on_top = fork.git(*someone, "commit-tree", tree, "-p", theirs, "-F", "-", data=message.encode())
    fork.git("update-ref", f"refs/heads/{branch}", on_top)
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("edited: #1")
    assert [call.operation for call in desk.hub.writes] == ["issues/create-comment"]
    assert fork.git("rev-parse", branch) == on_top


def test_t07_a_closed_pull_request_is_a_refusal_even_when_its_text_moves(desk: Desk) -> None:
    assert desk.propose("--yes", "--rule", "doubled-word").code == 0
    [pull] = desk.hub.pulls(DOCS)
    desk.hub.person("lantern-team").close(pull)
    change = json.loads(desk.hub.writes[-1].body)
    [path] = set(re.findall(r"`(docs/[\w./-]+\.md)`, line", change["body"]))
    page = desk.hub.repository(DOCS).git("show", f"main:{path}")
    lines = page.split("\n")
    moved = "\n".join([lines[0], "", *["More.", ""] * 20, *lines[1:]]) + "\n"
    desk.hub.person("lantern-team").push(DOCS, "main", {path: moved.encode()}, "Say more")
    desk.hub.log.clear()
    again = desk.propose("--yes", "--rule", "doubled-word")
    assert again.code == 0, again.err
    assert (
        f"a person closed {desk.hub.server_url}/{DOCS}/pull/{pull.number}, which made the same change"
        in again.err
    )
    assert desk.hub.writes == []


def test_t02_the_third_within_the_hour_waits(desk: Desk) -> None:
    for rule in ("doubled-word", "wrong-case-link"):
        ran = desk.propose("--yes", "--rule", rule)
        assert ran.out.splitlines()[-1].startswith("created: "), ran.err
    desk.hub.log.clear()
    third = desk.propose("--yes", "--rule", "file-not-found")
    assert third.code == 0
    assert third.out.startswith("limited: 2 of docbot's pull requests were opened within the hour, 2 may be")
    assert desk.hub.writes == []


PREVIEWS = "---\r\n#### Internal previews\r\n\r\n| file | preview |\r\n"


def outgrown(desk: Desk) -> str:
    """Propose, let others write around docbot's part, and the base get one more such link; its commit."""
    assert desk.propose("--yes").code == 0
    [pull] = desk.hub.pulls(DOCS)
    desk.hub.person(WRITER).edit_title(pull, "Mend the links to groups")
    desk.hub.person(WRITER).edit_body(pull, f"Thank you!\r\n\r\n{pull.body}")
    desk.hub.other_bot().append_body(pull, PREVIEWS)
    page: dict[str, bytes | None] = {"docs/more.md": b"# More\n\nAnother [group](groups.md) can help.\n"}
    newest = desk.hub.person("lantern-team").push(DOCS, "main", page, "Add a page")
    desk.hub.log.clear()
    return newest


def test_t13_an_update_rewrites_its_own_part_alone(desk: Desk) -> None:
    outgrown(desk)
    [pull] = desk.hub.pulls(DOCS)
    before = pull.body or ""
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-1].startswith("updated: #1 was brought up to date: http")
    body = pull.body or ""
    assert pull.title == "Mend the links to groups"
    assert body.startswith("Thank you!\r\n\r\n<!-- docbot:begin -->")
    assert body.endswith(f"<!-- docbot:end -->\n\n{PREVIEWS}")
    assert ("docs/more.md" in before, "docs/more.md" in body) == (False, True)
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #1")
    assert desk.hub.writes == []


def test_t12_an_update_is_pushed_with_the_lease_it_showed(desk: Desk) -> None:
    newest = outgrown(desk)
    [pull] = desk.hub.pulls(DOCS)
    fork = desk.hub.repository(FORK)
    first = fork.git("rev-parse", pull.head)
    dry = desk.propose("--dry-run", "--yes")
    assert desk.propose("--yes").code == 0
    [push, patch] = desk.hub.writes
    assert (push.operation, patch.operation) == ("git-receive-pack", "pulls/update")
    assert f"--force-with-lease=refs/heads/{pull.head}:{first} origin" in dry.out
    assert dry.out.rstrip("\n").endswith(patch.body.decode())
    assert fork.git("rev-parse", f"{pull.head}^") == newest
    assert fork.git("diff", "--name-only", f"{pull.head}^", pull.head).count("\n") == 4


def test_an_update_stopped_after_its_push_goes_on_from_there(desk: Desk) -> None:
    assert desk.propose("--yes").code == 0
    [pull] = desk.hub.pulls(DOCS)
    page: dict[str, bytes | None] = {"docs/more.md": b"# More\n\nAnother [group](groups.md) can help.\n"}
    desk.hub.person("lantern-team").push(DOCS, "main", page, "Add a page")
    desk.hub.faults.add("PATCH", r"/pulls/1$", status(403, "Forbidden"))
    assert desk.propose("--yes").code == 4
    assert "docs/more.md" not in (pull.body or "")
    desk.hub.log.clear()
    assert desk.propose("--yes").out.splitlines()[-1].startswith("updated: #1")
    assert [call.operation for call in desk.hub.writes] == ["pulls/update"]
    assert "docs/more.md" in (pull.body or "")


def test_a_pull_request_in_conflict_is_made_anew_on_the_newest_base(desk: Desk) -> None:
    assert desk.propose("--yes").code == 0
    [pull] = desk.hub.pulls(DOCS)
    docs = desk.hub.repository(DOCS)
    page = docs.git("show", "main:docs/troubleshooting.md")
    closer = page.replace("The device looks for its group.\nSee", "See").replace("## The light", "## A light")
    assert closer != page
    text = closer.replace("twice", "two times") + "\n\nAnd more.\n"
    newest = desk.hub.person("lantern-team").push(
        DOCS, "main", {"docs/troubleshooting.md": text.encode()}, "Say it otherwise"
    )
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-1].startswith("updated: #1")
    assert desk.hub.repository(FORK).git("rev-parse", f"{pull.head}^") == newest


def test_within_one_repository_the_branch_is_pushed_to_it(desk: Desk) -> None:
    desk.hub.repository(DOCS).collaborators[WRITER] = "write"
    desk.clone.git("remote", "set-url", "origin", f"{desk.hub.server_url}/{DOCS}.git")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    assert pull.label == f"lantern-team:{branch_in(desk, DOCS)}"
    [_, post] = desk.hub.writes
    assert json.loads(post.body)["head"] == branch_in(desk, DOCS)
    assert json.loads(post.body)["maintainer_can_modify"] is False


def test_t01_nobody_there_and_no_config_in_the_docs_sends_nothing(desk: Desk) -> None:
    desk.hub.person("lantern-team").push(DOCS, "main", {".docbot.toml": None}, "Remove it")
    for how, words in (
        (("--yes",), "holds no .docbot.toml on its branch main"),
        ((), "nobody is here to confirm"),
    ):
        ran = desk.propose(*how)
        assert ran.code == 4
        assert words in ran.sentence
    declined = desk.propose(types="n\n")
    assert declined.code == 4
    assert "nothing was written, as you chose" in declined.sentence
    assert desk.hub.writes == []


def test_t01_a_config_in_the_fork_alone_says_nothing(desk: Desk) -> None:
    desk.hub.person("lantern-team").push(DOCS, "main", {".docbot.toml": None}, "Remove it")
    ran = desk.propose("--yes")
    assert (ran.code, desk.hub.writes) == (4, [])


def test_t27_the_token_is_nowhere(desk: Desk) -> None:
    ran = desk.propose("--yes")
    assert desk.token not in ran.out + ran.err
    home = str(Path.home())
    assert home not in ran.out + ran.err
    assert not any(home.encode() in call.body for call in desk.hub.log)
    files = [place for place in (desk.clone.root / ".git").rglob("*") if place.is_file()]
    assert not any(desk.token.encode() in place.read_bytes() for place in files)
    assert not any(desk.token.encode() in call.body for call in desk.hub.log)


def test_t02_those_of_one_run_count_for_the_next(desk: Desk) -> None:
    files: dict[str, bytes | None] = {".docbot.toml": b"[propose]\nmax_pulls = 4\n"}
    desk.hub.person("lantern-team").push(DOCS, "main", files, "Take more at once")
    dry = desk.propose("--yes", "--dry-run")
    assert dry.out.count("--- requests ---") == 2
    assert dry.out.count("limited: 2 of docbot's pull requests were opened within the hour") == 2
    assert desk.propose("--yes").code == 0
    assert [call.operation for call in desk.hub.writes].count("pulls/create") == 2


def test_t15_nothing_goes_to_live_even_where_that_is_the_default_branch(desk: Desk) -> None:
    docs = desk.hub.repository(DOCS)
    docs.git("branch", "live", "main")
    docs.default_branch = "live"
    files: dict[str, bytes | None] = {".openpublishing.publish.config.json": None}
    desk.hub.person("lantern-team").push(DOCS, "live", files, "Publish otherwise")
    desk.clone.git("remote", "add", "upstream", f"{desk.hub.server_url}/{DOCS}.git")
    desk.clone.git("pull", "-q", "upstream", "live")
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "proposals must never go to `live`" in ran.sentence
    assert desk.hub.writes == []


def test_t20_who_looked_at_it_is_said_and_nobody_is_said_too(desk: Desk) -> None:
    assert desk.propose("--yes", "--rule", "doubled-word").code == 0
    assert desk.propose("--rule", "wrong-case-link", types="y\n").code == 0
    alone, looked_at = (pull.body or "" for pull in desk.hub.pulls(DOCS))
    assert "- Reviewed by: nobody yet." in alone
    assert WRITER not in alone
    assert f"- Reviewed before it was sent by `{WRITER}`." in looked_at


def test_t12_the_lease_is_what_the_branch_stood_at_when_it_was_judged(desk: Desk) -> None:
    outgrown(desk)
    [pull] = desk.hub.pulls(DOCS)
    before = pull.body
    pushed: list[str] = []

    def push() -> None:
        files: dict[str, bytes | None] = {"docs/mine.md": b"# Mine\n"}
        pushed.append(desk.hub.person(WRITER).push(FORK, pull.head, files, "Mine"))

    # The second time git asks the fork anything is the push.
    desk.hub.faults.add("GET", rf"^/{FORK}.git/info/refs$", call(push), after=1)
    ran = desk.propose("--yes")
    assert (ran.code, "somebody else changed the branch" in ran.sentence) == (4, True)
    assert [desk.hub.repository(FORK).git("rev-parse", pull.head)] == pushed
    assert pull.body == before


def test_t30_two_writes_are_a_second_apart(desk: Desk) -> None:
    assert desk.propose("--yes", "--rule", "doubled-word").code == 0
    [pull] = desk.hub.pulls(DOCS)
    desk.hub.person("lantern-team").comment(pull, "docbot drop 1")
    desk.hub.log.clear()
    assert desk.propose("--yes", "--rule", "doubled-word").code == 0
    first, second = (call.when for call in desk.hub.writes)
    assert (second - first).total_seconds() >= 1


def test_t33_an_update_whose_push_is_refused_fails_the_run(desk: Desk) -> None:
    """Nothing else would stop it: the pull request is there, and its body can be changed."""
    outgrown(desk)
    [pull] = desk.hub.pulls(DOCS)
    before, head = pull.body, desk.hub.repository(FORK).git("rev-parse", pull.head)
    desk.hub.faults.add("POST", r"/git-receive-pack$", status(403, "Permission denied"))
    assert desk.propose("--yes").code == 4
    assert (pull.body, desk.hub.repository(FORK).git("rev-parse", pull.head)) == (before, head)
    assert desk.propose("--yes").out.splitlines()[-1].startswith("updated: #1")


def test_t27_no_address_of_mail_is_sent(desk: Desk) -> None:
    """A commit has its author's address, which git sends; no request of the API may."""
    assert desk.propose("--yes").code == 0
    address = desk.clone.git("config", "user.email")
    sent = [
        str(json.loads(call.body))
        for call in desk.hub.writes
        if call.method == "POST" and call.body[:1] == b"{"
    ]
    assert sent
    assert not any(address in body.replace("\u200b", "") for body in sent)


def test_one_run_tells_what_it_did_in_files(desk: Desk, tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("jsonl", "summary", "outputs")}
    also = [f"--also={name}={file}" for name, file in files.items()]
    assert desk.propose("--yes", "--dry-run", *also).code == 0
    assert "- not sent: " in files["summary"].read_text("utf-8")
    assert desk.propose("--yes", *also).code == 0
    [pull] = desk.hub.pulls(DOCS)
    first, *_, last = map(json.loads, files["jsonl"].read_text("utf-8").splitlines())
    assert (first["outcome"], first["title"]) == ("created", pull.title)
    assert last == {"kind": "propose", "docs": DOCS, "base": "main", "questions": last["questions"]}
    assert f'pull-requests=["{first["url"]}"]\ncreated=1\n' in files["outputs"].read_text("utf-8")
    assert f"<{first['url']}>" in files["summary"].read_text("utf-8")


def test_a_report_in_an_unknown_format_is_refused_before_anything_is_asked(desk: Desk) -> None:
    ran = desk.propose("--yes", "--also", "html=x")
    assert ran.code == 2
    assert "FORMAT is jsonl, outputs, summary" in ran.sentence
    assert desk.hub.log == []
