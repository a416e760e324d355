"""Dated facts in reviews of real changes: old names, ended versions and past days, written or corrected."""

from __future__ import annotations

from datetime import date

import pytest

from docbot.app import ScanOptions, review
from docbot.review.values import Judged, Judgement
from tests.helpers.git import Builder

TODAY = date(2026, 6, 1)


def changed(docs: Builder, old: str, new: str) -> Judged:
    """The only hunk of a change of one paragraph."""
    docs.commit({"a.md": f"# Setup\n\nHow to begin.\n\n{old}\n\nThe end.\n"})
    docs.commit({"a.md": f"# Setup\n\nHow to begin.\n\n{new}\n\nThe end.\n"})
    (one,) = review(docs.root, "HEAD~1", ScanOptions(today=TODAY)).hunks
    return one


class TestStated:
    @pytest.mark.parametrize(
        ("new", "said", "source"),
        [
            (
                "We recommend that you use Python 3.7.",
                "support of Python 3.7 ended on 2023-06-27",
                "endoflife",
            ),
            ("Create an Azure AD tenant first.", "“Azure AD tenant” is now “Microsoft Entra tenant”", "2023"),
        ],
    )
    def test_what_is_sure_is_told_with_its_source(
        self, docs: Builder, new: str, said: str, source: str
    ) -> None:
        one = changed(docs, "Begin here.", new)
        assert one.judgement is Judgement.DONT
        assert one.said[0].startswith("new: ")
        assert said in one.said[0]
        assert source in one.said[0].partition(said)[2]

    @pytest.mark.parametrize(
        ("new", "said", "source"),
        [
            ("Azure AD frobnication is on.", "may now be", "2023"),
            (
                "Works with Internet Explorer 11.",
                "“Internet Explorer 11” may now be “Microsoft Edge”",
                "2022-06-15",
            ),
            (
                "The old API will be retired on March 31, 2023.",
                "“March 31, 2023” has passed, and this still speaks of it as to come",
                "today is 2026-06-01",
            ),
            ("Install Python 3.7.", "support of Python 3.7 ended on 2023-06-27", "endoflife"),
        ],
    )
    def test_what_is_unsure_is_a_reason_to_look(
        self, docs: Builder, new: str, said: str, source: str
    ) -> None:
        one = changed(docs, "Begin here.", new)
        assert one.judgement is Judgement.LOOK
        (maybe,) = (reason for reason in one.said if reason.startswith("maybe: "))
        assert said in maybe
        assert source in maybe

    def test_what_stood_there_before_is_no_news(self, docs: Builder) -> None:
        one = changed(
            docs, "Azure AD frobnication is on here.", "Please note: Azure AD frobnication is on here."
        )
        assert not any("maybe" in reason for reason in one.said)

    @pytest.mark.parametrize(
        "new",
        [
            "The old API was retired on March 31, 2024.",
            "The old API will be retired on March 31, 2031.",
            "We recommend that you use Python 3.13.",
            "Create a Microsoft Entra tenant first.",
        ],
    )
    def test_what_is_right_is_left_alone(self, docs: Builder, new: str) -> None:
        one = changed(docs, "Begin here.", new)
        assert not any(reason.startswith(("maybe: ", "new: ")) for reason in one.said)

    def test_what_the_docs_silence_is_left_alone(self, docs: Builder) -> None:
        quiet = "<!-- docbot: ignore-file product-renamed ours -->\n\n"
        one = changed(docs, f"{quiet}Begin here.", f"{quiet}Azure AD frobnication is on.")
        assert not any(reason.startswith("maybe: ") for reason in one.said)


class TestCorrected:
    @pytest.mark.parametrize(
        ("old", "new", "said", "source"),
        [
            (
                "Create an Azure AD tenant first.",
                "Create a Microsoft Entra tenant first.",
                "mends product-renamed: “Azure AD tenant” is now “Microsoft Entra tenant”",
                "2023",
            ),
            (
                "We recommend that you use Python 3.7.",
                "We recommend that you use Python 3.13.",
                "mends version-past-end-of-life: ",
                "support ended 2023-06-27",
            ),
            (
                "The old API will be retired on March 31, 2024.",
                "The old API was retired on March 31, 2024.",
                "mends overtaken-by-date: “March 31, 2024” has passed",
                "today is 2026-06-01",
            ),
            (
                "Works with Internet Explorer 11.",
                "Works with Microsoft Edge.",
                "maybe corrects: product-renamed: “Internet Explorer 11” may now be “Microsoft Edge”",
                "2022-06-15",
            ),
            (
                "The old API will be retired on March 31, 2023.",
                "The old API was retired on March 31, 2023.",
                "maybe corrects: overtaken-by-date: “March 31, 2023” has passed",
                "today is 2026-06-01",
            ),
        ],
    )
    def test_the_source_is_its_merit(self, docs: Builder, old: str, new: str, said: str, source: str) -> None:
        one = changed(docs, old, new)
        assert one.judgement is not Judgement.DONT
        found = [reason for reason in one.said if said in reason]
        assert len(found) == 1, one.said
        assert source in found[0]
