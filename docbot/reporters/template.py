"""A repository's template for pull requests, with docbot's part set where a writer puts the description.

What the template shows stays as its maintainers wrote it, byte for byte: what it asks for, its placeholders,
its check boxes (each is a person's word that something was done, so docbot ticks none), its mentions and
references. That is what everybody gets who opens a pull request on the web. A comment in it is no such
thing: "Fixes #1234" is an example there until the body becomes the message of a squashed commit, which knows
no comments and closes the issue. So references in comments are broken, which nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from docbot.forges.island import BEGIN, END, island_of
from docbot.markdown import Document
from docbot.markdown.nodes import Block, Inline
from docbot.markdown.slugs import plain_text
from docbot.reporters.neutral import unreferenced

LONGEST_TEMPLATE = 12_000
"""Code points. A longer one would leave too little room for the changes, and for others' additions."""

_PLACES = (".github/", "", "docs/")
"""Where GitHub looks, in this order."""
_FILE = re.compile(r"(?P<place>\.github/|docs/|)pull_request_template(?:\.md|\.txt)?", re.I)
_FOLDER = re.compile(r"(?P<folder>(?:\.github/|docs/|)pull_request_template)/[^/]+\.(?:md|txt)", re.I)
_OWN_MARK = re.compile(r"docbot:(?:begin|end|marker)", re.I)
_COMMENT = re.compile(r"(?<=<!--).*?(?=-->)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_OWN_LEVEL = 3
"""The level of the headings in docbot's part."""
_BOLD_LEVEL = 7
_SAMPLE = f"{BEGIN}\n### What\n\nWords.\n\n{END}"

_ASKS = frozenset(
    "summary summarize summarise description describe overview what changes changed change".split()
)
_BESIDES = frozenset(
    "pr pull request patch commit this these the a an your you we it s of to in is are was were has have "
    "been do does did and or why how need needed implement fix fixes introduce about for brief briefly "
    "short detailed general please made proposed explain".split()
)


class Form(msgspec.Struct, frozen=True):
    """A template, cut where docbot's part belongs."""

    before: str = ""
    after: str = ""

    def around(self, island: str) -> str:
        """The body of a pull request: the template with `island` in it."""
        return f"{self.before}{island}{self.after}"

    def __len__(self) -> int:
        """Code points it takes besides docbot's part."""
        return len(self.before) + len(self.after)


BLANK = Form()
"""For a repository without a template."""


class LeftOut(msgspec.Struct, frozen=True):
    """Why a body does without the repository's template, in a sentence for the user."""

    reason: str


def template_of(files: Iterable[str]) -> str | LeftOut | None:
    """The template's path by GitHub's own choice; None where `files` (POSIX paths) have none.

    GitHub takes the one in `.github`, else at the root, else in `docs`. Of templates in a folder it takes
    none unless a person names one in the address.
    """
    paths = sorted(files)
    named = [(found["place"].lower(), path) for path in paths if (found := _FILE.fullmatch(path))]
    if named:
        return min(named, key=lambda one: _PLACES.index(one[0]))[1]
    folder = next((found["folder"] for path in paths if (found := _FOLDER.fullmatch(path))), None)
    if folder is None:
        return None
    return LeftOut(
        f"the templates are in {folder}/, and GitHub takes none of them by itself: "
        "add the one that fits to the description"
    )


def form_of(template: str) -> Form | LeftOut:
    """Where docbot's part goes in `template`, which is text without a byte order mark.

    At the end of the section that asks for a description, else above all but front matter. A place in a
    comment, in code or in HTML that never ends is none. The parts added are line ends alone.
    """
    if _OWN_MARK.search(template):
        return LeftOut("the template holds marks that docbot knows its own part by: take them out of it")
    if len(template) > LONGEST_TEMPLATE:
        return LeftOut(
            f"the template has {len(template):,} characters, and up to {LONGEST_TEMPLATE:,} leave room for "
            "the changes: fill it in yourself"
        )
    if not template.strip():
        return BLANK
    document = Document("", _COMMENT.sub(lambda found: unreferenced(found.group()), template))
    forms = (_cut(document, at) for at in _places(document))
    return next((form for form in forms if _holds(form, document.text)), _cut(document, 0))


def _places(document: Document) -> Iterator[int]:
    """Where docbot's part may go, best first."""
    titles = list(_titles(document.blocks))
    for i, (_, level, text) in enumerate(titles):
        if _asks_for_description(text):
            # What would become a part of docbot's own headings stays with its heading.
            ends = (start for start, other, _ in titles[i + 1 :] if other <= max(level, _OWN_LEVEL))
            yield _line_start(document.text, next(ends, len(document.text)))
            break
    if document.front_matter:
        yield document.front_matter.span.end


def _titles(blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """Start, level and text of each heading, and of each line in bold that does for one."""
    for block in blocks:
        if block.span is None:
            continue
        if block.kind == "heading":
            yield block.span.start, block.level, plain_text(block.inlines)
        elif block.kind == "paragraph" and (bold := _bold_line(block.inlines)):
            yield block.span.start, _BOLD_LEVEL, bold


def _bold_line(inlines: Sequence[Inline]) -> str:
    """The first line's text when all of it is bold, punctuation aside."""
    breaks = (i for i, node in enumerate(inlines) if node.kind in ("soft_break", "hard_break"))
    first, *rest = inlines[: next(breaks, len(inlines))] or (None,)
    if first is None or first.kind != "strong" or _WORD.search(plain_text(rest)):
        return ""
    return plain_text((first,))


def _asks_for_description(title: str) -> bool:
    """`PR Summary`, `Describe your changes`, `What does this PR do?`; not `What type of change is this?`."""
    words = [word.lower() for word in _WORD.findall(title)]
    asks = not _ASKS.isdisjoint(words) and _ASKS.union(_BESIDES).issuperset(words)
    return asks and words[0] not in ("why", "how")


def _line_start(text: str, offset: int) -> int:
    return offset if offset == len(text) else text.rfind("\n", 0, offset) + 1


def _cut(document: Document, at: int) -> Form:
    """The template cut at `at`, with a blank line on either side where there is a side."""
    before, after = document.text[:at], document.text[at:]
    end = "\r\n" if document.eol == "\r\n" else "\n"
    above = before[-4:].replace("\r\n", "\n")
    below = after[:4].replace("\r\n", "\n")
    missing = len(above.rstrip("\n")) + 2 - len(above) if before else 0
    lacking = len(below.lstrip("\n")) + 2 - len(below) if after else 0
    return Form(before + end * missing, end * lacking + after)


def _holds(form: Form, template: str) -> bool:
    """Whether docbot's part would be found again, and be shown as Markdown beside the template's own.

    Looked at with a line before it: GitHub knows no front matter in a body.
    """
    body = form.around(_SAMPLE)
    found = island_of(body)
    if found is None or found.of(body) != _SAMPLE:
        return False
    whole, sample = _blocks(template), _blocks(_SAMPLE)
    first = len(_blocks(form.before))
    return _blocks(body) == whole[:first] + sample + whole[first:]


def _blocks(text: str) -> list[tuple[str, str]]:
    document = Document("", f"\n{text}")
    return [(block.kind, block.span.of(document.text) if block.span else "") for block in document.blocks]
