"""What to ask the maintainers where a change is too large to be proposed unasked. Shown, and never sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docbot.reporters import questions as asking
from docbot.reporters.neutral import code, plain
from docbot.reporters.story import counted, title_of
from docbot.rules.interface import Rule
from docbot.types import Draft, Finding

_MOST_PLACES = 25
_MOST_PROOFS = 4


def issue_draft(
    drafts: Sequence[Draft], rules: Mapping[str, Rule], questions: Sequence[Finding] = ()
) -> tuple[str, str]:
    """Title and body of an issue that asks whether a pull request of `drafts` (one at least) is welcome.

    Of `questions` those are asked along that are about the same pages, or come from the same rule.

    Text of the docs repository stands in code and nowhere else, as in the body of a pull request.
    """
    title = plain(f"Would you like a pull request: {title_of(drafts, rules)}?", 120)
    return title, "\n\n".join(_parts(drafts, asking.akin(questions, drafts)))


def _parts(drafts: Sequence[Draft], questions: Sequence[Finding]) -> Iterator[str]:
    pages = dict.fromkeys(draft.finding.path for draft in drafts)
    first = drafts[0].finding
    yield (
        f"I could mend {counted(len(drafts), 'place')} on {counted(len(pages), 'page')}, and ask first since "
        f"that is a lot to review: {code(first.message)}."
    )
    proofs = dict.fromkeys(proof for draft in drafts for proof in draft.finding.evidence)
    yield "What proves it:"
    yield "\n".join(f"- {code(proof.source)}: {code(proof.detail)}" for proof in list(proofs)[:_MOST_PROOFS])
    yield "Where:"
    shown = [f"- {code(path, 250)}" for path in list(pages)[:_MOST_PLACES]]
    left = len(pages) - len(shown)
    yield "\n".join([*shown, *([f"- and {counted(left, 'more page')}"] if left else [])])
    yield "One example:"
    yield "\n".join(_example(drafts[0]))
    if questions:
        yield "What only you can answer:"
        yield "\n".join(asking.items(questions))
    yield "Shall I open a pull request with all of it, one for each folder, or none?"


def _example(draft: Draft) -> Iterator[str]:
    for edit in draft.fix.edits:
        now = code(edit.replacement) if edit.replacement else "nothing"
        yield f"- {code(draft.finding.excerpt)} becomes {now}"
