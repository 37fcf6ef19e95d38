"""Walks a form-encoded request beside Stripe's OpenAPI document; what that does not name is wrong."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from dev.stripe_simulator.form_encoding import decode_form

FORM = "application/x-www-form-urlencoded"
INTEGER = re.compile(r"-?[0-9]{1,15}")
CURRENCY = re.compile(r"[a-z]{3}")

Schema = dict[str, Any]


def decode(text: str) -> dict[str, Any]:
    """Decode a query or a form body into nested dictionaries; arrays are keyed by their index."""
    return decode_form(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)))


@dataclass(frozen=True)
class OpenapiWalker:
    """The paths of an OpenAPI document, brought to a later version by a list of changed parameters."""

    paths: dict[str, dict[str, Any]]
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "OpenapiWalker":
        """Read the document and the changes from Stripe's folder of the shared files."""
        document = json.loads((folder / "openapi-subset.json").read_text(encoding="utf-8"))
        delta = json.loads((folder / "delta-endive.json").read_text(encoding="utf-8"))
        return cls(document["paths"], delta["operations"])

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        # Fixed words before placeholders, so that a word is never taken for an id.
        templates = sorted(self.paths, key=lambda template: template.count("{"))
        return [(re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", text)), text) for text in templates]

    def problems(self, method: str, path: str, query: str, body: str) -> list[str]:
        """Return what is wrong with a request; empty when it fits."""
        for pattern, template in self._patterns:
            match = pattern.fullmatch(path)
            if match and method.lower() in self.paths[template]:
                operation = self.paths[template][method.lower()]
                changes = self.changes.get(f"{method} {template}", {})
                return [
                    *self._parameters(operation, match.groupdict(), decode(query)),
                    *self._body(operation, changes, decode(body)),
                ]
        return [f"{method} {path}: no such operation"]

    def _parameters(
        self, operation: Schema, in_path: Mapping[str, str], query: dict[str, Any]
    ) -> Iterator[str]:
        given = {"path": dict(in_path), "query": query}
        for place, values in given.items():
            known = [each for each in operation.get("parameters", []) if each["in"] == place]
            schema = {
                "type": "object",
                "properties": {each["name"]: each["schema"] for each in known},
                "required": [each["name"] for each in known if each["required"]],
            }
            yield from walk(values, schema, "")

    def _body(self, operation: Schema, changes: Schema, body: dict[str, Any]) -> Iterator[str]:
        schema = operation.get("requestBody", {}).get("content", {}).get(FORM, {}).get("schema", {})
        removed = changes.get("removed", {})
        properties = {**schema.get("properties", {}), **changes.get("added", {})}
        for name, values in changes.get("enum_added", {}).items():
            properties[name] = _with_values(properties[name], values)
        for name in body.keys() & removed.keys():
            yield f"{name}: {removed[name]}"
        kept = {name: value for name, value in body.items() if name not in removed}
        left = {name: value for name, value in properties.items() if name not in removed}
        yield from walk(kept, {**schema, "type": "object", "properties": left}, "")


def walk(value: Any, schema: Schema, path: str) -> Iterator[str]:
    """Give every way in which a decoded value breaks its schema."""
    if "anyOf" in schema:
        attempts = [list(walk(value, branch, path)) for branch in schema["anyOf"]]
        if all(attempts):
            yield from min(attempts, key=len)
    elif schema.get("type") == "object":
        yield from _walk_object(value, schema, path)
    elif schema.get("type") == "array":
        yield from _walk_array(value, schema, path)
    else:
        yield from _walk_leaf(value, schema, path)


def _walk_object(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: not an object"
        return
    properties = schema.get("properties", {})
    more = schema.get("additionalProperties")
    for name in schema.get("required", []):
        if name not in value:
            yield f"{_join(path, name)}: required"
    for name, each in value.items():
        if name in properties:
            yield from walk(each, properties[name], _join(path, name))
        elif isinstance(more, dict):
            yield from walk(each, more, _join(path, name))
        else:
            # Nothing said means anything goes in OpenAPI; Stripe refuses what it does not know.
            yield f"{_join(path, name)}: unknown parameter"


def _walk_array(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if not isinstance(value, dict) or list(value) != [str(index) for index in range(len(value))]:
        yield f"{path}: not an array"
        return
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{path}: too few or too many items"
    for index, item in value.items():
        yield from walk(item, schema["items"], _join(path, index))


def _walk_leaf(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path}: not a {schema.get('type')}"
        return
    allowed = schema.get("enum")
    if allowed is not None and value not in allowed:
        yield f"{path}: {value!r} is none of {allowed}"
    elif allowed is None and value == "":
        yield f"{path}: empty, which would unset it"
    elif len(value) > schema.get("maxLength", len(value)) or len(value) < schema.get("minLength", 0):
        yield f"{path}: {len(value)} characters"
    elif not _is_of_type(value, schema) or not _is_within(value, schema):
        yield f"{path}: {value!r} is not a {schema.get('format', schema.get('type'))} as allowed"


def _is_of_type(value: str, schema: Schema) -> bool:
    kind = schema.get("type")
    if kind == "integer":
        return INTEGER.fullmatch(value) is not None
    if kind == "boolean":
        return value in ("true", "false")
    if kind == "number" or schema.get("format") == "decimal":
        return _decimal(value) is not None
    return schema.get("format") != "currency" or CURRENCY.fullmatch(value) is not None


def _is_within(value: str, schema: Schema) -> bool:
    if not {"minimum", "maximum"} & schema.keys():
        return True
    number = _decimal(value)
    return number is not None and schema.get("minimum", number) <= number <= schema.get("maximum", number)


def _decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _with_values(schema: Schema, values: list[str]) -> Schema:
    if schema.get("type") == "array":
        return {**schema, "items": _with_values(schema["items"], values)}
    if "anyOf" in schema:
        return {**schema, "anyOf": [_with_values(branch, values) for branch in schema["anyOf"]]}
    return {**schema, "enum": [*schema["enum"], *values]} if "enum" in schema else schema


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name
