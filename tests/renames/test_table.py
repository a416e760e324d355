"""The bundled facts: all there, all with a source, and none that edits without proof."""

from __future__ import annotations

import re
from datetime import date

import pytest

from docbot.renames.names import Hit, hits, may_name
from docbot.renames.table import Mode, Rename, entra, renames


def test_every_row_of_the_table_is_there_once_each() -> None:
    assert {rename.row for rename in renames()} == set(range(1, 83))
    ids = [rename.id for rename in renames()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rename", renames(), ids=lambda rename: rename.id)
class TestRow:
    def test_only_what_a_named_source_says_is_edited(self, rename: Rename) -> None:
        if rename.mode is Mode.EDIT:
            assert rename.edits
            assert rename.source
            assert rename.verified_on
            assert rename.verified_on >= rename.since

    def test_what_is_not_confirmed_only_reports(self, rename: Rename) -> None:
        if rename.verified_on is None:
            assert rename.mode in (Mode.REPORT, Mode.ELSEWHERE)

    def test_its_patterns_compile_and_its_day_is_a_day(self, rename: Rename) -> None:
        re.compile(rename.next)
        re.compile(rename.unless)
        assert rename.since < date(2030, 1, 1)

    def test_its_names_are_found(self, rename: Rename) -> None:
        for name in rename.old if rename.mode in (Mode.EDIT, Mode.REPORT) else ():
            text = f"We have {name} here."
            assert may_name(text)
            assert [(text[hit.start : hit.end], hit.rename) for hit in hits(text)] == [(name, rename)]

    def test_its_abbreviations_count_beside_a_long_name(self, rename: Rename) -> None:
        for short in rename.short if rename.mode in (Mode.EDIT, Mode.REPORT) else ():
            for name in (rename.old[-1], rename.new):
                text = f"{short} is {name}."
                assert may_name(text)
                assert next(hits(text)) == Hit(0, len(short), rename, True)

    def test_its_kept_names_are_none(self, rename: Rename) -> None:
        for name in rename.kept:
            assert [hit.rename for hit in hits(f"We have {name} here.") if hit.rename is rename] == []

    def test_its_new_name_is_no_old_one(self, rename: Rename) -> None:
        if rename.edits:
            assert list(hits(f"We have {rename.new} here.")) == []


def test_the_guide_names_its_sources() -> None:
    guide = entra().guide
    assert (guide.since, guide.verified_on > guide.since) == (date(2023, 7, 11), True)
    assert "new-name.md" in guide.source
    assert "how-to-rename-azure-ad.yml" in guide.procedure


def test_no_word_is_both_a_feature_and_part_of_the_sentence() -> None:
    words = entra().words
    assert not words.features & words.sentence
    every = words.features | words.sentence | words.plans | words.determiners
    assert all(word == word.lower() for word in every)
