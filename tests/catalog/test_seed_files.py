"""The seed files of the project say what the catalogue they came from says."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from app.catalog.seed import CatalogSeed, read_seed
from app.catalog.units import to_inches, to_kilograms
from app.guidance.claims import find_banned_claims

SEED_FOLDER = Path(__file__).parents[2] / "seed_data"
SHARED = Path(__file__).parents[3] / "shared" / "catalog" / "products.csv"
# What the cautions said before they became rules; tests/cautions holds the rules against it.
FIRST_WORDS = Path(__file__).parents[1] / "cautions" / "first_words.csv"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the source catalogue is not on this machine")


@pytest.fixture(scope="module")
def seed() -> CatalogSeed:
    return read_seed(SEED_FOLDER)


@pytest.fixture(scope="module")
def source() -> list[dict[str, str]]:
    with SHARED.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_there_are_70_products_and_233_skus_in_4_families(seed: CatalogSeed) -> None:
    assert (len(seed.categories), len(seed.products), len(seed.variants)) == (4, 70, 233)


def test_every_product_has_a_main_picture_and_every_picture_says_what_it_shows(seed: CatalogSeed) -> None:
    assert {row.product for row in seed.images if row.position == 1} == {row.code for row in seed.products}
    assert all(row.alt[0].isupper() for row in seed.images)
    assert all(row.image_alt for row in seed.categories)


def test_no_picture_of_a_product_is_there_twice(seed: CatalogSeed) -> None:
    digests = [(row.product, row.picture.rpartition("-")[2]) for row in seed.images]
    assert len(set(digests)) == len(digests)


def test_every_picture_in_the_folder_is_used(seed: CatalogSeed) -> None:
    assert {row.file for row in seed.images} == {path.name for path in (SEED_FOLDER / "images").iterdir()}


def test_every_product_warns_everyone_and_batteries_latex_and_gel_warn_too(seed: CatalogSeed) -> None:
    cautions = {row.code: row.cautions for row in seed.products}
    assert all(codes[0] == "W-ALL" for codes in cautions.values())
    for variant in seed.variants:
        assert (variant.facts.battery_wh is not None) == ("W-BATT" in cautions[variant.product])
        assert variant.facts.is_latex_free != ("W-LATEX" in cautions[variant.product])


def test_no_text_makes_a_claim_the_shop_may_never_make(seed: CatalogSeed) -> None:
    texts = [row.summary for row in seed.categories]
    texts += [text for row in seed.products for text in (row.name, row.intended_use, row.usage_dose)]
    texts += [row.alt for row in seed.images]
    assert [claim for text in texts for claim in find_banned_claims(text)] == []


@needs_shared
def test_cautions_without_the_general_one_equal_the_contraindications(
    seed: CatalogSeed, source: list[dict[str, str]]
) -> None:
    with FIRST_WORDS.open(encoding="utf-8", newline="") as stream:
        texts = {row["code"]: row["text"] for row in csv.DictReader(stream)}
    wanted = {row["product_id"]: row["contraindications"] for row in source}
    for product in seed.products:
        joined = " ".join(texts[code] for code in product.cautions if code != "W-ALL")
        assert joined == wanted[product.code], product.code


@needs_shared
def test_inches_and_kilograms_worked_out_equal_the_columns_of_the_source(
    seed: CatalogSeed, source: list[dict[str, str]]
) -> None:
    rows = {row["sku"]: row for row in source}
    for variant in seed.variants:
        row, facts = rows[variant.sku], variant.facts
        for name in ("length", "width", "height", "size_min", "size_max"):
            length = getattr(facts, f"{name}_cm")
            assert row[f"{name}_in"] == ("" if length is None else str(to_inches(length))), variant.sku
        for name in ("tension_min", "tension_max"):
            pounds = getattr(facts, f"{name}_lb")
            assert row[f"{name}_kg"] == ("" if pounds is None else str(to_kilograms(pounds))), variant.sku


@needs_shared
def test_prices_stock_and_sizes_equal_the_source(seed: CatalogSeed, source: list[dict[str, str]]) -> None:
    rows = {row["sku"]: row for row in source}
    assert rows.keys() == {variant.sku for variant in seed.variants}
    for variant in seed.variants:
        row = rows[variant.sku]
        assert Decimal(row["price_usd"]) * 100 == variant.price_cents
        assert int(row["seed_stock_qty"]) == variant.seed_stock
        assert row["variant_label"] == variant.label
