"""GitHub's own description of its REST API: which operation a request is, and whether all in it is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from tests.contract.schema import MISSING, Schema, Schemas

FILE = Path(__file__).parent.parent / "data" / "api.github.com.slice.json"

ANYWHERE = (301, 307, 401, 403, 404, 410, 422, 429, 500, 502, 503, 504)
"""Statuses that GitHub answers with anywhere, whatever the description of an operation lists."""

OUR_FAULT = 500
_PARAMETER = re.compile(r"\{(\w+)\}")


class Operation(NamedTuple):
    """One operation of the description."""

    id: str
    method: str
    template: str
    pattern: re.Pattern[str]
    parameters: tuple[Schema, ...]
    body: Schema | None
    needs_body: bool
    responses: Mapping[str, Any]


class Match(NamedTuple):
    """A request understood: its operation, and what it gives for the parameters of the path."""

    operation: Operation
    path: Mapping[str, str]


class Description:
    """The operations and their schemas."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.schemas = Schemas(document)
        found = [
            self._operation(method, template, spec)
            for template, methods in document["paths"].items()
            for method, spec in methods.items()
        ]
        # The one with the most fixed parts first: a parameter may hold slashes.
        self.operations = sorted(found, key=lambda one: -len(_PARAMETER.sub("", one.template)))

    @staticmethod
    @cache
    def load() -> Description:
        """GitHub's description, as far as docbot needs it, and corrected where GitHub does otherwise."""
        document = json.loads(FILE.read_text("utf-8"))
        _correct(document)
        return Description(document)

    def _operation(self, method: str, template: str, spec: Mapping[str, Any]) -> Operation:
        parameters = tuple(self.schemas.resolve(one) for one in spec.get("parameters", ()))
        body = spec.get("requestBody", {})
        schema = body.get("content", {}).get("application/json", {}).get("schema")
        long = {one["name"] for one in parameters if one.get("x-multi-segment")}
        pattern = _PARAMETER.sub(
            lambda found: f"(?P<{found[1]}>{'.*' if found[1] in long else '[^/]+'})", template
        )
        responses = {status: self.schemas.resolve(one) for status, one in spec["responses"].items()}
        return Operation(
            id=spec["operationId"],
            method=method.upper(),
            template=template,
            pattern=re.compile(pattern),
            parameters=parameters,
            body=schema,
            needs_body=body.get("required", False),
            responses=responses,
        )

    def find(self, method: str, path: str) -> Match | None:
        """The operation that answers `method path`, the path being without the prefix of the API."""
        for operation in self.operations:
            found = operation.pattern.fullmatch(path)
            if found is not None and operation.method == method:
                values = {name: unquote(value) for name, value in found.groupdict().items()}
                return Match(operation, values)
        return None

    def query(self, operation: Operation, raw: str) -> dict[str, Any]:
        """The query parameters with their types, and with the values of those that are left out."""
        specs = {one["name"]: one["schema"] for one in operation.parameters if one["in"] == "query"}
        values = {name: spec["default"] for name, spec in specs.items() if "default" in spec}
        for name, text in parse_qsl(raw, keep_blank_values=True):
            values[name] = _typed(specs.get(name, {}), text)
        return values

    def request_faults(self, match: Match, raw: str, body: bytes) -> list[str]:
        """What is wrong with a request, each with the operation's id."""
        operation = match.operation
        found = [*self._path_faults(match), *self._query_faults(operation, raw)]
        found += self._body_faults(operation, body)
        return [f"{operation.id}: request {fault}" for fault in found]

    def _path_faults(self, match: Match) -> Iterator[str]:
        for one in match.operation.parameters:
            if one["in"] == "path":
                value = _typed(one["schema"], match.path[one["name"]])
                faults = self.schemas.faults(one["schema"], value)
                yield from (f"path {one['name']}: {fault}" for fault in faults)

    def _query_faults(self, operation: Operation, raw: str) -> Iterator[str]:
        specs = {one["name"]: one for one in operation.parameters if one["in"] == "query"}
        pairs = parse_qsl(raw, keep_blank_values=True)
        names = [name for name, _ in pairs]
        for name, text in pairs:
            if name not in specs:
                yield f"query {name}: nobody knows this parameter"
                continue
            schema = specs[name]["schema"]
            yield from (
                f"query {name}: {fault}" for fault in self.schemas.faults(schema, _typed(schema, text))
            )
        yield from (
            f"query {name}: given twice" for name in {name for name in names if names.count(name) > 1}
        )
        for name, one in specs.items():
            if one.get("required") and name not in names:
                yield f"query {name}: missing"

    def _body_faults(self, operation: Operation, body: bytes) -> Iterator[str]:
        if not body:
            yield from (["body: missing"] if operation.needs_body else [])
            return
        if operation.body is None:
            # PyGithub sends an empty object where there is nothing to say.
            yield from ([] if body in (b"{}", b"null") else ["body: there should be none"])
            return
        try:
            value = json.loads(body)
        except ValueError:
            yield "body: no JSON"
            return
        yield from (f"body {fault}" for fault in self.schemas.faults(operation.body, value))

    def fill(self, operation: Operation, status: int, value: Any = MISSING) -> Any:
        """`value` as the whole body that `operation` answers with `status`."""
        schema = self._schema(operation, status)
        return value if schema is None else self.schemas.fill(schema, value)

    def response_faults(self, operation: Operation, status: int, body: bytes) -> list[str]:
        """What is wrong with an answer, each with the operation's id."""
        return [
            f"{operation.id}: response {status} {fault}" for fault in self._answer(operation, status, body)
        ]

    def _answer(self, operation: Operation, status: int, body: bytes) -> Iterator[str]:
        if str(status) not in operation.responses and status not in ANYWHERE:
            yield "isn't described"
            return
        if status >= OUR_FAULT:
            return  # whatever stands before GitHub may answer, in whatever form
        schema = self._schema(operation, status)
        if schema is None and status < 300:
            yield from (["should be empty"] if body else [])
            return
        try:
            value = json.loads(body)
        except ValueError:
            yield "is no JSON"
            return
        schema = schema or {"$ref": "#/components/schemas/basic-error"}
        yield from self.schemas.faults(schema, value)

    def _schema(self, operation: Operation, status: int) -> Schema | None:
        content = operation.responses.get(str(status), {}).get("content", {})
        schema: Schema | None = content.get("application/json", {}).get("schema")
        return schema


def _correct(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name in ("pull-request", "pull-request-simple"):
        # A fork may be deleted while its pull request stays.
        head = schemas[name]["properties"]["head"]["properties"]
        head["repo"] = {"$ref": "#/components/schemas/nullable-repository"}
    # What has no text has no empty text either, here as everywhere else.
    schemas["issue-search-result-item"]["properties"]["body"]["nullable"] = True
    # What a comment was said about may be gone.
    said = schemas["pull-request-review-comment"]["properties"]
    for name in ("line", "position"):
        said[name]["nullable"] = True
    # A diff that is too long is refused with details, which the usual error doesn't name.
    schemas["basic-error"]["properties"]["errors"] = {"type": "array", "items": {"type": "object"}}
    # A bare list of names is what clients have always sent.
    labels = document["paths"]["/repos/{owner}/{repo}/issues/{issue_number}/labels"]["post"]
    schema = labels["requestBody"]["content"]["application/json"]["schema"]
    schema["oneOf"].append({"type": "array", "minItems": 1, "items": {"type": "string"}})


def _typed(schema: Schema, text: str) -> Any:
    """The text of a parameter as what its schema wants; as text if it can't be that."""
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if schema.get("type") == "boolean" and text in ("true", "false"):
        return text == "true"
    return text
