"""The head of a product's page: the bad news first there too."""

from collections.abc import Sequence

from flask import url_for

from app.catalog.models import Product
from app.guidance.evidence import EvidenceLine
from app.pricing.delivery_areas import DeliveryArea
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import Crumb, PageMeta
from app.storefront.metadata.shared_picture import share_family, share_image
from app.storefront.metadata.wording import fit_description, fit_title
from app.storefront.offers import Offer
from app.storefront.product_page import ProductPage
from app.storefront.structured_data.breadcrumbs import breadcrumb_data
from app.storefront.structured_data.products import product_data

PROMISE = "With who should not use it, and what the studies found."


def product_meta(product: Product, page: ProductPage, areas: list[DeliveryArea]) -> PageMeta:
    """Describe a product; all of its variants have one address for search engines."""
    path = url_for("storefront.products.show", slug=product.slug)
    family = product.category
    trail = (Crumb(family.name, url_for("storefront.categories.show", slug=family.slug)),)
    description = describe_product(product, page.evidence)
    return PageMeta(
        title=fit_title(product.name),
        description=fit_description(description, _price_words(page.offers), PROMISE),
        canonical=absolute(path),
        picture=share_image(page.pictures[0]) if page.pictures else share_family(product.category),
        kind="product",
        trail=trail,
        here=product.name,
        data=[
            product_data(product, page.offers, description, areas),
            breadcrumb_data(trail, product.name, path),
        ],
    )


def describe_product(product: Product, evidence: EvidenceLine | None) -> str:
    """Say what a product is for, and first that guidelines advise against it where they do."""
    if evidence is not None and evidence.is_against:
        return f"{evidence.headline} {product.intended_use}"
    return product.intended_use


def _price_words(offers: Sequence[Offer]) -> str:
    prices = [offer.price for offer in offers]
    if len(offers) == 1:
        return f"{prices[0]}."
    words = f"from {min(prices)}" if len(set(prices)) > 1 else f"{prices[0]} each"
    return f"{len(offers)} versions, {words}."
