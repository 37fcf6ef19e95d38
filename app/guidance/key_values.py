"""How a value in a YAML file becomes a typed one; a reader raises TypeError or ValueError with the fault."""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

LONGEST_KEY = 60

Choice = TypeVar("Choice", bound=StrEnum)


def read_text(value: object) -> str:
    """Read words of any length."""
    if not isinstance(value, str):
        raise TypeError("is not text")
    return value.strip()


def text_up_to(longest: int) -> Callable[[object], str]:
    """Make a reader for words of at most so many characters."""

    def read(value: object) -> str:
        text = read_text(value)
        if len(text) > longest:
            raise ValueError(f"is longer than {longest} characters")
        return text

    return read


def read_key(value: object) -> str:
    """Read a key of at most 60 lower-case letters, digits and hyphens."""
    text = read_text(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > LONGEST_KEY:
        raise ValueError("is not a key such as heat-wraps")
    return text


def read_count(value: object) -> int:
    """Read a whole number, zero or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("is not a whole number")
    return value


def read_day(value: object) -> date:
    """Read a date."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError("is not a date such as 2026-11-22")
    return value


def read_choice(kind: type[Choice]) -> Callable[[object], Choice]:
    """Make a reader for the values of an enumeration."""

    def read(value: object) -> Choice:
        for member in kind:
            if value == member.value:
                return member
        raise ValueError(f"is not one of {', '.join(kind)}")

    return read
