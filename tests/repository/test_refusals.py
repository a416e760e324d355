from __future__ import annotations

import pytest

from docbot.repository.plumbing import Result
from docbot.repository.refusals import known_refusal, refusal

WHERE = "https://github.com/octo/docs.git"


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        (
            "refusing to allow an OAuth App to create or update workflow `.github/workflows/ci.yml` "
            "without `workflow` scope",
            "run `gh auth refresh -s workflow`",
        ),
        (
            "refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` "
            "without `workflows` permission",
            "run `gh auth refresh -s workflow`",
        ),
        ("shallow update not allowed", "run `git fetch --unshallow`"),
        ("protected branch hook declined", "has a rule against this branch (protected branch hook declined)"),
        (
            "push declined due to repository rule violations",
            "has a rule against this branch (push declined due to repository rule violations)",
        ),
        ("unpacker error", "couldn't store what was sent (unpacker error): try again later"),
    ],
)
def test_what_a_server_says_of_a_branch(said: str, remedy: str) -> None:
    assert remedy in str(refusal("push", Result(1, b"", ""), WHERE, said))


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        (
            "remote: error: GH013: Repository rule violations found for refs/heads/docbot/x.\n"
            "remote: - GITHUB PUSH PROTECTION\nremote:   - Push cannot contain secrets\n"
            "error: failed to push some refs to 'https://github.com/octo/docs.git'",
            "found what looks like a secret in the change",
        ),
        (
            "remote: This repository was archived so it is read-only.\n"
            "fatal: unable to access 'https://github.com/o/r.git/': The requested URL returned error: 403",
            "is archived and takes no changes",
        ),
        (
            "fatal: unable to access 'https://github.com/o/r.git/': Could not resolve host: github.com",
            "can't be found: check the address and your connection",
        ),
        ("ssh: Could not resolve hostname github.com: Name or service not known", "can't be found: check"),
        (
            "fatal: unable to access 'x': Failed to connect to github.com port 443 after 7 ms: "
            "Couldn't connect to server",
            "can't be reached: check your connection and proxy",
        ),
        ("fatal: unable to access 'x': Operation too slow. Less than 1 bytes", "didn't answer in time"),
        ("ssh: connect to host github.com port 22: Connection timed out", "didn't answer in time"),
        ("git@github.com: Permission denied (publickey).\nfatal: Could not read", "none of your ssh keys"),
        ("Host key verification failed.\nfatal: Could not read", f"run `git ls-remote {WHERE}` by hand once"),
        (
            "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
            "refused the login: run `gh auth login`",
        ),
        ("fatal: unable to access 'x': SSL certificate problem: self-signed", "check `http.sslCAInfo`"),
        (
            "fatal: unable to access 'x': Received HTTP code 407 from proxy after CONNECT",
            "check `http.proxy`",
        ),
        ("fatal: write error: No space left on device", "free some space and try again"),
    ],
)
def test_what_git_says(said: str, remedy: str) -> None:
    sentence = str(refusal("push", Result(128, b"", said), WHERE))
    assert remedy in sentence
    assert sentence.isprintable()


def test_what_nobody_knows_is_quoted_without_harm() -> None:
    said = "remote: hello\nfatal: https://me:s3cret@x.example \x1b[2J" + "x" * 9999
    sentence = str(refusal("fetch", Result(128, b"", said), WHERE))
    assert sentence.startswith(f"`git fetch` got no further with {WHERE} (hello): see what `git ls-remote")
    sentence = str(refusal("fetch", Result(128, b"", said.partition("\n")[2]), WHERE))
    assert sentence.startswith(f"`git fetch` got no further with {WHERE} (https://x.example ?[2Jxxx")
    assert len(sentence) < 600
    assert "exit code 3" in str(refusal("fetch", Result(3, b"", ""), WHERE))
    assert known_refusal("fatal: bad object", WHERE) is None
