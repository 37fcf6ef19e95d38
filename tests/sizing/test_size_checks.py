"""Seed files whose sizes contradict each other are refused before anything is written."""

from pathlib import Path

import pytest

from tests.catalog.small_seed import Row, SmallSeed


@pytest.fixture
def small(tmp_path: Path) -> SmallSeed:
    return SmallSeed(tmp_path)


def add_size(small: SmallSeed, name: str, low: str, high: str, **cells: str) -> None:
    first = small.rows("variants")[2]
    changes: Row = {
        "sku": f"BR-TWO-{name}",
        "option1_value": name,
        "label": name,
        "size_min_cm": low,
        "size_max_cm": high,
    }
    small.rows("variants").append({**first, **changes, **cells})


@pytest.mark.parametrize(("low", "high"), [("80", "92"), ("81", "92"), ("78", "92"), ("100", "120")])
def test_sizes_one_after_the_other_are_taken(small: SmallSeed, low: str, high: str) -> None:
    add_size(small, "M", low, high)
    assert small.faults() == []


@pytest.mark.parametrize(("low", "high"), [("72", "78"), ("70", "76"), ("74", "80"), ("60", "90")])
def test_a_size_within_another_is_refused(small: SmallSeed, low: str, high: str) -> None:
    add_size(small, "M", low, high)
    assert small.faults() == [
        "variants.csv line 5, column size_max_cm: this size and the one on line 4 lie one within the other"
    ]


def test_two_names_for_one_range_are_refused(small: SmallSeed) -> None:
    add_size(small, "M", "70", "80")
    assert small.faults() == [
        'variants.csv line 5, column size_min_cm: "M" and "S" on line 4 must differ in name and in range'
    ]


def test_one_name_for_two_ranges_is_refused(small: SmallSeed) -> None:
    add_size(small, "S", "80", "92", sku="BR-TWO-S-BLK")
    assert (
        'variants.csv line 5, column size_min_cm: "S" and "S" on line 4 must differ in name and in range'
        in small.faults()
    )


def test_two_places_of_measure_in_one_product_are_refused(small: SmallSeed) -> None:
    add_size(small, "M", "80", "92", size_basis="hips")
    assert small.faults() == [
        "variants.csv line 5, column size_basis: the same product is measured at the waist on line 4"
    ]
