"""Draws that a seed repeats."""

from random import Random


def draws(*seed: object) -> Random:
    """Return draws that are the same whenever the words of the seed are."""
    return Random(" ".join(map(str, seed)))  # noqa: S311 (nothing secret is drawn)
