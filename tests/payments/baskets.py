"""What is sold in the tests of money: amounts that no number of units divides."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.guidance.caution_queries import list_caution_versions_for
from app.money import Money
from app.orders.draft import OrderDraft, caution_ids
from app.pricing.quote import Quote, QuoteLine
from tests.orders.drafts import MAYA

SKU = "FR-DRF-30-TEA"
OTHER_SKU = "ST-FLT-MD"
THREE = {SKU: 3}
# Three at $14.00 less $1.00, tax of $1.01, delivery of $5.95 and its tax of $0.42.
LINE_PAID, DELIVERY_PAID, TOTAL_PAID = 4201, 637, 4838


def basket(session: Session, wanted: Mapping[str, int]) -> OrderDraft:
    """Ask for quantities by SKU: $1.00 off the first line, tax that no quantity divides, and delivery."""
    variants = {each.sku: each for each in session.scalars(select(Variant).where(Variant.sku.in_(wanted)))}
    lines = tuple(
        QuoteLine(
            variants[sku].id,
            sku,
            f"Goods {sku}",
            variants[sku].label,
            quantity,
            Money(variants[sku].price_cents, "USD"),
            discount_cents=100 if number == 0 else 0,
            tax_cents=101 + 36 * number,
        )
        for number, (sku, quantity) in enumerate(wanted.items())
    )
    tax = Money(sum(line.tax_cents for line in lines) + 42, "USD")
    quote = Quote(lines, Money(595, "USD"), tax, "USD", delivery_tax_cents=42, discount_name="A dollar")
    cautions = caution_ids(list_caution_versions_for(session, [line.variant_id for line in lines]))
    return OrderDraft(1, MAYA, "standard", "Standard", quote, cautions=cautions)
