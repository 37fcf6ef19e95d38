"""Reads one setting of any kind from the environment; a wrong one is named."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

ORIGIN = re.compile(r"https?://([A-Za-z0-9._-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?", re.ASCII)

Kind = TypeVar("Kind", bound=StrEnum)


class ConfigError(Exception):
    """A setting is missing or wrong; the text names it."""


def text(environ: Mapping[str, str], name: str, default: str) -> str:
    """Return a setting without the spaces around it; an empty one is the default."""
    return environ.get(name, "").strip() or default


def number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    """Return a whole number within limits; raises ConfigError."""
    value = text(environ, name, str(default))
    # The length first: Python refuses to read a number of thousands of digits.
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(high))
    if not is_number or not low <= int(value) <= high:
        raise ConfigError(f"{name} must be a whole number from {low} to {high}, not {value!r}")
    return int(value)


def choice(environ: Mapping[str, str], name: str, default: Kind) -> Kind:
    """Return one of a few words; raises ConfigError naming them all."""
    value = text(environ, name, default)
    try:
        return type(default)(value)
    except ValueError:
        words = " or ".join(type(default))
        raise ConfigError(f"{name} must be {words}, not {value!r}") from None


def origin(environ: Mapping[str, str], name: str, default: str) -> str:
    """Return an address without a path; raises ConfigError."""
    value = text(environ, name, default).rstrip("/")
    if not ORIGIN.fullmatch(value):
        raise ConfigError(f"{name} must be an address such as https://shop.example, not {value!r}")
    return value
