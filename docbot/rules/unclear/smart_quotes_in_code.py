"""The rule `smart-quotes-in-code`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.rules.unclear.typed_code import Shell, Sign, signs
from docbot.types import Applicability, Finding, Fix, Question, Severity

_MAY_HAVE = re.compile("[‘’“”–—]")
_SURE, _DOUBTFUL = 0.9, 0.6


class SmartQuotesInCode(Rule):
    """
    ## What it finds
    Typographic quotation marks around a string in code, and a typographic dash before an option, which a word
    processor put in the place of `'`, `"` and `-`.

    ## Why it matters
    The reader copies the command, and the program doesn't know the option, or takes the marks for text.

    ## Evidence
    Compilers, JSON readers and shells know the signs of the keyboard alone. PowerShell takes typographic ones
    for their twins, so that what it alone reads is shown with `--all`. Comments, strings, output and plain
    text are passed over, and so are pages that are about such signs.

    ## Fix
    Unsafe: the sign of the keyboard. Whether an option had one dash or two is told by the same option
    elsewhere on the page, by the options beside it or by its length; else it is asked.
    """

    name = "smart-quotes-in-code"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Write code in {name} with the signs of the keyboard"
    precision = (
        "9 of 9 places right on four Learn repositories (none on twelve other docs), read by hand in "
        "November 2026"
    )
    examples = (
        Good("Run `x --all` – or `y`. They “quote” it. A range `a–z`, and `a – b`."),
        Good("The marks `“` and `”` are curly, as in `x(“a”)`."),
        Good('```bash\necho "the “best” of it" # or ‘worst’ –all\n```\n'),
        Good("```output\nls: cannot open ‘x’ –all\n```\n"),
        Good("```c\n/* it is\n called ‘x’ */ x;\n```\n"),
        Good("```text\nsay “x” –all\n```\n"),
        Good("```bash\nrm: cannot remove ‘a’: no such file\n```\n"),
        Bad("Run `tar –x --all`.", fixed="Run `tar -x --all`."),
        Bad("Run `x -–all`.", fixed="Run `x --all`."),
        Bad("Run `x –all`."),
        Bad("Run `x --by 1 –all`.", fixed="Run `x --by 1 --all`."),
        Bad("Run `x –all`, as in `y --all`.", fixed="Run `x --all`, as in `y --all`."),
        Bad("Set `f(name=“a”)` here.", fixed='Set `f(name="a")` here.'),
        Bad("```bash\necho ‘a b’\n```\n", fixed="```bash\necho 'a b'\n```\n"),
        Bad('```json\n{“a”: "b"}\n```\n', fixed='```json\n{"a": "b"}\n```\n'),
        Bad(
            "- ```powershell\n  Get-Item –Path x\n  ```\n",
            fixed="- ```powershell\n  Get-Item -Path x\n  ```\n",
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if _MAY_HAVE.search(document.text):
            yield from (self._finding(document, sign) for sign in signs(document))

    def _finding(self, document: Document, sign: Sign) -> Finding:
        shown = sign.span.of(document.text)
        what = "dash" if sign.choices or sign.is_option else "quotation marks"
        harmless = sign.shell is Shell.POWERSHELL
        reads = "PowerShell takes it for its twin, and no other program does" if harmless else _reads(sign)
        question = Question(f"Which option is meant by {shown}?", sign.choices) if sign.choices else None
        return self.finding(
            document,
            sign.span,
            f"{shown} has a typographic {what}" if what == "dash" else f"{shown} has typographic {what}",
            confidence=_DOUBTFUL if harmless else _SURE,
            evidence=(self.language_evidence(reads),),
            cause=f"{self.name} {document.name}",
            fix=None if question else Fix("Use the sign of the keyboard", sign.edits, Applicability.UNSAFE),
            question=question,
        )


def _reads(sign: Sign) -> str:
    if sign.is_option:
        return "an option begins with the dash of the keyboard, and a program takes anything else for a name"
    return "a string begins and ends with the marks of the keyboard, and these are taken for text or an error"
