"""What GitHub's documentation says that texts do, text by text."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.contract.signals import BACKLINK, CLOSE, MENTION, TASK, Sign, of_markdown, of_plain
from tests.reporters.github_reads import hostile

SHA = "0123456789abcdef0123456789abcdef01234567"
HOSTS = ("github.com", "www.github.com", "127.0.0.1:8080")


def mention(*names: str) -> list[Sign]:
    return [Sign(MENTION, name) for name in names]


def link(*places: str) -> list[Sign]:
    return [Sign(BACKLINK, place) for place in places]


def close(place: str) -> list[Sign]:
    return [Sign(BACKLINK, place), Sign(CLOSE, place)]


IN_BOTH = {
    "thanks @user": mention("user"),
    "@a, @b-c and (@d_e).": mention("a", "b-c", "d_e"),
    "@Org/team-1": mention("org/team-1"),
    "@Org/team-1 and @Org": mention("org", "org/team-1"),
    "日本@user": mention("user"),
    "@user...": mention("user"),
    "\u200b@user": mention("user"),
    "@user.name": [],
    "@\u200buser": [],
    "u@example.com": [],
    "\uff20user": [],
    "@-user": [],
    "see #12": link("#12"),
    "(#12), #12.": link("#12"),
    "GH-7, gh-8": link("#7", "#8"),
    "o/r.js#9": link("o/r.js#9"),
    "jlord#9": link("jlord#9"),
    "docs/a.md#1": link("docs/a.md#1"),
    "#\u200b1 #\u20601 # 1 #a #1a": [],
    "aGH-7": [],
    "&nbsp;": [],
    f"in {SHA}": link(f"@{SHA}"),
    "in abcdef1.": link("@abcdef1"),
    "u@abcdef1": link("u@abcdef1"),
    f"o/r@{SHA}": link(f"o/r@{SHA}"),
    "abcdef": [],
    f"{SHA}0": [],
    "xabcdef1": [],
    "fixes #1": close("#1"),
    "Closes: o/r#2": close("o/r#2"),
    "resolved GH-3": close("#3"),
    "fix\n#4": close("#4"),
    "prefixes #1": link("#1"),
    "fixes it, see #1": link("#1"),
    "fixing #1": link("#1"),
    "https://github.com/o/r/issues/1": link("o/r#1"),
    "http://www.GitHub.com/o/r/pull/2/files#diff": link("o/r#2"),
    "(https://github.com/o/r/discussions/3).": link("o/r#3"),
    "https://github.com/o/r/pull/2?x=1#issuecomment-3": link("o/r#2"),
    f"https://github.com/o/r/commit/{SHA}": link(f"o/r@{SHA}"),
    "fixes https://github.com/o/r/issues/1": close("o/r#1"),
    "www.github.com/o/r/issues/1": link("o/r#1"),
    "http://127.0.0.1:8080/o/r/pull/5": link("o/r#5"),
    "https://redirect.github.com/o/r/issues/1": [],
    "https://github.com/o/r/blob/main/docs/a.md": [],
    "https://github.com/o/r": [],
    "https://example.com/o/r/issues/1": [],
    "https://example.com/@user/#1": [],
}
"""What means the same in a body and in a commit message."""

IN_A_BODY = {
    "&commat;user &#64;two &#x40;three": mention("user", "two", "three"),
    "&num;1 and &#35;2": link("#1", "#2"),
    "\\@user": mention("user"),
    "`@user #1 fixes #2`": [],
    "`` ` @user ``": [],
    "`unclosed @user": mention("user"),
    "```\n@user\n~~~\n@other\n```\n@third": mention("third"),
    "~~~\n```\n@user\n~~~": [],
    "```\n@user\n``": [],
    "    @user": [],
    "- a\n\n      @user": [],
    "- a\n\n    @user": mention("user"),
    "> ```\n> @user\n@other": mention("other"),
    "# @user": mention("user"),
    "**@user**, a*@other*": mention("user", "other"),
    "| a |\n|-|\n| @user |\n| `#1` |": mention("user"),
    "[@user](x) [#1](y)": [],
    "[here](https://github.com/o/r/issues/1)": link("o/r#1"),
    "fixes [here](https://github.com/o/r/issues/1 '@user')": close("o/r#1"),
    "<https://github.com/o/r/pull/1>": link("o/r#1"),
    "[x][y]\n\n[y]: https://github.com/o/r/pull/1": link("o/r#1"),
    "[y]: https://github.com/o/r/pull/1": [],
    "github.com/o/r/issues/1": [],
    "![@user](https://github.com/o/r/issues/1)": [],
    "**Fixes** #1": close("#1"),
    "Fixes\n\n#1": link("#1"),
    "a[^1]\n\n[^1]: @user": mention("user"),
    "[^1]: @user": [],
    "<!-- @user #1 -->": [],
    "<!-- a\n@user\n-->\n@other": mention("other"),
    "<b>@user</b>": mention("user"),
    "<div>\n@user\n</div>": mention("user"),
    "<details><summary>#1</summary>\n\nx</details>": link("#1"),
    "<a href='https://github.com/o/r/issues/1'>x</a>": link("o/r#1"),
    "<script>\n@user\n</script>": mention("user"),
    "a<code>\n\n@user": mention("user"),
    "<pre>\n\n@user": [],
    "<pre>@user</pre>\n\n@other": mention("other"),
    "- [ ] read `it`": [Sign(TASK, "read it")],
    "1. [x] **Style:** yes\n   - [ ] b\n\ntext": [Sign(TASK, "Style: yes"), Sign(TASK, "b")],
    "- [x] a\n\n- b\n\n- [ ] c": [Sign(TASK, "a"), Sign(TASK, "c")],
    "-[ ] a\n\n[ ] b\n\n- [] c\n- `[ ]` d": [],
    "a\ud800\0@user": mention("user"),
}

IN_A_MESSAGE = {
    "`@user`": mention("user"),
    "```\nfixes #1\n```": close("#1"),
    "    #1": link("#1"),
    "<!-- @user -->": mention("user"),
    "&commat;user": [],
    "- [ ] a": [],
    "[x](https://github.com/o/r/issues/1)": link("o/r#1"),
}


@pytest.mark.parametrize(("text", "signs"), [*IN_BOTH.items(), *IN_A_BODY.items()])
def test_a_body(text: str, signs: list[Sign]) -> None:
    assert of_markdown(text, HOSTS) == signs


@pytest.mark.parametrize(("text", "signs"), [*IN_BOTH.items(), *IN_A_MESSAGE.items()])
def test_a_title_or_a_commit_message(text: str, signs: list[Sign]) -> None:
    assert of_plain(text, HOSTS) == signs


def test_code_in_html_is_no_shelter_within_markdown() -> None:
    """GitHub wouldn't tell this user; but whether such a tag ends where it should is for others to prove."""
    assert of_markdown("<code>@user</code>") == mention("user")


@given(text=hostile)
def test_every_text_can_be_read(text: str) -> None:
    for read in (of_markdown, of_plain):
        signs = read(text)
        assert len(signs) == len(set(signs))
