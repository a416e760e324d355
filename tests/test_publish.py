from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from docbot.forges.content import content_keys
from docbot.forges.interface import Pull
from docbot.forges.marker import is_untouched, marker_of
from docbot.forges.memory import MemoryForge
from docbot.markdown import Document
from docbot.publish import (
    Post,
    Push,
    Target,
    message_digest,
    recorded,
    requests_of,
    target_of,
    without_refused,
)
from docbot.text import Edit, Span
from docbot.types import Draft, Fix, content_key
from tests.reporters.pulls import TEXT, draft_of, pages_of, planned, proposed

FORK = Target("Docs", "site", "main", "origin", "octo", "site-fork")


def test_t05_the_requests_of_a_fork_to_the_byte() -> None:
    proposal = proposed()
    push, post = requests_of(proposal, FORK)
    assert push == Push("origin", proposal.branch)
    assert isinstance(post, Post) and post.path == "/repos/Docs/site/pulls"
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
    assert isinstance(post, Post)
    assert str(post) == "POST /repos/Docs/site/pulls\n" + post.body.decode()


def test_without_a_fork_the_head_is_the_branch() -> None:
    for target in (Target("o", "r", "main"), Target("o", "r", "main", "origin", "O", "R")):
        post = requests_of(proposed(), target)[1]
        assert isinstance(post, Post)
        sent = json.loads(post.body)
        assert sent["head"] == proposed().branch
        assert sent["maintainer_can_modify"] is False and "head_repo" not in sent


def test_t32_a_fork_of_the_same_owner_is_named() -> None:
    post = requests_of(proposed(), Target("o", "r", "main", "origin", "o", "r-fork"))[1]
    assert isinstance(post, Post)
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
            Target("Docs", "site", "main", "origin", "octo", "fork"),
        ),
        (
            {"origin": "https://github.com/octo/fork.git"},
            "https://github.com/Docs/site",
            Target("Docs", "site", "main", "origin", "octo", "fork"),
        ),
        (
            {"origin": "ssh://git@ssh.github.com:443/Docs/site.git/"},
            None,
            Target("Docs", "site", "main", "origin", "Docs", "site"),
        ),
        (
            {"mine": "https://github.com/octo/fork", "upstream": "https://www.github.com/Docs/site.docs.git"},
            None,
            Target("Docs", "site.docs", "main", "mine", "octo", "fork"),
        ),
        ({"origin": "/srv/git/docs.git"}, None, Target("OWNER", "REPO", "main", "origin", "", "")),
        ({"origin": "https://evil.example/github.com/o/r"}, None, Target("OWNER", "REPO", "main")),
        ({"origin": "https://github.com/o/r/../../x"}, None, Target("OWNER", "REPO", "main")),
        ({}, "https://github.com/Docs/site#readme", Target("OWNER", "REPO", "main")),
    ],
)
def test_where_a_proposal_goes(remotes: dict[str, str], url: str | None, target: Target) -> None:
    assert target_of(remotes, url, "main") == target


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


def closed(*drafts: Draft, texts: dict[str, str]) -> tuple[Pull, ...]:
    """The pulls of a forge where a person closed the one with these drafts."""
    forge = MemoryForge()
    forge.ensure(planned(drafts, texts).proposals[0], "a" * 40)
    forge.close(1)
    return forge.pulls()


def test_t07_what_was_refused_is_held_and_the_rest_goes_on() -> None:
    texts = {"a.md": TEXT, "b.md": TEXT.replace("guide", "book")}
    first, second = (draft_of(path, text) for path, text in texts.items())
    pulls = closed(first, texts=texts)
    moved = draft_of("moved/c.md", "# New\n\n" + TEXT)
    pages = pages_of(texts | {"moved/c.md": "# New\n\n" + TEXT})
    kept, held = without_refused([first, second, moved], pages, pulls)
    assert kept == [second]
    assert [one.draft for one in held] == [first, moved]
    assert pulls[0].url in held[0].reason


def test_t07_only_a_persons_close_is_a_refusal() -> None:
    texts = {"a.md": TEXT}
    drafted = draft_of("a.md", TEXT)
    (pull,) = closed(drafted, texts=texts)
    for state in ("open", "merged"):
        pulls = [msgspec.structs.replace(pull, state=state)]
        assert without_refused([drafted], pages_of(texts), pulls) == ([drafted], [])
    withdrawn = msgspec.structs.replace(pull, withdrawn=True)
    assert without_refused([drafted], pages_of(texts), [withdrawn]) == ([drafted], [])


def test_t07_a_refusal_without_keys_is_one_of_its_topic() -> None:
    texts = {f"{n}.md": TEXT.replace("guide", f"guide {n}") for n in range(450)}
    pulls = closed(*(draft_of(path, text) for path, text in list(texts.items())[:50]), texts=texts)
    marker = pulls[0].marker
    assert marker is not None and len(marker.content_keys) == 50
    large = msgspec.structs.replace(pulls[0], body=pulls[0].body.replace(',"content_keys":', ',"other":'))
    assert large.marker is not None and large.marker.content_keys == ()
    same, other = draft_of("449.md", texts["449.md"]), draft_of("a.md", TEXT, cause="moved-link other.md")
    kept, held = without_refused([same, other], pages_of(texts | {"a.md": TEXT}), [large])
    assert kept == [other] and [one.draft for one in held] == [same]


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
