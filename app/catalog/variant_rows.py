"""Reads one line of variants.csv, with the rules that one variant keeps."""

from decimal import Decimal

from app.catalog.cell_values import (
    read_choice,
    read_code,
    read_count,
    read_measure,
    read_price,
    read_words,
    read_yes_no,
)
from app.catalog.csv_table import Record
from app.catalog.facts import Firmness, SizeBasis
from app.catalog.models import ShippingFlag
from app.catalog.option_set import Choice, label_of
from app.catalog.seed_rows import FactsRow, VariantRow


def parse_variant(record: Record, position: int) -> VariantRow:
    """Read one SKU; the position is its place among the variants of its product."""
    row = VariantRow(
        line=record.line,
        position=position,
        sku=record.required("sku", read_code(40), ""),
        product=record.required("product", read_code(20), ""),
        label=record.text("label", 120),
        choices=_read_choices(record),
        price_cents=record.required("price", read_price, 1),
        seed_stock=record.required("seed_stock", read_count, 0),
        facts=_read_facts(record),
        shipping_flag=record.required("shipping_flag", read_choice(ShippingFlag), ShippingFlag.NONE),
    )
    expected = label_of(row.choices)
    if row.label and expected and row.label != expected:
        record.refuse("label", f'"{row.label}" does not match the option values, "{expected}"')
    _check_ranges(record, row.facts)
    return row


def _read_choices(record: Record) -> tuple[Choice, ...]:
    first = Choice(_read_option(record, "option1_name", 60), _read_option(record, "option1_value", 80))
    name, value = record.optional_text("option2_name", 60), record.optional_text("option2_value", 80)
    if name and not value:
        record.refuse("option2_value", f"is empty, but the option {name} needs a value")
    if value and not name:
        record.refuse("option2_name", f'is empty, but there is a value, "{value}"')
    choices = [first]
    if name or value:
        choices.append(Choice(name, value))
    for number, choice in enumerate(choices, 1):
        # These two signs hold the fingerprint of an option set together.
        if "|" in "".join(choice) or "=" in "".join(choice):
            record.refuse(f"option{number}_value", "an option may not hold | or =")
    if name and name == first.option:
        record.refuse("option2_name", f'"{name}" is the first option too')
    return tuple(choices)


def _read_option(record: Record, column: str, longest: int) -> str:
    return record.required(column, read_words(longest), "")


def _read_facts(record: Record) -> FactsRow:
    count, measure = read_count, read_measure
    return FactsRow(
        length_cm=record.required("length_cm", measure, Decimal(0)),
        width_cm=record.required("width_cm", measure, Decimal(0)),
        height_cm=record.required("height_cm", measure, Decimal(0)),
        item_weight_g=record.required("item_weight_g", count, 0),
        shipping_weight_g=record.required("shipping_weight_g", count, 0),
        material=record.text("material", 200),
        is_latex_free=record.required("latex_free", read_yes_no, False),
        pieces_in_pack=record.required("pieces_in_pack", count, 1),
        included_items=record.optional_text("included_items", 2000),
        density_kg_m3=record.optional("density_kg_m3", count),
        firmness=record.optional("firmness", read_choice(Firmness)),
        tension_min_lb=record.optional("tension_min_lb", measure),
        tension_max_lb=record.optional("tension_max_lb", measure),
        size_basis=record.optional("size_basis", read_choice(SizeBasis)),
        size_min_cm=record.optional("size_min_cm", measure),
        size_max_cm=record.optional("size_max_cm", measure),
        heat_prep=record.optional("heat_prep", read_words(80)),
        heat_prep_min=record.optional("heat_prep_min", measure),
        heat_duration_min=record.optional("heat_duration_min", count),
        max_surface_temp_c=record.optional("max_surface_temp_c", count),
        cold_prep_h=record.optional("cold_prep_h", measure),
        cold_duration_min=record.optional("cold_duration_min", count),
        power_w=record.optional("power_w", measure),
        voltage_v=record.optional("voltage_v", measure),
        battery_wh=record.optional("battery_wh", measure),
        auto_off_min=record.optional("auto_off_min", count),
        max_session_min=record.optional("max_session_min", count),
        max_user_weight_kg=record.optional("max_user_weight_kg", count),
    )


def _check_ranges(record: Record, facts: FactsRow) -> None:
    low, high = facts.size_min_cm, facts.size_max_cm
    if low is not None and high is not None and high <= low:
        record.refuse("size_max_cm", f"{high} is not more than size_min_cm, {low}")
    low, high = facts.tension_min_lb, facts.tension_max_lb
    if low is not None and high is not None and high < low:
        record.refuse("tension_max_lb", f"{high} is less than tension_min_lb, {low}")
    _check_filled_together(record, ("size_basis", "size_min_cm", "size_max_cm"))
    _check_filled_together(record, ("tension_min_lb", "tension_max_lb"))


def _check_filled_together(record: Record, columns: tuple[str, ...]) -> None:
    filled = [column for column in columns if record.cells.get(column)]
    for column in columns:
        if filled and column in record.cells and column not in filled:
            record.refuse(column, f"is empty, but {filled[0]} is filled")
