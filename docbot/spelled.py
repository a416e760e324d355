"""Gathers what is known of the spelling and the letter case of a repository's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from msgspec.structs import replace

from docbot.errors import UnreadablePageError, UsageError
from docbot.facts import Facts, Need
from docbot.markdown import blob_id
from docbot.reading import Page
from docbot.repository.worktree import Worktree, read_page
from docbot.spelling import Spelling
from docbot.spelling.casing import casing_of
from docbot.spelling.mistakes import spelling_of
from docbot.spelling.program import corrections, version

_LIST = re.compile(
    r"(?:^|/)(?:\.?cspell[\w.-]{0,40}\.(?:json|ya?ml|txt|dic)|\.cspell/[^/]{1,60}\.txt|\.vscode/settings\.json"
    r"|accept\.txt|\.?[\w-]{0,20}(?:word-?list|words|dictionary|spelling)[\w-]{0,20}(?:\.txt|\.dic)?"
    r"|spelling/(?:allow|expect)[^/]{0,60}(?:/[^/]{1,60})?\.txt|[._]?typos\.toml|\.codespellrc)$",
    re.I,
)
"""Files in which projects list words for Vale, cspell, codespell, typos and their like."""
_MOST_LISTS = 20
_LARGEST_LIST = 500_000
"""Bytes."""
_WORD = re.compile(r"[^\W\d_]{3,40}")


def stamp(needs: frozenset[Need]) -> str:
    """What findings hang on beside the repository."""
    return version() if Need.SPELLING in needs else ""


def with_spelling(
    facts: Facts,
    needs: frozenset[Need],
    read: Mapping[str, Page],
    known: Callable[[], Iterable[str]],
    warn: Callable[[str], None],
) -> Facts:
    """`facts` with what `needs` want of the words on the pages that were `read`.

    The facts know these words. `known` gives the words that nobody misspells here, and `warn` hears why
    spelling wasn't looked at.
    """
    pages = {path: page.said for path, page in read.items()}
    if Need.CASING in needs:
        facts = replace(facts, casing=casing_of(facts.words, pages))
    if Need.SPELLING in needs:
        try:
            spelling = spelling_of(facts.words, pages, known(), corrections)
        except UsageError as error:
            warn(f"spelling wasn't looked at: {error}")
            spelling = Spelling()
        facts = replace(facts, spelling=spelling)
    return facts


def known_words(read: Iterable[Page], lists: Iterable[str]) -> Iterator[str]:
    """The words in the headings of the pages that were `read`, and those of the repository's own `lists`."""
    for page in read:
        for heading in page.outline.headings:
            yield from _WORD.findall(heading.text)
    yield from lists


def listed_words(worktree: Worktree, paths: Iterable[str], blobs: dict[str, str]) -> Iterator[str]:
    """The words in the word lists among `paths`. `blobs` is given the blob of each list that was read."""
    for path in islice(filter(_LIST.search, paths), _MOST_LISTS):
        try:
            data = read_page(worktree, path, _LARGEST_LIST)
        except UnreadablePageError:
            # Nothing is said of it: it is no page, and words that it lacks are judged by the others.
            continue
        blobs[path] = blob_id(data)
        yield from _WORD.findall(data.decode("utf-8", "replace"))
