"""Pages of HTML, as a parser and as a real browser read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"meta", "col"}
PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}


class Reader(HTMLParser):
    """What a browser takes from a page: elements with attributes, and the text in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said: dict[str, list[str]] = {}
        self.comments: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.said.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.said[tag][-1] += data

    def names(self) -> list[str]:
        return [tag for tag, _ in self.tags]

    def check_order(self) -> None:
        """Fail where headings skip a level, landmarks are out of order, or a name or a link leads nowhere."""
        levels = [int(tag[1]) for tag in self.names() if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
        landmarks = [tag for tag in self.names() if tag in ("header", "nav", "main")]
        assert landmarks == ["header", "nav", "main"]
        ids = [found["id"] for _, found in self.tags if "id" in found]
        assert len(ids) == len(set(ids))
        assert {found["aria-labelledby"] for _, found in self.tags if "aria-labelledby" in found} <= set(ids)
        links = {found["href"] for tag, found in self.tags if tag == "a"}
        assert {link for link in links if link and link.startswith("#")} <= {f"#{name}" for name in ids}
        assert len(self.said.get("caption", ())) == len(self.said.get("table", ()))


CONTRAST = """() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const found = parts(getComputedStyle(node).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    const [a, b] = [parts(getComputedStyle(node).color), behind(node)].map(light);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push([node.tagName, node.className, ratio.toFixed(2)].join(" "));
  }
  return [...new Set(bad)];
}"""


CLIPPED = """() => [...document.querySelectorAll('.box')]
  .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.trim().slice(0, 40))"""


@contextmanager
def looked_at(browser: Any, file: Path, width: int, scheme: str) -> Iterator[Any]:
    """`file` in a tab, everything in it opened with the keyboard.

    Nothing is wider than the window, or paler than a reader can bear; whatever is done with the tab, no error
    is logged, and no request leaves the page.
    """
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    errors: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: errors.append(message.text))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(file.as_uri())
    tab.set_default_timeout(10_000)
    closed = tab.locator("details:not([open]) > summary")
    for _ in range(closed.count()):
        closed.first.focus()
        tab.keyboard.press("Enter")
    assert closed.count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CLIPPED) == []
    assert tab.evaluate(CONTRAST) == []
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER[scheme]
    yield tab
    assert (errors, requests) == ([], [file.as_uri()])
    tab.close()
