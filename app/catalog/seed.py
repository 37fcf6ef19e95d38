"""Reads all seed files of the catalogue, or refuses them with every fault named."""

from collections import Counter
from pathlib import Path

from app.catalog.csv_table import Record, read_table
from app.catalog.image_rows import parse_image
from app.catalog.product_rows import parse_category, parse_caution, parse_product
from app.catalog.seed_checks import find_conflicts
from app.catalog.seed_columns import (
    CATEGORY_COLUMNS,
    CAUTION_COLUMNS,
    IMAGE_COLUMNS,
    PRODUCT_COLUMNS,
    VARIANT_COLUMNS,
)
from app.catalog.seed_problem import SeedError, SeedProblem
from app.catalog.seed_rows import CatalogSeed
from app.catalog.variant_rows import parse_variant

__all__ = ["CatalogSeed", "SeedError", "SeedProblem", "read_seed"]


def read_seed(folder: Path) -> CatalogSeed:
    """Read the CSV files and pictures of a folder; raises SeedError with all faults when there is one."""
    problems: list[SeedProblem] = []
    categories = read_table(folder / "categories.csv", CATEGORY_COLUMNS, problems)
    products = read_table(folder / "products.csv", PRODUCT_COLUMNS, problems)
    variants = read_table(folder / "variants.csv", VARIANT_COLUMNS, problems)
    images = read_table(folder / "images.csv", IMAGE_COLUMNS, problems)
    cautions = read_table(folder / "cautions.csv", CAUTION_COLUMNS, problems)
    seed = CatalogSeed(
        categories=tuple(parse_category(record) for record in categories),
        products=tuple(parse_product(record, place) for place, record in _placed(products, "category")),
        variants=tuple(parse_variant(record, place) for place, record in _placed(variants, "product")),
        images=tuple(parse_image(record, folder / "images") for record in images),
        cautions=tuple(parse_caution(record) for record in cautions),
    )
    # A file that could not be read at all would make every row that points into it look wrong.
    if all((categories, products, variants, images, cautions)):
        problems += find_conflicts(seed)
    if problems:
        raise SeedError(problems)
    return seed


def _placed(records: list[Record], group: str) -> list[tuple[int, Record]]:
    """Number the records from 1 within each group, in the order of the file."""
    counts: Counter[str] = Counter()
    placed = []
    for record in records:
        key = record.cells.get(group, "")
        counts[key] += 1
        placed.append((counts[key], record))
    return placed
