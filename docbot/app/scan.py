"""The verb `scan`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import msgspec

from docbot import baseline as baselines
from docbot import engine
from docbot.app.found import Before, local, with_facts
from docbot.app.hindsight import neglected, notices
from docbot.app.ranking import Ranking, ranking
from docbot.app.web_rules import about, running
from docbot.cache import Cache
from docbot.config import FILE_NAME, Config, load
from docbot.errors import ConfigError, UnreadablePageError
from docbot.facts import Need
from docbot.gather import Survey, survey
from docbot.heard import Heard, Listen
from docbot.measured import Measured
from docbot.online import Online
from docbot.plugins import load_rules
from docbot.reading import Page
from docbot.repository import commands
from docbot.repository.changes import changed_since
from docbot.repository.worktree import Worktree, read_page
from docbot.rules.interface import Rule
from docbot.sources import open_sources
from docbot.types import Finding, Notice, Report
from docbot.user_config import load_user_config

Progress = Callable[[int, int], None]
"""Hears what is done and how much there is in all."""


def nobody(done: int, total: int) -> None:
    """The Progress nobody watches."""


class ScanOptions(msgspec.Struct, frozen=True):
    """What a person asks of a scan, beside the place."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    show_all: bool = False
    sections: bool = False
    baseline: Path | None = None
    accept: bool = False
    """Everything found is to be accepted: no baseline hides any of it."""
    drafting: bool = False
    """Drafts will follow: gather what the gates need, whatever rules are asked for."""
    diff: str | None = None
    config: Config | None = None
    """The settings; None for those of the repository."""
    today: date | None = None
    """The day that dates are held against; None for the day it is."""
    online: Online | None = None
    """Whether, and how, other sites are asked about the pages that are linked to."""
    issues: Listen | None = None
    """Where readers' issues come from, if they are to be read."""
    jobs: int = 0
    cache: bool = True
    sources: tuple[Path, ...] | None = ()
    """Clones of repositories with the code that the docs speak of, beside those of the user's config; None
    for no clone at all."""


class Scan(msgspec.Struct, frozen=True):
    """A scan's report, with what later stages need to go on from it."""

    report: Report
    survey: Survey
    config: Config
    rules: tuple[Rule, ...]
    """Every rule whose facts were gathered."""
    unsure: tuple[Finding, ...] = ()
    """Findings that the report leaves out, since they are below the confidence threshold."""
    before: Before | None = None
    """What the scan of a change of these docs needs of this one."""


def scan(path: Path, options: ScanOptions, progress: Progress = nobody, before: Before | None = None) -> Scan:
    """Find what is unclear or outdated below `path`.

    Of docs that are a change of others, `before` is from the scan of those with the same options: the habits
    are theirs, and only what the change concerns is looked at anew.

    Raises DocbotError for what a person has to mend: no repository, a bad config, an unknown rule.
    """
    worktree = Worktree.open(path)
    config = options.config or load(worktree.root)
    every = load_rules()
    run = running(every, config, options.only, options.skip, _given(options))
    rules, looking = run.rules, (*run.rules, *(run.others if options.drafting else ()))
    changed = changed_since(worktree, options.diff) if options.diff is not None else None
    cache = Cache.of(commands.common_folder(worktree.git)) if options.cache else Cache.none()
    try:
        online = about(worktree, options.online, changed)
        looked = _look(
            worktree, config, looking, cache, options, online=online, progress=progress, before=before
        )
        pages = _asked_for(looked)
        deep = with_facts(looked, pages, rules, cache, before)
        found = [*local(pages, rules), *deep.found]
        unasked = [rule for rule in rules if rule.name not in (*options.only, *config.rules)]
        passed_over = before.passed_over if before else _neglected(looked, unasked, found, cache, options)
    finally:
        cache.close()
    lost = list(deep.lost)
    texts = _texts(looked, [*(f.path for f in found), *_with_suppressions(pages)], lost)
    gone = {notice.path for notice in lost}
    settled = engine.settle(
        (one for one in found if one.path not in gone),
        {path: page.outline for path, page in pages.items() if path not in gone},
        config,
        baseline=_baseline(worktree, config, options),
        show_all=options.show_all,
        neglected=passed_over,
        keep=lambda finding: changed is None or changed.concerns(finding, texts[finding.path]),
        ran=_ran(rules, run.able, {*config.skip, *options.skip}),
    )
    ranks = _ranks(looked, pages, settled.findings, rules) if options.sections else Ranking()
    noticed = _once(looked.noticed, deep.noticed, lost, run.notices, ranks.notices, notices(passed_over))
    report = _report(settled, ranks, pages, texts, noticed)
    return Scan(report, looked, config, looking, settled.unsure, Before(looked, deep.found, passed_over))


def _report(
    settled: engine.Settled,
    ranks: Ranking,
    pages: Mapping[str, Page],
    texts: Mapping[str, str],
    noticed: tuple[Notice, ...],
) -> Report:
    return Report(
        findings=settled.findings,
        sections=ranks.sections,
        notices=noticed,
        texts={one.path: texts[one.path] for one in settled.findings} | dict(ranks.texts),
        pages=len(pages),
        words=sum(page.outline.words for page in pages.values()),
        hidden=settled.hidden.get(engine.UNSURE, 0),
        accepted=settled.hidden.get(engine.ACCEPTED, 0),
    )


def _neglected(
    looked: Survey, rules: Iterable[Rule], found: Iterable[Finding], cache: Cache, options: ScanOptions
) -> Mapping[str, Measured]:
    return {} if options.show_all else neglected(looked, rules, found, cache)


def _given(options: ScanOptions) -> frozenset[Need]:
    """What only a person may let docbot ask for, as far as one did."""
    allowed = ((Need.WEB, options.online), (Need.READERS, options.issues))
    return frozenset(need for need, given in allowed if given is not None)


def _once(*said: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(dict.fromkeys(chain(*said)))


def _ranks(
    looked: Survey, pages: Mapping[str, Page], findings: Sequence[Finding], rules: Iterable[Rule]
) -> Ranking:
    return ranking(looked, pages, findings, {rule.name: rule.kind for rule in rules})


def _look(
    worktree: Worktree,
    config: Config,
    rules: Sequence[Rule],
    cache: Cache,
    options: ScanOptions,
    *,
    online: Online | None,
    progress: Progress,
    before: Before | None,
) -> Survey:
    return survey(
        worktree,
        config,
        rules,
        cache,
        today=options.today or datetime.now(UTC).date(),
        online=online,
        sections=options.sections,
        jobs=options.jobs,
        progress=progress,
        sources=_sources(worktree, options.sources),
        heard=_heard(worktree, rules, cache, options),
        base=before.survey if before else None,
    )


def _heard(worktree: Worktree, rules: Iterable[Rule], cache: Cache, options: ScanOptions) -> Heard | None:
    asked = any(Need.READERS in rule.needs for rule in rules)
    return options.issues(worktree, cache) if options.issues is not None and asked else None


def _sources(worktree: Worktree, wanted: tuple[Path, ...] | None) -> tuple[Worktree, ...]:
    return () if wanted is None else open_sources(worktree, (*load_user_config().sources, *wanted))


def _ran(rules: Sequence[Rule], every: Sequence[Rule], skipped: Collection[str]) -> frozenset[str]:
    if engine.UNUSED_SUPPRESSION in skipped:
        return frozenset()
    return frozenset([*(rule.name for rule in rules), *("*" if len(rules) == len(every) else "")])


def _asked_for(looked: Survey) -> dict[str, Page]:
    """The pages at or below the place that was asked for."""
    prefix = looked.worktree.prefix
    if not prefix:
        return dict(looked.pages)
    below = f"{prefix}/"
    return {p: page for p, page in looked.pages.items() if p == prefix or p.startswith(below)}


def _with_suppressions(pages: Mapping[str, Page]) -> Iterator[str]:
    return (path for path, page in pages.items() if any(not s.foreign for s in page.outline.suppressions))


def _texts(looked: Survey, paths: Iterable[str], lost: list[Notice]) -> dict[str, str]:
    """The texts of `paths`; a page that is no longer what it was is added to `lost`."""
    texts: dict[str, str] = {}
    known = {notice.path for notice in lost}
    for path in dict.fromkeys(path for path in paths if path not in known):
        try:
            texts[path] = looked.document(path).text
        except UnreadablePageError as error:
            lost.append(Notice(path, str(error)))
    return texts


def _baseline(worktree: Worktree, config: Config, options: ScanOptions) -> frozenset[str]:
    if options.accept:
        return frozenset()
    if options.baseline is not None:
        return baselines.load(options.baseline)
    if not config.baseline:
        return frozenset()
    # The config belongs to the docs repository: it must not name a file outside of it.
    try:
        return baselines.parse(config.baseline, read_page(worktree, config.baseline))
    except UnreadablePageError as error:
        raise ConfigError(
            f"the baseline can't be used ({error}): correct `baseline` in {FILE_NAME}, "
            "or write the file with `docbot scan --write-baseline FILE`"
        ) from error
