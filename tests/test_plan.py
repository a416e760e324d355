"""The plan: one cause, one proposal, worst first, and a reason for everything that waits."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.markdown import Document
from docbot.plan import Limits, Page, branch_name, plan
from docbot.text import Edit, Span
from docbot.types import Applicability, Author, Draft, Fix, Plan, Severity, Verdict
from tests.reporters.samples import first

YES, NO = Verdict("first", True, "fine"), Verdict("second", False, "it would change code")
TEXTS = {
    "docs/v1/ref.md": "See [x](old.md) and [y](gone.md).\r\n",
    "docs/v2/ref.md": "\r\nSee [x](old.md).\r\n",
    "docs/guide.md": "Go to [x](../old.md#top), é.  \n",
    "docs/other.md": "A a word word",
}
PAGES = {path: Document(path, text, bom=path == "docs/other.md") for path, text in TEXTS.items()}


def as_pages(paths: Iterable[str] = PAGES) -> dict[str, Page]:
    return {path: Page(PAGES[path].blob, PAGES[path].text, PAGES[path].bytes_of) for path in paths}


def draft(
    path: str, part: str, new: str, cause: str, *, severity: str = "warning", confidence: float = 0.9,
    verdicts: tuple[Verdict, ...] = (YES,),
) -> Draft:  # fmt: skip
    start = TEXTS[path].index(part)
    span = Span(start, start + len(part))
    fix = Fix(f"Write {new}", (Edit(span, new),), Applicability.SAFE)
    finding = replace(
        first(), rule=cause.partition(" ")[0], path=path, span=span, excerpt=part, cause=cause, fix=fix,
        severity=Severity(severity), confidence=confidence, section=None, fingerprint=f"{path}:{start}",
    )  # fmt: skip
    return Draft(finding, fix, Author("rule"), PAGES[path].blob, verdicts)


ONE = draft("docs/v1/ref.md", "old.md", "new.md", "redirected-link docs/v1/old.md")
COPY = draft("docs/v2/ref.md", "old.md", "new.md", "redirected-link docs/v2/old.md")
FAR = draft("docs/guide.md", "../old.md#top", "v1/new.md", "redirected-link docs/v1/old.md")
GONE = draft("docs/v1/ref.md", "gone.md", "there.md", "file-not-found docs/v1/gone.md", severity="error")
WORD = draft("docs/other.md", " word word", " word", "doubled-word other.md", severity="info")
REFUSED = draft("docs/guide.md", "é", "e", "doubled-word guide.md", verdicts=(YES, NO))
ALL = (ONE, COPY, FAR, GONE, WORD, REFUSED)


def write(drafts: Sequence[Draft]) -> tuple[str, str, str]:
    names = " ".join(draft.finding.fingerprint for draft in drafts)
    return f"title {names}", f"message {names}", f"body {names}"


def planned(drafts: Iterable[Draft], max_pulls: int = 9, max_files: int = 50) -> Plan:
    return plan(drafts, as_pages(), "main", Limits(max_pulls, max_files), write)


def topics(made: Plan) -> list[list[Draft]]:
    return [list(proposal.drafts) for proposal in made.proposals]


def test_one_cause_is_one_proposal_and_copies_go_with_it() -> None:
    assert topics(planned(ALL)) == [[GONE], [FAR, ONE, COPY], [WORD]]


def test_the_same_edit_on_pages_of_other_names_is_a_decision_of_its_own() -> None:
    other = draft("docs/guide.md", "../old.md#top", "x.md", "redirected-link docs/elsewhere.md")
    assert topics(planned([ONE, other])) == [[other], [ONE]]


def test_copies_with_other_words_are_decisions_of_their_own() -> None:
    other = draft("docs/v2/ref.md", "old.md", "newer.md", "redirected-link docs/v2/old.md")
    assert len(planned([ONE, other]).proposals) == 2


def test_a_cause_of_another_rule_is_another_cause() -> None:
    other = draft("docs/guide.md", "../old.md#top", "v1/new.md", "wrong-case-link docs/v1/old.md")
    assert len(planned([ONE, other]).proposals) == 2


def test_copies_lead_from_cause_to_cause() -> None:
    """a and b share a cause, b and c are copies, c and d share a cause: one decision."""
    a, b, c = FAR, ONE, COPY
    d = draft("docs/other.md", "A", "An", "redirected-link docs/v2/old.md")
    for order in itertools.permutations([a, b, c, d]):
        (proposal,) = planned(order).proposals
        assert len(proposal.drafts) == 4


def test_the_worst_comes_first_then_the_surest_then_the_widest() -> None:
    sure = draft("docs/guide.md", "é", "e", "z-rule guide.md", confidence=0.99)
    weak = draft("docs/other.md", "A", "An", "a-rule other.md", confidence=0.9)
    assert topics(planned([weak, ONE, COPY, sure, GONE])) == [[GONE], [sure], [ONE, COPY], [weak]]


def test_the_order_of_the_drafts_does_not_matter() -> None:
    expected = planned(ALL)
    for order in itertools.islice(itertools.permutations(ALL), 0, 720, 7):
        made = planned(order)
        assert made.proposals == expected.proposals
        assert sorted(made.held, key=str) == sorted(expected.held, key=str)


def test_planning_twice_gives_the_same_and_changes_nothing() -> None:
    pages = as_pages()
    before = dict(pages)
    assert plan(ALL, pages, "main", Limits(), write) == plan(ALL, pages, "main", Limits(), write)
    assert pages == before


def test_a_refused_draft_is_held_with_the_gates_reason() -> None:
    made = planned(ALL)
    assert [(held.draft, held.reason) for held in made.held] == [
        (REFUSED, "a gate refused it: second: it would change code")
    ]


def test_a_draft_no_gate_looked_at_is_never_proposed() -> None:
    made = planned([replace(ONE, verdicts=())])
    assert made.proposals == ()
    assert len(made.held) == 1


def test_what_a_run_may_not_propose_is_held_with_the_reason() -> None:
    made = planned([ONE, COPY, GONE, WORD], max_pulls=1)
    assert topics(made) == [[GONE]]
    reasons = {held.draft.finding.fingerprint: held.reason for held in made.held}
    assert set(reasons) == {one.finding.fingerprint for one in (ONE, COPY, WORD)}
    assert reasons[ONE.finding.fingerprint] == reasons[COPY.finding.fingerprint]
    assert "a run proposes 1, and other decisions come first" in reasons[ONE.finding.fingerprint]
    assert "other decisions come first" in reasons[WORD.finding.fingerprint]


def test_what_a_model_wrote_goes_only_as_unsafe() -> None:
    generated = replace(WORD, author=Author("a-model", "0123456789abcdef"))
    made = planned([ONE, generated])
    assert topics(made) == [[ONE]]
    (held,) = made.held
    assert held.draft == generated
    assert held.reason.startswith("a person has to look at it first")
    allowed = plan([generated], as_pages(), "main", Limits(unsafe=True), write)
    assert topics(allowed) == [[generated]]


def test_too_many_files_are_held_and_make_room_for_the_next() -> None:
    made = planned([ONE, COPY, FAR, WORD], max_pulls=1, max_files=2)
    assert topics(made) == [[WORD]]
    assert len(made.held) == 3
    assert all("touches 3 files, and the repository takes 2" in held.reason for held in made.held)


def along(*drafts: Draft, max_files: int = 50) -> Limits:
    """Limits of a run in which nobody asked for `drafts`."""
    prints = frozenset(one.finding.fingerprint for one in drafts)
    return Limits(9, max_files, along=prints)


def test_what_goes_along_goes_with_the_same_edit_of_a_copy() -> None:
    made = plan([ONE, COPY], as_pages(), "main", along(COPY), write)
    assert topics(made) == [[ONE, COPY]]
    assert made.held == ()


def test_what_goes_along_makes_no_decision_too_large() -> None:
    made = plan([ONE, COPY, FAR], as_pages(), "main", along(COPY, max_files=2), write)
    assert topics(made) == [[FAR, ONE]]
    assert [held.draft for held in made.held] == [COPY]
    assert "the repository takes 2 files" in made.held[0].reason
    assert made.large == ()


def test_what_was_asked_for_may_be_too_large_itself() -> None:
    made = plan([ONE, COPY, FAR], as_pages(), "main", along(COPY, max_files=1), write)
    assert made.proposals == ()
    assert {held.draft for held in made.held} == {ONE, COPY, FAR}
    assert [set(group) for group in made.large] == [{ONE, FAR}]


def test_what_goes_along_never_goes_alone() -> None:
    refused = replace(ONE, verdicts=(NO,))
    made = plan([refused, COPY], as_pages(), "main", along(COPY), write)
    assert made.proposals == ()
    reasons = {held.draft.finding.path: held.reason for held in made.held}
    assert "it goes with the same edit of a copy" in reasons[COPY.finding.path]


@pytest.mark.parametrize("limits", [(0, 50), (-1, 50), (9, 0)])
def test_a_limit_of_nothing_proposes_nothing(limits: tuple[int, int]) -> None:
    made = planned(ALL, *limits)
    assert made.proposals == ()
    assert len(made.held) == len(ALL)


def test_every_draft_is_proposed_or_held() -> None:
    for pulls, files in itertools.product(range(5), range(1, 5)):
        made = planned(ALL, pulls, files)
        seen = [*(one for drafts in topics(made) for one in drafts), *(held.draft for held in made.held)]
        assert sorted(map(str, seen)) == sorted(map(str, ALL))
        assert len(made.proposals) <= pulls


def test_changes_differ_from_the_page_in_the_edits_alone() -> None:
    (proposal,) = planned([WORD]).proposals
    (change,) = proposal.changes
    assert change.before == b"\xef\xbb\xbfA a word word"
    assert change.after == b"\xef\xbb\xbfA a word"
    assert change.blob == PAGES["docs/other.md"].blob
    (proposal,) = planned([ONE, COPY, FAR]).proposals
    assert [(c.path, c.before, c.after) for c in proposal.changes] == [
        (
            "docs/guide.md",
            "Go to [x](../old.md#top), é.  \n".encode(),
            "Go to [x](v1/new.md), é.  \n".encode(),
        ),
        ("docs/v1/ref.md", TEXTS["docs/v1/ref.md"].encode(), b"See [x](new.md) and [y](gone.md).\r\n"),
        ("docs/v2/ref.md", b"\r\nSee [x](old.md).\r\n", b"\r\nSee [x](new.md).\r\n"),
    ]


def test_a_proposal_says_where_it_goes_and_what_it_holds() -> None:
    (proposal,) = planned([COPY, ONE]).proposals
    assert proposal.base == "main"
    assert proposal.topic == "redirected-link docs/v1/old.md"
    assert proposal.fingerprints == ("docs/v1/ref.md:8", "docs/v2/ref.md:10")
    assert (proposal.title, proposal.message, proposal.body) == write([ONE, COPY])


def test_two_edits_of_a_page_go_together() -> None:
    both = draft("docs/v1/ref.md", "gone.md", "new.md", "redirected-link docs/v1/old.md")
    (proposal,) = planned([both, ONE]).proposals
    assert proposal.changes[0].after == b"See [x](new.md) and [y](new.md).\r\n"


def is_branch(name: str) -> bool:
    done = subprocess.run(("git", "check-ref-format", "--branch", name), capture_output=True, check=False)
    return done.returncode == 0 and done.stdout.decode().strip() == name


def test_a_branch_is_named_after_rule_and_cause() -> None:
    assert branch_name([ONE]).startswith("docbot/redirected-link/old-md-")
    assert branch_name([ONE]) == branch_name([ONE, FAR]) == branch_name([FAR])
    assert branch_name([ONE]) != branch_name([COPY])
    assert is_branch(branch_name([ONE]))


def test_a_branch_keeps_its_name_while_the_text_around_moves() -> None:
    moved = replace(ONE, finding=replace(ONE.finding, span=Span(50, 56), message="other", confidence=0.5))
    assert branch_name([moved]) == branch_name([ONE])


@settings(max_examples=200)
@given(st.text(), st.text(), st.text(max_size=4))
def test_causes_with_equal_words_have_branches_of_their_own(one: str, other: str, rule: str) -> None:
    names = [
        branch_name([replace(ONE, finding=replace(ONE.finding, rule=rule, cause=cause))])
        for cause in (one, other)
    ]
    assert (names[0] == names[1]) is (one == other)


HOSTILE = (
    *(
        "",
        " ",
        "x",
        "r ../../etc/passwd",
        "r a..b",
        "r -x",
        "r a.lock",
        "r a@{b}",
        "r ~^:?*[\\",
        "r " + "a" * 5000,
    ),
    *(
        "r \x00\x1b[31m\n",
        "r 漢字",
        "r \udcff",
        "r docs/---.md",
        "r /",
        "r x#y/../z",
        "r 'x'; rm -rf ~",
        "r HEAD",
    ),
)


@pytest.mark.parametrize("rule", ["rule", "", "../..", "-x", "a.lock", "a b", "漢字", "x" * 500])
def test_no_cause_or_rule_makes_a_bad_branch(rule: str) -> None:
    for cause in HOSTILE:
        name = branch_name([replace(ONE, finding=replace(ONE.finding, rule=rule, cause=cause))])
        assert len(name) < 120
        assert name.startswith("docbot/")
        assert name.isascii()
        assert is_branch(name)


def test_t04_what_touches_too_many_files_is_asked_about_in_an_issue_first() -> None:
    made = planned(ALL, max_files=2)
    assert made.large == ((FAR, ONE, COPY),)
    assert topics(made) == [[GONE], [WORD]]
    assert [held.reason for held in made.held if held.draft == ONE] == [
        "redirected-link docs/v1/old.md touches 3 files, and the repository takes 2 in a pull request: "
        "ask its maintainers in an issue first, or choose a folder with --path"
    ]
    assert planned(ALL).large == ()


def test_t04_so_is_what_a_person_changed_in_five_ways_at_once() -> None:
    places = [("docs/other.md", "A"), ("docs/other.md", " a"), ("docs/other.md", " word")]
    places += [("docs/guide.md", "Go"), ("docs/v1/ref.md", "See")]
    cause = "by-hand docs/guide.md"
    five = [draft(path, part, f"x{n}", cause) for n, (path, part) in enumerate(places)]
    alike = [
        draft(path, "old.md", "new.md", "by-hand docs/v1/ref.md")
        for path in ("docs/v1/ref.md", "docs/v2/ref.md")
    ]
    assert planned(five).large == (tuple(sorted(five, key=lambda one: one.finding.key)),)
    assert planned(five[:4]).large == ()
    assert planned(alike * 3).large == ()


def test_t19_without_a_proof_nothing_goes() -> None:
    bare = replace(ONE, finding=replace(ONE.finding, evidence=()))
    made = planned([bare, GONE])
    assert topics(made) == [[GONE]]
    assert [(held.draft, held.reason.partition(",")[0]) for held in made.held] == [
        (bare, "nothing proves it")
    ]
