"""For tests of rules, docbot's own and plugins': an example page and the repository around it, as facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec.structs import replace

from docbot.cache import Cache
from docbot.customs import customs_of
from docbot.engine import check
from docbot.facts import Facts, Need
from docbot.lifecycles import stored
from docbot.markdown import Document, Parser
from docbot.markdown.said import Said, said
from docbot.measured import Measured
from docbot.proofread import proofread
from docbot.readers.gathered import Around, readers_of
from docbot.readers.values import Issue
from docbot.repository.precedents.pairs import Form, Kind, kind_of
from docbot.repository.precedents.tokens import Scope
from docbot.repository.precedents.values import Precedent, Precedents, Standing
from docbot.repository.section_names import section_names
from docbot.repository.values import (
    Commit,
    Forgotten,
    GoneName,
    HeadingChange,
    HeadingHistory,
    LineEdit,
    LineHistory,
    Made,
    Move,
    PageCommit,
    PathHistory,
    Siblings,
)
from docbot.rules.interface import Bad, Given, Good, Rule
from docbot.site.build import build_site
from docbot.site.docset import PUBLISH_CONFIG
from docbot.site.named_pages import named_pages
from docbot.site.snippets import Snippets, snippet_file
from docbot.site.sources import Source, Sources
from docbot.spelling.casing import casing_of
from docbot.spelling.mistakes import spelling_of
from docbot.terms import terms_of
from docbot.text import apply
from docbot.types import Finding
from docbot.web.fake import web_of
from docbot.wordings import Usage
from docbot.words import Words, words_of

PAGE = "page.md"
"""Where an example's own text stands."""
COMMIT = Commit("0123456789", "2024-03-01")
"""The commit that made every change an example speaks of."""
_NOTHING = Given()
_CONFIG = '{"docsets_to_publish": [{"docset_name": "docs", "build_source_folder": "."}]}'
_DOCFX = """{"build": {"content": [{"files": ["**/*.md", "**/*.yml"]}],
"globalMetadata": {"breadcrumb_path": "/docs/breadcrumb/toc.json"}}}"""
_PUBLISHED = {PUBLISH_CONFIG: _CONFIG, "docfx.json": _DOCFX, "breadcrumb/toc.yml": ""}


def documents(text: str, given: Given = _NOTHING) -> dict[str, Document]:
    """The example's page and the pages around it, by path."""
    parser = Parser()
    pages = {path: body for path, body in given.files.items() if path.endswith(".md")} | {PAGE: text}
    return {path: Document(path, body, parser=parser) for path, body in pages.items()}


def facts_of(pages: Mapping[str, Document], given: Given = _NOTHING) -> Facts:
    """The facts of a repository that holds `pages` and what is `given`."""
    files = (_PUBLISHED if given.learn else {}) | dict(given.files)
    files |= {path: page.text for path, page in pages.items()}
    if given.redirections:
        files[".openpublishing.redirection.json"] = _redirections(given.redirections)
    site, _ = build_site(files, {path: page.outline for path, page in pages.items()}, files.__getitem__)
    moves = {old: (Move(new, COMMIT),) for old, new in given.renames.items()}
    deletions = dict.fromkeys(given.deletions, COMMIT)
    says = {path: said(page) for path, page in pages.items()}
    words = _words(says, given)
    folded = {path.lower(): path for path in (*moves, *deletions)}
    paths = PathHistory(moves, deletions, folded=folded)
    site = replace(site, learn=given.learn)
    return Facts(
        site,
        paths,
        _headings(given),
        date.fromisoformat(given.today),
        _written(pages, given.written),
        web=web_of(given.web),
        precedents=Precedents(
            (*_made(given.precedents, Standing.DRAFTED), *_made(given.paused, Standing.ASKED)),
            wordings={name: Measured(made, kept=left) for name, (_, _, made, left) in given.wordings.items()},
        ),
        siblings=Siblings({PAGE: tuple(_forgotten(path, *texts) for path, texts in given.corrected.items())}),
        lifecycles=stored.bundled(),
        sources=Sources((Source.of("", site, paths),), _gone_names(given)),
        section_names=section_names(site.outlines),
        snippets=Snippets({path: snippet_file(body) for path, body in files.items()}),
        readers=readers_of(_issues(given), site, paths, Around()),
        named_pages=named_pages(site.outlines),
        terms=terms_of(says),
        words=words,
        spelling=spelling_of(words, says, (), lambda asked: _corrected(asked, given)),
        casing=casing_of(words, says),
        customs=customs_of(page.outline for page in pages.values()),
        wordings={name: Usage(house, other) for name, (house, other, _, _) in given.wordings.items()},
    )


def _headings(given: Given) -> HeadingHistory:
    headings: dict[str, tuple[HeadingChange, ...]] = {}
    for place, new in given.headings.items():
        path, _, old = place.partition("#")
        headings[path] = (*headings.get(path, ()), HeadingChange(old, new, COMMIT))
    return HeadingHistory(headings)


def _corrected(asked: Iterable[str], given: Given) -> dict[str, tuple[str, ...]]:
    return {word: tuple(given.misspelled[word].split(" or ")) for word in asked if word in given.misspelled}


def _words(pages: Mapping[str, Said], given: Given) -> Words:
    """The words of `pages`, and those that other sentences of the repository have."""
    here = words_of(pages.values())
    return Words(Counter(here.prose) + Counter(given.words), here.code)


def _issues(given: Given) -> Iterator[Issue]:
    time = int(datetime.fromisoformat(f"{given.today}T12:00:00+00:00").timestamp())
    for number, (title, body) in enumerate(given.issues.items(), 1):
        yield Issue("docs/docs", number, title, body, f"reader-{number}", time, time)


def _gone_names(given: Given) -> dict[str, GoneName]:
    time = int(datetime.fromisoformat(f"{COMMIT.date}T12:00:00+00:00").timestamp())
    names = given.gone_names.items()
    return {old: GoneName("code.py", COMMIT, time, (new,) if new else ()) for old, new in names}


def _forgotten(copy: str, old: str, new: str) -> Forgotten:
    """The lines `old` of the example page, which were replaced in its copy."""
    time = int(datetime.fromisoformat(f"{COMMIT.date}T12:00:00+00:00").timestamp())
    made = Made(copy, COMMIT.id, time)
    lines = tuple(" ".join(line.split()) for line in old.split("\n"))
    return Forgotten(lines, tuple(new.split("\n")), made, 1, (copy,), 1, (PAGE,))


def _made(edits: Mapping[str, str], standing: Standing) -> Iterator[Precedent]:
    """Each edit as two people made it 40 times in ten pages, the last of them by `COMMIT`."""
    first = Commit("89abcdef01", "2023-05-01")
    for old, new in edits.items():
        form = Form(Scope.TEXT, old, new)
        if old[0] == new[0] == "`":
            form = Form(Scope.CODE, old.strip("`"), new.strip("`"))
        kind = kind_of(form.old, form.new) or Kind.CASE
        running = standing is Standing.DRAFTED
        yield Precedent(form, kind, standing, running, 40, 10, 2, first, COMMIT, 30, 1, 3, PAGE)


def _written(pages: Mapping[str, Document], day: str) -> LineHistory:
    """All lines of `pages` as one commit of that day wrote them."""
    time = int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp())
    return LineHistory(
        commits=(PageCommit(COMMIT.id, time, 1),),
        edits=(LineEdit(0, birth=True),),
        chains=((0, ()),),
        lines={path: bytes(4 * (page.text.count("\n") + 1)) for path, page in pages.items()},
    )


def _redirections(entries: Mapping[str, str]) -> str:
    listed = [{"source_path": source, "redirect_url": target} for source, target in entries.items()]
    return json.dumps({"redirections": listed}, indent=1)


def found_in(rule: Rule, text: str, given: Given = _NOTHING) -> list[Finding]:
    """What `rule` reports on the example page."""
    pages = documents(text, given)
    facts = facts_of(pages, given)
    if Need.GRAMMAR in rule.needs:
        facts = replace(
            facts, grammar=proofread({path: said(page) for path, page in pages.items()}, Cache.none())
        )
    return check(pages[PAGE], [rule], facts)


def verify(rule: Rule, example: Good | Bad) -> None:
    """Raises AssertionError unless the rule treats the example as it says."""
    found = found_in(rule, example.text, example.given)
    if isinstance(example, Good):
        assert not found, f"{rule.name} reports {found[0].excerpt!r} on a good example"
        return
    assert len(found) == 1, f"{rule.name} has {len(found)} findings on a bad example, not one"
    finding = found[0]
    fixed = apply(example.text, finding.fix.edits) if finding.fix else None
    assert fixed == example.fixed, f"{rule.name} makes of its example {fixed!r}"
    if fixed is not None:
        again = found_in(rule, fixed, example.given)
        assert not again, f"{rule.name} still reports {again[0].excerpt!r} after its fix"
