"""Reads request parameters against the parameter classes (TypedDicts) of Stripe's Python SDK."""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from stripe import RequestOptions

REMOVED_PARAMETERS: Final = {"payment_method_types": "payment_method_types_no_longer_supported"}


@dataclass(frozen=True)
class ParameterProblem:
    """One thing wrong with a request: Stripe's error code, the parameter as Stripe spells it, a message."""

    code: str | None
    param: str
    message: str


def check_parameters(parameters: Mapping[str, Any], schema: Any) -> list[ParameterProblem]:
    """Return what is wrong with `parameters` (SDK dict or decoded form) by the SDK's TypedDict `schema`."""
    return read_parameters(parameters, schema)[1]


def read_parameters(
    parameters: Mapping[str, Any], schema: Any, *, unsets: bool = False
) -> tuple[dict[str, Any], list[ParameterProblem]]:
    """Return the parameters as numbers, booleans, lists and dicts, and the problems found on the way.

    `unsets` keeps the empty values by which an update removes keys of metadata.
    """
    reader = _Reader(unsets)
    values = reader.read_object(parameters, schema, "")
    return values, reader.problems


@cache
def _fields(schema: Any) -> dict[str, Any]:
    # The SDK hides names behind TYPE_CHECKING, so the hints of request options do not resolve alone.
    names = {**vars(sys.modules[schema.__module__]), "StripeContext": object, "Mapping": Mapping}
    hints = get_type_hints(schema, globalns=names)
    return {name: hint for name, hint in hints.items() if name not in RequestOptions.__annotations__}


def _members(hint: Any) -> Iterator[Any]:
    if get_origin(hint) in (Union, UnionType):
        for member in get_args(hint):
            yield from _members(member)
    else:
        yield hint


def _items(value: Any) -> list[tuple[str, Any]] | None:
    """Return (index, value) pairs when `value` is an array, as a list or as a form's numbered keys."""
    if isinstance(value, (list, tuple)):
        return [(str(index), item) for index, item in enumerate(value)]
    if isinstance(value, Mapping) and value and all(str(key).isdecimal() for key in value):
        return sorted(value.items(), key=lambda pair: int(pair[0]))
    return None


class _Reader:
    def __init__(self, unsets: bool) -> None:
        self.unsets = unsets
        self.problems: list[ParameterProblem] = []

    def problem(self, code: str | None, param: str, message: str) -> None:
        self.problems.append(ParameterProblem(code, param, message))

    def read_object(self, value: Mapping[str, Any], schema: Any, path: str) -> dict[str, Any]:
        fields = _fields(schema)
        given = {str(name): item for name, item in value.items() if item is not None}
        for name in given.keys() - fields.keys():
            param = f"{path}[{name}]" if path else name
            code = REMOVED_PARAMETERS.get(param, "parameter_unknown")
            self.problem(code, param, f"Received unknown parameter: {param}")
        for name in sorted(schema.__required_keys__ - given.keys()):
            param = f"{path}[{name}]" if path else name
            self.problem("parameter_missing", param, f"Missing required param: {param}.")
        return {
            name: self.read(given[name], hint, f"{path}[{name}]" if path else name)
            for name, hint in fields.items()
            if name in given
        }

    def read(self, value: Any, hint: Any, path: str) -> Any:
        members = list(_members(hint))
        literals = [text for member in members if get_origin(member) is Literal for text in get_args(member)]
        if value == "":
            if "" not in literals:
                message = f"You passed an empty string for '{path}', which cannot be unset. Leave it out."
                self.problem("parameter_invalid_empty", path, message)
            return ""
        if isinstance(value, (Mapping, list, tuple)):
            return self.read_container(value, members, path)
        return self.read_scalar(value, members, [text for text in literals if text != ""], path)

    def read_container(self, value: Any, members: list[Any], path: str) -> Any:
        items = _items(value)
        for member in members:
            if get_origin(member) is list and items is not None:
                (item_hint,) = get_args(member)
                return [self.read(item, item_hint, f"{path}[{index}]") for index, item in items]
            if isinstance(value, Mapping) and hasattr(member, "__required_keys__"):
                return self.read_object(value, member, path)
            if isinstance(value, Mapping) and get_origin(member) is dict:
                return self.read_map(value, get_args(member)[1], path)
        self.problem(
            None, path, "Invalid array" if any(get_origin(m) is list for m in members) else "Invalid string"
        )
        return None

    def read_map(self, value: Mapping[str, Any], hint: Any, path: str) -> dict[str, Any]:
        # An empty value unsets a key, so on creation it is as if the key had not been sent.
        return {
            str(key): self.read(item, hint, f"{path}[{key}]") if item else ""
            for key, item in value.items()
            if self.unsets or item not in ("", None)
        }

    def read_scalar(self, value: Any, members: list[Any], choices: list[str], path: str) -> Any:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if text in choices:
            return text
        if int in members:
            return self.read_integer(text, path)
        if bool in members:
            if text not in ("true", "false"):
                self.problem(None, path, f"Invalid boolean: {text}")
            return text == "true"
        if choices:
            leaf = path.rpartition("[")[2].rstrip("]")
            self.problem(None, path, f"Invalid {leaf}: must be one of {', '.join(choices)}")
            return text
        if Decimal in members or float in members:
            return self.read_decimal(text, path)
        if str not in members:
            self.problem(
                None,
                path,
                "Invalid array" if any(get_origin(m) is list for m in members) else "Invalid object",
            )
        return text

    def read_integer(self, text: str, path: str) -> int:
        if re.fullmatch(r"-?[0-9]{1,15}", text):
            return int(text)
        self.problem("parameter_invalid_integer", path, f"Invalid integer: {text}")
        return 0

    def read_decimal(self, text: str, path: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.problem(None, path, f"Invalid decimal: {text}")
        return number
