"""What GitHub does because of a text: whom it tells, what it links back, closes and counts as a task.

Markdown goes through GitHub's own parser (cmark-gfm); titles and commit messages are read as they stand.
Nothing is looked up: whoever and whatever is named is taken to exist. Knows nothing of docbot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from cmarkgfm.cmark import Options, markdown_to_html_with_extensions

MENTION, BACKLINK, CLOSE, TASK = "mention", "backlink", "close", "task"
GITHUB = ("github.com", "www.github.com")
"""The hosts of GitHub itself. `redirect.github.com` is there to link without a trace."""

_EXTENSIONS = ("table", "strikethrough", "autolink", "tasklist", "tagfilter")
_AS_GITHUB = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_GITHUB_PRE_LANG
_RAW = Options.CMARK_OPT_UNSAFE
_OPAQUE = "\ufffc"
"""Stands where something was that isn't read: code, or a link elsewhere."""

_INLINE = frozenset(
    "a abbr b bdi code del em i img input ins kbd q s small span strong sub sup tt u var".split()
)
_UNREAD = frozenset(("code", "pre", "tt"))
_AFTER_NAME = r"(?=\.*(?:[^\w.]|$))"
_NAME = r"[a-z0-9][a-z0-9_-]*"
_PLACE = r"(?:[\w-]+/[\w.-]+|[\w-]+)"
_ISSUE = rf"(?P<place>{_PLACE})?\#(?P<number>\d+)(?!\w)|(?<!\w)gh-(?P<old>\d+)(?!\w)"
_FLAGS = re.IGNORECASE | re.ASCII | re.VERBOSE

_URL = re.compile(r"(?:https?://|(?<!\w)www\.)[^\s<>]+", _FLAGS)
_USER = re.compile(rf"(?:^|[^\w@])@(?P<name>{_NAME})(?!/){_AFTER_NAME}", _FLAGS | re.MULTILINE)
_TEAM = re.compile(rf"(?:^|[^\w@])@(?P<name>{_NAME}/{_NAME}){_AFTER_NAME}", _FLAGS | re.MULTILINE)
_REFERENCE = re.compile(_ISSUE, _FLAGS)
_COMMIT = re.compile(rf"(?<![\w@])(?:(?P<place>{_PLACE})@)?(?P<sha>[0-9a-f]{{7,40}})(?!\w)", _FLAGS)
_CLOSING = re.compile(rf"(?<!\w)(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?::\s*|\s+)(?:{_ISSUE})", _FLAGS)
_PATH = re.compile(
    r"/(?P<place>[\w-]+/[\w.-]+)/(?:(?:issues|pulls?|discussions)/(?P<number>\d+)|commits?/(?P<sha>[0-9a-f]{7,40}))"
    r"(?:/.*)?",
    _FLAGS,
)


class Sign(NamedTuple):
    """Something that GitHub does: `what` is a login or `org/team`, `o/r#1`, `o/r@sha`, or a task's text.

    In the repository where the text stands, a reference is `#1` or `@sha`.
    """

    kind: str
    what: str


def of_markdown(text: str, hosts: tuple[str, ...] = GITHUB) -> list[Sign]:
    """What GitHub does because of a body or a comment, each once, in order. `hosts` are GitHub's own.

    Within Markdown, code that is written as HTML is no shelter here: that its tag ends where it should is
    for others to prove.
    """
    # Once as GitHub shows it, once without raw HTML, which might hide what follows.
    pages = [_shown(text, _AS_GITHUB | _RAW, hosts), _shown(text, _AS_GITHUB, hosts)]
    found = (sign for page in pages for part in (*page.parts, *page.nodes) for sign in of_plain(part, hosts))
    tasks = (Sign(TASK, " ".join(task.replace(_OPAQUE, "").split())) for page in pages for task in page.tasks)
    return list(dict.fromkeys([*found, *tasks]))


def of_plain(text: str, hosts: tuple[str, ...] = GITHUB) -> list[Sign]:
    """What GitHub does because of a title or a commit message, each once, in order."""
    return list(dict.fromkeys(_signs(_URL.sub(lambda found: _meant(found.group(), hosts), text))))


def _signs(text: str) -> Iterator[Sign]:
    for pattern in (_USER, _TEAM):
        yield from (Sign(MENTION, found["name"].lower()) for found in pattern.finditer(text))
    yield from (Sign(BACKLINK, _issue(found)) for found in _REFERENCE.finditer(text))
    for found in _COMMIT.finditer(text):
        yield Sign(BACKLINK, f"{found['place'] or ''}@{found['sha']}".lower())
    yield from (Sign(CLOSE, _issue(found)) for found in _CLOSING.finditer(text))


def _issue(found: re.Match[str]) -> str:
    return f"{found['place'] or ''}#{found['number'] or found['old']}".lower()


def _meant(url: str, hosts: tuple[str, ...]) -> str:
    """A link as the short form of the issue or commit that it leads to."""
    try:
        there = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return _OPAQUE
    found = _PATH.fullmatch(unquote(there.path).rstrip(".,:;!?)'\"*_~"))
    if found is None or there.netloc.rpartition("@")[2].lower() not in hosts:
        return _OPAQUE
    return (
        f" {found['place']}#{found['number']} " if found["number"] else f" {found['place']}@{found['sha']} "
    )


def _shown(text: str, options: int, hosts: tuple[str, ...]) -> _Page:
    """`text` as it is rendered. What no encoding has becomes a question mark."""
    encodable = text.encode("utf-8", "replace").decode()
    page = _Page(hosts)
    page.feed(markdown_to_html_with_extensions(encodable, options, list(_EXTENSIONS)))
    page.close()
    return page


class _Page(HTMLParser):
    """Rendered HTML, read: the text of each block, each of their text nodes alone, and of each task item.

    Code and the text of links are left out; a link to an issue stands there as its short form.
    """

    def __init__(self, hosts: tuple[str, ...]) -> None:
        super().__init__()
        self.parts, self.nodes, self.tasks = [""], list[str](), list[str]()
        self._hosts = hosts
        self._unread: list[str] = []
        self._in_link = self._in_task = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag in _UNREAD:
            self._say(_OPAQUE)
            self._unread.append(tag)
        elif tag == "a":
            self._say(_meant(about.get("href") or "", self._hosts))
            self._in_link = True
        elif tag == "input" and about.get("type") == "checkbox":
            self.tasks.append("")
            self._in_task = True
        elif tag not in _INLINE:
            self._cut(ends_task=tag in ("li", "ul", "ol"))

    def handle_endtag(self, tag: str) -> None:
        if self._unread and self._unread[-1] == tag:
            self._unread.pop()
        elif tag == "a":
            self._in_link = False
        elif tag not in _INLINE:
            self._cut(ends_task=tag in ("li", "p"))

    def handle_data(self, data: str) -> None:
        if not self._in_link:
            self._say(data)
        if not self._in_link and not self._unread:
            self.nodes.append(data)

    def _say(self, text: str) -> None:
        self.parts[-1] += "" if self._unread else text
        if self._in_task:
            self.tasks[-1] += text

    def _cut(self, *, ends_task: bool) -> None:
        """End a block. What wasn't closed within it was no Markdown's."""
        self._in_link = False
        self._in_task = self._in_task and not ends_task
        self._unread = [one for one in self._unread if one == "pre"]
        self.parts.append("")
