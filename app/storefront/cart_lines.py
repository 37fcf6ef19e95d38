"""A cart as its page shows it: each line with its price, its stock in words, and what stands in the way."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from app.cart.models import Cart, CartItem
from app.catalog.models import Image, Variant
from app.guidance.advice_against import list_advice_against
from app.guidance.caution_models import CautionVersion
from app.guidance.caution_queries import list_caution_versions_for
from app.guidance.evidence import EvidenceLine
from app.inventory.models import Availability
from app.money import Money
from app.storefront.cart_stock import CartStock, find_cart_stock


@dataclass(frozen=True)
class CartLine:
    """One line; `message` says why it cannot be bought as it stands."""

    item_id: int
    variant_id: int
    product_name: str
    variant_label: str
    sku: str
    url: str
    image: Image | None
    category_slug: str
    quantity: int
    unit_price: Money
    total: Money
    availability: Availability
    message: str | None
    cautions: list[CautionVersion]
    advice_against: EvidenceLine | None


def cart_lines(session: Session, cart: Cart | None) -> list[CartLine]:
    """Show the lines of a cart (4 statements)."""
    if cart is None or not cart.items:
        return []
    variant_ids = [item.variant_id for item in cart.items]
    stock = find_cart_stock(session, cart.id, variant_ids)
    cautions = list_caution_versions_for(session, variant_ids)
    against = list_advice_against(session, variant_ids)
    return [
        _line(item, stock, cautions[item.variant_id], against.get(item.variant_id)) for item in cart.items
    ]


def shortage_message(asked: int, available: int) -> str | None:
    """Say in words that fewer are left than asked for; None when there are enough."""
    if available >= asked:
        return None
    if available <= 0:
        return "This is sold out. Please remove it to go on."
    return f"We have {available} left. Please lower the quantity to go on."


def picture_of(variant: Variant) -> Image | None:
    """Return the picture that shows a variant best: of its own option values, else the product's first."""
    own = {value.id for value in variant.option_values}
    images = variant.product.images
    return next((image for image in images if image.option_value_id in own), images[0] if images else None)


def _line(
    item: CartItem, stock: CartStock, cautions: list[CautionVersion], advice_against: EvidenceLine | None
) -> CartLine:
    variant = item.variant
    return CartLine(
        item_id=item.id,
        variant_id=item.variant_id,
        product_name=variant.product.name,
        variant_label=variant.label,
        sku=variant.sku,
        url=url_for("storefront.products.show", slug=variant.product.slug, sku=variant.sku),
        image=picture_of(variant),
        category_slug=variant.product.category.slug,
        quantity=item.quantity,
        unit_price=variant.price,
        total=Money(variant.price_cents * item.quantity, variant.currency),
        availability=stock.availability(variant.id),
        message=shortage_message(item.quantity, stock.available(variant.id)),
        cautions=cautions,
        advice_against=advice_against,
    )
