"""Which products may stand in for another, also where the shop has no such case yet."""

from decimal import Decimal

import pytest

from app.catalog.facts import SizeBasis
from app.catalog.measures import LengthUnit, Measure
from app.catalog.models import Product, Variant, VariantFacts
from app.guidance.evidence import EvidenceLine
from app.inventory.models import StockItem
from app.storefront.size_page import list_alternatives

MEASURE = Measure(Decimal(100), LengthUnit.CENTIMETERS)
AGAINST = EvidenceLine("Guidelines advise against routine use.", "Of belts.", is_against=True)
UNSURE = EvidenceLine("Not enough evidence (D).", "Of belts.", is_against=False)


def belt(number: int, cents: int = 3000, kind: str = "belts", high: int = 120) -> Product:
    """A product in one size from 90 cm on."""
    facts = VariantFacts(size_basis=SizeBasis.WAIST, size_min_cm=Decimal(90), size_max_cm=Decimal(high))
    variant = Variant(
        id=number, sku=f"BELT-{number}", label="L", price_cents=cents, currency="USD", facts=facts
    )
    return Product(id=number, subcategory=kind, variants=[variant])


def stock_of(*products: Product, on_hand: int = 9) -> dict[int, StockItem]:
    counts = {"on_hand": on_hand, "reserved": 0, "low_threshold": 5}
    items = (StockItem(variant_id=product.id, **counts) for product in products)
    return {item.variant_id: item for item in items}


@pytest.mark.parametrize(
    ("own", "other", "is_named"),
    [
        (UNSURE, UNSURE, True),
        (UNSURE, AGAINST, False),
        (None, AGAINST, False),
        (AGAINST, AGAINST, True),
        (AGAINST, UNSURE, True),
        (UNSURE, None, True),
    ],
)
def test_what_is_advised_against_is_named_only_beside_its_like(
    own: EvidenceLine | None, other: EvidenceLine | None, is_named: bool
) -> None:
    product, candidate = belt(1), belt(2)
    lines = {number: line for number, line in ((1, own), (2, other)) if line}
    found = list_alternatives(product, [candidate], MEASURE, stock_of(candidate), lines)
    assert bool(found) is is_named


def test_at_most_three_are_named_and_the_lowest_prices_come_first() -> None:
    others = [belt(number, cents) for number, cents in ((2, 500), (3, 400), (4, 900), (5, 100))]
    found = list_alternatives(belt(1), others, MEASURE, stock_of(*others), {})
    assert [each.product.id for each in found] == [5, 3, 2]


def test_what_is_sold_out_of_another_kind_or_too_small_is_not_named() -> None:
    sold_out, other_kind, too_small = belt(2), belt(3, kind="straps"), belt(4, high=100)
    stock = {**stock_of(other_kind, too_small), **stock_of(sold_out, on_hand=0)}
    assert list_alternatives(belt(1), [sold_out, other_kind, too_small], MEASURE, stock, {}) == []


@pytest.mark.parametrize(("heats", "is_named"), [(True, True), (False, False)])
def test_another_kind_may_stand_in_when_both_warm(heats: bool, is_named: bool) -> None:
    product, other = belt(1, kind="gel"), belt(2, kind="electric")
    product.variants[0].facts.heat_prep = "microwave"
    other.variants[0].facts.heat_prep = "electric" if heats else None
    assert bool(list_alternatives(product, [other], MEASURE, stock_of(other), {})) is is_named
