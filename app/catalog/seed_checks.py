"""The rules between the rows of the seed files: what must be unique, and what must be known."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from app.catalog.option_set import fingerprint_of
from app.catalog.seed_problem import SeedProblem
from app.catalog.seed_rows import CatalogSeed, VariantRow
from app.catalog.size_checks import find_size_conflicts


class _Line(Protocol):
    @property
    def line(self) -> int: ...


Row = TypeVar("Row", bound=_Line)


def find_conflicts(seed: CatalogSeed) -> list[SeedProblem]:
    """List every row that repeats a key of another row or names one that is not there."""
    products = {row.code for row in seed.products}
    return [
        *_repeats("categories.csv", "slug", seed.categories, lambda row: row.slug),
        *_repeats("products.csv", "code", seed.products, lambda row: row.code),
        *_repeats("products.csv", "slug", seed.products, lambda row: row.slug),
        *_repeats("variants.csv", "sku", seed.variants, lambda row: row.sku),
        *_repeats("images.csv", "file", seed.images, lambda row: row.file),
        *_repeats("cautions.csv", "code", seed.cautions, lambda row: row.code),
        *_strangers("products.csv", "category", seed.products, lambda row: row.category, _slugs(seed)),
        *_strangers("variants.csv", "product", seed.variants, lambda row: row.product, products),
        *_strangers("images.csv", "product", seed.images, lambda row: row.product, products),
        *_unknown_cautions(seed),
        *_unknown_carriers(seed),
        *_option_conflicts(seed.variants),
        *find_size_conflicts(seed.variants),
        *_unknown_option_values(seed),
        *_products_without_variants(seed),
    ]


def _slugs(seed: CatalogSeed) -> set[str]:
    return {row.slug for row in seed.categories}


def _repeats(
    file: str, column: str, rows: Iterable[Row], key_of: Callable[[Row], str]
) -> Iterable[SeedProblem]:
    first_lines: dict[str, int] = {}
    for row in rows:
        key = key_of(row)
        if key and first_lines.setdefault(key, row.line) != row.line:
            yield SeedProblem(file, row.line, column, f'"{key}" is already on line {first_lines[key]}')


def _strangers(
    file: str, column: str, rows: Iterable[Row], key_of: Callable[[Row], str], known: set[str]
) -> Iterable[SeedProblem]:
    for row in rows:
        if key_of(row) and key_of(row) not in known:
            yield SeedProblem(file, row.line, column, f'there is no {column} "{key_of(row)}"')


def _unknown_cautions(seed: CatalogSeed) -> Iterable[SeedProblem]:
    known = {row.code for row in seed.cautions}
    for row in seed.products:
        for code in row.cautions:
            if code not in known:
                yield SeedProblem("products.csv", row.line, "cautions", f'there is no caution "{code}"')


def _unknown_carriers(seed: CatalogSeed) -> Iterable[SeedProblem]:
    skus = {row.sku for row in seed.variants}
    for row in seed.cautions:
        for slug in row.families:
            if slug not in _slugs(seed):
                yield SeedProblem("cautions.csv", row.line, "families", f'there is no family "{slug}"')
        for sku in row.skus:
            if sku not in skus:
                yield SeedProblem("cautions.csv", row.line, "skus", f'there is no SKU "{sku}"')


def _option_conflicts(variants: Iterable[VariantRow]) -> Iterable[SeedProblem]:
    """Variants of one product use the same options, and no two choose the same values."""
    first_options: dict[str, VariantRow] = {}
    first_sets: dict[tuple[str, str], int] = {}
    for row in variants:
        first = first_options.setdefault(row.product, row)
        if [choice.option for choice in row.choices] != [choice.option for choice in first.choices]:
            message = f"the options differ from those of the same product on line {first.line}"
            yield SeedProblem("variants.csv", row.line, "option1_name", message)
        line = first_sets.setdefault((row.product, fingerprint_of(row.choices)), row.line)
        if line != row.line:
            message = f'"{row.label}" has the same option values as line {line}'
            yield SeedProblem("variants.csv", row.line, "option1_value", message)


def _unknown_option_values(seed: CatalogSeed) -> Iterable[SeedProblem]:
    known = {(row.product, choice.value) for row in seed.variants for choice in row.choices}
    for row in seed.images:
        if row.option_value and (row.product, row.option_value) not in known:
            message = f'no variant of {row.product} has the value "{row.option_value}"'
            yield SeedProblem("images.csv", row.line, "option_value", message)


def _products_without_variants(seed: CatalogSeed) -> Iterable[SeedProblem]:
    sold = {row.product for row in seed.variants}
    for row in seed.products:
        if row.code and row.code not in sold:
            yield SeedProblem("products.csv", row.line, "code", f'"{row.code}" has no row in variants.csv')
