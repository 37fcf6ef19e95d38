"""The variants on sale as a product feed names them, from what their pages show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from app.catalog.feed_queries import list_all_products
from app.catalog.models import Product, Variant
from app.guidance.evidence import EvidenceLine
from app.guidance.queries import list_evidence_lines
from app.inventory.queries import list_stock
from app.money import Money
from app.pricing.delivery import list_offers as list_delivery_offers
from app.pricing.delivery_areas import DeliveryArea, list_delivery_areas
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.product_meta import describe_product
from app.storefront.metadata.shared_picture import share_image
from app.storefront.offers import Offer, list_offers
from app.storefront.product_page import list_pictures

LONGEST_TITLE = 150
LONGEST_DESCRIPTION = 5000
MOST_MORE_PICTURES = 10


@dataclass(frozen=True, slots=True)
class FeedShipping:
    """One way to send one piece; without a region it holds for the rest of the country."""

    country: str
    region: str
    service: str
    price: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One variant in the words of the feed."""

    id: str
    group: str
    title: str
    description: str
    link: str
    pictures: list[str]
    availability: str
    price: str
    brand: str
    product_type: str
    choices: list[tuple[str, str]]
    shipping: list[FeedShipping]
    shipping_weight: str


def list_feed_items(session: Session) -> Iterator[FeedItem]:
    """Return every variant on sale, one by one; 7 statements, however many there are.

    One without a picture is left out: product searches refuse it.
    """
    stock, evidence = list_stock(session), list_evidence_lines(session)
    areas = list_delivery_areas(session)
    for product in list_all_products(session):
        variants = {variant.id: variant for variant in product.variants}
        line = evidence.get(product.id)
        for offer in list_offers(product, stock) if product.images else ():
            yield _item(product, variants[offer.variant_id], offer, line, areas)


def _item(
    product: Product, variant: Variant, offer: Offer, line: EvidenceLine | None, areas: Iterable[DeliveryArea]
) -> FeedItem:
    title = f"{product.name}, {offer.label}" if offer.label else product.name
    pictures = [share_image(image).url for image in list_pictures(product, variant)]
    weight = variant.facts.shipping_weight_g
    return FeedItem(
        id=offer.sku,
        group=product.code,
        title=title[:LONGEST_TITLE],
        description=describe_product(product, line)[:LONGEST_DESCRIPTION],
        link=absolute(url_for("storefront.products.show", slug=product.slug, sku=offer.sku)),
        pictures=pictures[: MOST_MORE_PICTURES + 1],
        availability="out_of_stock" if offer.is_sold_out else "in_stock",
        price=_price(offer.price),
        brand=product.brand,
        product_type=f"{product.category.name} > {product.subcategory.replace('-', ' ').capitalize()}",
        choices=_choices(variant),
        shipping=list(_shipping(areas, weight, offer.price)),
        shipping_weight=f"{weight} g",
    )


def _shipping(areas: Iterable[DeliveryArea], weight_g: int, price: Money) -> Iterator[FeedShipping]:
    for area in areas:
        ways = list_delivery_offers(area.rates, weight_g=weight_g, goods_cents=price.cents, is_covered=False)
        for region in area.named or ("",):
            for way in ways:
                yield FeedShipping(area.country, region, way.name, _price(way.price))


def _choices(variant: Variant) -> list[tuple[str, str]]:
    """Name the color, and of the measures one as the size; the feed has no place for other options."""
    values = {value.option.name: value.value for value in variant.option_values}
    size = values.get("Size") or values.get("Length")
    found = {"color": values.get("Color"), "size": size, "material": values.get("Material")}
    return [(name, value) for name, value in found.items() if value]


def _price(price: Money) -> str:
    return f"{price.decimal} {price.currency}"
