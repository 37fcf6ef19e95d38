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
    finder,
    guide_questions,
    guides,
    home,
    orders,
    pages,
    products,
    size_finders,
)

blueprint = Blueprint("storefront", __name__)

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
):
    blueprint.register_blueprint(resource.blueprint)
