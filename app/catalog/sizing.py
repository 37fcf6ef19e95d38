"""Which size of a brace or wrap is made for a measure of the body: exact, and never a guess.

The rules are the makers':

- A size is made from its first number up to, but not including, its second.
- Where two sizes hold a measure, or it falls into the gap between two, the larger is taken.
- A hole wider than an inch is no gap between neighbors: it is a size that is not made.
- Whatever lies outside of the chart is not made, however close it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.catalog.fact_sheet import write_centimeters, write_inches, write_place
from app.catalog.facts import SizeBasis
from app.catalog.models import Product, Variant
from app.catalog.units import CM_PER_INCH

# A chart in whole centimeters or whole inches leaves at most one of them open between two sizes.
WIDEST_GAP_CM = CM_PER_INCH
# Two readings of one body differ by about as much.
CLOSE_CM = Decimal(1)
SIZE_OPTION = "Size"


class Fit(StrEnum):
    """How a measure lies in a chart."""

    HELD = "held"
    BETWEEN = "between"
    BELOW = "below"
    ABOVE = "above"
    MISSING = "missing"


@dataclass(frozen=True)
class Size:
    """One size of a product: from the first number, up to but not including the second."""

    name: str
    low_cm: Decimal
    high_cm: Decimal
    skus: tuple[str, ...] = ()

    def holds(self, cm: Decimal) -> bool:
        """Whether it is made for an exact measure."""
        return self.low_cm <= cm < self.high_cm

    @property
    def centimeters(self) -> str:
        """The range as people read it, `80 to 92 cm`; nothing is chosen by it."""
        return write_centimeters(self.low_cm, self.high_cm)

    @property
    def inches(self) -> str:
        """The range as people read it, `31.5 to 36.25 in`; nothing is chosen by it."""
        return write_inches(self.low_cm, self.high_cm)


@dataclass(frozen=True)
class SizeAnswer:
    """The size to take, or none.

    `next_best` is made for the measure too. `close_to` is not, but the next reading of the tape might be.
    """

    fit: Fit
    size: Size | None = None
    next_best: Size | None = None
    close_to: Size | None = None


class SizeChart:
    """The sizes of one product, smallest first, and where the body is measured for them."""

    def __init__(self, basis: SizeBasis, sizes: Iterable[Size]) -> None:
        self.basis = basis
        self.sizes = tuple(sorted(sizes, key=lambda size: (size.low_cm, size.high_cm)))

    @property
    def place(self) -> str:
        """Where the body is measured, in words."""
        return write_place(self.basis)

    def answer(self, cm: Decimal) -> SizeAnswer:
        """Return the size for an exact measure, by the rules above."""
        holding = [size for size in self.sizes if size.holds(cm)]
        if not holding:
            return self._answer_outside(cm)
        best = holding[-1]
        if len(holding) > 1:
            return SizeAnswer(Fit.HELD, best, next_best=holding[-2])
        return SizeAnswer(Fit.HELD, best, close_to=self._close_neighbor(cm, best))

    def _answer_outside(self, cm: Decimal) -> SizeAnswer:
        smaller = [size for size in self.sizes if size.high_cm <= cm]
        larger = [size for size in self.sizes if size.low_cm > cm]
        if not smaller:
            return SizeAnswer(Fit.BELOW)
        if not larger:
            return SizeAnswer(Fit.ABOVE)
        below, above = smaller[-1], larger[0]
        if above.low_cm - below.high_cm > WIDEST_GAP_CM:
            return SizeAnswer(Fit.MISSING)
        return SizeAnswer(Fit.BETWEEN, above, close_to=below)

    def _close_neighbor(self, cm: Decimal, best: Size) -> Size | None:
        place = self.sizes.index(best)
        for above in self.sizes[place + 1 : place + 2]:
            if above.low_cm - cm <= CLOSE_CM:
                return above
        for below in self.sizes[max(place - 1, 0) : place]:
            if cm - below.high_cm < CLOSE_CM:
                return below
        return None


def chart_of(product: Product) -> SizeChart | None:
    """Return the chart of a product with its variants, facts and option values loaded; None without sizes."""
    bases = (variant.facts.size_basis for variant in product.variants)
    basis = next((basis for basis in bases if basis is not None), None)
    if basis is None:
        return None
    ranges: dict[tuple[Decimal, Decimal], list[Variant]] = {}
    for variant in product.variants:
        low, high = variant.facts.size_min_cm, variant.facts.size_max_cm
        # One chart has one place of measure: a size of another place would be compared with the wrong length.
        if variant.facts.size_basis is basis and low is not None and high is not None:
            ranges.setdefault((low, high), []).append(variant)
    sizes = (
        Size(_size_name(variants[0]), low, high, tuple(variant.sku for variant in variants))
        for (low, high), variants in ranges.items()
    )
    return SizeChart(basis, sizes)


def _size_name(variant: Variant) -> str:
    named = (value.value for value in variant.option_values if value.option.name == SIZE_OPTION)
    return next(named, variant.label)
