"""What an order costs: lines, delivery and tax, all in integer minor units.

Rounding happens once: tax is a share of the taxed sum, rounded half up (`money.share_of`).
"""

from dataclasses import dataclass

from app.cart.models import Cart
from app.money import Money, share_of
from app.pricing.models import DeliveryMethod, TaxRate


@dataclass(frozen=True)
class QuoteLine:
    """One variant of a quote and what its units cost together."""

    variant_id: int
    sku: str
    name: str
    label: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        """The price of all units, before tax."""
        return Money(self.unit_price.cents * self.quantity, self.unit_price.currency)


@dataclass(frozen=True)
class Quote:
    """The price of a cart sent in one way; `tax` is None while the destination is not known."""

    lines: tuple[QuoteLine, ...]
    delivery: Money
    tax: Money | None
    currency: str

    @property
    def subtotal(self) -> Money:
        """The goods, before delivery and tax."""
        return Money(sum(line.total.cents for line in self.lines), self.currency)

    @property
    def total(self) -> Money:
        """Everything that will be charged, as far as it is known."""
        tax = self.tax.cents if self.tax else 0
        return Money(self.subtotal.cents + self.delivery.cents + tax, self.currency)


def quote_cart(cart: Cart, method: DeliveryMethod, rate: TaxRate | None, *, is_place_known: bool) -> Quote:
    """Work out what a cart costs; a known place without a rate is not taxed."""
    lines = tuple(
        QuoteLine(
            variant_id=item.variant_id,
            sku=item.variant.sku,
            name=item.variant.product.name,
            label=item.variant.label,
            quantity=item.quantity,
            unit_price=item.variant.price,
        )
        for item in cart.items
    )
    goods = sum(line.total.cents for line in lines)
    delivery = method.price_for(goods)
    tax = Money(_tax(goods, delivery.cents, rate), method.currency) if is_place_known else None
    return Quote(lines, delivery, tax, method.currency)


def _tax(goods_cents: int, delivery_cents: int, rate: TaxRate | None) -> int:
    if rate is None:
        return 0
    taxed = goods_cents + (delivery_cents if rate.is_delivery_taxed else 0)
    return share_of(taxed, rate.parts_per_million)
