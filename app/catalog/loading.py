"""Brings the catalogue in line with the seed files; loading the same files again changes nothing."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.catalog.change_tally import ChangeTally, LoadReport, assign
from app.catalog.models import Category, Image, Option, Product, Variant
from app.catalog.product_loading import drop_unused_values, update_options, update_product, update_tags
from app.catalog.seed_rows import CatalogSeed, CategoryRow, ImageRow, ProductRow, VariantRow
from app.catalog.services import touch_content
from app.catalog.variant_loading import update_image, update_variant

__all__ = ["LoadReport", "load_catalog"]


def load_catalog(session: Session, seed: CatalogSeed, currency: str = "USD") -> LoadReport:
    """Create and update categories, products, variants and pictures; new products are not published.

    Rows are told apart by slug, code, SKU and file name. What the files do not name stays as it is.
    """
    with session.no_autoflush:
        load = _Load(session, currency)
        load.categories(seed.categories)
        load.products(seed.products, _group_by_product(seed.variants))
        # The pictures point at option values by id, and new values have theirs from here on.
        session.flush()
        load.images(seed.images)
        session.flush()
    report = load.tally.report()
    if report.has_changes:
        touch_content(session)
    return report


class _Load:
    """One run, with the rows of the catalogue by their keys as they stood before it."""

    def __init__(self, session: Session, currency: str) -> None:
        self.tally = ChangeTally()
        self._session = session
        self._currency = currency
        self._categories = {row.slug: row for row in session.scalars(select(Category))}
        self._products = {product.code: product for product in session.scalars(_all_products())}
        self._variants = {
            variant.sku: variant for product in self._products.values() for variant in product.variants
        }

    def categories(self, rows: Sequence[CategoryRow]) -> None:
        for row in rows:
            category = self._categories.get(row.slug)
            is_new = category is None
            category = category or Category(slug=row.slug)
            has_changed = assign(
                category,
                name=row.name,
                summary=row.summary,
                image=row.image,
                image_alt=row.image_alt,
                position=row.position,
            )
            self._session.add(category)
            self._categories[row.slug] = category
            self.tally.add(is_new=is_new, has_changed=has_changed)

    def products(self, rows: Sequence[ProductRow], variants: dict[str, list[VariantRow]]) -> None:
        for row in rows:
            product = self._products.get(row.code)
            is_new = product is None
            product = product or Product(code=row.code, is_published=False)
            self._session.add(product)
            self._products[row.code] = product
            changes = [
                update_product(product, row, self._categories[row.category]),
                update_tags(product, row),
                update_options(product, variants[row.code]),
            ]
            for variant in variants[row.code]:
                self._variant(product, variant)
            changes.append(drop_unused_values(product))
            self.tally.add(is_new=is_new, has_changed=any(changes))

    def _variant(self, product: Product, row: VariantRow) -> None:
        variant = self._variants.get(row.sku)
        is_new = variant is None
        variant = variant or Variant(sku=row.sku)
        self._session.add(variant)
        has_changed = update_variant(variant, row, product, self._currency)
        self.tally.add(is_new=is_new, has_changed=has_changed)

    def images(self, rows: Sequence[ImageRow]) -> None:
        for row in rows:
            product = self._products[row.product]
            # The digest after the last hyphen changes with the picture; what stands before it names the file.
            known = {image.file.rpartition("-")[0]: image for image in product.images}
            image = known.get(row.picture.rpartition("-")[0])
            is_new = image is None
            image = image or Image()
            if is_new:
                product.images.append(image)
            has_changed = update_image(image, row, product)
            self.tally.add(is_new=is_new, has_changed=has_changed)


def _group_by_product(rows: Sequence[VariantRow]) -> dict[str, list[VariantRow]]:
    grouped: dict[str, list[VariantRow]] = defaultdict(list)
    for row in rows:
        grouped[row.product].append(row)
    return grouped


def _all_products() -> Select[Product]:
    return select(Product).options(
        joinedload(Product.category),
        selectinload(Product.options).selectinload(Option.values),
        selectinload(Product.variants).selectinload(Variant.option_values),
        selectinload(Product.variants).joinedload(Variant.facts),
        selectinload(Product.images),
        selectinload(Product.tags),
    )
