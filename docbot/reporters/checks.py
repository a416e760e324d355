"""How a person checks a proof in a minute: one command or one look, for each kind of evidence."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping

import msgspec

from docbot.reporters.neutral import is_inert
from docbot.types import Evidence, EvidenceKind


class Code(msgspec.Struct, frozen=True, gc=False):
    """Text that isn't docbot's own words: a path, a command, a piece of a page."""

    text: str


Sentence = tuple[str | Code, ...]
"""docbot's own words, and what they quote."""

LEADS: Mapping[EvidenceKind, str] = {
    EvidenceKind.REDIRECTION: "A redirection entry",
    EvidenceKind.RENAME: "A rename in git",
    EvidenceKind.CASE: "The letter case of a name",
    EvidenceKind.UNIQUE_NAME: "The only file of that name",
    EvidenceKind.HISTORY: "The history in git",
    EvidenceKind.PRECEDENT: "What maintainers did before",
    EvidenceKind.SIBLING: "Another copy of the page",
    EvidenceKind.AGE: "Dates in git",
    EvidenceKind.LIFECYCLE: "A published lifecycle",
    EvidenceKind.PRODUCT_NAME: "A published name or rule",
    EvidenceKind.SOURCE_CODE: "Source code",
    EvidenceKind.HTTP: "An answer of the web server",
    EvidenceKind.READER: "A reader's report",
    EvidenceKind.MAJORITY: "How the other pages have it",
    EvidenceKind.LANGUAGE: "A rule of language, with its measured precision",
}
"""What each kind of evidence is, as a reviewer reads it."""

_COMMIT = re.compile(r"(?<!\S)[0-9a-f]{7,40}(?!\S)")
_MOST_COMMITS = 3
_LONGEST = 300
"""Code points of a command. A longer one would be cut, and half a command is worse than none."""
_NAME = re.compile(r"git ls-files '\*/(?P<name>.+)'", re.DOTALL)
_LOG = "git log --all -- "
_URL = re.compile(r"https?://\S+")


def check_of(evidence: Evidence) -> Sentence:
    """What to run or to open, and what should be seen there."""
    return _CHECKS.get(evidence.kind, _look)(evidence)


def command(*words: str) -> Code | None:
    """A command a person may paste into a shell; None where showing it safely would change it.

    The words come from the docs repository: quoted, they are words and nothing else.
    """
    line = " ".join(shlex.quote(word) for word in words)
    return Code(line) if is_inert(line) and len(line) <= _LONGEST else None


def _look(evidence: Evidence) -> Sentence:
    return ("open ", Code(evidence.source), ": it should say the same.")


def _redirection(evidence: Evidence) -> Sentence:
    places = evidence.source.split(" then ")
    entries = "the entry stands at that line." if len(places) == 1 else "the entries stand at these lines."
    return ("open ", Code(", ".join(places)), f": {entries}")


def _commits(evidence: Evidence) -> Sentence:
    ids = _COMMIT.findall(evidence.source)[:_MOST_COMMITS]
    if not ids:
        return _look(evidence)
    return ("run ", Code(f"git show --stat -M {' '.join(ids)}"), ": the rename is listed there.")


def _history(evidence: Evidence) -> Sentence:
    commit = _COMMIT.search(evidence.source)
    if commit:
        return ("run ", Code(f"git show {commit.group()}"), ": the change is in it.")
    if evidence.source.startswith(_LOG):
        shown = command("git", "log", "--all", "--oneline", "--", evidence.source.removeprefix(_LOG))
        if shown:
            return ("run ", shown, ": it lists every commit that touched this path.")
    return _look(evidence)


def _case(evidence: Evidence) -> Sentence:
    path, _, anchor = evidence.source.partition("#")
    if anchor:
        shown = command("git", "grep", "-n", "-i", "-e", "^ *#", "-e", "id=", "-e", "name=", "--", path)
        tail = ": of the headings and anchors it lists, one makes this anchor."
    else:
        shown = command("git", "ls-files", "--", f":(icase,literal){path}")
        tail = ": it lists one file, named as the link is now."
    return ("run ", shown, tail) if shown else _look(evidence)


def _unique_name(evidence: Evidence) -> Sentence:
    named = _NAME.fullmatch(evidence.source)
    name = named["name"] if named else evidence.source.rpartition("/")[2]
    # `**/` also finds the file at the root, which `*/` doesn't.
    shown = command("git", "ls-files", "--", f":(glob)**/{_literal(name)}")
    if shown is None:
        return _look(evidence)
    return ("run ", shown, ": the new target is the only answer, or the only one in this version's folder.")


def _literal(name: str) -> str:
    """`name` as a pattern that matches nothing else."""
    return re.sub(r"[*?\[\\]", r"\\\g<0>", name)


def _http(evidence: Evidence) -> Sentence:
    shown = command("curl", "-sI", "--", evidence.source) if _URL.fullmatch(evidence.source) else None
    return ("run ", shown, ": status and location are as shown.") if shown else _look(evidence)


def _language(evidence: Evidence) -> Sentence:
    return ("read the sentence before and after: that is the whole check.",)


def _reader(evidence: Evidence) -> Sentence:
    if _URL.fullmatch(evidence.source):
        return _look(evidence)
    return ("read the words before and after: the reason is that of whoever made the change.",)


_CHECKS: Mapping[EvidenceKind, Callable[[Evidence], Sentence]] = {
    EvidenceKind.REDIRECTION: _redirection,
    EvidenceKind.RENAME: _commits,
    EvidenceKind.CASE: _case,
    EvidenceKind.UNIQUE_NAME: _unique_name,
    EvidenceKind.HISTORY: _history,
    EvidenceKind.HTTP: _http,
    EvidenceKind.READER: _reader,
    EvidenceKind.LANGUAGE: _language,
}
