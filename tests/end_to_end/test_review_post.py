"""`docbot review PR --post` on real git repositories and the stand-in for GitHub: T36 to T42 in practice."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.contract.faults import call, drop, limited, lost, status
from tests.contract.github import GitHub
from tests.contract.signals import of_markdown
from tests.contract.state import LineComment, Thread
from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk, Ran, sit_down
from tests.helpers.git import Builder
from tests.posting.test_suggestion import blocks, taken

BOT, TEAM = "github-actions[bot]", "lantern-team"
READ = {"contents": "read", "issues": "read", "pull_requests": "read"}
WRITE = {"contents": "read", "pull_requests": "write"}
OLD = "# Lamp\n\nOpen the lamp.\n\nThen wait a while.\n\n## Wick\n\nTrim the wick.\n"
SLIP = OLD.replace("the lamp", "the the lamp")
TWO = SLIP.replace("Trim the wick", "Trim the the wick")
PAGE = "docs/lamp.md"
LINK = "docs/links.md"
LINKS = "# Links\n\nSee [how to](lamp.md#wick).\n"
BROKEN = SLIP.replace("## Wick", "## Cotton")
"""A slip on a line of its own, and a heading that another page links to is gone."""


class Reviewer:
    """A workflow at the docs, which reviews the pull request of a writer."""

    def __init__(self, hub: GitHub, desk: Desk, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hub, self.desk, self.home = hub, desk, home
        self._monkeypatch = monkeypatch
        self.may(WRITE)
        self.push({PAGE: SLIP})
        self.pull = hub.person(WRITER).open(DOCS, home, "topic", title="Change the lamp")
        hub.log.clear()

    def may(self, permissions: Mapping[str, str]) -> None:
        """Give the workflow a token with these permissions."""
        token = self.hub.user(BOT).token(kind="integration", repository=DOCS, permissions=permissions)
        self._monkeypatch.setenv("GITHUB_TOKEN", token)

    def push(self, files: Mapping[str, str | bytes | None], *, force: bool = False) -> str:
        """Have the writer push to the pull request; with `force` in place of all its commits."""
        person = self.hub.person(WRITER)
        move = person.force_push if force else person.push
        data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        return move(self.home, "topic", data)

    def review(self, *arguments: str) -> Ran:
        """Review the pull request."""
        self.hub.log.clear()
        return self.desk.docbot("review", str(self.pull.number), str(self.desk.clone.root), *arguments)

    def post(self, *arguments: str) -> Ran:
        """Review it and say so, without a mishap."""
        ran = self.review("--post", *arguments)
        assert ran.code == 0, ran.err
        return ran

    @property
    def wrote(self) -> list[str]:
        """What changed something in the last run."""
        return [f"{call.method} {call.operation}" for call in self.hub.writes]

    @property
    def threads(self) -> list[Thread]:
        return [thread for thread in self.pull.threads if thread.comments[0].user.login == BOT]

    @property
    def remarks(self) -> list[LineComment]:
        return [thread.comments[0] for thread in self.threads]

    @property
    def stickies(self) -> list[str]:
        return [one.body for one in self.pull.comments if one.user.login == BOT]


@pytest.fixture
def start(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> Callable[..., Reviewer]:
    """Makes the reviewer of a pull request from a branch of the docs, or of `home`."""

    def started(home: str = DOCS) -> Reviewer:
        hub.person(TEAM).push(DOCS, "main", {PAGE: OLD.encode(), LINK: LINKS.encode()})
        if home != DOCS:
            hub.fork(DOCS, WRITER)
        desk = sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot, login=BOT)
        monkeypatch.setenv("GIT_TERMINAL_PROMPT", "0")
        return Reviewer(hub, desk, home, monkeypatch)

    return started


@pytest.fixture
def reviewer(start: Callable[..., Reviewer]) -> Reviewer:
    return start()


def silent(reviewer: Reviewer) -> None:
    """Nobody was told of anything."""
    assert reviewer.hub.ledger(BOT) == []
    reviewer.hub.check()


def test_t36_t41_a_pull_request_gets_one_review_on_its_lines(reviewer: Reviewer) -> None:
    ran = reviewer.post()
    assert ran.out.startswith(f"don't: {PAGE}:3 (edited)")
    assert reviewer.wrote == ["POST pulls/create-review"]
    (review,) = reviewer.pull.reviews
    assert (review.state, review.commit) == ("COMMENTED", reviewer.pull.head_sha)
    (thread,) = reviewer.threads
    assert (thread.path, thread.line, thread.side) == (PAGE, 3, "RIGHT")
    assert "1 new remark, " in ran.sentence
    silent(reviewer)


@pytest.mark.parametrize(("severity", "code"), [("error", 0), ("warning", 1)])
def test_t41_the_check_fails_only_where_somebody_asks(reviewer: Reviewer, severity: str, code: int) -> None:
    assert reviewer.review("--post", "--fail-on", severity).code == code
    assert [review.state for review in reviewer.pull.reviews] == ["COMMENTED"]


def test_t5_a_dry_run_shows_exactly_what_is_sent(reviewer: Reviewer) -> None:
    reviewer.push({PAGE: BROKEN})
    shown = reviewer.post("--dry-run").out.partition("--- requests, not sent ---\n")[2]
    assert reviewer.wrote == []
    reviewer.post()
    sent = [f"{call.method} {call.path}\n{call.body.decode()}\n" for call in reviewer.hub.writes]
    assert shown == "".join(sent)


def test_t37_a_second_run_sends_nothing(reviewer: Reviewer) -> None:
    reviewer.push({PAGE: BROKEN})
    reviewer.post()
    ran = reviewer.post()
    assert reviewer.wrote == []
    assert ran.sentence == f"#{reviewer.pull.number}: nothing new to say"


def test_t37_the_comment_comes_changes_and_goes(reviewer: Reviewer) -> None:
    reviewer.push({PAGE: BROKEN})
    reviewer.post()
    assert reviewer.wrote == ["POST pulls/create-review", "POST issues/create-comment"]
    assert f"- `{LINK}`, line 3: " in reviewer.stickies[0]
    reviewer.push({PAGE: BROKEN.replace("wait", "rest")})
    reviewer.post()
    assert reviewer.wrote == ["PATCH issues/update-comment"]
    assert len(reviewer.stickies) == 1
    reviewer.push({PAGE: SLIP})
    reviewer.post()
    assert reviewer.wrote == ["DELETE issues/delete-comment", "PATCH pulls/update-review-comment"]
    assert reviewer.stickies == []
    silent(reviewer)


def test_t37_ten_remarks_and_the_rest_beside(reviewer: Reviewer) -> None:
    reviewer.push({"docs/many.md": "# Many\n\n" + "".join(f"Take the the step {n}.\n\n" for n in range(12))})
    reviewer.post("--comments", "4")
    assert len(reviewer.remarks) == 4
    assert "On changed lines, but over the number of remarks that one review makes:" in reviewer.stickies[0]
    reviewer.post("--comments", "4")
    assert reviewer.wrote == []


def test_t38_a_push_that_moves_the_lines_says_nothing_twice(reviewer: Reviewer) -> None:
    reviewer.post()
    reviewer.push({PAGE: SLIP.replace("# Lamp\n", "# Lamp\n\nMore of it.\n")})
    reviewer.post()
    assert len(reviewer.remarks) == 1
    assert reviewer.wrote == ["PATCH pulls/update-review-comment"]


def test_t38_nor_does_a_force_push_onto_a_newer_base(reviewer: Reviewer) -> None:
    reviewer.post()
    reviewer.hub.person(TEAM).push(DOCS, "main", {PAGE: OLD.replace("wait", "rest").encode()})
    reviewer.push({PAGE: SLIP.replace("wait", "rest")}, force=True)
    reviewer.post()
    assert len(reviewer.remarks) == 1
    silent(reviewer)


@pytest.mark.parametrize("how", ["resolve", "dislike"])
def test_t38_a_refused_remark_never_comes_again(reviewer: Reviewer, how: str) -> None:
    reviewer.post()
    person = reviewer.hub.person(WRITER)
    if how == "resolve":
        person.resolve(reviewer.threads[0])
    else:
        person.react(reviewer.remarks[0], "-1")
    moved = SLIP.replace("# Lamp\n", "# Lamp\n\nMore of it.\n")
    reviewer.push({PAGE: moved}, force=True)
    ran = reviewer.post()
    assert "1 finding refused before" in ran.sentence
    assert len(reviewer.remarks) == 1


def test_t38_a_thumbs_down_counts_on_the_next_pull_request(reviewer: Reviewer) -> None:
    reviewer.post()
    reviewer.hub.person(TEAM).react(reviewer.remarks[0], "-1")
    person = reviewer.hub.person(WRITER)
    person.push(DOCS, "again", {PAGE: SLIP.encode()})
    reviewer.pull = person.open(DOCS, DOCS, "again", title="Again")
    reviewer.post()
    assert reviewer.wrote == []


def test_t38_ones_own_thumbs_down_is_no_refusal(reviewer: Reviewer) -> None:
    reviewer.post()
    reviewer.hub.person(BOT).react(reviewer.remarks[0], "-1")
    reviewer.push({PAGE: TWO})
    ran = reviewer.post()
    assert "1 new remark, 1 remark from before" in ran.sentence


@pytest.mark.parametrize("answered", [False, True])
def test_t38_a_stale_remark_goes_unless_somebody_answered(reviewer: Reviewer, answered: bool) -> None:
    reviewer.post()
    if answered:
        reviewer.hub.person(WRITER).reply(reviewer.threads[0], "Thanks")
    reviewer.push({PAGE: OLD.replace("wait", "rest")})
    reviewer.post()
    assert len(reviewer.remarks) == int(answered)
    assert ("DELETE pulls/delete-review-comment" in reviewer.wrote) is not answered


def test_t39_a_push_opens_its_own_lines_alone(reviewer: Reviewer) -> None:
    reviewer.post()
    reviewer.push({PAGE: TWO})
    reviewer.post()
    assert [thread.line for thread in reviewer.threads] == [3, 9]


def test_t39_what_breaks_later_on_lines_read_before_stands_beside(reviewer: Reviewer) -> None:
    reviewer.push({"docs/more.md": "# More\n\nSee [how to](lamp.md#wick).\n"})
    reviewer.post()
    reviewer.push({PAGE: BROKEN})
    reviewer.post()
    assert [thread.path for thread in reviewer.threads] == [PAGE]
    assert (
        "On lines that are as they were at docbot's last review:\n\n- `docs/more.md`, line 3"
        in (reviewer.stickies[0])
    )


def test_t40_a_suggestion_that_is_taken_is_the_edit(reviewer: Reviewer, tmp_path: Path) -> None:
    fences = "# Fences\n\n`````md\n```suggestion\nsome text\n```\n`````\n\nOpen the the file ~~ or ``` now.\n"
    reviewer.push({"docs/fences.md": fences})
    reviewer.post()
    place = Builder(tmp_path / "clone")
    place.git("fetch", "-q", "origin", f"refs/pull/{reviewer.pull.number}/head")
    place.git("checkout", "-q", "FETCH_HEAD")
    for thread in reviewer.threads:
        file = place.root / thread.path
        (block,) = blocks(thread.comments[0].body)
        page = file.read_bytes().decode()
        file.write_bytes(taken(page, (thread.start_line or thread.line, thread.line), block).encode())
    assert (place.root / "docs/fences.md").read_text("utf-8") == fences.replace("the the", "the")
    assert (place.root / PAGE).read_bytes() == OLD.encode()
    assert place.git("diff", "--stat").strip().endswith("2 files changed, 2 insertions(+), 2 deletions(-)")
    assert reviewer.desk.docbot("review", "--diff", "origin/main", str(place.root)).out.count("new:") == 0


def test_t42_a_pasted_marker_is_nothing(reviewer: Reviewer) -> None:
    reviewer.push({PAGE: BROKEN})
    reviewer.post()
    texts = (reviewer.remarks[0].body, reviewer.stickies[0])
    person = reviewer.hub.person(WRITER)
    person.push(DOCS, "again", {PAGE: BROKEN.encode()})
    reviewer.pull = person.open(DOCS, DOCS, "again", title="Again")
    for text in texts:
        thread = person.remark(reviewer.pull, PAGE, 3, text)
        person.reply(thread, text)
        person.resolve(thread)
        person.react(thread.comments[0], "-1")
        person.comment(reviewer.pull, text)
    reviewer.post()
    assert reviewer.wrote == ["POST pulls/create-review", "POST issues/create-comment"]
    assert (len(reviewer.remarks), len(reviewer.stickies)) == (1, 1)


def test_a_fork_with_a_token_that_reads_has_its_report_and_one_sentence(
    start: Callable[..., Reviewer],
) -> None:
    reviewer = start(FORK)
    reviewer.may(READ)
    ran = reviewer.review("--post", "--format", "jsonl")
    assert ran.code == 4
    assert [json.loads(line)["kind"] for line in ran.out.splitlines()] == ["hunk", "review"]
    assert "`pull-requests: write`" in ran.sentence
    assert ran.sentence.endswith("the report above has every finding all the same")
    assert reviewer.pull.reviews == []
    dry = reviewer.review("--post", "--dry-run")
    assert dry.code == 0, dry.err
    assert "/reviews\n" in dry.out


def test_a_fork_that_may_be_written_to(start: Callable[..., Reviewer]) -> None:
    reviewer = start(FORK)
    reviewer.post()
    assert len(reviewer.remarks) == 1
    silent(reviewer)


@pytest.mark.parametrize("where", ["reviews", "issues/1/comments|issues/comments"])
@pytest.mark.parametrize("fault", [lost(), status(502), limited(retry_after=1)])
def test_t31_an_answer_that_is_lost_doubles_nothing(
    reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch, where: str, fault: Any
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    reviewer.push({PAGE: BROKEN})
    reviewer.hub.faults.add("POST", where, fault)
    reviewer.post()
    assert (len(reviewer.remarks), len(reviewer.stickies), len(reviewer.pull.reviews)) == (1, 1, 1)
    reviewer.post()
    assert reviewer.wrote == []


def test_half_a_run_is_finished_by_the_next(reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    reviewer.push({PAGE: BROKEN})
    reviewer.hub.faults.add("POST", "issues/1/comments", drop(), times=None)
    ran = reviewer.review("--post")
    assert ran.code == 4
    assert ran.sentence.endswith("the report above has every finding all the same")
    reviewer.hub.faults.clear()
    reviewer.post()
    assert reviewer.wrote == ["POST issues/create-comment"]


def test_docs_that_are_elsewhere_have_no_such_pull_request(reviewer: Reviewer) -> None:
    Builder(reviewer.desk.clone.root).git("remote", "set-url", "origin", "https://example.com/a/b.git")
    ran = reviewer.review("--post")
    assert ran.code == 2
    assert "the remote origin isn't on 127.0.0.1: review without --post, or set GH_HOST" in ran.sentence


def test_one_that_is_not_there(reviewer: Reviewer) -> None:
    reviewer.pull.number = 99
    ran = reviewer.review("--post")
    assert ran.code == 4
    assert "pull request #99" in ran.sentence
    assert "Traceback" not in ran.err


def test_what_github_shows_no_change_of_goes_into_the_comment(reviewer: Reviewer) -> None:
    """What was reviewed goes further back than what GitHub compares with."""
    person = reviewer.hub.person(TEAM)
    person.push(DOCS, "main", {"docs/slip.md": b"# Slip\n\nTake the the lamp.\n"})
    reviewer.push({PAGE: OLD.replace("wait", "rest")}, force=True)
    base = reviewer.hub.repository(DOCS).git("rev-parse", "main~1").strip()
    Builder(reviewer.desk.clone.root).git("fetch", "-q", "origin", "main")
    reviewer.post("--base", base)
    assert reviewer.wrote == ["POST pulls/create-review", "POST issues/create-comment"]
    assert (
        "On changed lines, where GitHub takes no remark:\n\n- `docs/slip.md`, line 3" in reviewer.stickies[0]
    )
    reviewer.post("--base", base)
    assert reviewer.wrote == []


@pytest.mark.parametrize("how", ["close", "merge"])
def test_one_that_is_settled_gets_nothing(reviewer: Reviewer, how: str) -> None:
    getattr(reviewer.hub.person(TEAM), how)(reviewer.pull)
    ran = reviewer.post("--base", "origin/main")
    assert reviewer.wrote == []
    assert "so nothing is said there any more" in ran.sentence


def test_somebody_pushes_while_it_is_reviewed(reviewer: Reviewer) -> None:
    act = call(lambda: reviewer.push({PAGE: TWO}))
    reviewer.hub.faults.add("GET", f"/pulls/{reviewer.pull.number}$", act, after=1)
    ran = reviewer.review("--post")
    assert ran.code == 4
    assert "while it was reviewed, and nothing was sent: run docbot again" in ran.sentence
    assert reviewer.wrote == []


def test_the_base_is_the_pull_requests_own(reviewer: Reviewer) -> None:
    slip = {"docs/slip.md": b"# Slip\n\nTake the the lamp.\n"}
    reviewer.hub.person(TEAM).push(DOCS, "release", slip)
    reviewer.hub.person(WRITER).force_push(DOCS, "topic", {PAGE: SLIP.encode()}, onto="release")
    reviewer.hub.person(TEAM).retarget(reviewer.pull, "release")
    reviewer.post()
    assert [thread.path for thread in reviewer.threads] == [PAGE]


ATTACKS = (
    ("@team", "@org/team", "fixes #1", "closes o/docs#1", "GH-1"),
    ("::set-output name=a::b", "<!-- docbot:sticky {} -->", "</details>", "```", "~~~~"),
    ("- [ ] **Box:**", "&commat;team", "https://github.com/o/r/issues/1", "\x1b[31m", "\u202e"),
)


@pytest.mark.parametrize("attacks", ATTACKS)
def test_t25_hostile_pages_reach_nobody(reviewer: Reviewer, attacks: tuple[str, ...]) -> None:
    page = "\n\n".join(
        f"## {n} {attack}\n\nOpen the the {attack} now.\n\nSee [{attack}](none{n}.md#{attack}).\n"
        for n, attack in enumerate(attacks)
    )
    reviewer.push({"docs/evil.md": page, PAGE: BROKEN})
    ran = reviewer.post()
    assert not any(line.lstrip().startswith("::") for line in (ran.out + ran.err).splitlines())
    assert len(reviewer.remarks) >= 5
    assert len(reviewer.stickies) == 1
    silent(reviewer)
    for text in (*reviewer.stickies, *(one.body for one in reviewer.remarks)):
        assert of_markdown(text) == []
    reviewer.post()
    assert reviewer.wrote == []


def test_private_docs_are_fetched_with_the_token_alone(reviewer: Reviewer) -> None:
    reviewer.hub.repository(DOCS).private = True
    reviewer.post()
    assert len(reviewer.remarks) == 1


@pytest.mark.parametrize(
    ("files", "remarks"),
    [
        ({PAGE: None, "docs/lantern.md": OLD}, 0),
        ({PAGE: "# Lamp\n"}, 0),
        ({PAGE: None, LINK: None}, 0),
        ({PAGE: SLIP.replace("\n", "\r\n")}, 1),
        ({PAGE: OLD, "docs/empty.md": ""}, 0),
        ({PAGE: SLIP.encode("utf-16")}, 0),
        ({PAGE: OLD, "docs/caf\u00e9 #1 @team.md": SLIP}, 1),
        ({f"docs/many/{n}.md": f"# Page {n}\n\nOpen the the file of {n}.\n" for n in range(301)}, 10),
    ],
    ids=["moved", "shorter", "removed", "other line ends", "empty", "not UTF-8", "odd name", "301 pages"],
)
def test_odd_changes_get_what_there_is_to_say(
    reviewer: Reviewer, files: dict[str, str | bytes | None], remarks: int
) -> None:
    reviewer.push(files, force=True)
    reviewer.post("--format", "jsonl")
    assert len(reviewer.remarks) == remarks
    silent(reviewer)
    reviewer.post("--format", "jsonl")
    assert reviewer.wrote == []
