"""The size charts of the seed files, read without the shop, and an answer worked out another way."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from app.catalog.facts import SizeBasis
from app.catalog.sizing import Size, SizeChart

SEED_FOLDER = Path(__file__).parents[2] / "seed_data"
INCH = Fraction(254, 100)


@dataclass(frozen=True)
class SeedChart:
    """One product's sizes as the files say them, smallest first."""

    code: str
    slug: str
    basis: str
    sizes: tuple[tuple[str, Fraction, Fraction], ...]

    @property
    def chart(self) -> SizeChart:
        """The same as the shop's chart."""
        return SizeChart(
            SizeBasis(self.basis), [Size(name, decimal(low), decimal(high)) for name, low, high in self.sizes]
        )

    @property
    def boundaries(self) -> list[Fraction]:
        """Every number of the chart."""
        return sorted({number for _, low, high in self.sizes for number in (low, high)})

    def expect(self, cm: Fraction) -> str | None:
        """The size for a length, as somebody reads it off the chart: the last one that holds it."""
        return next((name for name, low, high in reversed(self.sizes) if low <= cm < high), None)


def read_seed_charts() -> list[SeedChart]:
    """Read every chart of the seed files."""
    slugs = {row["code"]: row["slug"] for row in _rows("products.csv")}
    found: dict[str, dict[str, tuple[Fraction, Fraction]]] = {}
    bases: dict[str, str] = {}
    for row in _rows("variants.csv"):
        if row["size_basis"]:
            name = row["option1_value"] if row["option1_name"] == "Size" else row["option2_value"]
            bounds = Fraction(row["size_min_cm"]), Fraction(row["size_max_cm"])
            assert found.setdefault(row["product"], {}).setdefault(name, bounds) == bounds
            assert bases.setdefault(row["product"], row["size_basis"]) == row["size_basis"]
    return [
        SeedChart(
            code,
            slugs[code],
            bases[code],
            tuple(sorted(((n, *b) for n, b in sizes.items()), key=lambda s: s[1])),
        )
        for code, sizes in found.items()
    ]


def decimal(number: Fraction) -> Decimal:
    """Write a fraction that ends as a decimal."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    assert Fraction(exact) == number
    return exact


def _rows(file: str) -> list[dict[str, str]]:
    with (SEED_FOLDER / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
