"""docbot and pulldown-cmark agree on what stands where, what it says and what it stands in.

Compared are the ranges of inline nodes, code and destinations, every character of text with its
containers, paragraphs, and the starts of all other blocks with theirs.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from docbot.errors import UnreadablePageError
from docbot.markdown.document import decode
from docbot.markdown.parser import Parser
from tests.markdown.helpers import spec_examples, violations
from tests.markdown.oracle import differences

CORPUS = os.environ.get("DOCBOT_CORPUS", "")

KNOWN = {
    "an item's last block is code, the next line text": "- ```\n  c\n  ```\ntext\n",
    "a quote's last block is code, the next line text": "> a\n> ```\n> c\n> ```\ntext\n",
    "a quote's last block is a heading, the next line text": "> # H\ntext\n",
    "an item's last block is a table, the next line text": "- | x |\n  |---|\ntext\n",
    "a definition counts as ended before indented text": "[r]: /u\n    code\n",
    "a definition counts as ended before an item that isn't the first": "[r]: /u\n2. x\n",
    "a blank line behind a list in an item doesn't make the item loose": "- a\n  - b\n\n  > c\n",
    "one tilde on each side is no mark": "~x~\n",
    "a table's escaped pipe stays escaped in code": "|a|\n|-|\n| `x\\|y` |\n",
    "a line of form feeds is blank": "a\n\x0c\nb\n",
    "a table may follow a line of text with a pipe, as on GitHub": "|1|\na | b\n--- | ---\n",
}
"""Where the two differ, and how docbot reads it. The first four take too much into a container."""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_examples_of_the_specification(line_end: str) -> None:
    parser = Parser()
    differing = {}
    for example in spec_examples():
        # An example that starts with `---` would be front matter; a blank line changes nothing else.
        text = ("\n" * example.markdown.startswith("---") + example.markdown).replace("\n", line_end)
        if found := differences(text, parser.parse(text)):
            differing[example.number] = found
    assert differing == {}


@pytest.mark.parametrize("text", KNOWN.values(), ids=KNOWN.keys())
def test_known_differences_still_differ(text: str) -> None:
    """One that agrees at last is to be taken off the list."""
    parsed = Parser().parse(text)
    assert differences(text, parsed)
    assert violations(text, parsed) == []


@pytest.mark.skipif(not CORPUS, reason="DOCBOT_CORPUS names no folder of clones")
def test_corpus() -> None:
    parser = Parser()
    wrong, differing = {}, {}
    for page, text in _pages(Path(CORPUS)):
        parsed = parser.parse(text)
        if found := violations(text, parsed):
            wrong[page] = found
        if constructs := differences(text, parsed):
            differing[page] = constructs
    assert wrong == {}
    assert differing == {}


def _pages(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every page below `folder` that docbot reads."""
    for page in sorted(folder.rglob("*.md")):
        with contextlib.suppress(UnreadablePageError):
            yield page, decode(page.name, page.read_bytes())[0]
