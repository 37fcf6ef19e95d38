"""Reads of delivery rates, tax rates, discounts and weights."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from app.catalog.facts import VariantFacts
from app.pricing.models import (
    DeliveryMethod,
    DeliveryRate,
    DeliveryZone,
    DeliveryZonePlace,
    Discount,
    TaxRate,
)
from app.pricing.place import Place

LONGEST_CODE = 40


def list_delivery_rates(session: Session, place: Place) -> list[DeliveryRate]:
    """Return the rates of the zone that a place lies in, with their methods, the usual method first.

    A place that is not known is its country; one in no zone has no rates.
    """
    zone = (
        select(DeliveryZonePlace.zone_id)
        .where(DeliveryZonePlace.country == place.country, DeliveryZonePlace.region.in_({place.region, ""}))
        .order_by(DeliveryZonePlace.region.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(DeliveryRate)
        .join(DeliveryRate.method)
        .where(DeliveryRate.zone_id == zone)
        .options(contains_eager(DeliveryRate.method))
        .order_by(DeliveryMethod.position, DeliveryMethod.id, DeliveryRate.id)
    )
    return list(session.scalars(query))


def list_all_delivery_rates(session: Session) -> list[DeliveryRate]:
    """Return the rates of every zone with method and zone, the usual zone and method first (1 statement)."""
    query = (
        select(DeliveryRate)
        .join(DeliveryRate.zone)
        .join(DeliveryRate.method)
        .options(contains_eager(DeliveryRate.zone), contains_eager(DeliveryRate.method))
        .order_by(
            DeliveryZone.position,
            DeliveryZone.id,
            DeliveryMethod.position,
            DeliveryMethod.id,
            DeliveryRate.up_to_g.asc().nulls_last(),
        )
    )
    return list(session.scalars(query))


def list_tax_rates(session: Session, place: Place) -> list[TaxRate]:
    """Return the rates of a place, one for each class; none where the shop is not registered."""
    query = select(TaxRate).where(TaxRate.country == place.country, TaxRate.region == place.region)
    return list(session.scalars(query))


def find_discount(session: Session, code: str, now: datetime) -> Discount | None:
    """Return the discount that a code, in any case and spacing, names now."""
    key = "".join(code.split()).upper()
    if len(key) > LONGEST_CODE:
        return None
    discount = session.scalars(select(Discount).where(Discount.code == key)).one_or_none()
    return discount if discount and discount.is_running(now) else None


def weigh(session: Session, quantities: Mapping[int, int]) -> int:
    """Return what quantities by variant id weigh as a parcel, in grams."""
    query = select(VariantFacts.variant_id, VariantFacts.shipping_weight_g).where(
        VariantFacts.variant_id.in_(quantities)
    )
    return sum(weight * quantities[variant_id] for variant_id, weight in session.execute(query))
