"""How the text of a spreadsheet cell becomes a value; each reader raises ValueError with what is wrong."""

import re
from collections.abc import Callable, Collection
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from app.money import parse_cents

Choice = TypeVar("Choice", bound=StrEnum)

_AMOUNT = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_MEASURE = re.compile(r"\d{1,4}(\.\d{1,2})?", re.ASCII)
_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*", re.ASCII)
_WORDS = re.compile(r".+", re.DOTALL)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def read_price(text: str) -> int:
    """Read a price such as `12.50` as cents, more than zero."""
    if not _AMOUNT.fullmatch(text):
        raise ValueError("is not an amount of money")
    cents = parse_cents(text)
    if cents == 0:
        raise ValueError("is not more than zero")
    return cents


def read_count(text: str) -> int:
    """Read a whole number, zero or more."""
    if not _COUNT.fullmatch(text):
        raise ValueError("is not a whole number")
    return int(text)


def read_measure(text: str) -> Decimal:
    """Read a measured number below 10,000 with at most two decimals."""
    if not _MEASURE.fullmatch(text):
        raise ValueError("is not a number with at most two decimals")
    return Decimal(text)


def read_yes_no(text: str) -> bool:
    """Read `yes` or `no`."""
    if text not in ("yes", "no"):
        raise ValueError("is not yes or no")
    return text == "yes"


def read_key(longest: int) -> Callable[[str], str]:
    """Make a reader for a slug or key: lower-case words joined by hyphens."""
    return _matching(_KEY, longest, "is not lower-case words joined by hyphens")


def read_code(longest: int) -> Callable[[str], str]:
    """Make a reader for a code or SKU: capitals and digits joined by hyphens."""
    return _matching(_CODE, longest, "is not capitals and digits joined by hyphens")


def read_words(longest: int) -> Callable[[str], str]:
    """Make a reader for any words."""
    return _matching(_WORDS, longest, "is not text")


def read_all(read: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """Make a reader for values joined by `|`, each at most once."""

    def read_each(text: str) -> tuple[str, ...]:
        values = tuple(read(value.strip()) for value in text.split("|"))
        if len(set(values)) < len(values):
            raise ValueError("names a value twice")
        return values

    return read_each


def read_choice(kind: type[Choice]) -> Callable[[str], Choice]:
    """Make a reader for the values of an enumeration."""

    def read(text: str) -> Choice:
        return kind(read_word({str(member) for member in kind})(text))

    return read


def read_word(words: Collection[str]) -> Callable[[str], str]:
    """Make a reader for one of a few words."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"is not one of {', '.join(sorted(words))}")
        return text

    return read


def _matching(pattern: re.Pattern[str], longest: int, otherwise: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(otherwise)
        if len(text) > longest:
            raise ValueError(f"is longer than {longest} characters")
        return text

    return read
