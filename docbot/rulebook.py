"""A rule's page: its docstring, and its examples as they are tested."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from docbot.rules.interface import Bad, Given, Good, Rule


def summary_of(rule: Rule) -> str:
    """The first sentence of what the rule finds."""
    body = rule.page().split("## What it finds", 1)[-1].split("##", 1)[0]
    text = " ".join(body.split())
    end = text.find(". ")
    return (text if end < 0 else text[:end]).rstrip(".") + "."


def page_of(rule: Rule, level: int = 1) -> str:
    """The rule's page as Markdown; `level` is that of its heading."""
    marks = "#" * level
    facts = f"{rule.kind.value}, severity {rule.severity.value}"
    measured = f"\n\nMeasured: {rule.precision}." if rule.precision else ""
    body = re.sub(r"^#(?=#+ )", marks, rule.page(), flags=re.M)
    examples = "\n\n".join(_examples(rule.examples))
    return f"{marks} {rule.name}\n\n*{facts}*\n\n{body}{measured}\n\n{marks}# Examples\n\n{examples}\n"


def _examples(examples: Iterable[Good | Bad]) -> Iterator[str]:
    for example in examples:
        around = _around(example.given)
        if isinstance(example, Good):
            yield f"Silent{around}:\n\n{_fenced(example.text, 'markdown')}"
        elif example.fixed is None:
            yield f"Reported without a fix{around}:\n\n{_fenced(example.text, 'markdown')}"
        else:
            yield f"Reported and fixed{around}:\n\n{_fenced(_diff(example.text, example.fixed), 'diff')}"


def _around(given: Given) -> str:
    said = []
    if given.files:
        said.append("there is " + ", ".join(f"`{path}`" for path in given.files))
    said += [f"`{old}` was renamed to `{new}`" for old, new in given.renames.items()]
    said += [f"`{source}` is redirected to `{url}`" for source, url in given.redirections.items()]
    said += [f"the heading `{old}` was renamed to `{new}`" for old, new in given.headings.items()]
    said += [f"`{url}` answers {answers}" for url, answers in given.web.items()]
    said += [f"the copy `{path}` was corrected" for path in given.corrected]
    said += [f"people change {_quoted(old)} to {_quoted(new)}" for old, new in given.precedents.items()]
    said += [f"people used to change {_quoted(old)} to {_quoted(new)}" for old, new in given.paused.items()]
    said += [f"`{path}` was deleted" for path in given.deletions]
    said += [f"the code has no `{old}` any more" for old in given.gone_names]
    said += [f"“{word}” is a misspelling of “{right}”" for word, right in given.misspelled.items()]
    said += [f"{count:,} other sentences have “{word}”" for word, count in given.words.items()]
    if not given.learn:
        said.append("the repository isn't published on Learn")
    return f", where {' and '.join(said)}" if said else ""


def _quoted(words: str) -> str:
    return f"`` {words} ``" if "`" in words else f"`{words}`"


def _diff(before: str, after: str) -> str:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return "\n".join(line for line in lines if not line.startswith("?"))


def _fenced(text: str, info: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(4, longest + 1)
    return f"{fence}{info}\n{text.rstrip()}\n{fence}"
