"""JSON values against the schemas of an OpenAPI 3.0 description: check them, or complete them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

Schema = Mapping[str, Any]

ROOT = "urn:docbot:description"
MISSING = object()
"""In place of a value that nobody gave."""

_STRINGS = {
    "date-time": "2026-01-05T12:00:00Z",
    "date": "2026-01-05",
    # A host that can't exist, so that whoever follows an address nobody set fails at once.
    "uri": "http://unset.invalid/",
    "email": "nobody@unset.invalid",
}
_SCALARS: Mapping[str, Any] = {"integer": 0, "number": 0, "boolean": False, "array": []}


class Schemas:
    """The schemas of one description. Those that are asked for are compiled, once."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._registry = jsonschema_rs.Registry([(ROOT, _as_json_schema(document))])
        self._validators: dict[str, jsonschema_rs.Validator] = {}
        self._least: dict[int, dict[str, Any]] = {}

    def resolve(self, schema: Schema) -> Schema:
        """What `schema` refers to, if it refers to anything."""
        while "$ref" in schema:
            target: Any = self._document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            schema = target
        return schema

    def faults(self, schema: Schema, value: object) -> list[str]:
        """Why `value` isn't what `schema` says, and which of its fields the schema doesn't know."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft7Validator(
                _as_json_schema(schema, ROOT), registry=self._registry, validate_formats=True
            )
        errors = self._validators[key].iter_errors(value)
        wrong = [f"{'/'.join(map(str, error.instance_path)) or '.'}: {error.message}" for error in errors]
        return wrong or [f"{path}: nobody knows this field" for path in self.strangers(schema, value)]

    def strangers(self, schema: Schema, value: object, path: str = "") -> Iterator[str]:
        """The fields of `value`, at any depth, that `schema` doesn't name. GitHub ignores such silently."""
        schema = self.resolve(schema)
        if isinstance(value, list):
            for place, item in enumerate(value):
                yield from self.strangers(schema.get("items", {}), item, f"{path}{place}/")
        choices = [*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())]
        if not isinstance(value, dict) or choices or "properties" not in schema:
            return
        for name, item in value.items():
            if name in schema["properties"]:
                yield from self.strangers(schema["properties"][name], item, f"{path}{name}/")
            elif not schema.get("additionalProperties"):
                yield path + name

    def fill(self, schema: Schema, value: Any = MISSING) -> Any:
        """`value` with the least that makes it valid where a required field is missing, at any depth."""
        schema = self._chosen(self.resolve(schema), value)
        if value is MISSING:
            return self._filler(schema)
        if isinstance(value, list):
            return [self.fill(schema.get("items", {}), item) for item in value]
        if not isinstance(value, dict):
            return value
        known = self._properties(schema)
        given = {name: self.fill(known.get(name, {}), item) for name, item in value.items()}
        return {**self._fields(schema), **given}

    def _properties(self, schema: Schema) -> dict[str, Schema]:
        """The fields of an object, also of those it is put together from."""
        parts = [self._properties(self.resolve(part)) for part in schema.get("allOf", ())]
        return {**{name: one for part in parts for name, one in part.items()}, **schema.get("properties", {})}

    def _chosen(self, schema: Schema, value: object) -> Schema:
        """One of the alternatives of `schema`: the first object for an object, else the first."""
        choices = [self.resolve(choice) for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ()))]
        if not choices:
            return schema
        if isinstance(value, dict):
            return next((choice for choice in choices if "properties" in choice), schema)
        return self._chosen(choices[0], value)

    def _filler(self, schema: Schema) -> Any:
        """The least valid value."""
        if schema.get("nullable"):
            return None
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type", "object" if "properties" in schema or "allOf" in schema else "string")
        if kind == "string":
            return _STRINGS.get(schema.get("format", ""), "0" * schema.get("minLength", 0))
        return self._fields(schema) if kind == "object" else _SCALARS[kind]

    def _fields(self, schema: Schema) -> dict[str, Any]:
        """The required fields of an object. They are shared between answers, and so are never changed."""
        known = self._least.get(id(schema))
        if known is None:
            known = {}
            for part in schema.get("allOf", ()):
                known |= self._fields(self.resolve(part))
            for name in schema.get("required", ()):
                known[name] = self.fill(schema.get("properties", {}).get(name, {}))
            self._least[id(schema)] = known
        return known


def _as_json_schema(value: Any, root: str = "") -> Any:
    """An OpenAPI 3.0 schema, or a document full of them, as a JSON schema: `nullable` allows null."""
    if isinstance(value, list):
        return [_as_json_schema(item, root) for item in value]
    if not isinstance(value, dict):
        return value
    made = {name: _as_json_schema(item, root) for name, item in value.items()}
    if isinstance(made.get("$ref"), str):
        made["$ref"] = root + made["$ref"]
    if value.get("nullable") is True:
        return {"anyOf": [made, {"type": "null"}]}
    return made
