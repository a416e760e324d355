"""Title, commit message and body of a pull request, in the order in which its reviewer reads.

Text of the docs repository stands in code and nowhere else. docbot never writes a check box: some
repositories read each one as the author's word that something was done.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from docbot.forges.island import BEGIN, END, with_island
from docbot.forges.marker import Marker, Parts, marker_of, sealed
from docbot.plan import Page
from docbot.reporters.checks import Code, Sentence
from docbot.reporters.neutral import code, cut, fenced, plain, prose
from docbot.reporters.story import STOP, Card, Change, Copy, Disclosure, Story, counted, story
from docbot.reporters.template import BLANK, Form
from docbot.rules.interface import Rule
from docbot.types import Draft

__all__ = ["BEGIN", "END", "Disclosure", "Marker", "marker_of", "with_island", "write"]

LONGEST = 58_000
"""Code points of a body. GitHub takes 65,536; the rest is for what others add."""
_LONGEST_CHANGE = 12_000
_LINES_OF_DIFF = 40
_MOST_COPIES = 20
_LONGEST_LINE = 1_000
_WIDTH = 72
_LONGEST_WORD = 68
_LINES_OF_REASONS = 6
_COMMIT = re.compile(r"(?<!\S)([0-9a-f]{6})[0-9a-f]{1,34}(?=[:;,.]?(?:\s|$))")


def write(
    drafts: Sequence[Draft],
    rules: Mapping[str, Rule],
    pages: Mapping[str, Page],
    disclosure: Disclosure,
    form: Form = BLANK,
    earlier: Parts = (),
) -> tuple[str, str, str]:
    """Title, commit message and body for a proposal of `drafts`.

    `pages` has every page with a draft, `form` is the repository's template, and `earlier` what the open
    pull request's marker remembers of its numbers. Raises KeyError when `pages` lacks one, IndexError when
    a draft was made for another text, docbot.text.Conflict when two drafts meet.
    """
    ordered = sorted(drafts, key=lambda draft: draft.finding.key)
    texts = {path: page.text for path, page in pages.items()}
    told = story(ordered, rules, texts, disclosure, earlier)
    keys = (key for change in told.changes for key in change.keys)
    marker = Marker(
        version=disclosure.version,
        topic=ordered[0].finding.cause,
        base=disclosure.base,
        fingerprints=tuple(draft.finding.fingerprint for draft in ordered if draft.finding.fingerprint),
        content_keys=tuple(dict.fromkeys(keys)),
        parts=told.parts,
    )
    island = _island(told, marker, LONGEST - len(form))
    return told.title, _message(told, ordered, disclosure), form.around(island)


def _island(told: Story, marker: Marker, longest: int) -> str:
    """docbot's part, with as many changes as fit in `longest` code points."""
    top = "\n\n".join(_top(told))
    bottom = "\n\n".join(_bottom(told))
    bare = len(sealed(f"{BEGIN}\n{top}\n\n{bottom}\n", marker))
    shown, room = [], longest - bare - len(_left_out(len(told.changes))) - 4
    for change in told.changes:
        text = _change_text(change)
        if len(text) + 2 > room:
            break
        shown.append(text)
        room -= len(text) + 2
    left = len(told.changes) - len(shown)
    parts = [top, *shown, *([_left_out(left)] if left else []), bottom]
    return sealed(f"{BEGIN}\n" + "\n\n".join(parts) + "\n", marker)


def _left_out(count: int) -> str:
    return (
        f"**{counted(count, 'more change')} of this pull request found no room here**, because GitHub limits "
        "the length of a description. Files changed shows all of them; `docbot propose --dry-run` and "
        "`docbot draft` show each one's evidence."
    )


def _top(told: Story) -> Iterator[str]:
    yield "### What"
    yield _markdown(told.what)
    yield "### Why"
    yield _markdown(told.why)
    if told.cards:
        yield "\n".join(line for card in told.cards for line in _card(card))
    yield "### Changes"


def _bottom(told: Story) -> Iterator[str]:
    yield "### Not wanted?"
    yield STOP
    if told.drop:
        yield _markdown(told.drop)
    yield "### How this was made"
    yield "\n".join(f"- {_markdown(sentence)}" for sentence in told.made)


def _change_text(change: Change) -> str:
    """One hunk: where, which words, which lines, by what rule and proof, and how to check it."""
    text = _full(change, _diff(change.diff))
    if len(text) <= _LONGEST_CHANGE:
        return text
    short = replace(change, words=change.words[:3], copies=tuple(map(_bare, change.copies[:_MOST_COPIES])))
    return _full(short, "It is too long to be shown whole: see Files changed.")


def _full(change: Change, diff: str) -> str:
    first, *others = change.copies
    parts = [f"#### {change.number}. {_place(first)}"]
    if others:
        count = "1 more copy" if len(others) == 1 else f"{len(others)} more copies"
        like = " Its own proof is checked like that of the first." if any(c.cards for c in others) else ""
        parts += [f"The same change in {count} of the page.{like}", "\n".join(map(_copy, others))]
    parts.append("\n".join(f"**{_word(old)} → {_word(new)}**  " for old, new in change.words).rstrip())
    parts.append(diff)
    facts = [f"- {label}: {_markdown(said)}" for label, said in change.facts]
    parts.append("\n".join([*facts, *(line for card in first.cards for line in _card(card))]))
    return "\n\n".join(parts)


def _bare(copy: Copy) -> Copy:
    return replace(copy, cards=copy.cards[:1])


def _copy(copy: Copy) -> str:
    return "\n".join([f"- {_place(copy)}", *(f"  - {_proof(card)}" for card in copy.cards)])


def _place(copy: Copy) -> str:
    return f"{code(copy.path, 250)}, {copy.lines}"


def _word(text: str) -> str:
    return code(text, 200) if text else "nothing"


def _diff(lines: Sequence[str]) -> str:
    shown = [cut(line, _LONGEST_LINE) for line in lines[:_LINES_OF_DIFF]]
    left = len(lines) - len(shown)
    return fenced("\n".join(shown + ([f" … {counted(left, 'more line')}"] if left else [])), "diff")


def _card(card: Card) -> Iterator[str]:
    yield f"- {_proof(card)}"
    yield f"  - Check it in a minute: {_markdown(card.check)}"


def _proof(card: Card) -> str:
    return f"**{prose(card.lead)}**, {code(card.source)}: {code(card.detail)}"


def _markdown(sentence: Sentence) -> str:
    return "".join(code(part.text) if isinstance(part, Code) else prose(part) for part in sentence)


def _message(told: Story, drafts: Sequence[Draft], disclosure: Disclosure) -> str:
    """Title, the reasons on at most six lines, and the trailers."""
    models = dict.fromkeys(draft.author.name for draft in drafts if draft.author.prompt)
    tools = [f"docbot {disclosure.version}", *models]
    trailers = [f"Assisted-by: {plain(tool, 200)}" for tool in tools]
    return "\n".join([told.title, "", *_reasons(drafts), "", *trailers, ""])


def _reasons(drafts: Sequence[Draft]) -> list[str]:
    """What was wrong and what proves it, with as much detail as there is room for."""
    messages = list(dict.fromkeys(draft.finding.message for draft in drafts))
    more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
    evidence = list(dict.fromkeys(drafts[0].finding.evidence))
    short = [f"Evidence ({proof.kind}): {proof.source}" for proof in evidence]
    full = [f"{line}: {proof.detail}." for line, proof in zip(short, evidence, strict=True)]
    for proofs in (full, short):
        lines = [line for text in (f"{messages[0]}{more}.", *proofs) for line in _wrapped(text)]
        if len(lines) <= _LINES_OF_REASONS:
            return lines
    return lines[:_LINES_OF_REASONS]


def _wrapped(text: str) -> list[str]:
    """`text` harmless, on lines of at most 72. A longer word loses its middle: broken it might refer."""
    # Six digits still name a commit, and GitHub makes no link of them.
    words = [_middle_out(word) for word in _COMMIT.sub(r"\1", text).split()]
    harmless = [cut(word, _WIDTH) for word in plain(" ".join(words), 1_000).split(" ")]
    return textwrap.wrap(" ".join(harmless), _WIDTH, break_long_words=False, break_on_hyphens=False)


def _middle_out(word: str) -> str:
    kept = _LONGEST_WORD // 2
    return word if len(word) <= _LONGEST_WORD else f"{word[:kept]}…{word[-kept:]}"
