"""JSON as people keep it, and what is no JSON at all."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.errors import ConfigError
from docbot.site.json_lenient import loads, without_comments


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2]}',
        '\ufeff{"a": [1, 2]}',
        '{"a": [1, 2,],}',
        '{"a": [1, 2, // two\n]}',
        '/* head */ {"a": /* in */ [1, 2]} // tail',
        '{"a": [1, 2 /* last */ , \n ]}',
        '\ufeff// head\n{"a": [1, 2],}',
    ],
)
def test_byte_order_mark_comments_and_trailing_commas_are_read_over(text: str) -> None:
    assert loads("x.json", text) == {"a": [1, 2]}


def test_marks_inside_of_strings_stay() -> None:
    text = '{"url": "https://a/b", "glob": "**/*.md", "comma": ",]", "quote": "\\"//\\"", }'
    assert loads("x.json", text) == {
        "url": "https://a/b",
        "glob": "**/*.md",
        "comma": ",]",
        "quote": '"//"',
    }


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": }', '{"a": "b', "nonsense", "[1 2]", "/* {} ", '{"a": 1}}', "1" * 5000]
)
def test_what_is_no_json_is_an_error_that_says_what_to_do(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^conf/x\.json is no JSON \(.+\): repair it"):
        loads("conf/x.json", text)


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    with pytest.raises(ConfigError, match=r"^x\.json is no JSON"):
        loads("x.json", "[" * 100_000 + "]" * 100_000)
    with pytest.raises(ConfigError, match=r"^x\.json is no JSON"):
        loads("x.json", '{"a":' * 100_000)


@pytest.mark.parametrize("piece", ['\\"', '"', '"\\', "/*", "//", ",", ", ", '",', "/", " \n,"])
def test_a_large_hostile_file_is_refused_in_no_time(piece: str) -> None:
    start = time.process_time()
    with pytest.raises(ConfigError):
        loads("x.json", "{" + piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 20


def test_comments_are_taken_out_without_moving_lines() -> None:
    text = '{\n/* one\n   two */ "a": 1, // three\n"b": "//"}'
    bare = without_comments(text)
    assert bare.count("\n") == text.count("\n")
    assert bare.split("\n")[2].strip() == '"a": 1,'
    assert bare.split("\n")[3] == '"b": "//"}'


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_every_json_value_is_read_as_it_is(value: object) -> None:
    text = json.dumps(value, indent=1)
    assert loads("x.json", text) == value
    assert loads("x.json", "// head\n" + text + " /* tail */") == value
