"""Wild Markdown for hypothesis: nothing here is what an author would write on purpose.

A document is lines of container markers and fragments, joined by one kind of line end (or several).
Fragments are small on purpose, so that what hypothesis shrinks to can be read.
"""

from __future__ import annotations

import random
import re

from hypothesis import strategies as st

LINE_ENDS = ("\n", "\n", "\r\n", "\r")

PREFIXES = (
    *("", "", "", "  ", "   ", "    ", "      ", "\t", " \t", "> ", ">", ">\t", "- ", "-\t", "* "),
    *("+   ",),
    *("1. ", "1)\t", "2. ", "10. ", "-      "),
)

WORDS = ("foo", "bar qux", "a_b_c", "naïve", "漢字", "😀", "e\u0301", "word", "two  spaces")

INLINES = (
    *("*a*", "**b *c* d**", "***e***", "_f_", "__g__", "~~h~~", "~i~", "*a **b***c", "**", "*"),
    *("_", "~~"),
    *("`code`", "``a ` b``", "` x `", "`", "``", "\\`x`", "` `", "`a\\`"),
    *("[t](u.md)", '[t](<u v.md> "ti\\*tle")', "[t]()", "[t](<>)", "[a[b](c)d](e)", "[t](a\\)b 'x')"),
    *("[t](a(b)c)", "[t](a&amp;b)", "![i](a.png)", "[![x](y)](z)", "![a *b* `c`](d)", "[*x*](y#z)"),
    *("[ref]", "[x][ref]", "[ref][]", "![ref]", "[REF  two]", "[x][nope]", "[", "](", "]", "!["),
    *("<https://a.b/c>", "<made-up:x>", "<a@b.c>", "<xref:a.b>", "http://x.y/z.", "www.a.b"),
    *("<b>x</b>", "<!-- c -->", "<a href='q'>", "<?p?>", "<br/>", "<", ">", "<!--", "-->"),
    *("&amp;", "&copy;", "&#35;", "&nope;", "\\*", "\\\\", "\\", "\\&amp;", "\\[x\\]"),
    *("|", "\\|", "a | b", "`a|b`", "`a\\|b`", ":::", "[^1]"),
    *("\u2028", "\x85", "\xa0", "\x0b", "\x0c", "\x1c", "\x00", "\ufeff", "\u200b", "\t", "   "),
    *("line  ", "line\\", "[two\nlines](u)", "`two\nlines`", "*two\nlines*", "[x](\nu\n't')", "<b\nc>"),
)

LINES = (
    *(
        "",
        "",
        "",
        " ",
        "\t",
        "# H",
        "## H ##",
        "#",
        "#\tx",
        "### `c` [t](u) #",
        "Title",
        "===",
        "---",
        "- - -",
    ),
    *("***", "```", "```ps", "````", "~~~", "~~~ a b", "    code", "\tcode", "  \tcode", "<div>"),
    *("</div>",),
    *("<pre>", "</pre>", "<!-- c", "-->", "<script>", "<x>", "<?", "?>", "<![CDATA["),
    *("[ref]: /url 'T'", "[ref]: other", "[ref]:", "  <u v.md>", '"title"', "[REF two]: <a b>"),
    *("[^1]: foot",),
    *("[e&amp;f]: a\\*b", "[ref]: /url 'two", "lines'", "[nope]: a b c"),
    *(
        "|a|b|",
        "|-|-|",
        "| :-: | --- |",
        "a | b",
        "--- | ---",
        "|1\\|2|`3\\|4`|",
        "|1|",
        "|1|2|3|",
        "|a|",
        "|-|",
    ),
    *("- ", "-", "1.", "- [ ] task", "- [x] done", "2. second", "10) ten", "*\ty"),
    *("> [!NOTE]", "[!NOTE]", "[!INCLUDE [t](../i.md)]", '[!code-csharp[Main](a.cs?name=b "t")]'),
    *(':::image type="content" source="a/b.png" alt-text="x":::', ":::row:::", ":::row-end:::"),
    *(
        '::: moniker range=">=a"',
        "::: moniker-end",
        ":::zone pivot='x'",
        "# [Tab](#tab/one)",
        "[!VIDEO https://a.b]",
    ),
    *('> [!div class="nextstepaction"]', "> [Next](n.md)", "<!-- docbot: ignore R1 why -->"),
)

CHUNKS = (
    *("|a|b|\n|-|-|\n|1|2|", "a | b\n--- | ---\n1\n|2|3|4|\ntext", "|a|\n|-|\n\n|b|"),
    *("|`a|b`|\n|:-|-:|",),
    *("| x |\n|---|\n| [t](u) \\| *y* |\n# H", "```sh\na b\n\n  c\n```", "```\n    x\ny\n"),
    *("~~~\n```\n~~~",),
    *(
        "- a\n  - b\n\n    c",
        "1. a\n\n   b\n2. c",
        "- a\n- b\n# H",
        "> a\nlazy\n\n> b",
        "> - a\n> b\n- c\n```\nd",
    ),
    *(
        "para\n> quote\n2. foo",
        "> a\n- b\n> c\n***",
        "<div>\n*a*\n\n*b*\n</div>",
        "Title\n=====",
        "two\nlines\n---",
    ),
    *("[ref]: /url\n[ref2]:\n /u\n 'a\n b'", "- [ref]: <u v>\n- [x][ref]", "    a\n\n    b"),
    *("\ta\n\n  \tb",),
)

FRONT_MATTERS = ("---\ntitle: x\n---\n", "---\n---\n", "--- \na: [b](c)\n# c\n...\n", "---\ntitle: open\n")


def line(r: random.Random) -> str:
    """Container markers by chance, then a line, a few fragments, or a block of several lines."""
    prefix = "".join(r.choice(PREFIXES) for _ in range(r.randint(0, 3)))
    if r.random() < 0.15:
        return _under(prefix, r.choice(CHUNKS))
    if r.random() < 0.4:
        return prefix + r.choice(LINES)
    return prefix + " ".join(r.choice(r.choice((WORDS, INLINES))) for _ in range(r.randint(0, 4)))


def _under(prefix: str, chunk: str) -> str:
    """The chunk's lines inside the containers that `prefix` opens."""
    inside = re.sub(r"[-*+]|\d+[.)]", lambda m: " " * len(m[0]), prefix)
    return prefix + chunk.replace("\n", "\n" + inside)


def document(r: random.Random) -> str:
    """One document by chance, for runs too long for hypothesis."""
    text = "\n".join(line(r) for _ in range(r.randint(1, 14))) + r.choice(("", "\n", "\n\n"))
    if r.random() < 0.1:
        text = r.choice(FRONT_MATTERS) + text
    return text.replace("\n", r.choice(LINE_ENDS))


_prefixes = st.lists(st.sampled_from(PREFIXES), max_size=3).map("".join)
_inline_text = st.lists(st.sampled_from(WORDS + INLINES), max_size=5).map(" ".join)
_soup = st.text(alphabet="ab*_`[]()<>!~|\\&;:#-+=.1 \t\"'", max_size=24)
_lines = st.builds("{}{}".format, _prefixes, st.sampled_from(LINES) | _inline_text | _soup) | st.builds(
    _under, _prefixes, st.sampled_from(CHUNKS)
)
_front = st.just("") | st.just("") | st.sampled_from(FRONT_MATTERS)


def _with_line_ends(text: str, line_end: str) -> str:
    return text.replace("\n", line_end)


def documents(max_lines: int = 12) -> st.SearchStrategy[str]:
    """Documents of up to `max_lines` lines, with one kind of line end each."""
    body = st.lists(_lines, min_size=1, max_size=max_lines).map("\n".join)
    whole = st.builds("{}{}{}".format, _front, body, st.sampled_from(("", "\n")))
    return st.builds(_with_line_ends, whole, st.sampled_from(LINE_ENDS))


def mixed_documents() -> st.SearchStrategy[str]:
    """Documents whose lines don't agree on a line end."""
    parts = st.tuples(_lines, st.sampled_from(("\n", "\r\n", "\r"))).map("".join)
    return st.lists(parts, min_size=1, max_size=10).map("".join)


_cells = st.sampled_from(
    ("", "a", "b c", "`d`", "e\\|f", "`g\\|h`", "*i*", "[j](k)", "\\\\", "x-y", "😀", ":-:")
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Tables as GitHub reads them: ragged rows, optional outer pipes, odd spacing."""
    width = draw(st.integers(1, 4))
    marks = draw(st.lists(st.sampled_from(("-", "---", ":-", "-:", ":-:")), min_size=width, max_size=width))
    header = draw(st.lists(_cells.filter(bool), min_size=width, max_size=width))
    body = draw(st.lists(st.lists(_cells, min_size=1, max_size=6), max_size=4))
    # A delimiter row of one cell without a pipe is a table's to GitHub and not to the oracle.
    delimiter = draw(_row(marks).filter(lambda row: "|" in row))
    rows = [draw(_row(header)), delimiter, *(draw(_row(row)) for row in body)]
    return "\n".join(rows) + "\n"


def _row(cells: list[str]) -> st.SearchStrategy[str]:
    around = st.sampled_from((" | ", "|", " |", "|  "))
    edges = st.sampled_from(("|", "| ", " |", ""))
    return st.builds(_joined, st.just(cells), around, edges, st.sampled_from(("|", " |", "| ", "")))


def _joined(cells: list[str], between: str, before: str, after: str) -> str:
    return before + between.join(cells) + after
