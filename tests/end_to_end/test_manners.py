"""Manners: the repository's own template, its limits, and what it wants to be asked first."""

from __future__ import annotations

import re

from docbot.forges.island import island_of
from tests.end_to_end.conftest import DOCS, Desk

TEAM = "lantern-team"
BOXES = re.compile(r"- \[(?P<checked>.)\] \*\*(?P<name>.+):")
TEMPLATE = """<!-- Thank you! For example, Fixes #1234, and ask @octocat. -->\r
# PR Summary\r
\r
<!-- Say what it is for. -->\r
\r
## PR Checklist\r
\r
- [ ] **Descriptive Title:** This PR's title says what it does.\r
- [ ] **Contributor's Guide:** I have read the guide.\r
"""


def push(desk: Desk, path: str, text: str) -> None:
    desk.hub.person(TEAM).push(DOCS, "main", {path: text.encode()}, f"Add {path}")
    desk.hub.log.clear()


def test_t17_the_repositorys_template_is_kept_with_its_boxes_unticked(desk: Desk) -> None:
    push(desk, ".github/Pull_Request_Template.md", TEMPLATE)
    dry = desk.propose("--yes", "--dry-run")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    body = pull.body or ""
    where = island_of(body)
    assert where is not None
    assert (body[: where.start] + body[where.end :]).replace("\u200b", "").split() == TEMPLATE.split()
    reached = [event.what for event in desk.hub.ledger_when_squashed("octo-writer")]
    assert [what for what in reached if "1234" in what or "octocat" in what] == []
    assert body.index("# PR Summary") < where.start < body.index("## PR Checklist")
    boxes = [(found["checked"], found["name"]) for found in BOXES.finditer(body)]
    assert boxes == [(found["checked"], found["name"]) for found in BOXES.finditer(TEMPLATE)]
    assert body.replace("\r\n", "\n").rstrip() in dry.out.replace("\r\n", "\n")
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #1")
    assert desk.hub.writes == []


def test_t17_a_template_that_cant_be_used_is_told(desk: Desk) -> None:
    push(desk, ".github/pull_request_template.md", "Hello <!-- docbot:begin -->\n<!-- docbot:end -->\n")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert "the pull request goes without the template" in ran.err
    assert (desk.hub.pulls(DOCS)[0].body or "").startswith("<!-- docbot:begin -->")


def test_t04_more_files_than_are_welcome_become_the_draft_of_an_issue(desk: Desk) -> None:
    push(desk, ".docbot.toml", "[propose]\nmax_files = 2\n")
    ran = desk.propose("--yes", "--rule", "file-not-found")
    assert ran.code == 0
    draft = ran.out.partition(
        "--- issue draft, not sent: open it yourself at lantern-team/lantern-docs ---\n"
    )[2]
    assert draft.startswith("title    Would you like a pull request: Repair links to groups.md?\n")
    assert "I could mend 4 places on 4 pages, and ask first" in draft
    assert "ask its maintainers in an issue first" in ran.err
    assert "issues/create" not in [call.operation for call in desk.hub.writes]
    assert not any("groups" in pull.title for pull in desk.hub.pulls(DOCS))


def test_t16_nothing_is_ever_merged_approved_or_ticked(desk: Desk) -> None:
    """Of everything docbot may send: it opens, pushes, forks, says, and rewrites its own part. No more."""
    push(desk, ".github/pull_request_template.md", TEMPLATE)
    assert desk.propose("--yes").code == 0
    [pull] = desk.hub.pulls(DOCS)
    desk.hub.person("octo-writer").push("octo-writer/lantern-docs", pull.head, {"docs/x.md": b"# X\n"}, "X")
    assert desk.propose("--yes").code == 0
    assert {call.operation for call in desk.hub.writes} <= {
        *("git-receive-pack", "pulls/create", "pulls/update", "issues/create-comment", "repos/create-fork")
    }
    assert "[x]" not in (pull.body or "").lower()
    assert not any("#sign-off" in comment.body for comment in pull.comments)


def test_t03_what_forbids_is_quoted_with_its_file(desk: Desk) -> None:
    push(desk, "CONTRIBUTING.md", "# Contributing\n\nWe do not accept pull requests made by bots.\n")
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "We do not accept pull requests made by bots. (CONTRIBUTING.md:3)" in ran.sentence
    assert desk.hub.writes == []
    doctor = desk.docbot("doctor", str(desk.clone.root))
    assert doctor.code in (0, 4)


def test_t03_what_wants_a_persons_yes_is_shown_first_and_never_goes_unattended(desk: Desk) -> None:
    sentence = "AI-generated pull requests must be reviewed and understood by a human before you open them."
    push(desk, ".github/CONTRIBUTING.md", f"# Contributing\n\n{sentence}\n")
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert f"{sentence} (.github/CONTRIBUTING.md:3)" in ran.sentence
    assert desk.hub.writes == []
    ran = desk.propose(types="y\n")
    assert ran.code == 0, ran.err
    assert ran.err.index(sentence) < ran.err.index("Send this to")


def test_t04_the_limit_is_the_repositorys_own(desk: Desk) -> None:
    push(desk, "CONTRIBUTING.md", "# Contributing\n\nA pull request may change at most 3 files.\n")
    ran = desk.propose("--yes", "--dry-run", "--rule", "file-not-found")
    assert ran.code == 0, ran.err
    assert "touches 4 files, and the repository takes 3 in a pull request" in ran.err
    assert "--- issue draft, not sent" in ran.out


CLOSED = """id: disallow-edits
name: Disallow edits
resource: repository
configuration:
  resourceManagementConfiguration:
    eventResponderTasks:
    - description: Close pull requests that edit the first version
      if:
      - payloadType: Pull_Request
      - isAction:
          action: Opened
      - filesMatchPattern:
          pattern: docs/v1/*
          matchAny: true
      - not:
          activitySenderHasPermission:
            permission: Write
      then:
      - addReply:
          reply: Thank you, but these pages are closed.
      - closePullRequest
"""


def test_pages_that_an_automation_closes_pull_requests_for_are_left_alone(desk: Desk) -> None:
    push(desk, ".github/policies/disallow-edits.yml", CLOSED)
    ran = desk.propose("--yes", "--rule", "file-not-found")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    fork = desk.hub.repository("octo-writer/lantern-docs")
    changed = fork.git("diff", "--name-only", f"{pull.head}^", pull.head).split("\n")
    assert changed
    assert not any(path.startswith("docs/v1/") for path in changed)
    assert "disallow-edits.yml" in ran.err


def test_t24_commits_are_signed_off_where_the_repository_wants_it(desk: Desk) -> None:
    text = "# Contributing\n\nSign off your commits: each needs a `Signed-off-by` line (DCO).\n"
    push(desk, "CONTRIBUTING.md", text)
    dry = desk.propose("--yes", "--dry-run")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    message = desk.hub.repository("octo-writer/lantern-docs").git("log", "-1", "--format=%B", pull.head)
    assert message.rstrip().endswith("Signed-off-by: Test Writer <writer@example.com>")
    assert "Signed-off-by: Test Writer <writer@example.com>" in dry.out
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #1")


def test_t24_nothing_is_signed_off_where_nobody_asks(desk: Desk) -> None:
    assert "Signed-off-by" not in desk.propose("--yes", "--dry-run").out
