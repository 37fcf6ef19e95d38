"""Reads of the whole catalogue for machines; the number of statements does not grow with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, load_only, subqueryload

from app.catalog.facts import VariantFacts
from app.catalog.models import Category, Image, OptionValue, Product, Variant


@dataclass(frozen=True)
class DatedPage:
    """The page of a product or family: where it is, and when what it shows last changed."""

    id: int
    category_id: int
    slug: str
    changed_at: datetime


def list_all_products(session: Session) -> list[Product]:
    """Return every published product with category, pictures, variants and their choices; 4 statements.

    Of the facts only the weight of the parcel is loaded.
    """
    variants = subqueryload(Product.variants)
    statement = (
        select(Product)
        .join(Product.category)
        .where(Product.is_published)
        .options(
            joinedload(Product.category),
            subqueryload(Product.images),
            variants.subqueryload(Variant.option_values).joinedload(OptionValue.option, innerjoin=True),
            variants.joinedload(Variant.facts).options(load_only(VariantFacts.shipping_weight_g)),
        )
        .order_by(Category.position, Category.id, Product.position, Product.id)
    )
    return list(session.scalars(statement))


def list_product_pages(session: Session) -> list[DatedPage]:
    """Return the pages of the published products in their order; 1 statement."""
    statement = (
        select(Product.id, Product.category_id, Product.slug, Product.changed_at)
        .where(Product.is_published)
        .order_by(Product.category_id, Product.position, Product.id)
    )
    return [DatedPage(*row) for row in session.execute(statement)]


def list_family_pages(session: Session) -> list[DatedPage]:
    """Return the pages of the families in their order; 1 statement."""
    statement = select(Category.id, Category.id, Category.slug, Category.changed_at).order_by(
        Category.position, Category.id
    )
    return [DatedPage(*row) for row in session.execute(statement)]


def list_all_images(session: Session) -> list[Image]:
    """Return the pictures of the published products in their order; 1 statement."""
    statement = (
        select(Image)
        .join(Product, Product.id == Image.product_id)
        .where(Product.is_published)
        .order_by(Image.product_id, Image.position, Image.id)
    )
    return list(session.scalars(statement))
