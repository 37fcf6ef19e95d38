"""What the size finder answers: the size and where to buy it, or that it is not made, with alternatives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.catalog.measures import Measure
from app.catalog.models import Product
from app.catalog.sizing import Fit, Size, SizeAnswer, SizeChart, chart_of
from app.guidance.evidence import EvidenceLine
from app.inventory.models import StockItem
from app.storefront.offers import Offer, list_offers
from app.storefront.size_form import unit_hint

MOST_ALTERNATIVES = 3


@dataclass(frozen=True)
class SizedOffers:
    """The variants of one size, such as its colors, as a page offers them."""

    size: Size
    offers: tuple[Offer, ...]

    @property
    def chosen(self) -> Offer:
        """The first one in stock, else the first."""
        return next((offer for offer in self.offers if not offer.is_sold_out), self.offers[0])

    @property
    def others(self) -> list[Offer]:
        """The ones besides it."""
        return [offer for offer in self.offers if offer is not self.chosen]


@dataclass(frozen=True)
class Alternative:
    """Another product that is made for the measure and can be bought."""

    product: Product
    sized: SizedOffers
    evidence: EvidenceLine | None


@dataclass(frozen=True)
class SizeResult:
    """The answer to one measure, for one page and nobody else."""

    chart: SizeChart
    measure: Measure
    answer: SizeAnswer
    found: SizedOffers | None
    next_best: SizedOffers | None
    alternatives: Sequence[Alternative] = ()

    @property
    def unit_hint(self) -> str:
        """A question about the unit, where the other one would explain a measure outside of the chart."""
        return unit_hint(self.chart, self.measure) if self.found is None else ""

    @property
    def is_on_the_line(self) -> bool:
        """Whether the measure is exactly where one size ends and the next begins."""
        size, below = self.answer.size, self.answer.close_to
        return (
            self.answer.fit is Fit.HELD
            and size is not None
            and below is not None
            and below.high_cm == size.low_cm == self.measure.cm
        )


def sized_offers(size: Size | None, offers: Sequence[Offer]) -> SizedOffers | None:
    """Return what is on offer in a size."""
    return SizedOffers(size, tuple(offer for offer in offers if offer.sku in size.skus)) if size else None


def list_alternatives(
    product: Product,
    candidates: Sequence[Product],
    measure: Measure,
    stock: Mapping[int, StockItem],
    evidence: Mapping[int, EvidenceLine],
) -> list[Alternative]:
    """List at most 3 products of the same kind that hold the measure and are in stock, low price first.

    One that guidelines advise against is named only beside another one of which that is true.
    """
    may_be_against = _is_against(evidence.get(product.id))
    found = []
    for other in candidates:
        line = evidence.get(other.id)
        if not is_alike(product, other) or (_is_against(line) and not may_be_against):
            continue
        chart = chart_of(other)
        size = chart.answer(measure.cm).size if chart else None
        sized = sized_offers(size, list_offers(other, stock))
        if sized and not sized.chosen.is_sold_out:
            found.append(Alternative(other, sized, line))
    return sorted(found, key=lambda each: each.sized.chosen.price)[:MOST_ALTERNATIVES]


def is_alike(product: Product, other: Product) -> bool:
    """Whether one can stand in for the other: the same kind of support, or both warm, or both cool."""
    if product.subcategory == other.subcategory:
        return True
    return (_warms(product) and _warms(other)) or (_cools(product) and _cools(other))


def _warms(product: Product) -> bool:
    return any(variant.facts.heat_prep for variant in product.variants)


def _cools(product: Product) -> bool:
    return any(variant.facts.cold_prep_h is not None for variant in product.variants)


def _is_against(line: EvidenceLine | None) -> bool:
    return line is not None and line.is_against
