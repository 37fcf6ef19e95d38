"""Reads of carts."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.cart.models import Cart, CartItem
from app.catalog.models import Product, Variant


def find_cart(session: Session, token: str) -> Cart | None:
    """Return a cart with its lines, their variants, products and pictures."""
    variants = selectinload(Cart.items).joinedload(CartItem.variant)
    query = (
        select(Cart)
        .where(Cart.token == token)
        .options(
            variants.selectinload(Variant.option_values),
            variants.joinedload(Variant.product).options(
                joinedload(Product.category), selectinload(Product.images)
            ),
        )
    )
    return session.scalars(query).one_or_none()


def find_cart_for_change(session: Session, cart_id: int) -> Cart | None:
    """Return a cart with its lines as they are now, locked until the transaction ends."""
    query = (
        select(Cart)
        .where(Cart.id == cart_id)
        .options(selectinload(Cart.items))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()
