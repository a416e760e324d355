"""Each gate refuses what it is there for, and nothing that leaves all gates touches what isn't its own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyromark
import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.facts import Facts
from docbot.gates import GATES, Examiner, Trial, combined, same_front_matter
from docbot.markdown import Document, Parser
from docbot.rules.interface import Given, Rule
from docbot.testing import PAGE, documents, facts_of
from docbot.text import Edit, Span, apply
from docbot.types import Draft, Evidence, EvidenceKind, Fix, Verdict
from tests.helpers.rules import BadWord, WorseWord, draft, spot
from tests.markdown import strategies
from tests.markdown.oracle import differences

BAD, WORSE = BadWord(), WorseWord()
PLAIN = Given(learn=False)
RULES: tuple[Rule, ...] = (BAD, WORSE)


def examined(text: str, *edits: Edit, part: str = "bad", given: Given = PLAIN) -> Draft:
    """A draft with `edits` for the first `part` of the page, tried by every gate."""
    pages = documents(text, given)
    page = pages[PAGE]
    examiner = Examiner(page, RULES, facts_of(pages, given), Parser())
    return examiner.examine(draft(page, BAD, spot(text, part), *edits))


def change(text: str, part: str, replacement: str, nth: int = 0) -> Edit:
    return Edit(spot(text, part, nth), replacement)


def fixed(text: str, *others: tuple[str, str], given: Given = PLAIN) -> Draft:
    """The draft that makes the first "bad" good, and changes `others` too."""
    edits = [change(text, part, replacement) for part, replacement in (("bad", "good"), *others)]
    return examined(text, *edits, given=given)


def refused_by(one: Draft) -> str:
    return one.refusal.partition(":")[0]


def test_all_gates_are_asked_in_their_order() -> None:
    one = fixed("It is bad.\n")
    assert [verdict.gate for verdict in one.verdicts] == ["blob-unchanged", *(name for name, _ in GATES)]
    assert one.passed
    assert all(verdict.reason for verdict in one.verdicts)


def test_a_page_that_changed_is_refused() -> None:
    page = Document(PAGE, "It is bad.\n")
    examiner = Examiner(page, RULES, Facts(), Parser())
    other = draft(Document(PAGE, "It is bad!\n"), BAD, Span(6, 9), Edit(Span(6, 9), "good"))
    assert examiner.examine(other).verdicts == (
        Verdict("blob-unchanged", False, f"{PAGE} changed since it was analysed"),
    )


def test_a_byte_order_mark_counts_as_a_change() -> None:
    page = Document(PAGE, "It is bad.\n", bom=True)
    plain = draft(Document(PAGE, page.text), BAD, Span(6, 9), Edit(Span(6, 9), "good"))
    own = draft(page, BAD, Span(6, 9), Edit(Span(6, 9), "good"))
    examiner = Examiner(page, RULES, Facts(), Parser())
    assert refused_by(examiner.examine(plain)) == "blob-unchanged"
    assert examiner.examine(own).passed


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(Span(6, 99), "good"),),
        (Edit(Span(-4, 3), "good"),),
        (Edit(Span(9, 6), "good"),),
        (Edit(Span(6, 9), "good"), Edit(Span(8, 10), "x")),
        (Edit(Span(6, 9), "good"), Edit(Span(9, 9), "x")),
    ],
    ids=["past the end", "before the start", "backwards", "overlapping", "meeting"],
)
def test_edits_that_do_not_apply_are_refused(edits: tuple[Edit, ...]) -> None:
    assert refused_by(examined("It is bad.\n", *edits)) == "edits-apply"


TABLE = "| a bad | b |\n|---|---|\n| c | d |\n"
REFERENCES = "It is bad, see [x][a], [y][b] and [b].\n\n[a]: a.md\n[b]: b.md\n"
ALERT = "> [!NOTE]\n> It is bad.\n"
NO_LOC = "---\nno-loc: [Contoso, Fabrikam]\n---\nIt is bad at Contoso.\n"

REFUSED: dict[str, list[tuple[str, tuple[tuple[str, str], ...]]]] = {
    "inside-block": [
        ("It is bad.\n\nIt is so.\n", (("so", "such"),)),
        ("It is bad.\n\nIt is so.\n", ((".\n\nIt", ". It"),)),
        ("It is bad.\n\n```\ncode\n```\n", (("code", "cod"),)),
        ("---\ntitle: x\n---\nIt is bad.\n", (("x", "y"),)),
        ("- It is bad.\n- It is so.\n", (("so", "such"),)),
        (TABLE, (("| b", "| e"),)),
        ("It is bad.\n\n[a]: a.md\n", (("a.md", "b.md"),)),
    ],
    "same-structure": [
        ("It is bad.\n", (("It", "# It"),)),
        ("It is bad.\n", (("It", "- It"),)),
        ("It is bad.\n", ((".", ".\n\nMore."),)),
        ("It is bad.\n", ((".", ".\n\n```\nsudo rm\n```"),)),
        ("It is bad.\n\n- item\n", (("It", "1. It"),)),
        ("## It is bad\n", (("## ", "### "),)),
        (TABLE, (("a ", "a | b "),)),
        ("It is bad, see [x].\n\n[x]: a.md\n", (("].", "].\n\n[z]: z.md"),)),
    ],
    "same-code": [
        ("It is bad: `code`.\n", (("code", "cod"),)),
        ("It is bad: `code`.\n", (("`code`", "code"),)),
        ("It is bad: code.\n", (("code", "`code`"),)),
    ],
    "same-links": [
        ("It is bad, see [x](a.md) and [y](b.md).\n", (("b.md", "a.md"),)),
        ("It is bad, see [x](a.md).\n", (("[x](a.md)", "x"),)),
        ("It is bad, see x.\n", (("x", "[x](a.md)"),)),
        ("It is bad, see x.\n", (("x", "<https://example.com>"),)),
        ("It is bad, see [x](a.md).\n", (("[x]", "![x]"),)),
        (REFERENCES, (("[x][a]", "[x][b]"),)),
        (REFERENCES, (("[b].", "[c]."),)),
        (REFERENCES, (("[y][b]", "y"),)),
        ("::: bad x :::\n", (("x", "[x](a.md)"),)),
    ],
    "same-markup": [
        ("It is bad, press <kbd>x</kbd>.\n", (("<kbd>", "<b>"),)),
        ("It is bad, press x.\n", (("x", "<script>x</script>"),)),
        ("It is bad <!-- and stays --> here.\n", (("stays", "goes"),)),
        ("It is bad here.\n", (("here", "<!-- docbot: ignore * --> here"),)),
        (ALERT, (("NOTE", "TIP"),)),
        (ALERT, (("[!NOTE]", "NOTE"),)),
        ("It is bad.\n::: moniker range=\"a\"\n", (('"a"', '"b"'),)),
        ("It is bad, see @System.String.\n", (("String", "Int32"),)),
        (NO_LOC, (("at Contoso", "at Adatum"),)),
    ],
    "same-anchors": [("## It is bad\n\nText.\n", ())],
    "finding-gone": [("It is bad and so.\n", (("so", "such"),))],
    "nothing-new": [("It is bad and so.\n", (("so", "worse"),))],
}  # fmt: skip


@pytest.mark.parametrize(
    ("gate", "text", "others"), [(gate, *sample) for gate, samples in REFUSED.items() for sample in samples]
)
def test_t23_gate_is_the_first_to_refuse(gate: str, text: str, others: tuple[tuple[str, str], ...]) -> None:
    if gate == "finding-gone":
        one = examined(text, *(change(text, part, replacement) for part, replacement in others))
    else:
        one = fixed(text, *others)
    assert refused_by(one) == gate, one.verdicts
    assert not one.passed


PASSED = [
    "It is bad.\n",
    "It is bad: `bad code` and\n\n```\nbad\n```\n",
    "It is bad, see [x](a.md), [y][a] and <https://example.com>.\n\n[a]: a.md\n",
    "- It is bad.\n- It is so.\n",
    TABLE,
    ALERT,
    NO_LOC,
    "It is bad, press <kbd>x</kbd> <!-- c --> @System.String.\n",
    "::: moniker range=\"a\"\nIt is bad.\n::: moniker-end\n",
    "---\ntitle: bad\n---\n\n# Title\n\nIt is so, not bad.\n",
    "\tcode\n\nIt\tis  bad.  \n",
    "It is\r\nbad.\r\n\r\nMore.",
]  # fmt: skip


@pytest.mark.parametrize("text", PASSED)
def test_a_small_fix_passes_every_gate(text: str) -> None:
    place = spot(text, "bad", text.count("bad") - 1 if text.startswith("---\ntitle") else 0)
    page = Document(PAGE, text)
    one = Examiner(page, [BAD], Facts(), Parser()).examine(draft(page, BAD, place, Edit(place, "good")))
    assert one.passed, one.refusal


def test_t23_front_matter_can_not_change_even_if_all_else_stays() -> None:
    before = Document(PAGE, "---\na: b\n---\nIt is bad.\n")
    moved = before.with_text("---\na: c\n---\nIt is good.\n")
    gone = before.with_text("\n\n\nIt is good.\n")
    same = before.with_text("---\na: b\n---\nIt is good.\n")
    one = draft(before, BAD, spot(before.text, "bad"))
    for after, passes in ((moved, False), (gone, False), (same, True)):
        trial = Trial(one, before, after, (), (), Facts(), (one.finding.span,))
        assert same_front_matter(trial)[0] is passes


@pytest.mark.parametrize(
    ("kind", "others", "refusal"),
    [
        (EvidenceKind.SOURCE_CODE, (), ""),
        (EvidenceKind.HISTORY, (), "same-code"),
        (EvidenceKind.SOURCE_CODE, (("`other`", "`another`"),), "same-code"),
        (EvidenceKind.SOURCE_CODE, (("block", "blocks"),), "inside-block"),
    ],
)
def test_code_changes_only_where_the_source_code_proves_a_name_wrong(
    kind: EvidenceKind, others: tuple[tuple[str, str], ...], refusal: str
) -> None:
    text = "Say `bad` and `other`.\n\n```\nblock\n```\n"
    page = Document(PAGE, text)
    edits = [change(text, part, replacement) for part, replacement in (("bad", "good"), *others)]
    one = draft(page, BAD, spot(text, "bad"), *edits)
    proof = (Evidence(kind, "commit 1", "it is gone"),)
    one = replace(one, finding=replace(one.finding, evidence=proof, fix=Fix("Rename it", (edits[0],))))
    assert refused_by(Examiner(page, RULES, Facts(), Parser()).examine(one)) == refusal


def test_a_heading_may_change_while_its_anchor_stays() -> None:
    text = '## <a id="old"></a>It is bad\n\nText.\n'
    assert fixed(text, given=Given(learn=True)).passed


LINK = "See [x](bad.md#first).\n"
THERE = {"good.md": "# Good\n\n## First\n", "other.md": "# Other\n"}


@pytest.mark.parametrize(
    ("destination", "gate"),
    [
        ("good.md#first", ""),
        ("good.md", ""),
        ("/docs/somewhere", ""),
        ("https://example.com/", ""),
        ("nowhere.md", "target-exists"),
        ("Good.md", "target-exists"),
        ("good.md#second", "target-exists"),
        ("other.md#first", "target-exists"),
        ("good", "target-exists"),
    ],
)
def test_a_destination_that_an_edit_writes_must_be_there(destination: str, gate: str) -> None:
    one = examined(LINK, change(LINK, "bad.md#first", destination), given=Given(files=THERE, learn=False))
    assert refused_by(one) == gate, one.refusal


def test_an_anchor_of_the_page_itself_must_be_there_after_the_edit() -> None:
    text = "# Title\n\nSee [x](#bad).\n"
    assert examined(text, change(text, "#bad", "#title")).passed
    assert refused_by(examined(text, change(text, "#bad", "#titel"))) == "target-exists"


def test_the_definition_that_a_finding_stands_in_may_change() -> None:
    text = "See [x][1] and [y].\n\n[1]: bad.md\n[y]: y.md\n"
    given_ = Given(files=THERE, learn=False)
    assert examined(text, change(text, "bad.md", "good.md"), given=given_).passed
    beyond = examined(text, change(text, "bad.md", "good.md"), change(text, "y.md", "good.md"), given=given_)
    assert refused_by(beyond) == "inside-block"


def test_a_label_is_no_word() -> None:
    text = "See [the bad guide].\n\n[the bad guide]: good.md\n"
    assert refused_by(fixed(text)) == "same-links"


def test_a_fix_that_would_be_fixed_again_is_refused() -> None:
    text = "It is bad, no worse.\n"
    page = Document(PAGE, text)

    class Restless(WorseWord):
        """Reports what it made itself."""

        name = "wrong-word"

    examiner = Examiner(page, [BAD, Restless()], Facts(), Parser())
    one = draft(page, BAD, spot(text, "bad"), change(text, "bad", "worse"), change(text, "worse", "good"))
    assert refused_by(examiner.examine(one)) == "idempotent"


def test_equal_findings_on_the_page_do_not_hide_that_one_is_gone() -> None:
    text = "It is bad.\n\nIt is bad.\n"
    page = Document(PAGE, text)
    examiner = Examiner(page, RULES, Facts(), Parser())
    for nth in (0, 1):
        place = spot(text, "bad", nth)
        assert examiner.examine(draft(page, BAD, place, Edit(place, "good"))).passed


def test_protected_text_stays_even_where_the_finding_stands_in_it() -> None:
    text = "<!-- docutune:disable -->\n\nIt is bad.\n\n<!-- docutune:enable -->\n"
    assert refused_by(fixed(text)) == "same-markup"


def test_an_alert_that_the_finding_is_about_may_change() -> None:
    text = "> [!bad]\n> Text.\n"
    assert fixed(text).passed


def test_drafts_that_are_fine_alone_are_tried_together() -> None:
    text = "It is bad.\n\nIt is bad too.\n\n`code`\n"
    page = Document(PAGE, text)
    examiner = Examiner(page, RULES, Facts(), Parser())
    places = [spot(text, "bad", nth) for nth in (0, 1)]
    both = [draft(page, BAD, place, Edit(place, "good")) for place in places]
    assert examiner.examine(combined(both), both).passed
    alone = examiner.examine(combined(both))
    assert refused_by(alone) == "inside-block"
    bold = draft(page, BAD, places[0], Edit(places[0], "good *so"))
    closed = draft(page, BAD, places[1], Edit(places[1], "worse"))
    assert refused_by(examiner.examine(combined([bold, closed]), [bold, closed])) == "nothing-new"


# What an independent parser sees of a page that a fix must not change.

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH


class Seen:
    """Blocks, code and links as pulldown-cmark reads them."""

    def __init__(self, text: str) -> None:
        self.blocks: list[str] = []
        self.code: list[str] = []
        self.links: Counter[str] = Counter()
        self._in_code = False
        for said in pyromark.events(text, options=_OPTIONS):
            self._hear(said)

    def _hear(self, said: Any) -> None:
        kind, value = next(iter(said.items())) if isinstance(said, dict) else (said, "")
        name, about = next(iter(value.items())) if isinstance(value, dict) else (value, {})
        if kind in ("Start", "End") and name in ("Link", "Image"):
            if kind == "Start":
                self.links[about["dest_url"]] += 1
        elif kind in ("Start", "End") and name not in ("Emphasis", "Strong", "Strikethrough"):
            self.blocks.append(f"{kind} {name} {about or ''}")
            self._in_code = kind == "Start" and name == "CodeBlock"
        elif kind == "Code" or (kind == "Text" and self._in_code):
            self.code.append(" ".join(name.split()))


REPLACEMENTS = st.sampled_from(
    (
        *("", "good", "x y", "*x*", "**", "`", "``x``", "\n", "\n\n", "\n# ", "# ", "- ", "1. ", "> "),
        *("    ", "[x](y)", "[", "]", "](z)", "[ref]", "![", "<b>", "<!--", "-->", "|", "\\", "---"),
        *("\n---\n", "```\n", "[!NOTE]", ":::", "\t", "&amp;", "~~", "_", "*"),
        *("<https://a.b>", ")", "(", "a.md"),
    )
)  # fmt: skip


@st.composite
def wild_drafts(draw: st.DrawFn) -> tuple[str, Span, list[Edit]]:
    """A wild page that says "bad" somewhere, and a fix of that place that may do more."""
    text = draw(strategies.documents(max_lines=6))
    at = draw(st.integers(0, len(text)))
    text = f"{text[:at]}bad{text[at:]}"
    place = Span(at, at + 3)
    edits = [Edit(place, draw(st.just("good") | REPLACEMENTS))]
    near = st.integers(max(0, at - 12), min(len(text), at + 15))
    for _ in range(draw(st.integers(0, 1))):
        start, end = sorted((draw(near), draw(near)))
        edits.append(Edit(Span(start, end), draw(REPLACEMENTS)))
    return text, place, edits


@settings(max_examples=250, deadline=None)
@given(wild_drafts())
@example(("[bad]\n\n[bad]: /url\n", Span(1, 4), [Edit(Span(1, 4), "good")]))
def test_t23_nothing_that_passes_changes_what_it_must_not(sample: tuple[str, Span, list[Edit]]) -> None:
    text, place, edits = sample
    page = Document(PAGE, text)
    one = Examiner(page, [BAD], Facts(), Parser()).examine(draft(page, BAD, place, *edits))
    if not one.passed:
        return
    changed = page.with_text(apply(text, edits))
    # Where the two parsers read a page differently, the other is no judge.
    if differences(text, page.parsed) or differences(changed.text, changed.parsed):
        return
    event("passed")
    before, after = page.front_matter, changed.front_matter
    front = before.span.end if before else 0
    assert (after.span.end if after else 0) == front
    assert changed.text[:front] == text[:front]
    old, new = Seen(text[front:]), Seen(changed.text[front:])
    assert new.blocks == old.blocks
    assert new.code == old.code
    own = Counter(link.destination for link in page.outline.links if link.span.overlaps(place))
    own += Counter(
        node.destination for node, _ in page.parsed.inventory.links if node.style == "reference" and own
    )
    assert not old.links - new.links - own
    assert sum(new.links.values()) == sum(old.links.values())
