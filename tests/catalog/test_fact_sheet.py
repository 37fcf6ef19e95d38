"""The facts table of a product page speaks in words and in both units."""

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import pytest

from app.catalog import units
from app.catalog.fact_sheet import list_facts, size_range_text
from app.catalog.facts import VariantFacts
from app.catalog.models import Category, Product, Variant
from app.catalog.seed import CatalogSeed, read_seed

SEED_FOLDER = Path(__file__).parents[2] / "seed_data"


@pytest.fixture(scope="module")
def seed() -> CatalogSeed:
    return read_seed(SEED_FOLDER)


def build_variant(seed: CatalogSeed, sku: str) -> Variant:
    """Make a variant with its product of seed rows, without a database."""
    row = next(row for row in seed.variants if row.sku == sku)
    product_row = next(product for product in seed.products if product.code == row.product)
    product = Product(
        category=Category(slug=product_row.category),
        machine_washable=product_row.machine_washable,
        warranty_months=product_row.warranty_months,
        us_regulation_to_confirm=product_row.us_regulation_to_confirm,
        fsa_hsa_hint=product_row.fsa_hsa_hint,
    )
    return Variant(sku=sku, product=product, facts=VariantFacts(**asdict(row.facts)))


def facts_of(seed: CatalogSeed, sku: str) -> dict[str, str]:
    return {fact.label: fact.value for fact in list_facts(build_variant(seed, sku))}


def test_a_roller_has_length_diameter_and_firmness(seed: CatalogSeed) -> None:
    assert facts_of(seed, "FR-DRF-30-TEA") == {
        "Length": "30 cm (12 in)",
        "Diameter": "15 cm (5.9 in)",
        "Weight": "148 g (5 oz)",
        "Firmness": "Soft",
        "Foam density": "28 kg per cubic meter (1.7 lb per cubic foot)",
        "Longest single use": "10 minutes",
        "Holds up to": "120 kg (264 lb)",
        "Material": "EPE (expanded polyethylene) foam",
        "Latex": "Latex-free",
        "Washing": "Not machine washable",
        "Warranty": "12 months",
    }


def test_a_ball_has_a_diameter_and_no_length(seed: CatalogSeed) -> None:
    facts = facts_of(seed, "FR-PEB-SFT")
    assert facts["Diameter"] == "6.5 cm (2.6 in)"
    assert "Length" not in facts


def test_a_brace_says_whom_it_fits(seed: CatalogSeed) -> None:
    facts = facts_of(seed, "BR-KLL-S-BLK")
    assert facts["Fits"] == "70 to 80 cm (27.6 to 31.5 in) around the waist, at the navel"
    assert facts["Longest single use"] == "2 hours"


def test_a_heat_belt_says_how_it_is_heated_and_powered(seed: CatalogSeed) -> None:
    facts = facts_of(seed, "HC-GLC-SM")
    assert facts["Hottest surface"] == "50 C (122 F)"
    assert facts["Power"] == "15 W at 7.4 V"
    assert facts["Battery"] == "Lithium-ion, 37 Wh"
    assert facts["Switches off after"] == "30 minutes"
    assert facts["In the box"] == "Belt, battery, USB-C cable"


def test_an_instant_pack_is_cold_at_once(seed: CatalogSeed) -> None:
    facts = facts_of(seed, "HC-SNC-4")
    assert facts["Cold after"] == "At once"
    assert facts["Pieces in the pack"] == "4"
    assert "Warranty" not in facts


def test_a_band_has_its_pull_in_pounds_and_kilograms(seed: CatalogSeed) -> None:
    facts = facts_of(seed, "ST-FLN-MD")
    assert facts["Pull"] == "8 to 15 lb (3.6 to 6.8 kg)"
    assert facts["Latex"] == "Contains natural rubber latex"


def test_no_table_is_empty_or_shows_what_is_for_staff(seed: CatalogSeed) -> None:
    for row in seed.variants:
        variant = build_variant(seed, row.sku)
        facts = list_facts(variant)
        assert all(fact.label and fact.value for fact in facts)
        assert len({fact.label for fact in facts}) == len(facts)
        text = " ".join(fact.value for fact in facts)
        assert variant.product.us_regulation_to_confirm not in text
        assert variant.product.fsa_hsa_hint not in text


def test_a_thing_without_sizes_fits_nobody_in_particular(seed: CatalogSeed) -> None:
    assert size_range_text(build_variant(seed, "FR-PEB-SFT").facts) is None


@pytest.mark.parametrize(
    ("centimeters", "text"),
    [
        ("30", "30 cm (12 in)"),
        ("3.80", "3.8 cm (1.5 in)"),
        ("0.04", "0.4 mm (0.02 in)"),
        ("0.6", "6 mm (0.2 in)"),
        ("2250", "22.5 m (74 ft)"),
    ],
)
def test_lengths_are_written_in_both_units(centimeters: str, text: str) -> None:
    assert units.write_length(Decimal(centimeters)) == text


@pytest.mark.parametrize(
    ("grams", "text"),
    [(148, "148 g (5 oz)"), (520, "520 g (1.1 lb)"), (1150, "1.15 kg (2.5 lb)"), (20, "20 g (0.7 oz)")],
)
def test_weights_are_written_in_both_units(grams: int, text: str) -> None:
    assert units.write_weight(grams) == text


def test_temperatures_are_written_in_both_units() -> None:
    assert units.write_temperature(45) == "45 C (113 F)"
