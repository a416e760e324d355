"""How old the very words of a finding are, and the evidence for it."""

from __future__ import annotations

from functools import lru_cache

from docbot.markdown import Document
from docbot.repository.values import LineHistory, PageCommit
from docbot.text import LineIndex, Span
from docbot.types import Evidence, EvidenceKind


def written(document: Document, history: LineHistory, span: Span) -> PageCommit | None:
    """The commit that last wrote any of the lines at `span`; None where the history doesn't know them all."""
    index = _index(document)
    lines = range(index.line(span.start), index.line(max(span.start, span.end - 1)) + 1)
    commits = [history.written(document.path, line) for line in lines]
    known = [commit for commit in commits if commit is not None]
    return max(known, key=lambda commit: commit.time) if len(known) == len(commits) else None


@lru_cache(maxsize=1)
def _index(document: Document) -> LineIndex:
    return LineIndex(document.text)


def age_evidence(commit: PageCommit | None) -> tuple[Evidence, ...]:
    """When the words were written and by which commit, where that is known."""
    if commit is None:
        return ()
    return (Evidence(EvidenceKind.AGE, f"commit {commit.id}", f"written on {commit.date}"),)
