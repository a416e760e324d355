"""The only door to harper, a grammar checker in native code, which loads in about a second.

Nothing here loads it before a sentence is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from docbot.grammar.allowed import ALLOWED, KINDS, Allowed
from docbot.grammar.values import Slip
from docbot.markdown.english import is_english
from docbot.markdown.prose import HOLE
from docbot.types import digest

if TYPE_CHECKING:
    from harper import Lint, Linter

_PANIC = "PanicException"


@lru_cache(maxsize=1)
def identity() -> str:
    """Digest of what a verdict hangs on: the checker's version and what is taken from it."""
    return digest(version("harper-py"), "1", *(f"{kind.rule} {kind.shape.pattern}" for kind in ALLOWED))


def may_slip(sentence: str) -> bool:
    """Whether `sentence` is English and has the words of some slip, so that checking it can find one."""
    return any(kind.shape.search(sentence) for kind in ALLOWED) and is_english(sentence)


def slips_of(sentence: str) -> tuple[Slip, ...]:
    """The slips in `sentence`, in their order; none where the checker fails on it."""
    found = sorted(_allowed(sentence), key=lambda slip: (slip.start, slip.end))
    apart: list[Slip] = []
    for slip in found:
        if not apart or slip.start >= apart[-1].end:
            apart.append(slip)
    return tuple(apart)


def _allowed(sentence: str) -> Iterator[Slip]:
    for rule, lints in _lints(sentence).items():
        for lint in lints:
            start, end = lint.span.start, lint.span.end
            if _is_shaped(KINDS[rule], sentence, start, end) and not _is_beside_a_hole(sentence, start, end):
                yield Slip(rule, start, end, _replacement(lint))


def _is_shaped(kind: Allowed, sentence: str, start: int, end: int) -> bool:
    spans = (match.span(match.lastgroup or 0) for match in kind.shape.finditer(sentence))
    return any(first == start and end <= last for first, last in spans)


def _is_beside_a_hole(sentence: str, start: int, end: int) -> bool:
    """Whether code or a URL is next to the lint: what stands there the checker can't know."""
    return HOLE in sentence[max(0, start - 2) : end + 2]


def _replacement(lint: Lint) -> str | None:
    from harper import SuggestionKind

    if not lint.suggestions:
        return None
    first = lint.suggestions[0]
    if first.kind is SuggestionKind.REMOVE:
        return ""
    added = lint.problem_text if first.kind is SuggestionKind.INSERT_AFTER else ""
    return added + first.replacement_text


def _lints(sentence: str) -> dict[str, Sequence[Lint]]:
    """Every lint of an allowed kind by the checker's name of it."""
    try:
        found = _linter().organized_lints(sentence, language="plaintext", dedup=False)
    except BaseException as error:
        # What native code raises when it fails is no Exception, and is defined nowhere to be imported.
        if type(error).__name__ == _PANIC:
            _linter.cache_clear()
            return {}
        raise
    return {rule: lints for rule, lints in found.items() if rule in KINDS}


@lru_cache(maxsize=1)
def _linter() -> Linter:
    from harper import Linter, get_default_lint_config

    linter = Linter()
    linter.set_lint_config({rule: rule in KINDS for rule in get_default_lint_config()})
    return linter
