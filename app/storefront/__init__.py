"""The door of shoppers and readers."""

from flask import Blueprint

from app.storefront import (
    cart,
    cart_items,
    categories,
    checkout,
    checkout_cancellations,
    checkout_returns,
    contact,
    feeds,
    finder,
    guide_questions,
    guides,
    home,
    orders,
    pages,
    products,
    robots,
    searches,
    sitemap,
    size_finders,
)
from app.storefront.metadata.any_page import any_page_meta

blueprint = Blueprint("storefront", __name__)
blueprint.add_app_template_global(any_page_meta)

for resource in (
    home,
    products,
    size_finders,
    categories,
    guides,
    finder,
    guide_questions,
    cart,
    cart_items,
    checkout,
    checkout_returns,
    checkout_cancellations,
    orders,
    contact,
    pages,
    robots,
    sitemap,
    feeds,
    searches,
):
    blueprint.register_blueprint(resource.blueprint)
