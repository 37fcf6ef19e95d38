"""Products: the list of all, and the page of one."""

from flask import Blueprint, abort, render_template, request

from app.catalog.fact_sheet import list_facts
from app.catalog.models import Product, Variant
from app.catalog.queries import find_product, list_categories
from app.guidance.caution_queries import list_cautions_for
from app.guidance.caution_words import group_rules, rules_of
from app.guidance.queries import list_recommendations_for
from app.inventory.queries import find_stock
from app.pricing.delivery_areas import list_delivery_areas
from app.session import get_session
from app.storefront.delivery_terms import list_first_offers
from app.storefront.listing import read_listing
from app.storefront.metadata.listing_meta import all_products_meta
from app.storefront.metadata.product_meta import product_meta
from app.storefront.moved import moved_or_missing
from app.storefront.offers import Offer, list_offers
from app.storefront.product_page import ProductPage, evidence_of
from app.storefront.returns_policy import RETURN_DAYS
from app.storefront.returns_rules import return_rule
from app.storefront.slugs import checked_slug
from app.web.page_cache import public_page

blueprint = Blueprint("products", __name__)


@blueprint.get("/products")
@public_page
def index() -> str:
    """List the products of all families, or of one."""
    session = get_session()
    categories = list_categories(session)
    wanted = request.args.get("category") or None
    if wanted is not None and wanted not in {category.slug for category in categories}:
        abort(404)
    listing = read_listing(session, request.args, wanted)
    return render_template(
        "storefront/products/index.html",
        categories=categories,
        listing=listing,
        meta=all_products_meta(listing),
    )


@blueprint.get("/products/<slug>")
@public_page
def show(slug: str) -> str:
    """Show one product, with the variant that `?sku=` names or the first one in stock."""
    session = get_session()
    product = find_product(session, checked_slug(slug)) or moved_or_missing(
        Product, slug, Product.is_published
    )
    offers = list_offers(product, find_stock(session, [variant.id for variant in product.variants]))
    chosen = _chosen(product, offers)
    cautions = list_cautions_for(session, [chosen.id])[chosen.id]
    mentions = list_recommendations_for(session, product.id)
    page = ProductPage(product, chosen, offers, evidence_of(mentions))
    areas = list_delivery_areas(session)
    return render_template(
        "storefront/products/show.html",
        product=product,
        page=page,
        meta=product_meta(product, page, areas),
        facts=list_facts(chosen),
        caution_groups=group_rules(rule for caution in cautions for rule in rules_of(caution)),
        mentions=mentions,
        deliveries=list_first_offers(
            dict.fromkeys(rate for area in areas for rate in area.rates),
            weight_g=chosen.facts.shipping_weight_g,
            price=chosen.price,
        ),
        return_days=RETURN_DAYS,
        return_rule=return_rule(product.category.slug),
    )


def _chosen(product: Product, offers: list[Offer]) -> Variant:
    by_sku = {variant.sku: variant for variant in product.variants}
    first = next((offer for offer in offers if not offer.is_sold_out), offers[0] if offers else None)
    sku = request.args.get("sku", first.sku if first else "")
    return by_sku.get(sku) or abort(404)
