"""Taking a discount off the lines of a quote, after its code was found good."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.money import Money, share_out
from app.pricing.models import Discount
from app.pricing.queries import find_discount
from app.pricing.quote import QuoteLine


class DiscountUnknown(Exception):
    """No discount has this code now: it is mistyped, has ended, or has not begun."""


class DiscountNeedsMore(Exception):
    """The goods are worth less than the discount asks for."""

    def __init__(self, minimum: Money) -> None:
        super().__init__(str(minimum))
        self.minimum = minimum


def redeem(session: Session, code: str, *, goods_cents: int, now: datetime) -> Discount:
    """Return the discount of a code as it was typed; raises DiscountUnknown, DiscountNeedsMore."""
    discount = find_discount(session, code, now)
    if discount is None:
        raise DiscountUnknown
    if goods_cents < discount.min_subtotal_cents:
        raise DiscountNeedsMore(discount.minimum)
    return discount


def take_off(lines: Iterable[QuoteLine], discount: Discount | None) -> tuple[QuoteLine, ...]:
    """Give each line its share of a discount, by the price of its units."""
    lines = tuple(lines)
    if discount is None:
        return lines
    prices = [line.total.cents for line in lines]
    shares = share_out(discount.amount_off(sum(prices)), prices)
    return tuple(replace(line, discount_cents=share) for line, share in zip(lines, shares, strict=True))
