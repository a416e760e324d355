from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from docbot.reporters.plain import CUT, head, tail, visible, visible_lines
from tests.reporters.samples import HOSTILE

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_hostile_text_stays_readable_and_loses_its_power() -> None:
    assert visible(HOSTILE) == (
        "]8;;https://evil.example[bold red]x[/bold red][2J31mabc"
        " [link=https://evil.example]y[/link] :bomb:  {0} [z](1) <b>&amp;"
    )


def test_no_code_point_steers_a_terminal() -> None:
    for number in range(sys.maxunicode + 1):
        for sign in visible(chr(number)):
            assert unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp"), hex(number)
            assert unicodedata.bidirectional(sign) not in BIDI, hex(number)


def test_letters_emoji_and_joiners_are_kept() -> None:
    kept = "é 日本語 👩\u200d💻 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 שלום"
    assert visible(kept) == kept


def test_lines_and_tabs_of_a_diff_are_kept() -> None:
    assert visible_lines("+a\tb\r\n-\x1b[2Jc\u202e\n") == "+a\tb\n-[2Jc\n"


@given(st.text(st.sampled_from("ab 日é👩"), max_size=30), st.integers(4, 20))
def test_cuts_fit_and_are_marked(text: str, cells: int) -> None:
    start, end = head(text, cells), tail(text, cells)
    assert cell_len(start) <= cells
    assert cell_len(end) <= cells
    assert start == text or (start.endswith(CUT) and text.startswith(start.removesuffix(CUT)))
    assert end == text or (end.startswith(CUT) and text.endswith(end.removeprefix(CUT)))
    assert (start == text) == (cell_len(text) <= cells)
