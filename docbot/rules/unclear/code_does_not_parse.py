"""The rule `code-does-not-parse`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.rules.unclear.syntax_checks import CHECKS, LARGEST, SyntaxFault
from docbot.text import Span
from docbot.types import Finding, Severity

_INFO = re.compile(r"[ \t]*\{?[.]?([A-Za-z]+)(?![\w+-])")
_LEFT_OUT = re.compile(
    r"\.\.\.|…|\{\{|\}\}|\{%|<%|\$\{|\$\(|%\w+%|#\{|@@|(?<![\w.])\.\.(?![\w./])|\betc\."
    r"|\[!code|highlight-(?:next|start)|\[(?:your|my)\b|--8<--|\{!|^\s*(?:[-+][ \t]|snip\b|<!--)"
    r"|\bYOUR[_-]",
    re.I | re.M,
)
"""Signs that code is not all there, is a template, a diff, or is given to a tool of the site."""
_PLACEHOLDER = re.compile(r"<[A-Za-z][\w -]{0,60}>")
_DIFF = re.compile(r"^[+-](?![-+\d \"'\w])", re.M)
_MEANT = re.compile(
    r"\b(?:invalid|incorrect|wrong|errors?|fails?|failed|broken|bad|malformed|not valid|isn't valid|illegal"
    r"|syntax|won't|doesn't work|don't|do not|avoid|before|partial|fragment|excerpt|snippet|pseudo"
    r"|template|schema)\b",
    re.I,
)
_TITLED = re.compile(r"^\w+ [a-z]\w*(?: \w+)*:", re.M)
"""A list of properties with titles of several words: shown in YAML's colours, and read by no program."""
_LINES_BEFORE = 300


class CodeDoesNotParse(Rule):
    """
    ## What it finds
    A fenced block of JSON, YAML, TOML, XML or Python that its language can't parse.

    ## Why it matters
    The reader who copies it gets an error.

    ## Evidence
    What the language's own parser says, and the line it says it of. Code with `...`, placeholders, templates
    or diff marks, fragments, sessions, and code that the text calls wrong are passed over; JSON may have
    comments and trailing commas. XML is shown by default; the rest, of which fewer findings are right, with
    `--all`.

    ## Fix
    None: what was meant is the author's to say.
    """

    name = "code-does-not-parse"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Correct the code in {name}"
    precision = "20 of 21 places in XML right on four docs repositories, read by hand in November 2026"
    examples = (
        Good('```json\n{"a": 1} // a comment\n```\n'),
        Good('```json\n{"a": 1, ...}\n```\n'),
        Good('```json\n"a": 1\n```\n'),
        Good("```yaml\nname: <name>\nport: {{ port }}\n```\n"),
        Good("```python\n>>> print(1)\n1\n```\n"),
        Good("```python\n@app.get('/')\n```\n"),
        Good("```xml\n<a/>\n<b/>\n```\n"),
        Good("This isn't valid:\n\n```json\n{a: 1}\n```\n"),
        Bad('```json\n{"a": 1 "b": 2}\n```\n'),
        Bad("```yaml\na: [1, 2\nb: 3\n```\n"),
        Bad("```toml\na = \n```\n"),
        Bad("```xml\n<a><b></a>\n```\n"),
        Bad("```python\nprint('a'\nx = 1\n```\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for block in _fences(document.blocks):
            word = _INFO.match(block.info)
            language = CHECKS.get(word[1].lower()) if word else None
            if language is None or block.content is None or len(block.content) > LARGEST:
                continue
            lines = _lines(document.text, block.content)
            code = textwrap.dedent("".join(line.of(document.text) for line in lines))
            if self._is_partial(code, language[0]) or self._is_meant(document, block):
                continue
            fault = language[1](code)
            if fault is not None:
                yield self._finding(document, lines, language[0], fault)

    def _is_partial(self, code: str, language: str) -> bool:
        placeholder = language != "XML" and _PLACEHOLDER.search(code)
        if language == "YAML" and _TITLED.search(code):
            return True
        diff = language != "YAML" and _DIFF.search(code)
        signs = _LEFT_OUT.search(code) if language != "YAML" else _LEFT_OUT.search(_without_dashes(code))
        return not code.strip() or bool(placeholder or diff or signs)

    def _is_meant(self, document: Document, block: Block) -> bool:
        start = block.span.start if block.span else 0
        before = document.text[max(0, start - _LINES_BEFORE) : start].rstrip()
        return bool(_MEANT.search(before[before.rfind("\n\n") + 1 :])) or bool(
            block.content
            and re.search(r"\b(?:invalid|error|wrong|bad)\b", block.content.of(document.text), re.I)
        )

    def _finding(self, document: Document, lines: list[Span], language: str, fault: SyntaxFault) -> Finding:
        line = lines[min(max(fault.line, 1), len(lines)) - 1]
        shown = line.of(document.text)
        start = line.start + len(shown) - len(shown.lstrip())
        span = Span(start, max(start, line.start + len(shown.rstrip())))
        return self.finding(
            document,
            span,
            f"This {language} doesn't parse: {fault.said}",
            confidence=fault.confidence,
            evidence=(self.language_evidence(f"the {language} parser says of this line: {fault.said}"),),
            cause=f"{self.name} {document.name}",
        )


def _fences(blocks: Iterable[Block]) -> Iterator[Block]:
    """The fenced blocks, but for those in quotes, whose lines have marks before them."""
    for block in blocks:
        if block.kind == "code" and block.info:
            yield block
        elif block.kind != "quote":
            yield from _fences(block.children)


def _lines(text: str, content: Span) -> list[Span]:
    """The lines of the code as they stand on the page, each with its end."""
    start = text.rfind("\n", 0, content.start) + 1
    found = []
    while start < content.end:
        end = text.find("\n", start, content.end)
        end = content.end if end < 0 else end + 1
        found.append(Span(start, end))
        start = end
    return found


def _without_dashes(code: str) -> str:
    return re.sub(r"^(\s*)[-+](?=\s)", r"\1 ", code, flags=re.M)
