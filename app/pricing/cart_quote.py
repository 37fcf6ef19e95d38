"""What a cart costs, sent to a place in one of the ways that it can be sent."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.cart.models import Cart, CartItem
from app.config import TaxSource
from app.money import Money
from app.pricing.delivery import DeliveryOffer, list_offers
from app.pricing.discounts import take_off
from app.pricing.models import Discount
from app.pricing.place import Place
from app.pricing.queries import list_delivery_rates, list_tax_rates, weigh
from app.pricing.quote import Quote, QuoteLine
from app.pricing.tax import TaxRates, add_tax


@dataclass(frozen=True)
class CartQuote:
    """A quote with the ways to send its goods; without any, `chosen` is None and delivery costs nothing.

    `is_tax_later` says that the payment page works the tax out, so that the quote has none.
    """

    quote: Quote
    offers: list[DeliveryOffer]
    chosen: DeliveryOffer | None
    weight_g: int
    is_tax_later: bool


def quote_cart(
    session: Session, cart: Cart, place: Place, *, method: str, discount: Discount | None, source: TaxSource
) -> CartQuote:
    """Work out what a cart that is not empty costs; a fixed number of statements.

    A method that is not offered stands for the first that is. A place that is not known is priced as its
    country, without tax; a known one without a rate is not taxed.
    """
    lines = take_off(list_lines(cart), discount)
    weight = weigh(session, cart.quantities)
    offers = list_offers(
        list_delivery_rates(session, place),
        weight_g=weight,
        goods_cents=sum(line.net.cents for line in lines),
        is_covered=discount is not None and discount.covers_delivery,
    )
    chosen = next((offer for offer in offers if offer.code == method), offers[0] if offers else None)
    delivery = chosen.price if chosen else Money(0, lines[0].unit_price.currency)
    rates = _find_rates(session, place, source)
    quote = add_tax(lines, delivery, rates, discount_name=discount.name if discount else "")
    return CartQuote(quote, offers, chosen, weight, is_tax_later=source is TaxSource.STRIPE)


def list_lines(cart: Cart) -> list[QuoteLine]:
    """Return the lines of a cart at their full price."""
    return [_line(item) for item in cart.items]


def _find_rates(session: Session, place: Place, source: TaxSource) -> TaxRates | None:
    if source is TaxSource.STRIPE or not place.is_known:
        return None
    return TaxRates(list_tax_rates(session, place))


def _line(item: CartItem) -> QuoteLine:
    variant = item.variant
    return QuoteLine(
        variant_id=item.variant_id,
        sku=variant.sku,
        name=variant.product.name,
        label=variant.label,
        quantity=item.quantity,
        unit_price=variant.price,
        tax_class=variant.product.tax_class,
    )
