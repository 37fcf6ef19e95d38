"""The ways in which a parcel can be sent, and what each costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.money import Money
from app.pricing.models import DeliveryRate


@dataclass(frozen=True)
class DeliveryOffer:
    """A way to send this order, its price, and the value of goods from which it is free (None: never)."""

    code: str
    name: str
    description: str
    price: Money
    free_from: Money | None


def list_offers(
    rates: Iterable[DeliveryRate], *, weight_g: int, goods_cents: int, is_covered: bool
) -> list[DeliveryOffer]:
    """Offer the methods that take a parcel of this weight, in the order of the rates.

    The rates are those of one zone. Of a method's rates the lowest limit that the parcel keeps counts; a
    method for which it is too heavy is left out.
    """
    best: dict[str, DeliveryRate] = {}
    for rate in rates:
        known = best.setdefault(rate.method.code, rate)
        if not known.takes(weight_g) or (rate.takes(weight_g) and _limit(rate) < _limit(known)):
            best[rate.method.code] = rate
    return [
        _offer(rate, 0 if is_covered else rate.price_for(goods_cents))
        for rate in best.values()
        if rate.takes(weight_g)
    ]


def _limit(rate: DeliveryRate) -> float:
    return float("inf") if rate.up_to_g is None else rate.up_to_g


def _offer(rate: DeliveryRate, price_cents: int) -> DeliveryOffer:
    method = rate.method
    threshold = rate.free_from_cents
    return DeliveryOffer(
        code=method.code,
        name=method.name,
        description=method.description,
        price=Money(price_cents, method.currency),
        free_from=None if threshold is None else Money(threshold, method.currency),
    )
