"""Where the shop sends to and what that costs, for machines that ask on behalf of any place."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from app.pricing.models import DeliveryMethod, DeliveryRate, DeliveryZone, DeliveryZonePlace
from app.pricing.regions import US_STATES


@dataclass(frozen=True)
class DeliveryArea:
    """The part of one country that lies in one zone, with the zone's rates, the usual method first.

    `regions` are its states, and none stands for the whole country. `named` are the regions that the zone
    names; none stands for all that no other zone names.
    """

    country: str
    regions: tuple[str, ...]
    named: tuple[str, ...]
    rates: tuple[DeliveryRate, ...]


def list_delivery_areas(session: Session) -> list[DeliveryArea]:
    """Return every part of the world that the shop sends to, in the order of the zones (1 statement)."""
    statement = (
        select(DeliveryZonePlace, DeliveryRate)
        .join(DeliveryZone, DeliveryZone.id == DeliveryZonePlace.zone_id)
        .join(DeliveryRate, DeliveryRate.zone_id == DeliveryZone.id)
        .join(DeliveryRate.method)
        .options(contains_eager(DeliveryRate.zone), contains_eager(DeliveryRate.method))
        .order_by(
            DeliveryZone.position,
            DeliveryZone.id,
            DeliveryZonePlace.country,
            DeliveryZonePlace.region,
            DeliveryMethod.position,
            DeliveryMethod.id,
            DeliveryRate.id,
        )
    )
    places: dict[tuple[int, str], dict[str, None]] = {}
    rates: dict[int, dict[DeliveryRate, None]] = {}
    for place, rate in session.execute(statement):
        places.setdefault((place.zone_id, place.country), {})[place.region] = None
        rates.setdefault(place.zone_id, {})[rate] = None
    taken = {(country, region) for (_, country), regions in places.items() for region in regions if region}
    return [
        _area(country, list(regions), taken, tuple(rates[zone_id]))
        for (zone_id, country), regions in places.items()
    ]


def _area(
    country: str, places: Sequence[str], taken: set[tuple[str, str]], rates: tuple[DeliveryRate, ...]
) -> DeliveryArea:
    named = tuple(region for region in places if region)
    if "" not in places:
        return DeliveryArea(country, named, named, rates)
    elsewhere = {region for owner, region in taken if owner == country} - set(named)
    states = US_STATES if country == "US" and elsewhere else ()
    return DeliveryArea(country, tuple(state for state in states if state not in elsewhere), (), rates)
