"""What of the docs is asked of the web, what is kept of the answers, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docbot.cache import Cache
from docbot.online import Online, web_of
from docbot.site.model import Site
from docbot.testing import documents, facts_of
from docbot.web.fake import FakeLooker
from docbot.web.interface import Look, State, Unseen, Web, Why

DAY = 24 * 3600.0
A, B, C = (f"https://lantern.dev/{name}" for name in "abc")
LINKS = "".join(f"[x]({url})\n\n" for url in (A, B, C))


class Desk:
    """A repository of one page, its cache, and a clock."""

    def __init__(self, folder: Path, text: str = LINKS) -> None:
        self.file = folder / "cache.sqlite"
        self.now = 1000 * DAY
        self.text = text
        self.asked: list[str] = []

    @property
    def around(self) -> tuple[Site, Collection[str]]:
        pages = documents(self.text)
        return facts_of(pages).site, [*pages]

    def run(self, scripts: Mapping[str, str], **options: Any) -> tuple[Web, list[str]]:
        """What is learnt where servers answer by `scripts`, and the notices."""
        looker = FakeLooker(scripts)
        online = Online(lambda: looker, now=lambda: self.now, **options)
        web, notices = self.ask(online)
        self.asked = looker.asked
        return web, notices

    def ask(self, online: Online) -> tuple[Web, list[str]]:
        cache = Cache(self.file)
        try:
            web = web_of(*self.around, online, cache)
        finally:
            cache.close()
        return web, [*web.gaps]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_each_url_is_asked_once_and_code_is_no_link(tmp_path: Path) -> None:
    text = f"""[a]({A}#one) <{A}> ![a]({A} "t") [b][1] `{B}/code` https://lantern.dev/bare

```
[x]({C})
```

[1]: {B}

<!-- {C} --> [s](http://schemas.lantern.dev/1) [e](https://contoso.com)

[m](mailto:a@b.dev) [r](a.md) [s](/azure)
"""
    desk = Desk(tmp_path, text)
    desk.run({})
    assert desk.asked == [A, B]


def test_own_pages_are_known_without_asking(tmp_path: Path) -> None:
    desk = Desk(
        tmp_path,
        f"[x](https://learn.microsoft.com/docs/page) [x](https://learn.microsoft.com/other) [x]({A})",
    )
    desk.run({})
    assert desk.asked == ["https://learn.microsoft.com/other", A]


def test_only_wanted_pages_are_asked_about(desk: Desk) -> None:
    desk.run({}, wanted=lambda path: False)
    assert desk.asked == []


def test_private_pages_only_where_allowed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "[x](http://127.0.0.1:8000/) [x](http://localhost/)")
    desk.run({})
    assert desk.asked == []
    desk.run({}, private=True)
    assert desk.asked == ["http://127.0.0.1:8000/", "http://localhost/"]


@pytest.mark.parametrize(
    ("answer", "days"), [("200", 7), ("404", 1), ("200 soft", 1), ("403", 0.25), ("500", 1 / 24)]
)
def test_answer_is_believed_for_a_while(desk: Desk, answer: str, days: float) -> None:
    first, _ = desk.run(dict.fromkeys((A, B, C), answer))
    assert len(desk.asked) == 3
    desk.now += days * DAY - 60
    again, _ = desk.run({})
    assert desk.asked == []
    assert again == first
    desk.now += 120
    desk.run({})
    assert len(desk.asked) == 3


def test_what_wasnt_seen_is_asked_again(desk: Desk) -> None:
    desk.run({A: "200"})
    desk.run({B: "200"})
    assert desk.asked == [B, C]
    desk.run({})
    assert desk.asked == [C]


def test_silence_is_not_kept(desk: Desk) -> None:
    class Silent:
        def look(self, urls: Collection[str]) -> Iterator[Look | Unseen]:
            yield from (Look(url, State.TROUBLED) for url in urls)

    desk.ask(Online(Silent, now=lambda: desk.now))
    desk.run({})
    assert len(desk.asked) == 3


def test_clock_that_was_wrong_keeps_nothing_for_years(desk: Desk) -> None:
    desk.now += 9999 * DAY
    desk.run(dict.fromkeys((A, B, C), "404"))
    desk.now -= 9999 * DAY
    desk.run({})
    assert len(desk.asked) == 3


def test_damaged_cache_is_no_cache(desk: Desk) -> None:
    desk.run(dict.fromkeys((A, B, C), "404"))
    desk.file.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    web, _ = desk.run({})
    assert (web.looks, len(desk.asked)) == ({}, 3)


def test_interrupt_keeps_what_was_learnt(desk: Desk) -> None:
    closed = []

    class Interrupted:
        def look(self, urls: Collection[str]) -> Iterator[Look | Unseen]:
            try:
                yield Look(A, State.GOOD, 200)
                raise KeyboardInterrupt
            finally:
                closed.append(True)

    with pytest.raises(KeyboardInterrupt):
        desk.ask(Online(Interrupted, now=lambda: desk.now))
    assert closed == [True]
    desk.run({})
    assert desk.asked == [B, C]


def test_progress_counts_what_was_known(desk: Desk) -> None:
    desk.run({A: "200"})
    told: list[tuple[int, int]] = []
    desk.run({B: "200"}, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_notices(desk: Desk) -> None:
    _, notices = desk.run({A: "403", B: "500"})
    assert notices == [
        "1 external link not looked at, since lantern.dev asked for a pause, turned docbot away or didn't "
        "answer: run it again later",
        "2 external links without a verdict (1 refused, 1 without a sound answer): open them yourself",
    ]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (
            Why.OFFLINE,
            "no server could be reached, so 3 of 3 external links were not looked at: check the network "
            "(docbot uses no proxy), then run it again",
        ),
        (
            Why.TIME,
            "time was over before 3 of 3 external links could be looked at: what was learnt is kept, "
            "run it again to go on",
        ),
    ],
)
def test_one_notice_where_nothing_was_looked_at(desk: Desk, why: Why, said: str) -> None:
    _, notices = desk.ask(Online(lambda: FakeLooker({}, why), now=lambda: desk.now))
    assert notices == [said]


def test_notice_of_what_is_forbidden(desk: Desk) -> None:
    class Inside:
        def look(self, urls: Collection[str]) -> Iterator[Look | Unseen]:
            yield from (Look(url, State.FORBIDDEN) for url in urls)

    _, notices = desk.ask(Online(Inside, now=lambda: desk.now))
    assert len(notices) == 1
    assert "3 external links not followed, into private networks" in notices[0]


def test_nothing_is_said_of_what_is_fine(desk: Desk) -> None:
    web, notices = desk.run(dict.fromkeys((A, B, C), "200"))
    assert len(web.looks) == 3
    assert notices == []
