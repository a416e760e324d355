"""What GitHub's refusals mean, and what to do about each: the table that `refusals` reads."""

from __future__ import annotations

import msgspec

from docbot.forges.github.faults import Line


class Meaning(msgspec.Struct, frozen=True):
    """What an answer with `status` (0: any) means, whose words match `words`.

    Braces are filled in by `refused`.
    """

    status: int
    words: str
    problem: str
    remedy: str


_NEW_TOKEN = "run `gh auth login`, or set GITHUB_TOKEN to a new one"
_ASK_OWNERS = "ask the owners of the repository"

MEANINGS = (
    Meaning(401, "requires authentication", "GitHub asks for a token", _NEW_TOKEN),
    Meaning(403, "archived", "the repository is archived", f"{_ASK_OWNERS} which one took its place"),
    Meaning(
        403,
        "saml",
        "the organization asks for single sign-on with the token{source}",
        "authorize the token at {sso} and run docbot again",
    ),
    Meaning(
        403,
        "forbids access via .*lifetime",
        "the owner forbids tokens that live as long as the one{source}",
        "use the one of `gh auth login` (unset GITHUB_TOKEN), or make one that expires within {days} days",
    ),
    Meaning(
        403,
        "forbids access via",
        "the owner forbids tokens like the one{source}",
        "use the one of `gh auth login` (unset GITHUB_TOKEN)",
    ),
    Meaning(
        403,
        "not accessible by personal access token",
        "the token{source} may not do this: a fine-grained one reaches the repositories of one owner alone, "
        "with the permissions it was given",
        "use the one of `gh auth login` (unset GITHUB_TOKEN), or a classic one with the scope public_repo",
    ),
    Meaning(
        403,
        "not accessible by integration",
        "the token of the workflow may not do this",
        "give its job `permissions:` with `pull-requests: write`, and to open pull requests with "
        "`contents: write`; for a pull request from a fork it only reads, whatever its job says",
    ),
    Meaning(
        403,
        "not permitted to create or approve",
        "the repository doesn't let GitHub Actions open pull requests",
        'tick "Allow GitHub Actions to create and approve pull requests" under Settings, Actions, General',
    ),
    Meaning(
        403,
        "forking is disabled|does not allow forking|forking .*not allowed",
        "the repository can't be forked",
        f"{_ASK_OWNERS} to allow forks, or for leave to push a branch to it",
    ),
    Meaning(
        403,
        "ip allow list",
        "the organization lets only known addresses in, and this machine's isn't one",
        "run docbot from a network that the organization allows",
    ),
    Meaning(
        403,
        "oauth app access restrictions|third-party",
        "the organization doesn't let this app in",
        "ask its owners to approve the app, or set GITHUB_TOKEN to a personal access token",
    ),
    Meaning(
        403,
        "is locked",
        "the conversation of the pull request is locked",
        "ask a maintainer to unlock it, or read the review without --post",
    ),
    Meaning(403, "suspended", "the account is suspended", "write to GitHub's support"),
    Meaning(
        403,
        "email address",
        "the account has no e-mail address that was verified",
        "verify it in the account's settings and run docbot again",
    ),
    Meaning(
        403,
        "must have|write access|push access",
        "the account may not do this in the repository",
        "let docbot propose from a fork, or ask the owners for leave to push",
    ),
    Meaning(403, "access blocked", "GitHub has blocked the repository", "see its page for the reason"),
    Meaning(409, "empty", "the repository is empty", "push its first commit, then run docbot again"),
    Meaning(
        410, "issues", "the repository has its issues switched off", f"{_ASK_OWNERS} where to write instead"
    ),
    Meaning(
        422,
        "must be part of the|must precede|path is invalid",
        "GitHub's diff of the pull request doesn't have the lines that are spoken of",
        "run docbot again: somebody may have pushed meanwhile",
    ),
    Meaning(
        422,
        "not part of the pull request",
        "the commit that was reviewed isn't in the pull request any more",
        "run docbot again: somebody pushed meanwhile",
    ),
    Meaning(
        422,
        "no commits between",
        "the branch has no commit that its base doesn't have",
        "fetch the base and run docbot again: the change may be there already",
    ),
    Meaning(
        422,
        "pull request already exists",
        "there is an open pull request from this branch already",
        "run docbot again to go on with it, or close it",
    ),
    Meaning(
        422,
        "fork.?collab",
        "GitHub doesn't let the fork's branch be opened to the maintainers, as the fork is an organization's",
        "propose from a fork of your own",
    ),
    Meaning(
        422,
        "refs are readable",
        "the token{source} can't read both branches, or one of them isn't there",
        "see that the branch was pushed, and give the token leave to read contents (`contents: read`)",
    ),
    Meaning(
        422,
        "draft pull requests? .*not supported",
        "the repository has no drafts of pull requests",
        "ask its maintainers to set `draft = false` under [propose] in .docbot.toml",
    ),
    Meaning(
        422,
        r"too long",
        "the text is longer than GitHub takes",
        "propose fewer pages at once with --path",
    ),
    Meaning(
        422,
        r"pullrequest base invalid",
        "the docs have no branch of the base's name",
        "set `base` under [propose] in .docbot.toml",
    ),
    Meaning(
        422,
        r"pullrequest head",
        "GitHub doesn't find the branch",
        "see that it was pushed, wait a minute, and run docbot again",
    ),
    Meaning(451, "", "it was taken down for legal reasons", "nothing can be proposed there"),
    # GitHub says these with various statuses.
    Meaning(
        0,
        r"\bblocked\b",
        "the owners of the repository have blocked the account",
        "nothing can be proposed there with it",
    ),
    Meaning(
        0,
        "limited (?:the ability|to)|disabled the ability|interaction|be a collaborator|correct permissions",
        "the repository takes no pull requests from this account at present",
        f"{_ASK_OWNERS}, or try again when their limit has ended",
    ),
    # Whatever it says.
    Meaning(401, "", "GitHub doesn't accept the token{source}: it is wrong or has expired", _NEW_TOKEN),
    Meaning(
        404,
        "",
        "there is no such thing, or the token{source} may not see or do it",
        "check the name and the token",
    ),
    Meaning(409, "", "somebody else changed it at the same time", "run docbot again"),
    Meaning(410, "", "it is gone for good", "check the name"),
    Meaning(
        422,
        "",
        "GitHub finds fault with what was sent",
        "run docbot again, and report it if that doesn't help",
    ),
)
"""The first that fits is meant."""

LINES = {
    Line.NO_NAME: "check the connection to the internet, and the name {host}",
    Line.CLOSED: "check that {host} is up, and that no firewall is in the way",
    Line.CERTIFICATE: "check the clock, or point REQUESTS_CA_BUNDLE to the certificates of your network",
    Line.NO_BUNDLE: "set REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE to a file that is there, or unset them",
    Line.TLS: "check the proxy and firewall in between, and that {api} is right",
    Line.PROXY: "check HTTPS_PROXY and NO_PROXY, and the proxy's user name and password",
    Line.SLOW: "check the connection to the internet, and run docbot again",
    Line.LOST: "check the connection to the internet, and run docbot again",
}
