"""Reviews that reporters are tested with: real hunks, judged by the real judge, of findings made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

import msgspec

from docbot.markdown import Document
from docbot.repository.patches import Hunk as Lines
from docbot.repository.patches import PageChange
from docbot.review.hunks import hunks_of
from docbot.review.judging import Grounds, judged
from docbot.review.sides import Side
from docbot.review.values import Hunk, Review
from docbot.rules import builtin
from docbot.types import Finding, Notice, Severity, Verdict, fingerprint
from tests.reporters.samples import finding, span_of

BASE = "0123456789abcdef0123456789abcdef01234567"
Texts = Mapping[str, str]


def bad(path: str, texts: Texts, part: str, nth: int = 0, **changed: object) -> Finding:
    """A finding at the `nth` occurrence of `part`; `changed` fields win."""
    found = finding(path, span_of(texts[path], part, nth), dict(texts), fix=None)
    found = msgspec.structs.replace(found, **changed)
    return msgspec.structs.replace(found, fingerprint=fingerprint(found.rule, path, found.excerpt, nth))


def review_of(
    before: Texts,
    after: Texts,
    gone: Sequence[Finding] = (),
    new: Sequence[Finding] = (),
    *,
    renamed: Mapping[str, str] | None = None,
    notices: tuple[Notice, ...] = (),
    proof: Callable[[Hunk], tuple[Verdict, ...]] = lambda hunk: (),
    forgotten: tuple[str, ...] = (),
) -> Review:
    """The review of a change from `before` to `after` where `gone` was found before and `new` after it."""
    hunks = tuple(hunks_of(_changes(before, after, renamed or {}), before, after))
    grounds = Grounds(proof, lambda hunk, fixed: bool(fixed), lambda hunk: forgotten, lambda path: False)
    then, now = _side(before, gone), _side(after, new)
    done, elsewhere = judged(hunks, then, now, grounds)
    return Review(
        hunks=done,
        base=BASE,
        elsewhere=elsewhere,
        notices=notices,
        before=before,
        after=after,
        rules=tuple(builtin()),
    )


def _side(texts: Texts, findings: Sequence[Finding]) -> Side:
    return Side(tuple(findings), (), {path: Document(path, text).outline for path, text in texts.items()})


def _changes(before: Texts, after: Texts, renamed: Mapping[str, str]) -> list[PageChange]:
    pairs: list[tuple[str | None, str | None]] = [(old, renamed.get(old, old)) for old in before]
    pairs += [(None, new) for new in after if new not in {new for _, new in pairs}]
    return [
        PageChange(old, new, "", _hunks(before[old], after[new]) if old and new else ())
        for old, new in ((old, new if new in after else None) for old, new in pairs)
        if old != new or before[old or ""] != after[new or ""]
    ]


def _hunks(before: str, after: str) -> tuple[Lines, ...]:
    """As git counts them: without lines on a side, the line in front of them."""
    old, new = _lines(before), _lines(after)
    return tuple(
        Lines(
            a0 + 1 if a1 > a0 else a0,
            b0 + 1 if b1 > b0 else b0,
            tuple(line.encode("utf-8", "surrogatepass") for line in old[a0:a1]),
            tuple(line.encode("utf-8", "surrogatepass") for line in new[b0:b1]),
        )
        for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    )


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


GUIDE = "# Guide\n\nYou must wait.\n\n## Install\n\nSee [it](old.md) and run it.\n\n## End\n\nGo on.\n"
LATER = GUIDE.replace("must", "should").replace("run it", "run run it").replace("Go on.", "Go [on](new.md).")


def three() -> Review:
    """A hunk of each judgement, a removed page that breaks a link elsewhere, and a note."""
    before = {"docs/a.md": GUIDE, "docs/gone.md": "# Gone\n", "docs/links.md": "[x](gone.md)\n"}
    after = {"docs/a.md": LATER, "docs/links.md": "[x](gone.md)\n"}
    doubled = bad("docs/a.md", after, "run run", rule="doubled-word", message="“run” stands twice")
    broken = bad(
        "docs/links.md",
        after,
        "gone.md",
        rule="file-not-found",
        message="There is no docs/gone.md",
        severity=Severity.WARNING,
        cause="file-not-found docs/gone.md",
    )
    mended = bad("docs/a.md", before, "Go on.", rule="moved-link", message="This leads nowhere")

    def proof(hunk: Hunk) -> tuple[Verdict, ...]:
        modal = "must" in hunk.before.of(before[hunk.old_path])
        reason = "“must” became “should”" if modal else "the modals are the same"
        return (Verdict("same-modals", not modal, reason),)

    return review_of(
        before,
        after,
        [mended],
        [doubled, broken],
        notices=(Notice("", "no history: fetch more of it"),),
        proof=proof,
    )
