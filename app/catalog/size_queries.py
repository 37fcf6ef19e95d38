"""Reads of the products that come in sizes."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.catalog.facts import SizeBasis, VariantFacts
from app.catalog.models import OptionValue, Product, Variant


def list_products_measured_alike(session: Session, product: Product, basis: SizeBasis) -> list[Product]:
    """Return the other published products of the family that are measured at the same place; 3 statements.

    Their variants come with facts and option values.
    """
    sized = select(Variant.product_id).join(Variant.facts).where(VariantFacts.size_basis == basis)
    statement = (
        select(Product)
        .where(
            Product.is_published,
            Product.category_id == product.category_id,
            Product.id != product.id,
            Product.id.in_(sized),
        )
        .order_by(Product.position, Product.id)
        .options(
            selectinload(Product.variants).joinedload(Variant.facts),
            selectinload(Product.variants).selectinload(Variant.option_values).joinedload(OptionValue.option),
        )
    )
    return list(session.scalars(statement))
