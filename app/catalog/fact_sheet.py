"""The facts of a variant in words, for the table on its product page."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from app.catalog import units
from app.catalog.facts import SizeBasis, VariantFacts
from app.catalog.models import Product, Variant, Washable

_AROUND = {
    SizeBasis.WAIST: "around the waist, at the navel",
    SizeBasis.HIPS: "around the widest part of the hips",
    SizeBasis.CHEST: "around the chest, under the armpits",
    SizeBasis.UNDER_BUMP: "around the body, under the bump",
}
_WASHING = {
    Washable.YES: "Machine washable",
    Washable.NO: "Not machine washable",
    Washable.COVER_ONLY: "Cover only",
}
_THINNEST_HEIGHT_CM = 5


class Fact(NamedTuple):
    """One line of the table."""

    label: str
    value: str


def list_facts(variant: Variant) -> list[Fact]:
    """Return what is known of a variant, most telling first; its product with category must be loaded."""
    facts, product = variant.facts, variant.product
    return [
        *_size_facts(facts),
        *_dimension_facts(facts, product.category.slug),
        *_strength_facts(facts),
        *_heat_facts(facts),
        *_cold_facts(facts),
        *_power_facts(facts),
        *_use_facts(facts),
        *_make_facts(facts),
        *_product_facts(product),
    ]


def size_range_text(facts: VariantFacts) -> str | None:
    """Write whom a brace fits: `80 to 92 cm (31.5 to 36.25 in) around the waist, at the navel`."""
    low, high, basis = facts.size_min_cm, facts.size_max_cm, facts.size_basis
    if low is None or high is None or basis is None:
        return None
    return f"{write_centimeters(low, high)} ({write_inches(low, high)}) {write_place(basis)}"


def write_centimeters(low_cm: Decimal, high_cm: Decimal) -> str:
    """Write the range of a size as `80 to 92 cm`."""
    return f"{units.write_number(low_cm)} to {units.write_number(high_cm)} cm"


def write_inches(low_cm: Decimal, high_cm: Decimal) -> str:
    """Write the range of a size as `31.5 to 36.25 in`, so that a tape in inches leads to the same size."""
    low, high = units.to_first_mark(low_cm), units.to_first_mark(high_cm)
    return f"{units.write_number(low)} to {units.write_number(high)} in"


def write_place(basis: SizeBasis) -> str:
    """Write where the body is measured: `around the waist, at the navel`."""
    return _AROUND[basis]


def _size_facts(facts: VariantFacts) -> Iterator[Fact]:
    fits = size_range_text(facts)
    if fits:
        yield Fact("Fits", fits)


def _dimension_facts(facts: VariantFacts, category: str) -> Iterator[Fact]:
    length, width, height = facts.length_cm, facts.width_cm, facts.height_cm
    is_round = category == "foam-rollers" and width == height
    if not (is_round and length == width):
        yield Fact("Length, laid flat" if category == "back-braces" else "Length", units.write_length(length))
    yield Fact("Diameter" if is_round else "Width", units.write_length(width))
    if not is_round:
        label = "Thickness" if height < _THINNEST_HEIGHT_CM else "Height"
        yield Fact(label, units.write_length(height))
    yield Fact("Weight", units.write_weight(facts.item_weight_g))


def _strength_facts(facts: VariantFacts) -> Iterator[Fact]:
    if facts.tension_min_lb is not None and facts.tension_max_lb is not None:
        yield Fact("Pull", units.write_pull(facts.tension_min_lb, facts.tension_max_lb))
    if facts.firmness:
        yield Fact("Firmness", facts.firmness.value.replace("-", " ").capitalize())
    if facts.density_kg_m3:
        yield Fact("Foam density", units.write_density(facts.density_kg_m3))


def _heat_facts(facts: VariantFacts) -> Iterator[Fact]:
    if facts.heat_prep:
        yield Fact("Heated by", _start_sentence(facts.heat_prep))
    if facts.heat_prep_min is not None:
        yield Fact(
            "Warm after", units.write_minutes(facts.heat_prep_min) if facts.heat_prep_min else "At once"
        )
    if facts.heat_duration_min:
        yield Fact("Stays warm for", units.write_minutes(Decimal(facts.heat_duration_min)))
    if facts.max_surface_temp_c:
        yield Fact("Hottest surface", units.write_temperature(facts.max_surface_temp_c))


def _cold_facts(facts: VariantFacts) -> Iterator[Fact]:
    if facts.cold_prep_h is not None:
        in_freezer = f"{units.write_hours(facts.cold_prep_h)} in a freezer"
        yield Fact("Cold after", in_freezer if facts.cold_prep_h else "At once")
    if facts.cold_duration_min:
        yield Fact("Stays cold for", units.write_minutes(Decimal(facts.cold_duration_min)))


def _power_facts(facts: VariantFacts) -> Iterator[Fact]:
    if facts.power_w:
        volts = f" at {units.write_number(facts.voltage_v)} V" if facts.voltage_v else ""
        yield Fact("Power", f"{units.write_number(facts.power_w)} W{volts}")
    if facts.battery_wh:
        yield Fact("Battery", f"Lithium-ion, {units.write_number(facts.battery_wh)} Wh")
    if facts.auto_off_min:
        yield Fact("Switches off after", units.write_minutes(Decimal(facts.auto_off_min)))


def _use_facts(facts: VariantFacts) -> Iterator[Fact]:
    if facts.max_session_min:
        yield Fact("Longest single use", units.write_minutes(Decimal(facts.max_session_min)))
    if facts.max_user_weight_kg:
        yield Fact("Holds up to", units.write_mass(facts.max_user_weight_kg))


def _make_facts(facts: VariantFacts) -> Iterator[Fact]:
    yield Fact("Material", facts.material)
    yield Fact("Latex", "Latex-free" if facts.is_latex_free else "Contains natural rubber latex")
    if facts.pieces_in_pack > 1:
        yield Fact("Pieces in the pack", str(facts.pieces_in_pack))
    if facts.included_items:
        yield Fact("In the box", _start_sentence(facts.included_items.replace(";", ",")))


def _product_facts(product: Product) -> Iterator[Fact]:
    yield Fact("Washing", _WASHING[product.machine_washable])
    if product.warranty_months:
        yield Fact("Warranty", f"{product.warranty_months} months")


def _start_sentence(text: str) -> str:
    return text[0].upper() + text[1:]
