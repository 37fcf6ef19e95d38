"""What delivery costs, as pages show it before there is a cart."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.catalog.units import write_weight
from app.money import Money
from app.pricing.delivery import DeliveryOffer, list_offers
from app.pricing.models import DeliveryRate


@dataclass(frozen=True)
class DeliveryTerm:
    """The price of one way to send a parcel of up to a weight; `free_from` is None when it is never free."""

    name: str
    description: str
    weight: str
    price: Money
    free_from: Money | None


@dataclass(frozen=True)
class ZoneTerms:
    """The terms of one zone."""

    name: str
    terms: list[DeliveryTerm]


@dataclass(frozen=True)
class FirstOffer:
    """The usual way to send one thing to a zone."""

    zone: str
    offer: DeliveryOffer


def list_zone_terms(rates: Iterable[DeliveryRate]) -> list[ZoneTerms]:
    """Show rates that come zone by zone."""
    return [ZoneTerms(zone.name, [_term(rate) for rate in group]) for zone, group in _by_zone(rates)]


def list_first_offers(rates: Iterable[DeliveryRate], *, weight_g: int, price: Money) -> list[FirstOffer]:
    """Return for each zone the usual way to send one thing alone; a zone that it cannot go to is left out."""
    firsts = []
    for zone, group in _by_zone(rates):
        offers = list_offers(group, weight_g=weight_g, goods_cents=price.cents, is_covered=False)
        firsts += [FirstOffer(zone.name, offer) for offer in offers[:1]]
    return firsts


def _by_zone(rates: Iterable[DeliveryRate]) -> list[tuple["_Zone", list[DeliveryRate]]]:
    groups = groupby(rates, key=lambda rate: _Zone(rate.zone_id, rate.zone.name))
    return [(zone, list(group)) for zone, group in groups]


@dataclass(frozen=True)
class _Zone:
    id: int
    name: str


def _term(rate: DeliveryRate) -> DeliveryTerm:
    currency = rate.method.currency
    return DeliveryTerm(
        name=rate.method.name,
        description=rate.method.description,
        weight="Any weight" if rate.up_to_g is None else f"Up to {write_weight(rate.up_to_g)}",
        price=Money(rate.price_cents, currency),
        free_from=None if rate.free_from_cents is None else Money(rate.free_from_cents, currency),
    )
