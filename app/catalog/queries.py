"""Reads of the catalogue, each with a fixed number of statements; shoppers see published products only."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.catalog.content_version import ContentVersion
from app.catalog.models import Category, Option, OptionValue, Product, Variant


class Sort(StrEnum):
    """The orders in which products can be listed."""

    FEATURED = "featured"
    PRICE_LOW = "price-low"
    PRICE_HIGH = "price-high"
    NAME = "name"


@dataclass(frozen=True)
class ProductPage:
    """One page of a list of products; pages count from 1 and there is always at least one."""

    items: list[Product]
    total: int
    page: int
    pages: int


def list_categories(session: Session) -> list[Category]:
    """Return all families in their order."""
    return list(session.scalars(select(Category).order_by(Category.position, Category.id)))


def find_category(session: Session, slug: str) -> Category | None:
    """Return the family with this slug."""
    return session.scalar(select(Category).where(Category.slug == slug))


def list_products(
    session: Session,
    *,
    category: str | None = None,
    sort: Sort = Sort.FEATURED,
    page: int = 1,
    per_page: int = 24,
) -> ProductPage:
    """Return one page of published products with category, variants and images; 4 statements at most.

    A page outside of the list stands for the nearest one inside.
    """
    found = select(Product).join(Product.category).where(Product.is_published)
    if category is not None:
        found = found.where(Category.slug == category)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    statement = (
        found.order_by(*_order(sort), Product.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
        .options(joinedload(Product.category), selectinload(Product.variants), selectinload(Product.images))
    )
    return ProductPage(list(session.scalars(statement)), total, page, pages)


def list_products_by_slug(session: Session, slugs: Sequence[str]) -> list[Product]:
    """Return the published products among these, in this order, loaded as in a list; 3 statements at most."""
    statement = (
        select(Product)
        .where(Product.slug.in_(slugs), Product.is_published)
        .options(joinedload(Product.category), selectinload(Product.variants), selectinload(Product.images))
    )
    return sorted(session.scalars(statement), key=lambda product: slugs.index(product.slug))


def list_products_by_id(session: Session, ids: Sequence[int]) -> list[Product]:
    """Return the published products among these, in this order, loaded as in a list; 3 statements at most."""
    statement = (
        select(Product)
        .where(Product.id.in_(ids), Product.is_published)
        .options(joinedload(Product.category), selectinload(Product.variants), selectinload(Product.images))
    )
    return sorted(session.scalars(statement), key=lambda product: ids.index(product.id))


def find_product(session: Session, slug: str) -> Product | None:
    """Return a published product with everything that its page shows; 7 statements."""
    statement = (
        select(Product)
        .where(Product.slug == slug, Product.is_published)
        .options(
            joinedload(Product.category),
            selectinload(Product.options).selectinload(Option.values),
            selectinload(Product.variants).selectinload(Variant.option_values).joinedload(OptionValue.option),
            selectinload(Product.variants).joinedload(Variant.facts),
            selectinload(Product.images),
            selectinload(Product.tags),
        )
    )
    return session.scalar(statement)


def find_variant(session: Session, sku: str) -> Variant | None:
    """Return a variant on sale with its product, images, option values and facts; 3 statements."""
    statement = (
        select(Variant)
        .join(Variant.product)
        .where(Variant.sku == sku, Product.is_published)
        .options(
            joinedload(Variant.product).joinedload(Product.category),
            joinedload(Variant.product).selectinload(Product.images),
            selectinload(Variant.option_values).joinedload(OptionValue.option),
            joinedload(Variant.facts),
        )
    )
    return session.scalar(statement)


def content_version(session: Session) -> int:
    """Return the number that names everything the public pages show; 0 before the first change."""
    return session.scalar(select(ContentVersion.number)) or 0


def _order(sort: Sort) -> Sequence[ColumnElement[Any]]:
    lowest_price = (
        select(func.min(Variant.price_cents)).where(Variant.product_id == Product.id).scalar_subquery()
    )
    orders: dict[Sort, Sequence[ColumnElement[Any]]] = {
        Sort.FEATURED: [Category.position.asc(), Category.id.asc(), Product.position.asc()],
        Sort.PRICE_LOW: [lowest_price.asc().nulls_last()],
        Sort.PRICE_HIGH: [lowest_price.desc().nulls_last()],
        Sort.NAME: [func.lower(Product.name).asc()],
    }
    return orders[sort]
