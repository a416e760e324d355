"""Edits made by hand on real repositories: which are taken, what proves them, what is said of the rest."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from docbot.app import Drafts, ScanOptions, scan
from docbot.app.draft import pages_of
from docbot.app.mine import AUTHOR, LONGEST_REASON, by_hand
from docbot.errors import StoppedError, UsageError
from docbot.plan import Limits, plan
from docbot.reporters.pull_body import write
from docbot.reporters.story import Disclosure
from docbot.repository.checkout import checkout_of
from docbot.repository.worktree import Worktree
from docbot.rules.by_hand import ByHand
from docbot.types import EvidenceKind, Proposal
from tests.helpers.git import Builder

WHY = "The button has another name since version 3."
PAGE = """\
---
title: Page
ms.date: 01/01/2020
---

# Open a file

Press the large button to open it, see [x](old.md) and `code` <kbd>k</kbd>.

> [!NOTE]
> Quoted words.

- one item
- two items

| a | b |
|---|---|
| c | d |

```sh
run it
```

[!INCLUDE [x](inc.md)]

<!-- docutune:disable -->

Nobody edits this.

<!-- docutune:enable -->

See [x][one].

[one]: there.md
"""
OTHERS = {f"docs/{name}.md": f"# {name}\n" for name in ("here", "inc", "new", "there")}
LARGE = "Press the large button"


@pytest.fixture
def docs(docs: Builder) -> Builder:
    docs.commit({"docs/a.md": PAGE, **OTHERS})
    return docs


def taken(docs: Builder, reason: str = WHY, *, base: str | None = None, who: str = "alice") -> Drafts:
    """The edits in the working tree of `docs`, drafted on the commit `base` (HEAD if not given)."""
    mine = Worktree.open(docs.root)
    before = docs.snapshot()
    with checkout_of(mine, base or docs.head()) as there:
        made = by_hand(scan(there.root, ScanOptions(drafting=True)), mine, reason, who)
    assert docs.snapshot() == before
    return made


def proposed(docs: Builder, reason: str = WHY, *, base: str | None = None) -> list[Proposal]:
    """What a plan makes of the edits."""
    mine = Worktree.open(docs.root)
    with checkout_of(mine, base or docs.head()) as there:
        scanned = scan(there.root, ScanOptions(drafting=True))
        made = by_hand(scanned, mine, reason, "alice")
        pages = pages_of(scanned, made)
    rules = {rule.name: rule for rule in (*scanned.rules, ByHand())}
    told = partial(write, rules=rules, pages=pages, disclosure=Disclosure("1", "main"))
    return list(plan(made.drafts, pages, "main", Limits(), told).proposals)


def edit(docs: Builder, old: str, new: str, path: str = "docs/a.md") -> None:
    data = (docs.root / path).read_bytes()
    assert data.count(old.encode()) == 1
    docs.write(path, data.replace(old.encode(), new.encode()))


def notices(made: Drafts) -> list[str]:
    return [notice.text for notice in made.notices]


class TestBlocks:
    """The gates judge what a person wrote as they judge every draft."""

    @pytest.mark.parametrize(
        ("old", "new", "excerpt"),
        [
            ("the large button", "a large key", "the large button"),
            ("(old.md)", "(new.md)", "[x](old.md)"),
            ("Quoted", "Said", "Quoted"),
            ("two items", "2 items", "two"),
            ("| d |", "| e |", "d"),
            ("<kbd>k<", "<kbd>j<", "<kbd>k</kbd>."),
            ("(inc.md)", "(new.md)", "[x](inc.md)]"),
            ("[one]: there.md", "[one]: here.md", "there.md"),
        ],
    )
    def test_what_stays_inside_of_a_block_passes(
        self, docs: Builder, old: str, new: str, excerpt: str
    ) -> None:
        edit(docs, old, new)
        made = taken(docs)
        [one] = made.drafts
        assert one.refusal == ""
        assert one.passed
        assert (one.finding.excerpt, one.finding.rule, one.author) == (excerpt, "by-hand", AUTHOR)
        assert (made.held, made.notices, made.undrafted) == ((), (), 0)
        assert made.texts == {"docs/a.md": PAGE}
        [proposal] = proposed(docs)
        [change] = proposal.changes
        assert change.after == (docs.root / "docs/a.md").read_bytes()
        assert change.before == PAGE.encode()

    @pytest.mark.parametrize(
        ("old", "new", "refusal"),
        [
            ("run it", "run that", "same-code: the edit would change code"),
            ("`code`", "`cod`", "same-code: the edit would change code"),
            ("(old.md)", "(nowhere.md)", "target-exists: nowhere.md leads nowhere"),
            ("[x](old.md)", "x", "same-links: the edit would add, remove or exchange a link"),
            (LARGE, "Press the [large](new.md) button", "same-links: the edit would add, remove or exchange"),
            ("# Open a file", "# Open files", "same-anchors: links to #open-a-file would break"),
            (LARGE, "Press the the large button", "nothing-new: doubled-word would newly report 'the the'"),
            (LARGE, "Press the large <blink>button", "same-markup: the edit would add markup"),
            ("Nobody edits", "Somebody edits", "same-markup: the edit would change"),
        ],
    )
    def test_what_a_gate_refuses_is_told_with_its_sentence(
        self, docs: Builder, old: str, new: str, refusal: str
    ) -> None:
        edit(docs, old, new)
        made = taken(docs)
        [one] = made.drafts
        assert not one.passed
        assert one.refusal.startswith(refusal)
        assert proposed(docs) == []

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("title: Page", "title: Site", "docs/a.md, line 1: its front matter is edited"),
            ("01/01/2020", "02/02/2026", "docs/a.md, line 1: its front matter is edited"),
            (
                "- two items\n",
                "- two items\n- three\n",
                "docs/a.md, line 15: paragraphs, list items or cells",
            ),
            ("|---|---|", "|:--|---|", "docs/a.md, line 17: what stands between blocks"),
            ("there.md\n", "there.md", "what stands between blocks"),
        ],
    )
    def test_what_is_no_edit_of_a_block_is_a_notice(
        self, docs: Builder, old: str, new: str, words: str
    ) -> None:
        edit(docs, old, new)
        edit(docs, "large", "small")
        made = taken(docs)
        assert [one.finding.excerpt for one in made.drafts if one.passed] == ["large"]
        [notice] = notices(made)
        assert words in notice
        assert notice.endswith("make that pull request by hand")

    def test_each_block_is_one_finding_and_all_are_one_decision(self, docs: Builder) -> None:
        edit(docs, "large", "small")
        edit(docs, "see [x]", "read [x]")
        edit(docs, "one item", "1 item")
        edit(docs, "# here", "# here <!-- so -->", "docs/here.md")
        docs.write("docs/new.md", "# new\n")
        made = taken(docs)
        assert [(one.finding.path, one.finding.excerpt, len(one.fix.edits)) for one in made.drafts] == [
            ("docs/a.md", "large button to open it, see", 2),
            ("docs/a.md", "one", 1),
            ("docs/here.md", "here", 1),
        ]
        assert {one.finding.cause for one in made.drafts} == {"by-hand docs/a.md"}
        assert len({one.finding.fingerprint for one in made.drafts}) == 3
        assert all(one.finding.section for one in made.drafts)
        [proposal] = proposed(docs)
        assert [draft.finding.path for draft in proposal.drafts] == ["docs/a.md", "docs/a.md"]
        assert proposal.branch.startswith("docbot/by-hand/a-md-")
        again = taken(docs)
        assert again == made

    def test_no_comment_silences_a_person(self, docs: Builder) -> None:
        docs.commit({"docs/a.md": "<!-- docbot: ignore-file * theirs -->\n\nOld words here.\n"})
        edit(docs, "Old", "New")
        [one] = taken(docs).drafts
        assert one.passed


class TestEvidence:
    """No hunk without evidence: the reason, or what a rule says of what was there."""

    def test_the_reason_is_evidence_by_its_person(self, docs: Builder) -> None:
        edit(docs, "large", "small")
        [one] = taken(docs).drafts
        assert [(e.kind, e.source, e.detail) for e in one.finding.evidence] == [
            (EvidenceKind.READER, "alice", WHY)
        ]
        assert one.finding.message == WHY.removesuffix(".")
        [other] = taken(docs, who="").drafts
        assert other.finding.evidence[0].source == "the author of this change"

    def test_a_finding_that_goes_is_evidence(self, docs: Builder) -> None:
        docs.commit({"docs/a.md": "# T\n\nOpen the the file of of it.\n\nAnd and more.\n"})
        edit(docs, "the the file", "the one file")
        [one] = taken(docs, "").drafts
        assert one.passed
        [proof] = one.finding.evidence
        assert proof.kind is EvidenceKind.LANGUAGE
        assert "“the the”" in proof.detail
        assert "by hand" in one.finding.message
        [both] = taken(docs).drafts
        assert [e.kind for e in both.finding.evidence] == [EvidenceKind.LANGUAGE, EvidenceKind.READER]

    def test_without_any_the_run_stops_and_names_the_place(self, docs: Builder) -> None:
        edit(docs, "# Open a file\n\nPress the large", "# Open a file\n\nPress the small")
        with pytest.raises(StoppedError, match=r"the edit of docs/a\.md, line 8: .* --because \"why") as said:
            taken(docs, "  ")
        assert said.value.exit_code == 4

    @pytest.mark.parametrize(
        ("reason", "words"),
        [
            ("x" * (LONGEST_REASON + 1), "has 401 characters: say it in at most 400"),
            ("one\ntwo", "on one line of plain text"),
            ("a\x1b[31m", "control characters"),
            ("a\u2028b", "line ends"),
            ("a\udcff", "control characters"),
        ],
    )
    def test_a_reason_that_cannot_be_shown_is_refused(self, docs: Builder, reason: str, words: str) -> None:
        edit(docs, "large", "small")
        with pytest.raises(UsageError, match="the reason") as said:
            taken(docs, reason)
        assert words in str(said.value)

    def test_markup_in_a_reason_does_nothing(self, docs: Builder) -> None:
        edit(docs, "large", "small")
        hostile = "fixes #1 @octocat <!-- docbot:end --> ``` [x](https://e.example) </details> owner/repo#2"
        [proposal] = proposed(docs, hostile)
        for text in (proposal.title, proposal.message, proposal.body):
            assert "@octocat" not in text
            assert "#1" not in text
            assert "repo#2" not in text
        assert proposal.body.count("<!-- docbot:end -->") == 1


class TestCopies:
    """The same words on pages of the same name are edited alike."""

    OTHER = PAGE.replace("one item", "first item")

    @pytest.fixture
    def docs(self, docs: Builder) -> Builder:
        docs.commit({"v1/a.md": PAGE, "v2/a.md": self.OTHER, "v2/b.md": PAGE, "v2/new.md": "# x\n"})
        (docs.root / "docs/a.md").unlink()
        docs.commit()
        return docs

    def test_a_copy_gets_the_edit_and_says_of_what(self, docs: Builder) -> None:
        edit(docs, "large", "small", "v1/a.md")
        made = taken(docs)
        assert [(one.finding.path, one.passed) for one in made.drafts] == [
            ("v1/a.md", True),
            ("v2/a.md", True),
        ]
        own, copy = made.drafts
        assert copy.finding.evidence == (*own.finding.evidence, copy.finding.evidence[-1])
        assert (copy.finding.evidence[-1].kind, copy.finding.evidence[-1].source) == (
            EvidenceKind.SIBLING,
            "v1/a.md:8",
        )
        [proposal] = proposed(docs)
        assert [(c.path, c.after.decode()) for c in proposal.changes] == [
            ("v1/a.md", PAGE.replace("large", "small")),
            ("v2/a.md", self.OTHER.replace("large", "small")),
        ]
        assert "The same change in 1 more copy of the page" in proposal.body

    def test_a_copy_needs_no_reason_where_a_rule_proves_the_original(self, docs: Builder) -> None:
        docs.commit({f"{v}/a.md": f"# {v}\n\nOpen the the file.\n\nMore.\n" for v in ("v1", "v2")})
        edit(docs, "the the", "the", "v1/a.md")
        assert [one.finding.path for one in taken(docs, "").drafts] == ["v1/a.md"]
        docs.commit({f"{v}/a.md": f"# X\n\nOpen the the file.\n\nMore of {v}.\n" for v in ("v1", "v2")})
        edit(docs, "the the", "the", "v1/a.md")
        assert [one.finding.path for one in taken(docs, "").drafts] == ["v1/a.md"]
        docs.commit({f"{v}/a.md": f"# X\n\nOpen the the file.\n\nMore.\n\n{v}\n" for v in ("v1", "v2")})
        edit(docs, "the the", "the", "v1/a.md")
        own, copy = taken(docs, "").drafts
        assert [e.kind for e in own.finding.evidence] == [EvidenceKind.LANGUAGE]
        assert [e.kind for e in copy.finding.evidence] == [EvidenceKind.LANGUAGE, EvidenceKind.SIBLING]

    @pytest.mark.parametrize(
        "other",
        [
            PAGE.replace("large", "small"),
            PAGE.replace("large", "huge"),
            PAGE.replace("# Open", f"{PAGE.split(chr(10))[7]}\n\n# Open"),
            PAGE + "\n" + PAGE.split("\n")[7].replace("large", "small") + "\n",
        ],
        ids=["edited already", "other words", "stands twice", "stands there as well"],
    )
    def test_what_is_no_exact_copy_is_left_alone(self, docs: Builder, other: str) -> None:
        docs.commit({"v2/a.md": other})
        edit(docs, "large", "small", "v1/a.md")
        assert [one.finding.path for one in taken(docs).drafts] == ["v1/a.md"]

    def test_what_the_person_wrote_on_the_copy_wins(self, docs: Builder) -> None:
        docs.commit({"v3/a.md": PAGE})
        edit(docs, "large", "small", "v1/a.md")
        edit(docs, "large", "huge", "v2/a.md")
        made = taken(docs)
        assert [(one.finding.path, one.fix.edits[0].replacement) for one in made.drafts] == [
            ("v1/a.md", "small"),
            ("v2/a.md", "hu"),
        ]
        assert made.held == ()

    def test_an_edit_that_is_refused_is_not_copied(self, docs: Builder) -> None:
        edit(docs, "run it", "run that", "v1/a.md")
        assert [(one.finding.path, one.passed) for one in taken(docs).drafts] == [("v1/a.md", False)]

    def test_a_copy_is_judged_on_its_own_page(self, docs: Builder) -> None:
        edit(docs, "(old.md)", "(../docs/here.md)", "v1/a.md")
        assert [one.passed for one in taken(docs).drafts] == [True, True]
        edit(docs, "(../docs/here.md)", "(only.md)", "v1/a.md")
        docs.git("stash", "-q")
        docs.commit({"v1/only.md": "# x\n"})
        docs.git("stash", "pop", "-q")
        made = taken(docs)
        assert [(one.finding.path, one.passed) for one in made.drafts] == [
            ("v1/a.md", True),
            ("v2/a.md", False),
        ]


class TestBase:
    """An edit is made on the base as it is now, exactly or not at all."""

    def test_what_moved_on_the_base_is_found_again(self, docs: Builder) -> None:
        old = docs.head()
        base = docs.commit({"docs/a.md": PAGE.replace("# Open a file", "# Open a file\n\nNew words.")})
        docs.git("checkout", "-q", old)
        edit(docs, "large", "small")
        made = taken(docs, base=base)
        [one] = made.drafts
        assert one.passed
        [proposal] = proposed(docs, base=base)
        assert proposal.changes[0].after.decode().count("small") == 1
        assert "New words." in proposal.changes[0].after.decode()

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("large", "huge", "line 8: what you edited changed on the base meanwhile: merge it first"),
            ("large", "small", "line 8: the base says so already"),
            (
                "# Open",
                f"{PAGE.split(chr(10))[7]}\n\n# Open",
                "changed on the base meanwhile: merge it first",
            ),
        ],
    )
    def test_what_changed_on_the_base_is_dropped(self, docs: Builder, old: str, new: str, words: str) -> None:
        before = docs.head()
        base = docs.commit({"docs/a.md": PAGE.replace(old, new, 1)})
        docs.git("checkout", "-q", before)
        edit(docs, "large", "small")
        edit(docs, "two items", "2 items")
        made = taken(docs, base=base)
        assert [one.finding.excerpt for one in made.drafts] == ["two"]
        [notice] = notices(made)
        assert notice.startswith("docs/a.md, ")
        assert words in notice

    def test_a_page_the_base_does_not_have_is_a_notice(self, docs: Builder) -> None:
        base = docs.head()
        docs.commit({"docs/mine.md": "Some words.\n"})
        edit(docs, "Some", "More", "docs/mine.md")
        made = taken(docs, base=base)
        assert made.drafts == ()
        assert "docs/mine.md isn't on the base: make that pull request by hand" in notices(made)[0]

    def test_a_page_nobody_may_edit_is_a_notice(self, docs: Builder) -> None:
        docs.commit({"docs/a.md": "---\nms.locfileid: 1\n---\n\nSome words.\n"})
        edit(docs, "Some", "More")
        [notice] = notices(taken(docs))
        assert "it is a translation" in notice


class TestFiles:
    """Only edited text of pages is taken; all else is named."""

    def test_staged_or_not_the_working_tree_counts(self, docs: Builder) -> None:
        edit(docs, "large", "huge")
        docs.git("add", "-A")
        edit(docs, "huge", "small")
        [one] = taken(docs).drafts
        assert [e.replacement for e in one.fix.edits] == ["small"]
        edit(docs, "small", "large")
        made = taken(docs)
        assert (made.drafts, len(made.notices)) == ((), 1)
        assert "no page here is edited" in notices(made)[0]

    def test_every_other_change_is_a_notice(self, docs: Builder) -> None:
        docs.commit(
            {
                "docs/gone.md": "x\n",
                "docs/bin.md": "x\n",
                "docs/latin.md": "x\n",
                "docs/big.md": "x\n",
                "docs/link.md": "x\n",
                "docs/old-name.md": "Quite unlike the others.\n",
                "LICENSE.md": "x\n",
                "code.py": "x\n",
            }
        )
        (docs.root / "docs/gone.md").unlink()
        docs.git("mv", "docs/old-name.md", "docs/other-name.md")
        docs.write("docs/bin.md", b"\0\1")
        docs.write("docs/latin.md", b"\xe9\n")
        docs.write("docs/big.md", b"x\n" * 2_500_001)
        (docs.root / "docs/link.md").unlink()
        (docs.root / "docs/link.md").symlink_to("a.md")
        docs.write("LICENSE.md", "y\n")
        docs.write("code.py", "y\n")
        docs.write("docs/fresh.md", "# Fresh\n")
        docs.write("notes.txt", "mine\n")
        edit(docs, "large", "small")
        made = taken(docs)
        assert [one.finding.path for one in made.drafts] == ["docs/a.md"]
        said = {notice.path: notice.text for notice in made.notices}
        assert sorted(said) == [
            *("LICENSE.md", "code.py", "docs/big.md", "docs/bin.md", "docs/fresh.md", "docs/gone.md"),
            *("docs/latin.md", "docs/link.md", "docs/old-name.md", "docs/other-name.md"),
        ]
        assert all("make that pull request by hand" in text for text in said.values())
        assert "docs/fresh.md is new" in said["docs/fresh.md"]
        assert "docs/other-name.md is new" in said["docs/other-name.md"]
        assert "is deleted or renamed" in said["docs/old-name.md"]
        assert "is none of the pages docbot looks at" in said["code.py"]
        assert "is not UTF-8" in said["docs/latin.md"]
        assert "is no regular file" in said["docs/link.md"]

    def test_a_page_that_was_none_before_is_a_notice(self, docs: Builder) -> None:
        docs.write("docs/big.md", b"x\n" * 2_500_001)
        (docs.root / "docs/link.md").symlink_to("a.md")
        docs.commit()
        docs.write("docs/big.md", "x\n")
        (docs.root / "docs/link.md").unlink()
        docs.write("docs/link.md", "x\n")
        assert [text.partition(",")[0] for text in notices(taken(docs))] == [
            "docs/big.md was no readable page before",
            "docs/link.md was no readable page before",
        ]

    def test_a_merge_conflict_is_no_edit(self, docs: Builder) -> None:
        docs.git("checkout", "-q", "-b", "other")
        docs.commit({"docs/a.md": PAGE.replace("large", "huge")})
        docs.git("checkout", "-q", "main")
        docs.commit({"docs/a.md": PAGE.replace("large", "small")})
        with pytest.raises(CalledProcessError):
            docs.merge("other")
        made = taken(docs)
        assert made.drafts == ()
        assert notices(made) == ["docs/a.md has a merge conflict: resolve it first, then run docbot again"]

    def test_nothing_edited_says_what_to_do(self, docs: Builder) -> None:
        docs.write("notes.txt", "mine\n")
        made = taken(docs, "")
        assert (made.drafts, made.held) == ((), ())
        assert notices(made) == ["no page here is edited: edit one, and run docbot before you commit it"]

    def test_before_the_first_commit_there_is_no_edit(self, docs: Builder, tmp_path: Path) -> None:
        empty = Builder.init(tmp_path / "empty")
        with pytest.raises(StoppedError, match="nothing is committed here yet"):
            by_hand(scan(docs.root, ScanOptions(drafting=True)), Worktree.open(empty.root), WHY, "")


class TestBytes:
    """Line ends and byte order marks are nobody's edit."""

    def test_t22_line_ends_that_an_editor_exchanged_stay(self, docs: Builder) -> None:
        docs.write("docs/a.md", PAGE.replace("large", "small").replace("\n", "\r\n"))
        [proposal] = proposed(docs)
        assert proposal.changes[0].after == PAGE.replace("large", "small").encode()
        docs.commit({"docs/a.md": PAGE.replace("\n", "\r\n")})
        docs.write("docs/a.md", PAGE.replace("Quoted words", "Quoted\n> new words"))
        [proposal] = proposed(docs)
        assert (
            proposal.changes[0].after
            == PAGE.replace("Quoted words", "Quoted\r\n> new words")
            .replace("\r\n", "\n")
            .replace("\n", "\r\n")
            .encode()
        )

    def test_t22_a_checkout_with_other_line_ends_edits_none(self, docs: Builder) -> None:
        docs.git("config", "core.autocrlf", "true")
        (docs.root / "docs/a.md").unlink()
        docs.git("checkout", "-q", "--", "docs/a.md")
        assert b"\r\n" in (docs.root / "docs/a.md").read_bytes()
        assert taken(docs).drafts == ()
        edit(docs, "large", "small")
        made = taken(docs)
        [one] = made.drafts
        assert one.passed
        assert [(len(e.span), e.replacement) for e in one.fix.edits] == [(5, "small")]
        assert made.notices == ()

    def test_line_ends_mark_or_mode_alone_are_a_notice(self, docs: Builder) -> None:
        docs.write("docs/a.md", PAGE.replace("\n", "\r\n"))
        docs.write("docs/here.md", b"\xef\xbb\xbf# here\n")
        docs.git("update-index", "--chmod=+x", "docs/new.md")
        (docs.root / "docs/new.md").chmod(0o755)
        made = taken(docs)
        assert made.drafts == ()
        assert [notice.path for notice in made.notices] == ["docs/a.md", "docs/here.md", "docs/new.md"]
        assert all("says what it said" in text for text in notices(made))

    def test_t22_the_mark_of_the_base_stays(self, docs: Builder) -> None:
        docs.commit({"docs/a.md": b"\xef\xbb\xbf" + PAGE.encode()})
        docs.write("docs/a.md", PAGE.replace("large", "small"))
        made = taken(docs)
        assert made.boms == {"docs/a.md"}
        [proposal] = proposed(docs)
        assert proposal.changes[0].after == b"\xef\xbb\xbf" + PAGE.replace("large", "small").encode()
