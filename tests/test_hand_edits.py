"""What a person changed, block by block: nothing more, nothing less, and found again where it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from docbot.hand_edits import (
    BETWEEN,
    BLOCKS,
    FRONT_MATTER,
    Compared,
    compare,
    copy_of,
    edits_of,
    leaves_of,
    place_of,
    plain_ends,
    touched,
)
from docbot.markdown import Document
from docbot.text import Edit, apply
from tests.markdown import strategies

PAGE = """\
---
title: Page
---

# Open a file

Press the
button.

> [!NOTE]
> Quoted words.

- one item
- two items

| a | b |
|---|---|
| c |  |

```sh
run it
```

See [x][one].

[one]: there.md
"""


def compared(old: str, new: str, text: str = PAGE) -> Compared:
    """What `compare` says where `old`, which stands once in the page, became `new`."""
    assert text.count(old) == 1
    return compare(Document("a.md", text), Document("a.md", text.replace(old, new)))


def made(before: Document, found: Compared) -> str:
    """The page after the changes that were found."""
    leaves = leaves_of(before)
    edits = [edit for one in found.changes for edit in edits_of(before, leaves[one.index], one.after)]
    return apply(before.text, edits)


@pytest.mark.parametrize(
    ("old", "new", "kind", "line"),
    [
        ("Open a file", "Open two files", "heading", 5),
        ("the\nbutton", "a\nkey", "paragraph", 7),
        ("the\nbutton", "the button", "paragraph", 7),
        ("Quoted", "Said", "paragraph", 10),
        ("two items", "2 items", "paragraph", 14),
        ("| c |", "| d |", "table_cell", 18),
        ("| c |  |", "| c | d |", "", 18),
        ("run it", "run that", "code", 20),
        ("there.md", "here.md", "definition", 26),
    ],
)
def test_a_change_inside_of_a_block_is_that_block_alone(old: str, new: str, kind: str, line: int) -> None:
    found = compared(old, new)
    if not kind:
        assert (found.changes, [one.line for one in found.refusals]) == ((), [line])
        return
    assert found.refusals == ()
    assert [(one.before.kind, one.line) for one in found.changes] == [(kind, line)]
    assert made(Document("a.md", PAGE), found) == PAGE.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("title: Page", "title: Site", 1, FRONT_MATTER),
        ("- two items\n", "- two items\n- three items\n", 15, BLOCKS),
        ("- two items\n", "", 14, BLOCKS),
        ("Quoted words.\n", "Quoted words.\n\nMore of them.\n", 13, BLOCKS),
        ("- one item\n- two items", "* one item\n- two items", 13, BETWEEN),
        ("|---|---|", "|:--|---|", 17, BETWEEN),
        ("button.\n\n", "button.\n\n\n", 10, BETWEEN),
        ("there.md\n", "there.md", 26, BETWEEN),
    ],
)
def test_what_is_more_than_that_is_refused_with_its_line(old: str, new: str, line: int, why: str) -> None:
    found = compared(old, new)
    assert found.changes == ()
    assert [(one.line, one.why) for one in found.refusals] == [(line, why)]


def test_a_block_is_not_torn_from_a_change_right_beside_it() -> None:
    text = PAGE.replace("- two", "*  2").replace("Press", "Hit")
    found = compare(Document("a.md", PAGE), Document("a.md", text))
    assert [one.after for one in found.changes] == ["Hit the\nbutton."]
    assert [(one.line, one.why) for one in found.refusals] == [(14, BETWEEN)]


def test_moved_blocks_are_no_edits_of_each_other() -> None:
    found = compared("- one item\n- two items", "- two items\n- one item")
    assert found.changes == ()
    assert {one.why for one in found.refusals} == {BLOCKS}


@pytest.mark.parametrize("other", ["\r\n", "\n"])
def test_line_ends_are_no_change_and_stay(other: str) -> None:
    one, two = "\n" if other == "\r\n" else "\r\n", other
    before = Document("a.md", PAGE.replace("\n", one))
    after = PAGE.replace("the\nbutton.", "a\nlarge\nkey.").replace("\n", two)
    found = compare(before, Document("a.md", after))
    assert found.refusals == ()
    assert made(before, found) == after.replace("\r\n", "\n").replace("\n", one)
    same = compare(before, Document("a.md", PAGE.replace("\n", two)))
    assert (same.changes, same.refusals) == ((), ())


def test_the_line_ends_of_a_block_win_over_those_of_its_page() -> None:
    before = Document("a.md", "One.\r\n\r\nTwo.\r\n\r\nold\nwords\n")
    found = compare(before, Document("a.md", "One.\n\nTwo.\n\nold\nnew\nwords\n"))
    assert made(before, found) == "One.\r\n\r\nTwo.\r\n\r\nold\nnew\nwords\n"


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("Press the key.", "Press a key.", [("the", "a")]),
        ("Press the key.", "Press the red key.", [("", "red ")]),
        ("Press the red key.", "Press the key.", [("red ", "")]),
        ("It has 2.0 GB, or two.", "It has 2.1 GB, or 2.", [("0", "1"), ("two", "2")]),
        ("Press the key now.", "Hit a key now.", [("Press the", "Hit a")]),
        ("Press  the key.", "Press the key.", [(" ", "")]),
        ("e\u0301 and 😀", "e\u0301 or 😀!", [("and 😀", "or 😀!")]),
    ],
)
def test_edits_are_as_small_as_the_words(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    page = Document("a.md", old)
    made_ = edits_of(page, leaves_of(page)[0], new)
    assert [(edit.span.of(old), edit.replacement) for edit in made_] == edits


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("See [x](b) there.", "See [x](b.md) there.", "[x](b)"),
        ("See it there.", "See it there!", "there."),
        ("- It has one or two.", "- It had one or 2.", "has one or two."),
        ("|a|\n|-|\n||", "|a|\n|-|\n|x|", ""),
    ],
)
def test_the_words_that_are_touched_are_whole(old: str, new: str, words: str) -> None:
    page = Document("a.md", old)
    found = compare(page, Document("a.md", new))
    [change] = found.changes
    leaf = leaves_of(page)[change.index]
    assert touched(page, leaf, edits_of(page, leaf, change.after)).of(old) == words


class TestPlaces:
    """A block is found again where it stands once, letter for letter."""

    def places(self, block: str, text: str) -> int | None:
        [leaf] = leaves_of(Document("a.md", block))
        return place_of(leaf, leaves_of(Document("a.md", text)))

    def test_once_and_exactly(self) -> None:
        assert self.places("Old\nwords.", "# T\n\nOld\r\nwords.\r\n") == 1
        assert self.places("Old words.", "# T\n\nOld  words.\n") is None
        assert self.places("Old words.", "Old words.\n\nOld words.\n") is None
        assert self.places("Old words.", "# Old words.\n") is None
        assert self.places("Old words.", "") is None

    def copies(self, mine: str, other: str, block: str, after: str) -> int | None:
        leaves = leaves_of(Document("a.md", mine))
        index = [leaf.text for leaf in leaves].index(block)
        return copy_of(leaves, index, after, leaves_of(Document("b.md", other)))

    LONG = "These are quite a few words to stand somewhere by chance."

    def test_many_words_are_a_copy_wherever_they_stand(self) -> None:
        text = f"# A\n\n{self.LONG}\n"
        assert self.copies(text, f"# B\n\nMore.\n\n{self.LONG}\n", self.LONG, "New.") == 2
        assert self.copies(text, f"{self.LONG}\n\n{self.LONG}\n", self.LONG, "New.") is None
        assert self.copies(text, f"{self.LONG}\n\nNew.\n", self.LONG, "New.") is None

    def test_few_words_are_one_in_the_same_neighbourhood_alone(self) -> None:
        table = "| Feature | There |\n|---|---|\n| {} | Yes |\n| Third | No |\n"
        mine = table.format("First")
        assert self.copies(mine, mine, "Yes", "No longer") == 3
        assert self.copies(mine, table.format("Second"), "Yes", "No longer") is None


def _mutated(text: str, places: list[tuple[int, int, str]]) -> str:
    for start, length, new in places:
        at = start % (len(text) + 1)
        text = text[:at] + new + text[at + length :]
    return text


PLACES = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 6),
        st.sampled_from(("", "x", "word ", "\n", "\r\n", "\r", "`", "- ", "é😀", "|", "\n\n", "[a](b)", " ")),
    ),
    max_size=3,
)


@settings(max_examples=400)
@given(strategies.documents(max_lines=8), PLACES)
def test_the_edits_make_of_the_page_before_the_page_after(
    text: str, places: list[tuple[int, int, str]]
) -> None:
    before, after = Document("a.md", text), Document("a.md", _mutated(text, places))
    found = compare(before, after)
    result = made(before, found)
    leaves = leaves_of(before)
    for one in found.changes:
        own = edits_of(before, leaves[one.index], one.after)
        assert own
        span = leaves[one.index].span
        inner = [Edit(edit.span.shifted(-span.start), edit.replacement) for edit in own]
        assert plain_ends(apply(span.of(text), inner)) == one.after
        for edit in own:
            assert span.contains(edit.span)
            old, new = plain_ends(edit.span.of(text)), plain_ends(edit.replacement)
            assert old or new
            assert not (old and new) or (old[0] != new[0] and old[-1] != new[-1])
    if not found.refusals:
        event("all of it" if found.changes else "nothing")
        assert plain_ends(result) == plain_ends(after.text)


@settings(max_examples=150)
@given(strategies.documents(max_lines=8))
def test_a_page_is_the_same_with_other_line_ends(text: str) -> None:
    text = text.replace("\r", "")
    one, two = Document("a.md", text), Document("a.md", text.replace("\n", "\r\n"))
    found = compare(one, two)
    assert (found.changes, found.refusals) == ((), ())
    assert [leaf.text for leaf in leaves_of(one)] == [leaf.text for leaf in leaves_of(two)]


def test_a_page_that_was_rewritten_takes_no_age() -> None:
    old = "\n".join(f"| {n % 7} | word {n} and more |" for n in range(1500))
    new = "\n".join(f"| {n % 5} | other {n} and less |" for n in range(1490))
    head = "| a | b |\n|---|---|\n"
    long = " ".join(f"word{n % 50}" for n in range(4000))
    started = time.process_time()
    found = compare(
        Document("a.md", f"{head}{old}\n\n{long}\n"),
        Document("a.md", f"{head}{new}\n\n{long.replace('word1', 'x')}\n"),
    )
    assert found.refusals
    [page] = [Document("b.md", long)]
    assert apply(long, edits_of(page, leaves_of(page)[0], long[::-1])) == long[::-1]
    assert time.process_time() - started < 40
