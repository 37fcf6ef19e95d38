"""The set of option values that tells one variant of a product from another."""

from collections.abc import Sequence
from typing import NamedTuple


class Choice(NamedTuple):
    """One option with the value chosen on it, such as Color and Teal."""

    option: str
    value: str


def label_of(choices: Sequence[Choice]) -> str:
    """Write the values as people read them: `30 cm (12 in) / Teal`."""
    return " / ".join(choice.value for choice in choices)


def fingerprint_of(choices: Sequence[Choice]) -> str:
    """Write the set in one fixed form, whatever the order of the options."""
    return "|".join(sorted(f"{choice.option}={choice.value}" for choice in choices))
