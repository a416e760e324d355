"""The forms that issues about docs are written in, taken off what their readers say themselves.

Known are both generations of Learn's feedback ("Document Details" below the text; fields under headings),
issue forms of other repositories, and labels in bold. Facts: issues of MicrosoftDocs and dotnet
repositories since 2018, and their `.github/ISSUE_TEMPLATE` files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from docbot.readers.values import Trouble


class Role(StrEnum):
    """What a field of a form is for."""

    TYPE = "type"
    WORDS = "words"
    WANTED = "wanted"
    """What should stand there instead."""
    FOUND = "found"
    """What stands there, and should not."""
    PAGE = "page"
    SOURCE = "source"
    NOISE = "noise"


class Form(msgspec.Struct, frozen=True):
    """An issue's body without its form."""

    words: str
    """The reader's own words, as Markdown."""
    trouble: Trouble | None = None
    pages: tuple[str, ...] = ()
    """What the fields for the page's address hold."""
    sources: tuple[str, ...] = ()
    """What the fields for the file's address hold."""
    found: str = ""
    wanted: str = ""
    automatic: bool = False
    """Whether the form filled in the page by itself."""


_TYPES = {
    "typo": Trouble.TYPO,
    "code doesn't work": Trouble.CODE,
    "missing information": Trouble.MISSING,
    "outdated article": Trouble.OUTDATED,
}
_LABELS = {
    Role.TYPE: "type of issue|issue type|feedback type|category",
    Role.WORDS: "feedback|description|summary|details|problem|documentation issue|what is the problem"
    "|description of the documentation error|describe the issue|describe the problem|describe the bug"
    "|detailed description of the issue|issue"
    "|issue description|issue details|additional context|context|what's wrong|what is wrong",
    Role.WANTED: "expected|suggested fix|suggested improvements|suggested change|suggestion|proposed change"
    "|proposed solution|proposed fix|should be|expected content|how should it read|correct text|correction",
    Role.FOUND: "current|current text|current content|actual|incorrect text|current wording|wrong text"
    "|it says",
    Role.PAGE: "page url|link to documentation page|links|link to article|link|url|page|article|articles"
    "|link to affected document|affected document|documentation link|documentation page|affected page"
    "|affected pages|affected url|affected urls"
    "|url to the article (docs or github url)|article url|doc url|docs url|link to the page|page link"
    "|affected file|file|related articles|location",
    Role.SOURCE: "content source url|content source",
    Role.NOISE: "author|article author|document id|document version independent id|platform id|metadata"
    "|prerequisites|powershell version|proposed content type|proposed title|related source pull requests"
    "|related source issues|version|environment|checklist|quality areas|article list|acknowledgement"
    "|issue affects the following content (check all that apply)"
    "|is the issue specific to a platform (y/n - win/macos/linux)",
}
_ROLES = {label: role for role, labels in _LABELS.items() for label in labels.split("|")}
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<label>[^\n]{1,120})")
_BOLD = re.compile(r"(?:[-*][ \t]+)?\*\*(?P<label>[^*\n]{1,80}?):?\*\*:?[ \t]*(?P<rest>[^\n]*)")
_BULLET = re.compile(r"(?:[-*][ \t]+)?(?P<label>[A-Za-z][^:\n*`\[\]]{1,70}):[ \t]*(?P<rest>[^\n]*)")
_DETAIL = re.compile(
    r"[*-][ \t]+\**(?:ID|Version Independent ID|Content|Content Source|Product|Service|Sub-service|Technology"
    r"|GitHub Login|Microsoft Alias|Platform ?Id)\**:",
    re.I,
)
_CONTENT = re.compile(
    r"[*-][ \t]+(?:(?P<kind>Content(?: Source)?):[ \t]*\[[^\n]{0,300}?\]"
    r"|\[(?P<old>Content(?: Source)?)\])\((?P<url>[^\s()]{1,1000}(?:\([^\s()]{0,200}\)[^\s()]{0,500})?)\)",
    re.I,
)
_RELATED = re.compile(r"\[Related Issues\]\(", re.I)
_WARNING = "⚠"
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*")
_TASK = re.compile(r"[ \t]*[-*][ \t]+\[[ xX]?\][ \t]")
_EMPTY = re.compile(
    r"_no response_|\[enter feedback here\]|select an option|\[[^\[\]\n]{0,60}feedback[^\[\]\n]{0,60}\]"
    r"|n/?a|none|-+|\.+",
    re.I,
)
"""What a form holds where nobody wrote anything."""
_FRONT_MATTER = re.compile(r"\A\s{0,20}---\n(?:[\w-]{1,40}:[^\n]{0,200}\n){1,12}---(?:\n|\Z)")
_TEMPLATE = 25
"""Code points from which a line that a template has is the template's."""
_SPACE = re.compile(r"\s+")


def form_of(body: str, templates: str = "") -> Form:
    """`body` (Markdown) taken apart. `templates` is what the repository's issue templates say, as `folded`
    makes it: what a reader left standing of that is nobody's word."""
    text = without_comments(body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
    text = _FRONT_MATTER.sub("", text)
    lines = _without_details(text.split("\n"))
    pages, sources = list[str](), list[str]()
    for kind, url in _contents(text):
        (sources if kind.lower().endswith("source") else pages).append(url)
    fields = list(_fields(lines))
    values = [(role, _value(value, templates)) for role, value in fields]
    pages += [value for role, value in values if role is Role.PAGE and value]
    sources += [value for role, value in values if role is Role.SOURCE and value]
    trouble = next((_trouble(value) for role, value in values if role is Role.TYPE), None)
    return Form(
        words="\n\n".join(value for role, value in values if role is Role.WORDS and value),
        trouble=trouble,
        pages=tuple(dict.fromkeys(pages)),
        sources=tuple(dict.fromkeys(sources)),
        found=next((value for role, value in values if role is Role.FOUND and value), ""),
        wanted=next((value for role, value in values if role is Role.WANTED and value), ""),
        automatic=bool(sources),
    )


def folded(line: str) -> str:
    """Text as two of them are compared: lower case, one space between words."""
    return _SPACE.sub(" ", line).strip(" >#*_-").lower()


def without_comments(text: str) -> str:
    """`text` without HTML comments; one that nobody closed goes to the end, as GitHub shows it."""
    parts, at = list[str](), 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start + 4)
        at = len(text) if end < 0 else end + 3
    return "".join([*parts, text[at:]])


def _contents(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        match = _CONTENT.match(line.strip())
        if match:
            yield match["kind"] or match["old"], match["url"]


def _without_details(lines: list[str]) -> list[str]:
    """The lines without what Learn's first form adds below the reader's words."""
    if not any(_CONTENT.match(line.strip()) or line.strip().startswith(_WARNING) for line in lines):
        return [line for line in lines if not _RELATED.match(line.strip())]
    kept: list[str] = []
    for line in lines:
        bare = line.strip()
        if bare.startswith(_WARNING) and len(bare) < 400:
            while kept and (not kept[-1].strip() or _HEADING.match(kept[-1]) or _RULE.fullmatch(kept[-1])):
                kept.pop()
        elif not (_DETAIL.match(bare) or _CONTENT.match(bare) or _RELATED.match(bare)):
            kept.append(line)
    return kept


def _fields(lines: Iterable[str]) -> Iterator[tuple[Role, str]]:
    """The fields in order. What stands before the first, or below a heading of the reader's, is words."""
    role, found, fence = Role.WORDS, list[str](), ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1][:3]
        labelled = None if fence or mark else _label(line)
        if labelled is None:
            found.append(line)
            continue
        yield role, "\n".join(found)
        role, rest = labelled
        found = [rest]
        # A label with something behind it speaks of its own line alone.
        if rest and not line.lstrip().startswith("#"):
            yield role, rest
            role, found = Role.WORDS, []
    yield role, "\n".join(found)


def _label(line: str) -> tuple[Role, str] | None:
    """The role that a label on this line begins, and what stands behind the label."""
    bare = line.strip()
    match = _HEADING.fullmatch(bare)
    if match:
        label = match["label"].strip("# ")
        return _ROLES.get(_named(label), Role.WORDS), ""
    match = _BOLD.fullmatch(bare) or _BULLET.fullmatch(bare)
    role = _ROLES.get(_named(match["label"])) if match else None
    return (role, match["rest"]) if match and role else None


def _named(label: str) -> str:
    plain = _SPACE.sub(" ", label.replace("’", "'")).strip(" *_:?!").lower()
    return "".join(c for c in plain if c.isascii()).strip()


def _value(value: str, templates: str) -> str:
    """What somebody wrote into a field."""
    kept = [line for line in value.split("\n") if not _is_form(line, templates)]
    return "\n".join(kept).strip()


def _is_form(line: str, templates: str) -> bool:
    bare = line.strip()
    if _EMPTY.fullmatch(bare) or _TASK.match(line) or _RULE.fullmatch(line):
        return True
    if bare.startswith("**🛑"):
        return True
    plain = folded(bare)
    return len(plain) >= _TEMPLATE and plain in templates


def _trouble(value: str) -> Trouble | None:
    said = value.strip().lower().replace("’", "'")
    if said.startswith("other"):
        return Trouble.OTHER
    return _TYPES.get(said.split("\n")[0].strip())
