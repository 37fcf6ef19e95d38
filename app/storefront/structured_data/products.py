"""A product as a ProductGroup with a Product and an Offer for each variant, or as one Product."""

from collections.abc import Iterable, Sequence

from flask import url_for

from app.catalog.models import Product, Variant
from app.inventory.models import Availability
from app.pricing.delivery_areas import DeliveryArea
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import Json
from app.storefront.metadata.shared_picture import share_image
from app.storefront.offers import Offer
from app.storefront.product_page import list_pictures
from app.storefront.structured_data.returns import ID as RETURNS_ID
from app.storefront.structured_data.returns import returns_data
from app.storefront.structured_data.shipping import ShippingData

AVAILABILITY = {
    Availability.IN_STOCK: "https://schema.org/InStock",
    Availability.LOW: "https://schema.org/LimitedAvailability",
    Availability.OUT: "https://schema.org/OutOfStock",
}
# Options that schema.org has a property for; others are said as a property with its name.
PROPERTIES = {"Color": "color", "Size": "size", "Length": "size", "Material": "material"}


def product_data(
    product: Product, offers: Sequence[Offer], description: str, areas: Iterable[DeliveryArea]
) -> Json:
    """Describe a product with its variants, prices and stock as its page shows them."""
    pieces = list(_variants(product, offers, ShippingData(areas)))
    shared: Json = {
        "name": product.name,
        "description": description,
        "url": absolute(url_for("storefront.products.show", slug=product.slug)),
        "brand": {"@type": "Brand", "name": product.brand},
        "category": product.category.name,
    }
    if len(pieces) == 1:
        return {"@context": "https://schema.org", **pieces[0], **shared}
    varies = {PROPERTIES.get(option.name) for option in product.options} - {None}
    group: Json = {
        "@context": "https://schema.org",
        "@type": "ProductGroup",
        "@id": "#product",
        "productGroupID": product.code,
        **shared,
        "image": [share_image(image).url for image in product.images],
        "hasVariant": pieces,
    }
    if varies:
        group["variesBy"] = sorted(f"https://schema.org/{name}" for name in varies)
    return group


def _variants(product: Product, offers: Sequence[Offer], shipping: ShippingData) -> Iterable[Json]:
    by_id = {variant.id: variant for variant in product.variants}
    for number, offer in enumerate(offers):
        variant = by_id[offer.variant_id]
        yield {
            "@type": "Product",
            "sku": offer.sku,
            "name": f"{product.name}, {offer.label}" if offer.label else product.name,
            "image": [share_image(image).url for image in list_pictures(product, variant)],
            **_choices(variant),
            "offers": {
                **_offer(product, offer),
                "shippingDetails": shipping.details(variant.facts.shipping_weight_g, offer.price),
                # The first variant says it in full, the others name it.
                "hasMerchantReturnPolicy": {"@id": RETURNS_ID} if number else returns_data(),
            },
        }


def _offer(product: Product, offer: Offer) -> Json:
    return {
        "@type": "Offer",
        "url": absolute(url_for("storefront.products.show", slug=product.slug, sku=offer.sku)),
        "price": offer.price.decimal,
        "priceCurrency": offer.price.currency,
        "availability": AVAILABILITY[offer.availability],
        "itemCondition": "https://schema.org/NewCondition",
    }


def _choices(variant: Variant) -> Json:
    known: Json = {}
    others: list[Json] = []
    for value in variant.option_values:
        name = PROPERTIES.get(value.option.name)
        if name and name not in known:
            known[name] = value.value
        else:
            others.append({"@type": "PropertyValue", "name": value.option.name, "value": value.value})
    return {**known, "additionalProperty": others} if others else known
