"""Turns the bracketed names of a form (`a[0][b]=1`) into nested dictionaries."""

import re
from collections.abc import Iterable
from typing import Any

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


class MalformedNameError(Exception):
    """A field name that cannot be placed among the others."""


def decode_form(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return nested dictionaries keyed by name or index; raises MalformedNameError."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        _place(tree, _segments(name), name, value)
    return tree


def _segments(name: str) -> list[str]:
    match = _NAME.fullmatch(name)
    if match is None:
        raise MalformedNameError(name)
    return [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]


def _place(tree: dict[str, Any], segments: list[str], name: str, value: str) -> None:
    node = tree
    for segment in segments[:-1]:
        child = node.setdefault(segment or str(len(node)), {})
        if not isinstance(child, dict):
            raise MalformedNameError(name)
        node = child
    last = segments[-1] or str(len(node))
    if isinstance(node.get(last), dict):
        raise MalformedNameError(name)
    node[last] = value
