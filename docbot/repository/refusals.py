"""Why a server didn't do what it was asked for, as one sentence that says what to do next."""

from __future__ import annotations

import re

from docbot.errors import StoppedError
from docbot.repository.plumbing import Result, one_line

_LONGEST = 300
"""Characters quoted of what a server said."""

_TABLE = (
    # What GitHub says with 403 or with a declined hook has a better remedy than that.
    (
        r"archived so it is read-only|repository (?:has been|was|is) archived",
        "{where} is archived and takes no changes: look for the repository that replaced it",
    ),
    (
        r"without [`'\"]?workflow[sS]?[`'\"]? (?:scope|permission)",
        "{where} lets this token push no workflow file: run `gh auth refresh -s workflow`, "
        "or give the token the permission to write workflows",
    ),
    (
        r"push cannot contain secrets|github push protection|secret[- ]scanning",
        "{where} found what looks like a secret in the change and took nothing: "
        "leave that page out with `--skip` or under `exclude`, or read `git log -p` of the base for it",
    ),
    (
        r"SAML SSO",
        "{where} asks for single sign-on: open github.com/settings/tokens, choose `Configure SSO` for the "
        "token (or run `gh auth refresh`), and try again",
    ),
    (
        r"shallow update not allowed",
        "{where} takes nothing from a shallow clone: run `git fetch --unshallow` and try again",
    ),
    (
        r"GH006|GH013|protected branch|rule violations|hook declined",
        "{where} has a rule against this branch ({said}): ask those who keep it to allow `docbot/` branches, "
        "or push to a fork",
    ),
    (
        r"unpack(?:er)? (?:error|failed)|failed to store|unable to migrate objects",
        "{where} couldn't store what was sent ({said}): try again later, and tell those who keep the server",
    ),
    (
        r"Host key verification failed",
        "{where} is a server ssh doesn't know: run `git ls-remote {where}` by hand once and compare its key",
    ),
    (
        r"Permission denied \((?:publickey|password|keyboard)",
        "{where} knows none of your ssh keys: load the right one with `ssh-add`, or use an https address",
    ),
    (
        r"Authentication failed|could not read (?:Username|Password)|error: 401|HTTP 401|Invalid username or",
        "{where} refused the login: run `gh auth login`, or set GITHUB_TOKEN to a token that is still valid",
    ),
    (
        r"error: 403|HTTP 403|Permission to \S+ denied|Write access to repository not granted|"
        r"access denied|insufficient permission",
        "{where} lets you in but not write there, or not read it: push to a fork of yours, or give the token "
        "the permission `Contents: read and write`",
    ),
    (
        r"error: 30[1278]",
        "{where} moved to another address: give git the new one with `git remote set-url`, and try again",
    ),
    (
        r"error: 404|Repository not found|repository '[^']*' not found|"
        r"does not appear to be a git repository|repository .* does not exist",
        "{where} isn't there, or this login may not see it: check the address with `git remote -v`",
    ),
    (
        r"Could not resolve (?:host|proxy)|Temporary failure in name resolution|Name or service not known",
        "the server of {where} can't be found: check the address and your connection, then try again",
    ),
    (
        r"Failed to connect|Could(?:n't| not) connect|Connection refused|No route to host|"
        r"Network is unreachable|unable to connect",
        "the server of {where} can't be reached: check your connection and proxy, then try again",
    ),
    (
        r"timed out|Timeout was reached|Operation too slow",
        "the server of {where} didn't answer in time: try again later",
    ),
    (
        r"SSL (?:certificate|peer|routines)|certificate verif|gnutls_handshake|\bTLS\b|SSL_ERROR",
        "the server of {where} couldn't prove who it is ({said}): check `http.sslCAInfo` and your proxy",
    ),
    (
        r"error: (?:429|5\d\d)|HTTP (?:429|5\d\d)",
        "the server of {where} is overloaded or broken ({said}): try again in a few minutes",
    ),
    (
        r"from proxy after CONNECT",
        "the proxy lets nothing through to {where} ({said}): check `http.proxy`, then try again",
    ),
    (
        r"remote end hung up|unexpected disconnect|RPC failed|early EOF|Connection reset|Empty reply|"
        r"Recv failure|Send failure|Broken pipe|Connection closed",
        "the connection to {where} broke off ({said}): run docbot again, it sees what got through",
    ),
    (
        r"transport '[^']*' not allowed",
        "git may not talk to {where} ({said}): use an https or ssh address",
    ),
    (
        r"--mirror can't be combined",
        "{where} is set up as a mirror, where a push replaces everything: give docbot another remote",
    ),
    (
        r"No space left on device",
        "the disk is full, so nothing could be exchanged with {where}: free some space and try again",
    ),
)
_REASONS = tuple((re.compile(pattern, re.I), sentence) for pattern, sentence in _TABLE)


def known_refusal(said: str, where: str) -> StoppedError | None:
    """The sentence for what git and the server `said` about `where`; None for what has none here."""
    for pattern, sentence in _REASONS:
        if pattern.search(said):
            return StoppedError(one_line(sentence.format(where=where, said=_quoted(said, pattern))))
    return None


def refusal(command: str, result: Result, where: str, reason: str = "") -> StoppedError:
    """The sentence for `git command`, which failed with `result`. `reason` is the server's own, if any."""
    known = known_refusal(f"{reason}\n{result.err}", where)
    if known:
        return known
    said = reason or _quoted(result.err, re.compile("^(?:fatal|error|remote):", re.M))
    return StoppedError(
        one_line(
            f"`git {command}` got no further with {where} ({said or f'exit code {result.code}'}): "
            f"see what `git ls-remote {where}` says, then run docbot again"
        )
    )


def _quoted(said: str, pattern: re.Pattern[str]) -> str:
    """The line that matches, without the words git puts in front of it."""
    line = next((line for line in said.splitlines() if pattern.search(line)), "")
    line = re.sub(r"^(?:(?:fatal|error|remote): *)+", "", line).strip()
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
