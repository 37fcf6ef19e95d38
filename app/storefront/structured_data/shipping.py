"""What sending one piece costs and how long it takes, as OfferShippingDetails."""

import re
from collections.abc import Iterable, Iterator

from app.money import Money
from app.pricing.delivery import DeliveryOffer, list_offers
from app.pricing.delivery_areas import DeliveryArea
from app.storefront.metadata.page_meta import Json

_DAYS = re.compile(r"(\d+) to (\d+) working days")


class ShippingData:
    """The shipping details of one page: each is written once, and after that only named."""

    def __init__(self, areas: Iterable[DeliveryArea]) -> None:
        self._areas = list(areas)
        self._written: set[str] = set()

    def details(self, weight_g: int, price: Money) -> list[Json]:
        """Describe every way to send one piece of a weight and a price, as the checkout would offer it."""
        return list(self._describe(weight_g, price))

    def _describe(self, weight_g: int, price: Money) -> Iterator[Json]:
        for number, area in enumerate(self._areas, start=1):
            for offer in list_offers(
                area.rates, weight_g=weight_g, goods_cents=price.cents, is_covered=False
            ):
                name = f"#shipping-{number}-{offer.code}-{offer.price.cents}"
                yield {"@id": name} if name in self._written else _details(name, area, offer)
                self._written.add(name)


def _details(name: str, area: DeliveryArea, offer: DeliveryOffer) -> Json:
    details: Json = {
        "@type": "OfferShippingDetails",
        "@id": name,
        "shippingRate": {
            "@type": "MonetaryAmount",
            "value": offer.price.decimal,
            "currency": offer.price.currency,
        },
        "shippingDestination": {
            "@type": "DefinedRegion",
            "addressCountry": area.country,
            **({"addressRegion": list(area.regions)} if area.regions else {}),
        },
    }
    days = _DAYS.search(offer.description)
    if days:
        transit = {"@type": "QuantitativeValue", "minValue": int(days[1]), "maxValue": int(days[2])}
        details["deliveryTime"] = {
            "@type": "ShippingDeliveryTime",
            "transitTime": {**transit, "unitCode": "DAY"},
        }
    return details
