"""What a shopper has asked for, before it becomes an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.guidance.caution_models import CautionVersion
from app.orders.models import Order
from app.pricing.quote import Quote


@dataclass(frozen=True)
class Recipient:
    """Who gets the goods, and where."""

    email: str
    name: str
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str
    phone: str


@dataclass(frozen=True)
class OrderDraft:
    """A cart, its price and its destination.

    `is_tax_later` says that the payment page adds the tax, so that the quote has none. `cautions` are the
    versions that the shopper has said to have read: their ids by variant id, where a variant has any.
    """

    cart_id: int
    recipient: Recipient
    delivery_method: str
    delivery_name: str
    quote: Quote
    is_tax_later: bool = False
    cautions: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def quantities(self) -> dict[int, int]:
        """How many units of which variant, by variant id."""
        return {line.variant_id: line.quantity for line in self.quote.lines}

    def is_same_as(self, order: Order) -> bool:
        """Whether an order is already exactly this."""
        return (
            order.cart_id == self.cart_id
            and recipient_of(order) == self.recipient
            and order.delivery_method == self.delivery_method
            and order.is_tax_later == self.is_tax_later
            and _price_of_order(order) == _price_of_quote(self.quote)
            and _cautions_of_order(order) == self.cautions
        )


def caution_ids(versions: Mapping[int, Sequence[CautionVersion]]) -> dict[int, tuple[int, ...]]:
    """Name versions of cautions as a draft does."""
    return {
        variant_id: tuple(each.id for each in carried) for variant_id, carried in versions.items() if carried
    }


def recipient_of(order: Order) -> Recipient:
    """Read back who gets an order."""
    return Recipient(
        email=order.email,
        name=order.name,
        line1=order.line1,
        line2=order.line2,
        city=order.city,
        region=order.region,
        postal_code=order.postal_code,
        country=order.country,
        phone=order.phone,
    )


def _cautions_of_order(order: Order) -> dict[int, tuple[int, ...]]:
    return {
        line.variant_id: tuple(each.caution_version_id for each in line.cautions)
        for line in order.lines
        if line.cautions
    }


def _price_of_quote(quote: Quote) -> tuple[object, ...]:
    lines = {
        (line.variant_id, line.quantity, line.unit_price.cents, line.discount_cents, line.tax_cents)
        for line in quote.lines
    }
    return (quote.total, quote.discount_name, quote.delivery, quote.delivery_tax_cents, lines)


def _price_of_order(order: Order) -> tuple[object, ...]:
    lines = {
        (line.variant_id, line.quantity, line.unit_price_cents, line.discount_cents, line.tax_cents)
        for line in order.lines
    }
    return (order.total, order.discount_name, order.delivery, order.delivery_tax_cents, lines)
