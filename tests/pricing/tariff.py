"""Delivery and tax for database tests: two methods, a zone for the country and one for a part of it."""

from sqlalchemy.orm import Session

from app.money import Money
from app.pricing.delivery import list_offers
from app.pricing.models import DeliveryMethod, DeliveryRate, DeliveryZone, DeliveryZonePlace
from app.pricing.place import Place
from app.pricing.queries import list_delivery_rates

Step = tuple[str, int | None, int, int | None]
NEAR: tuple[Step, ...] = (
    ("express", 10_000, 1495, None),
    ("standard", 30_000, 1295, 15_000),
    ("standard", 10_000, 595, 6000),
    ("standard", None, 4995, None),
)
FAR: tuple[Step, ...] = (("standard", 5000, 1495, None),)


def add_tariff(session: Session) -> None:
    """Write the tariff: method, limit in grams, price and threshold in cents."""
    methods = {
        code: DeliveryMethod(code=code, name=code.title(), description="Soon.", currency="USD", position=at)
        for at, code in enumerate(("standard", "express"), 1)
    }
    session.add_all(methods.values())
    for at, (zone_code, places, steps) in enumerate(
        [("near", [("US", "")], NEAR), ("far", [("US", "AK"), ("US", "HI")], FAR)], 1
    ):
        zone = DeliveryZone(code=zone_code, name=zone_code.title(), position=at)
        session.add(zone)
        session.flush()
        for country, region in places:
            session.add(DeliveryZonePlace(zone_id=zone.id, country=country, region=region))
        for method, up_to_g, price_cents, free_from_cents in steps:
            session.add(
                DeliveryRate(
                    method=methods[method],
                    zone_id=zone.id,
                    up_to_g=up_to_g,
                    price_cents=price_cents,
                    free_from_cents=free_from_cents,
                )
            )
    session.commit()


def offered(
    session: Session, place: Place, *, weight_g: int, goods_cents: int = 0, is_covered: bool = False
) -> dict[str, Money]:
    """Return the price of each method that is offered, in their order."""
    rates = list_delivery_rates(session, place)
    offers = list_offers(rates, weight_g=weight_g, goods_cents=goods_cents, is_covered=is_covered)
    return {offer.code: offer.price for offer in offers}
