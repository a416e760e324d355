"""Reading pages: from the cache or anew, here or in other processes, the result is the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from docbot import reading
from docbot.cache import Cache
from docbot.errors import RuleError, UnreadablePageError, UsageError
from docbot.facts import Facts, Need
from docbot.markdown import Document, blob_id
from docbot.markdown.said import Said
from docbot.reading import Page, read_pages
from docbot.rules.interface import Rule
from docbot.types import Finding
from tests.helpers.rules import BadWord, WorseWord

RULES: tuple[Rule, ...] = (BadWord(), WorseWord())
PAGES = {
    "a.md": b"# A\n\nIt is bad, see [b](docs/b.md#b).\n",
    "docs/a.md": b"# A\n\nIt is bad, see [b](docs/b.md#b).\n",
    "docs/b.md": b"\xef\xbb\xbf# B\r\n\r\nIt is worse.\r\n",
    "docs/c.md": b"caf\xe9",
    "docs/d.md": b"\0",
    "docs/e.md": b"",
}


class Folder:
    """Pages in memory that count how often they are read."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = dict(pages)
        self.reads: list[str] = []

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        if path not in self.pages:
            raise UnreadablePageError(f"{path} can't be read: look for it")
        return self.pages[path]


class Named(BadWord):
    """Says something else of a page of another name."""

    name = "named"

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for finding in super().check(document, facts):
            yield self.finding(
                document, finding.span, f"on {document.path}", confidence=1.0, evidence=finding.evidence,
                cause=f"named {document.name}",
            )  # fmt: skip


class Liar(BadWord):
    """Has no evidence."""

    name = "liar"

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        yield self.finding(
            document, next(super().check(document, facts)).span, "x", confidence=1, evidence=()
        )


class Deadly(BadWord):
    """Takes the process with it."""

    name = "deadly"

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        os._exit(9)


class NeedsFacts(BadWord):
    """Is none of the reader's business."""

    name = "needs-facts"
    needs = frozenset({Need.SITE})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache.sqlite"


def pages_of(
    folder: Folder, place: Path | None = None, rules: tuple[Rule, ...] = RULES, jobs: int = 1
) -> dict[str, Page]:
    cache = Cache(place)
    try:
        return read_pages(list(folder.pages), folder.read, rules, cache, jobs=jobs)
    finally:
        cache.close()


@pytest.fixture
def spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pages are spread over processes too, a few at a time."""
    monkeypatch.setattr(reading, "SMALL", 0)
    monkeypatch.setattr(reading, "_CHUNK", 60)


def test_each_page_has_its_outline_and_findings_or_the_reason_why_not() -> None:
    found = pages_of(Folder(PAGES))
    assert list(found) == list(PAGES)
    assert [finding.excerpt for finding in found["docs/b.md"].findings] == ["worse"]
    assert found["docs/b.md"].blob == blob_id(PAGES["docs/b.md"])
    assert found["a.md"].outline.links[0].destination == "docs/b.md#b"
    assert found["docs/c.md"].unreadable.startswith("docs/c.md is not UTF-8 (byte 3, line 1)")
    assert "NUL" in found["docs/d.md"].unreadable
    assert not found["docs/e.md"].unreadable


def test_cold_warm_and_without_cache_say_the_same(place: Path) -> None:
    rules = (*RULES, Named())
    without = pages_of(Folder(PAGES), rules=rules)
    assert pages_of(Folder(PAGES), place, rules) == without
    assert pages_of(Folder(PAGES), place, rules) == without
    assert place.exists()


def test_a_page_that_is_known_is_read_once_and_not_parsed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_of(Folder(PAGES), place)
    folder = Folder({path: data for path, data in PAGES.items() if path not in ("docs/c.md", "docs/d.md")})
    monkeypatch.setattr(Document, "parsed", property(lambda page: pytest.fail(f"{page.path} was parsed")))
    pages_of(folder, place)
    assert folder.reads == list(folder.pages)


def test_a_copy_under_another_path_speaks_of_its_own_path(place: Path) -> None:
    copies = dict.fromkeys(("a.md", "docs/a.md", "docs/b.md"), b"It is bad.\n")
    copies |= {f"{path}x.md": b"caf\xe9" for path in ("a", "b")}
    rules = (Named(),)
    first = {"a.md": copies["a.md"], "ax.md": copies["ax.md"]}
    pages_of(Folder(first), place, rules)
    found = pages_of(Folder(copies), place, rules)
    assert found == pages_of(Folder(copies), rules=rules)
    for path in ("a.md", "docs/a.md", "docs/b.md"):
        (finding,) = found[path].findings
        assert (finding.path, finding.message) == (path, f"on {path}")
        assert finding.cause == f"named {path.rpartition('/')[2]}"
    assert found["bx.md"].unreadable.startswith("bx.md ")


def test_a_changed_page_is_read_anew(place: Path) -> None:
    pages_of(Folder(PAGES), place)
    changed = PAGES | {"a.md": b"It is worse.\n"}
    found = pages_of(Folder(changed), place)
    assert [finding.excerpt for finding in found["a.md"].findings] == ["worse"]


def test_other_rules_and_other_versions_of_a_rule_do_not_share(place: Path) -> None:
    class Newer(BadWord):
        """Finds nothing any more."""

        version = 2
        word = "nothing of the kind"

    pages_of(Folder(PAGES), place)
    assert pages_of(Folder(PAGES), place, (WorseWord(),))["a.md"].findings == ()
    assert pages_of(Folder(PAGES), place, (Newer(),))["a.md"].findings == ()
    assert len(pages_of(Folder(PAGES), place)["a.md"].findings) == 1


def test_rubbish_in_the_cache_is_read_anew(place: Path) -> None:
    expected = pages_of(Folder(PAGES), place)
    cache = Cache(place)
    version = reading._version(reading.Looking(RULES))
    keys = [reading._key(version, path, blob_id(data)) for path, data in PAGES.items()]
    assert len(cache.load(keys)) == 4
    rubbish = [b"", b"\xc1", b"\x90", b"\x93\x01\x02\x03", b"\xff" * 50, b"\x92\xa1a\xa1b"]
    cache.store(dict(zip(keys, rubbish, strict=True)))
    cache.close()
    assert pages_of(Folder(PAGES), place) == expected


def test_rules_that_need_facts_are_not_asked() -> None:
    assert pages_of(Folder(PAGES), rules=(NeedsFacts(),))["a.md"].findings == ()


def test_progress_ends_at_all_pages() -> None:
    heard: list[tuple[int, int]] = []
    folder = Folder(PAGES)
    read_pages(
        list(PAGES),
        folder.read,
        RULES,
        Cache.none(),
        jobs=1,
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard[-1] == (len(PAGES), len(PAGES))
    assert heard == sorted(heard)


def test_a_page_that_goes_away_meanwhile_has_a_reason() -> None:
    folder = Folder(PAGES)

    def read(path: str) -> bytes:
        data = folder.read(path)
        folder.pages.pop("docs/b.md", None)
        return data

    found = read_pages(["docs/b.md", "a.md"], read, RULES, Cache.none(), jobs=1)
    assert found["docs/b.md"].unreadable == "docs/b.md can't be read: look for it"
    assert found["a.md"].findings


@pytest.mark.usefixtures("spread")
class TestProcesses:
    def test_what_they_read_is_the_same(self, place: Path) -> None:
        many = PAGES | {f"more/{n}.md": f"# Page {n}\n\nIt is bad.\n".encode() for n in range(30)}
        alone = pages_of(Folder(many), jobs=1)
        assert pages_of(Folder(many), place, jobs=2) == alone
        assert list(pages_of(Folder(many), place, jobs=2)) == list(alone)

    def test_a_rule_that_breaks_its_contract_is_named(self) -> None:
        for jobs in (1, 2):
            with pytest.raises(RuleError, match=r"rule liar reports 'bad' on a\.md without evidence"):
                pages_of(Folder({"a.md": b"bad"}), rules=(Liar(),), jobs=jobs)

    def test_a_process_that_dies_has_a_sentence(self) -> None:
        with pytest.raises(UsageError, match="run it again with `--jobs 1`"):
            pages_of(Folder(PAGES), rules=(Deadly(),), jobs=2)

    @pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system can't hold signals back")
    def test_ctrl_c_is_heard_afterwards_as_before(self) -> None:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
        pages_of(Folder(PAGES), jobs=2)
        assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


class NeedsWords(Rule):
    """
    ## What it finds
    Nothing; it only needs what every page says.
    """

    name = "needs-words"
    kind = BadWord.kind
    severity = BadWord.severity
    needs = frozenset({Need.WORDS})

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        yield from ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_pages_say_is_read_only_where_a_rule_needs_it(place: Path, jobs: int) -> None:
    rules = (*RULES, NeedsWords())
    first = pages_of(Folder(PAGES), place, rules, jobs)
    again = Folder(PAGES)
    assert pages_of(again, place, rules, jobs) == first
    assert first["a.md"].said.sentences == ("A", "It is bad, see b.")
    assert pages_of(Folder(PAGES), place)["a.md"].said == Said()
