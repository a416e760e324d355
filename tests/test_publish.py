from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from docbot.forges.content import content_keys
from docbot.forges.github.place import API, SERVER, Place
from docbot.forges.interface import Pull
from docbot.forges.marker import is_untouched, marker_of, message_digest
from docbot.forges.requests import ApiRequest, Push
from docbot.markdown import Document
from docbot.publish import (
    PLACEHOLDER,
    Destination,
    Order,
    destination_of,
    recorded,
    requests_of,
)
from docbot.text import Edit, Span
from docbot.types import Fix, content_key
from tests.reporters.pulls import TEXT, draft_of, proposed

NOW = datetime(2024, 1, 1, tzinfo=UTC)
FORK = Destination("Docs/site", "main", "origin", "octo/site-fork")


def test_t05_the_requests_of_a_fork_to_the_byte() -> None:
    proposal = proposed()
    push, post = requests_of(proposal, FORK)
    assert push == Push("origin", proposal.branch)
    assert isinstance(post, ApiRequest) and post.path == "/repos/Docs/site/pulls"
    assert json.loads(post.body) == {
        "title": proposal.title,
        "head": f"octo:{proposal.branch}",
        "base": "main",
        "body": proposal.body,
        "draft": True,
        "maintainer_can_modify": True,
    }
    assert requests_of(proposed(), FORK) == [push, post]


def test_t05_shown_as_sent() -> None:
    push, post = requests_of(proposed(), FORK)
    branch = proposed().branch
    assert str(push) == (
        f"git push --force-with-lease=refs/heads/{branch}: origin COMMIT:refs/heads/{branch}"
    )
    assert isinstance(post, ApiRequest)
    assert str(post) == "POST /repos/Docs/site/pulls\n" + post.body.decode()


def test_without_a_fork_the_head_is_the_branch() -> None:
    for target in (Destination("o/r", "main"), Destination("o/r", "main", "origin", "O/R")):
        post = requests_of(proposed(), target)[1]
        assert isinstance(post, ApiRequest)
        sent = json.loads(post.body)
        assert sent["head"] == proposed().branch
        assert sent["maintainer_can_modify"] is False and "head_repo" not in sent


def test_t32_a_fork_of_the_same_owner_is_named() -> None:
    post = requests_of(proposed(), Destination("o/r", "main", "origin", "o/r-fork"))[1]
    assert isinstance(post, ApiRequest)
    sent = json.loads(post.body)
    assert (sent["head"], sent["head_repo"]) == (f"o:{proposed().branch}", "r-fork")


def test_t27_no_token_is_shown() -> None:
    push = Push("https://user:ghp_secret@github.com/o/r.git", "docbot/x")
    assert "secret" not in str(push) and "https://github.com/o/r.git" in str(push)


@pytest.mark.parametrize(
    ("remotes", "url", "target"),
    [
        (
            {"origin": "git@github.com:octo/fork.git", "upstream": "https://github.com/Docs/site"},
            None,
            Destination("Docs/site", "main", "origin", "octo/fork"),
        ),
        (
            {"origin": "https://github.com/octo/fork.git"},
            "https://github.com/Docs/site",
            Destination("Docs/site", "main", "origin", "octo/fork"),
        ),
        (
            {"origin": "ssh://git@ssh.github.com:443/Docs/site.git/"},
            None,
            Destination("Docs/site", "main", "origin", "Docs/site"),
        ),
        (
            {"mine": "https://github.com/octo/fork", "upstream": "https://www.github.com/Docs/site.docs.git"},
            None,
            Destination("Docs/site.docs", "main", "mine", "octo/fork"),
        ),
        ({"origin": "/srv/git/docs.git"}, None, Destination(PLACEHOLDER, "main")),
        ({"origin": "https://evil.example/github.com/o/r"}, None, Destination(PLACEHOLDER, "main")),
        ({"origin": "https://github.com/o/r/../../x"}, None, Destination(PLACEHOLDER, "main")),
        ({}, "https://github.com/Docs/site#readme", Destination(PLACEHOLDER, "main")),
    ],
)
def test_where_a_proposal_goes(remotes: dict[str, str], url: str | None, target: Destination) -> None:
    assert destination_of(remotes, url, "main", Place(SERVER, API).repository_of) == target


def test_the_branch_of_an_organizations_fork_is_not_lent() -> None:
    [_, post] = requests_of(proposed(), msgspec.structs.replace(FORK, lends=False))
    assert isinstance(post, ApiRequest)
    assert post.data["maintainer_can_modify"] is False
    assert post.data["head"] == f"octo:{proposed().branch}"


def test_t05_a_fork_that_has_still_to_be_made_comes_first() -> None:
    destination = msgspec.structs.replace(FORK, forking=True)
    fork, *others = requests_of(proposed(), destination)
    assert isinstance(fork, ApiRequest)
    assert (fork.method, fork.path) == ("POST", "/repos/Docs/site/forks")
    assert fork.data == {"default_branch_only": True}
    assert others == requests_of(proposed(), FORK)


def test_t12_what_is_there_already_is_not_sent_again() -> None:
    proposal = proposed()
    push, post = requests_of(proposal, FORK)
    assert requests_of(proposal, FORK, Order(push=False, expected="1" * 40)) == [post]
    leased = requests_of(proposal, FORK, Order(expected="1" * 40))
    assert leased == [Push("origin", proposal.branch, "1" * 40), post]
    assert f"--force-with-lease=refs/heads/{proposal.branch}:{'1' * 40} origin" in str(leased[0])
    assert push != leased[0]


def test_t13_an_update_changes_the_island_alone() -> None:
    before, after = proposed(), proposed(message="Said otherwise")
    around = f"Thank you!\r\n\r\n{before.body}\r\n\r\n#### Internal previews"
    pull = Pull(7, "https://x/7", "open", "main", before.branch, "Better", around, "octo", "", NOW, NOW)
    [request] = requests_of(after, FORK, Order(push=False, pull=pull))
    assert isinstance(request, ApiRequest)
    assert (request.method, request.path) == ("PATCH", "/repos/Docs/site/pulls/7")
    assert request.data == {"body": f"Thank you!\r\n\r\n{after.body}\r\n\r\n#### Internal previews"}


def keys(text: str, path: str = "a.md", **changed: Any) -> tuple[str, ...]:
    return content_keys(draft_of(path, text, **changed), Document(path, text))


PARAGRAPH = "See [the guide](old.md) first."
KEY = content_key("moved-link", PARAGRAPH, PARAGRAPH.replace("old", "new"))


def test_t07_a_key_is_the_whole_block_before_and_after() -> None:
    assert keys(TEXT) == (KEY,)
    assert keys("Much above.\r\n\r\nSee  [the guide](old.md)\r\nfirst.\r\n", "else/b.md") == (KEY,)
    assert keys(f"> {PARAGRAPH}\n") == (KEY,)
    for other in (TEXT.replace("first", "then"), TEXT.replace("guide", "book")):
        assert keys(other) != (KEY,)
    assert keys(TEXT, new="other.md") != (KEY,)
    assert keys(TEXT, rule="other-rule") != (KEY,)


def test_t07_a_definition_and_several_blocks_have_keys_of_their_own() -> None:
    text = "See [x].\n\n[x]: old.md 'T'\n"
    assert keys(text) == (content_key("moved-link", "[x]: old.md 'T'", "[x]: new.md 'T'"),)
    two = "One old.md.\n\nTwo.\n"
    drafted = draft_of("a.md", two)
    edits = (Edit(Span(4, 7), "new"), Edit(Span(13, 16), "Three"))
    drafted = msgspec.structs.replace(drafted, fix=Fix("x", edits))
    assert content_keys(drafted, Document("a.md", two)) == (
        content_key("moved-link", "One old.md.", "One new.md."),
        content_key("moved-link", "Two.", "Three."),
    )
    with pytest.raises(IndexError):
        content_keys(drafted, Document("a.md", "x"))


def test_t11_the_body_remembers_docbots_own_commit() -> None:
    proposal = proposed()
    made = recorded(proposal, "ab" * 20, "cd" * 20)
    marker = marker_of(made.body)
    assert marker is not None
    assert (marker.tree, marker.parent) == ("ab" * 20, "cd" * 20)
    assert marker.message == message_digest(proposal.message + "\n\n") != message_digest("else")
    assert is_untouched(made.body)
    assert msgspec.structs.replace(made, body=proposal.body) == proposal
    assert recorded(made, "ab" * 20, "cd" * 20) == made
    with pytest.raises(ValueError, match="marker"):
        recorded(msgspec.structs.replace(proposal, body="none"), "ab" * 20, "cd" * 20)
