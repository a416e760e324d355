"""What holds for any document, and for the edits made by its spans."""

from __future__ import annotations

import itertools
import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from docbot.markdown.nodes import Block, Definition, FrontMatter, Inline
from docbot.markdown.parser import Parsed, Parser
from docbot.text import Conflict, Edit, LineIndex, Place, Span, apply, without_conflicts
from tests.markdown.helpers import all_blocks, all_inlines, violations
from tests.markdown.strategies import documents, mixed_documents

Structure = tuple[FrontMatter | None, tuple[Block, ...], tuple[Definition, ...]]

_WORD = re.compile(r"[a-z]{3,}")


def structure(parsed: Parsed) -> Structure:
    return parsed.front_matter, parsed.blocks, parsed.definitions


class TestSpans:
    @settings(max_examples=400, deadline=None)
    @given(documents() | mixed_documents())
    def test_are_exact(self, text: str) -> None:
        assert violations(text, Parser().parse(text)) == []

    @settings(max_examples=200, deadline=None)
    @given(documents())
    def test_do_not_depend_on_the_words(self, text: str) -> None:
        """A line taken for an equal line elsewhere would go unseen in the check of slices."""
        numbers = itertools.count()
        numbered = re.sub("foo|bar", lambda _: f"f{next(numbers) % 100:02}", text)
        assert _places(Parser().parse(numbered)) == _places(Parser().parse(text))


def _places(parsed: Parsed) -> list[object]:
    blocks = [(b.kind, b.span, b.content) for b in all_blocks(parsed)]
    inlines = [(i.kind, i.span, i.content, i.destination_span) for i in all_inlines(parsed)]
    return [*blocks, *inlines, *((d.span, d.destination_span) for d in parsed.definitions)]


class TestMemo:
    """A parser that has seen other pages gives what a new one gives."""

    @settings(max_examples=150, deadline=None)
    @given(st.lists(documents(max_lines=5), min_size=1, max_size=6))
    def test_pages_seen_before_do_not_matter(self, texts: list[str]) -> None:
        parser = Parser()
        for text in [*texts, *reversed(texts)]:
            assert structure(parser.parse(text)) == structure(Parser().parse(text))

    @settings(max_examples=100, deadline=None)
    @given(
        documents(max_lines=4), st.permutations(["[ref]: /url", "[x]: /x", "", "[REF two]: a", "[t]: <b c>"])
    )
    def test_definitions_of_other_pages_do_not_matter(self, text: str, definitions: list[str]) -> None:
        parser = Parser()
        for definition in definitions:
            page = f"{definition}\n\n{text}\n\n[ref] [x][REF two] ![t] [x]"
            assert structure(parser.parse(page)) == structure(Parser().parse(page))

    def test_a_memo_that_is_full_starts_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Parser, "LARGEST_MEMO", 3)
        parser = Parser()
        for text in ("a *b*\n\nc\n\n[d]\n", "[d]: e\n\na *b*\n\n[d]\n\nf\n", "a *b*\n\nc\n\n[d]\n"):
            assert structure(parser.parse(text)) == structure(Parser().parse(text))


class TestEditsBySpans:
    """An edit made by a span changes what it names and moves what follows; nothing else."""

    @settings(max_examples=250, deadline=None)
    @given(documents(), st.randoms(use_true_random=False))
    def test_another_destination(self, text: str, chance: random.Random) -> None:
        parsed = Parser().parse(text)
        nodes = [node for node in _with_destinations(parsed) if node.destination_span]
        assume(nodes)
        node = chance.choice(nodes)
        assert node.destination_span is not None
        automatic = isinstance(node, Inline) and node.kind == "autolink"
        destination = "https://new.example/x" if automatic else "new/place.md#x"
        edit = Edit(node.destination_span, destination)
        changed = _after(text, edit)
        assert changed.skeleton == _moved(text, edit)
        assert destination in [node.destination for node in _with_destinations(changed.parsed)]

    @settings(max_examples=250, deadline=None)
    @given(documents(), st.randoms(use_true_random=False))
    def test_another_word(self, text: str, chance: random.Random) -> None:
        words = list(_free_words(text, Parser().parse(text)))
        assume(words)
        edit = Edit(chance.choice(words), "another")
        assert _after(text, edit).skeleton == _moved(text, edit)


def _with_destinations(parsed: Parsed) -> list[Inline | Definition]:
    return [*all_inlines(parsed), *parsed.definitions]


class _After:
    def __init__(self, text: str) -> None:
        self.parsed = Parser().parse(text)
        self.skeleton = _places(self.parsed)


def _after(text: str, edit: Edit) -> _After:
    return _After(apply(text, [edit]))


def _moved(text: str, edit: Edit) -> list[object]:
    """The places of `text` as they must be when `edit` is made."""
    by = len(edit.replacement) - len(edit.span)

    def moved(value: object) -> object:
        if isinstance(value, Span):
            start = value.start + by if value.start >= edit.span.end and value != edit.span else value.start
            return Span(start, value.end + by if value.end >= edit.span.end else value.end)
        return tuple(moved(part) for part in value) if isinstance(value, tuple) else value

    return [moved(place) for place in _places(Parser().parse(text))]


def _free_words(text: str, parsed: Parsed) -> list[Span]:
    """Words of text leaves that aren't part of a label."""
    found: list[Span] = []
    for block in all_blocks(parsed):
        for node in block.inlines:
            found += _words_in(text, node)
    return found


def _words_in(text: str, node: Inline) -> list[Span]:
    assert node.span is not None
    if node.kind == "text":
        start = node.span.start
        return [Span(start + m.start(), start + m.end()) for m in _WORD.finditer(node.span.of(text))]
    if node.style == "reference":
        return []
    return [word for child in node.children for word in _words_in(text, child)]


def _conflicting(edits: list[Edit]) -> bool:
    return any(a.conflicts(b) for a, b in itertools.combinations(edits, 2))


_TEXT = "ab\n😀\r\nc"
_TEXTS = st.text("ab\n\r😀", max_size=12)
_SPANS = [Span(*ends) for ends in itertools.combinations_with_replacement(range(len(_TEXT) + 1), 2)]
_EDITS = st.lists(st.builds(Edit, st.sampled_from(_SPANS), st.sampled_from(("", "x", "y", "xy"))), max_size=4)


class TestApply:
    @settings(max_examples=300, deadline=None)
    @given(_EDITS)
    def test_the_order_does_not_matter(self, edits: list[Edit]) -> None:
        assume(not _conflicting(edits))
        results = {apply(_TEXT, order) for order in itertools.permutations(edits)}
        assert results == {apply(_TEXT, [*edits, *edits])}

    @settings(max_examples=300, deadline=None)
    @given(_EDITS)
    def test_all_at_once_is_one_by_one_from_the_end(self, edits: list[Edit]) -> None:
        assume(not _conflicting(edits))
        one_by_one = _TEXT
        for edit in sorted(set(edits), reverse=True):
            one_by_one = one_by_one[: edit.span.start] + edit.replacement + one_by_one[edit.span.end :]
        assert apply(_TEXT, edits) == one_by_one

    @settings(max_examples=300, deadline=None)
    @given(_EDITS)
    def test_raises_exactly_where_two_edits_conflict(self, edits: list[Edit]) -> None:
        if _conflicting(edits):
            with pytest.raises(Conflict):
                apply(_TEXT, edits)
        else:
            apply(_TEXT, edits)

    @pytest.mark.parametrize("span", [Span(0, 3), Span(3, 3), Span(2, 1), Span(-1, 1)])
    def test_an_edit_outside_of_the_text_raises(self, span: Span) -> None:
        with pytest.raises(IndexError):
            apply("ab", [Edit(span, "x")])


class TestWithoutConflicts:
    @settings(max_examples=300, deadline=None)
    @given(st.lists(_EDITS.filter(lambda edits: not _conflicting(edits)), max_size=5))
    def test_what_is_accepted_applies_and_what_is_not_conflicts(self, lists: list[list[Edit]]) -> None:
        accepted, lost = without_conflicts(list(enumerate(lists)))
        apply(_TEXT, [edit for owner in accepted for edit in lists[owner]])
        assert sorted([*accepted, *(loser for loser, _ in lost)]) == list(range(len(lists)))
        for loser, winner in lost:
            assert winner in accepted
            assert winner < loser
            assert _conflicting([*lists[loser], *lists[winner]])


class TestLineIndex:
    @settings(max_examples=200, deadline=None)
    @given(_TEXTS)
    def test_every_offset_has_a_place_of_its_own(self, text: str) -> None:
        index = LineIndex(text)
        places = [index.place(offset) for offset in range(len(text) + 1)]
        assert len(set(places)) == len(places)
        assert places == sorted(places)
        for offset, place in enumerate(places):
            line = index.line_span(place.line)
            assert line.start + place.column - 1 == offset
            assert line.start <= offset <= line.end
            assert place.line == text.count("\n", 0, offset) + 1 == index.line(offset)

    @settings(max_examples=200, deadline=None)
    @given(_TEXTS)
    def test_lines_are_those_between_line_feeds(self, text: str) -> None:
        index = LineIndex(text)
        lines = text.split("\n")
        assert [index.line_span(k + 1).of(text) for k in range(len(lines))] == lines
        for line in (0, len(lines) + 1):
            with pytest.raises(IndexError):
                index.line_span(line)

    def test_an_offset_outside_of_the_text_is_its_border(self) -> None:
        assert LineIndex("a\nb").place(99) == Place(2, 2)
        assert LineIndex("a\nb").place(-1) == Place(1, 1)
