"""`code-does-not-parse`: what is a fault, and what only looks like one."""

from __future__ import annotations

import pytest

from docbot.rules.unclear.code_does_not_parse import CodeDoesNotParse
from docbot.rules.unclear.syntax_checks import (
    fault_of_json,
    fault_of_python,
    fault_of_toml,
    fault_of_xml,
    fault_of_yaml,
)
from docbot.testing import found_in

FINE = [
    ("json", '{"a": [1, 2,], /* c */ "b": "x // y"} // z\n{"second": 1}\n'),
    ("json", '"a": 1,\n"b": 2\n'),
    ("jsonc", '{"a": 1 "b"}\n'),
    ("json5", "{a: 1}\n"),
    ("json-with-output", "{a}\n"),
    ("yaml", "a: 1\n---\nb: 2\n"),
    ("yaml", "---\ntitle: x\n---\n# A: b: c\n\n- [ not yaml\n"),
    ("yaml", "- !Ref thing\n- *alias\n- &anchor x\n"),
    ("yaml", "Type: x\nDefault value: * (all)\n"),
    ("toml", "[a]\nx = 1\n\n[a]\nx = 2\n"),
    ("toml", "x = {\n  y = 1,\n}\n"),
    ("xml", '<?xml version="1.0"?>\n<a>&nbsp;<p:b/></a>\n<c/>\n'),
    ("xml", "<a>\n  <b>\n"),
    ("xml", "<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>\n"),
    ("xml", "attribute='x'\n"),
    ("xml", '<add key="a" value="<Integer>" />\n'),
    ("python", "    return 1\n"),
    ("python", "def f(x):\n"),
    ("python", "@decorator\n"),
    ("python", "class A:\n    def f(self):\n"),
    ("python", "if x:\n    # say so\nelse:\n    # say no\n"),
    ("python", "else:\n    pass\n"),
    ("python", "$ python x.py\n"),
    ("python", "%timeit f(\n"),
    ("python", "type A = list[A] | None\n"),
    ("python", "await f()\nreturn 1\n"),
    ("python", '"\\d"\n'),
    ("python", "f(\n  ...\n"),
    ("python", "- f(\n+ g(\n"),
    ("python", "f(<name>\n"),
    ("python", "f({{ name }}\n"),
    ("output", "{\n"),
    ("", "{\n"),
]
FAULTS = [
    ("json", '{\n  "a": 1\n  "b": 2\n}\n', '"b": 2'),
    ("json", "{'a': 1}\n", "{'a': 1}"),
    ("JSON", '{"a": }\n', '{"a": }'),
    ("yaml", "a: b: c\n", "a: b: c"),
    ("yml title='x'", "a:\n\t- b\n", "- b"),
    ("toml", "[a\nx = 1\n", "[a"),
    ("xml", "<a>\n  <b></a>\n", "<b></a>"),
    ("xml", "<a x=”1”/>\n", "<a x=”1”/>"),
    ("python", "x = 1\nprint('a)\n", "print('a)"),
    ("py", "print(f(1)\n", "print(f(1)"),
    ("python {test='skip'}", "if x:\n    y\n  z\n", "z"),
    ("python", "print 'x'\n", "print 'x'"),
]


@pytest.mark.parametrize(("info", "code"), FINE)
def test_nothing_is_said_of(info: str, code: str) -> None:
    assert found_in(CodeDoesNotParse(), f"# A\n\n```{info}\n{code}```\n") == []


@pytest.mark.parametrize(("info", "code", "line"), FAULTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("indent", ["", "   "], ids=["plain", "in a list"])
def test_the_line_at_fault(info: str, code: str, line: str, end: str, indent: str) -> None:
    lines = [f"```{info}", *code.splitlines(), "```"]
    text = ("- Say:\n\n" if indent else "") + "".join(f"{indent}{one}\n" for one in lines)
    (finding,) = found_in(CodeDoesNotParse(), text.replace("\n", end))
    assert finding.excerpt == line
    assert (finding.fix, finding.confidence >= 0.8) == (None, info == "xml")


@pytest.mark.parametrize(
    "text",
    [
        "> ```json\n> {a}\n> ```\n",
        "This fails:\n\n```json\n{a}\n```\n",
        "```json\n{a} // an error\n```\n",
        "    {a}\n",
        "```json\n```\n",
        "```json\n\n```\n",
    ],
)
def test_code_that_is_meant_to_be_so_or_is_none(text: str) -> None:
    assert found_in(CodeDoesNotParse(), text) == []


@pytest.mark.parametrize(
    "code",
    [
        *("[" * 19_000, "{" * 19_000, "(" * 19_000, "x = " + "[" * 9_000, "&a [*a, " * 2_000),
        *("a: " * 6_000, "- " * 9_000, "<a>" * 6_000, "\0", "\ud800"),
        *("-" * 19_000 + "1", "a" + ".b" * 9_000, "not " * 4_000 + "x"),
    ],
)
def test_hostile_code_ends_in_an_answer(code: str) -> None:
    for check in (fault_of_json, fault_of_yaml, fault_of_toml, fault_of_xml, fault_of_python):
        fault = check(code)
        assert fault is None or fault.line >= 1
