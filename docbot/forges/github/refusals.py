"""GitHub's refusals, and everything that keeps it from answering, in one sentence each."""

from __future__ import annotations

import base64
import math
import re

from docbot.errors import StoppedError
from docbot.forges.github.faults import headers_of, line_of, said_by, status_of
from docbot.forges.github.meanings import LINES, MEANINGS, Meaning
from docbot.forges.github.place import GITHUB, SERVER, Place

QUOTED = 200
"""Code points of GitHub's own words that are shown at most."""

READ = 2_000
"""Code points of them that are looked at."""

_MOVED = Meaning(
    0,
    "",
    "it was renamed or moved to {target}",
    "run docbot again, and check the remotes and {api} if that doesn't help",
)
_TOKENS = re.compile(r"(?:gh[a-z]_|github_pat_)\w+|(?<=://)[^/\s@]*@", re.ASCII)
_SSO = re.compile(r"\burl=(?P<url>https?://[!-~]{1,400})", re.ASCII)
_LIFETIME = re.compile(r"greater than (\d{1,4}) days", re.ASCII)


def refused(
    error: Exception,
    what: str,
    *,
    place: Place = GITHUB,
    source: str = "",
    token: str = "",
    unsure: bool = False,
) -> StoppedError:
    """The sentence for `error`, which PyGithub or its transport raised when it was asked for `what`.

    `what` is a noun: "the repository o/r". `source` says where the token came from; `token` itself is there
    to be kept out of GitHub's words. `unsure`: something may have been written before the error.
    """
    words = said_by(error)[:READ]
    meaning = _meaning(error, place, words)
    filled = {
        "source": f" from {source}" if source else "",
        "sso": _sso(error, place),
        "days": _days(words),
        "host": place.host,
        "api": place.api,
        "target": harmless(headers_of(error).get("location", "another place")),
    }
    said = f', and GitHub says "{harmless(words, token)}"' if words else ""
    found = "; if it was done all the same, the next run finds it" if unsure else ""
    problem, remedy = (text.format_map(filled) for text in (meaning.problem, meaning.remedy))
    return StoppedError(f"{problem} (docbot asked for {harmless(what)}{said}): {remedy}{found}")


def too_long(why: str, seconds: float, what: str) -> StoppedError:
    """The sentence for a wait of `seconds` that is longer than docbot's patience."""
    return StoppedError(
        f"GitHub asks to wait {amount(seconds)} ({why}; docbot asked for {harmless(what)}): "
        f"run docbot again in {amount(seconds)}, nothing is lost"
    )


def amount(seconds: float) -> str:
    """A time to wait, for people, rounded up."""
    for size, unit in ((1, "second"), (60, "minute"), (3600, "hour")):
        count = math.ceil(seconds / size)
        if count <= 120 or unit == "hour":
            break
    return f"{count} {unit}{'' if count == 1 else 's'}"


def harmless(text: str, token: str = "") -> str:
    """`text` short, on one line, printable, and without tokens."""
    line = " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())
    if token:
        # git shows it in the second form, which a server may echo as well.
        shown = base64.b64encode(f"x-access-token:{token}".encode()).decode("ascii")
        line = line.replace(token, "***").replace(shown, "***")
    line = _TOKENS.sub("***", line).replace('"', "'")
    return line if len(line) <= QUOTED else line[: QUOTED - 3] + "..."


def _meaning(error: Exception, place: Place, words: str) -> Meaning:
    status = status_of(error)
    if 300 <= status < 400:
        return _MOVED
    if status >= 500 or status == 202:
        return _trouble(status, place)
    if status >= 400:
        return next((known for known in MEANINGS if _fits(known, status, words)), _no(status))
    line = line_of(error)
    if line is not None:
        return Meaning(0, "", f"docbot doesn't reach {place.host}: {line}", LINES[line])
    return Meaning(
        status,
        "",
        f"what answered for {place.host} isn't GitHub",
        "check that {api} is right, and whether a sign-in page or a proxy is in between",
    )


def _fits(meaning: Meaning, status: int, words: str) -> bool:
    return meaning.status in (0, status) and re.search(meaning.words, words, re.IGNORECASE) is not None


def _no(status: int) -> Meaning:
    return Meaning(
        status,
        "",
        f"GitHub, or a proxy before it, refuses (HTTP {status})",
        "check what the token{source} may do, and see the repository's page",
    )


def _trouble(status: int, place: Place) -> Meaning:
    more = " (https://www.githubstatus.com tells when)" if place.server == SERVER else ""
    return Meaning(status, "", f"{place.host} has trouble (HTTP {status})", f"run docbot again later{more}")


def _sso(error: Exception, place: Place) -> str:
    found = _SSO.search(headers_of(error).get("x-github-sso", ""))
    if found is not None and found["url"].startswith(f"{place.server}/"):
        return found["url"]
    return f"{place.server}/settings/tokens"


def _days(words: str) -> int:
    """Days that a token may live, below the limit that GitHub names. It counts the hours, too."""
    found = _LIFETIME.search(words)
    return max(int(found[1]) - 1, 1) if found else 7
