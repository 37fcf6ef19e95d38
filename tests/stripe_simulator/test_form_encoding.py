"""Bracketed form names."""

import pytest

from dev.stripe_simulator.form_encoding import MalformedNameError, decode_form


def test_nests_names_and_numbers() -> None:
    pairs = [("a[0][b]", "1"), ("a[0][c][d]", "2"), ("a[1][b]", "3"), ("e", "4")]
    assert decode_form(pairs) == {"a": {"0": {"b": "1", "c": {"d": "2"}}, "1": {"b": "3"}}, "e": "4"}


def test_numbers_empty_brackets_in_order() -> None:
    assert decode_form([("expand[]", "a"), ("expand[]", "b")]) == {"expand": {"0": "a", "1": "b"}}


@pytest.mark.parametrize("names", [["a]b"], ["[a]"], ["a[b"], ["a", "a[b]"], ["a[b]", "a"], [""]])
def test_refuses_names_that_make_no_sense(names: list[str]) -> None:
    with pytest.raises(MalformedNameError):
        decode_form([(name, "1") for name in names])
