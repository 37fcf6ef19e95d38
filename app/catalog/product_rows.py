"""Reads one line of categories.csv, products.csv and cautions.csv."""

from app.catalog.cell_values import read_all, read_choice, read_code, read_count, read_key, read_word
from app.catalog.csv_table import Record
from app.catalog.models import TagAxis, Washable
from app.catalog.seed_rows import CategoryRow, CautionRow, ProductRow

_TAG_COLUMNS = {
    TagAxis.BODY_AREA: "body_areas",
    TagAxis.PAIN_STAGE: "pain_stages",
    TagAxis.GOAL: "goals",
}
_GRADES = {"A", "B", "C", "D", "against"}
_BASES = {"direct", "indirect"}
_FSA_HSA_HINTS = {"likely-eligible", "needs-letter", "unlikely", "unknown"}
_LONG = 2000
# Several of them stand under one another on a cart line of a phone.
_LONGEST_SHORT = 120


def parse_category(record: Record) -> CategoryRow:
    """Read one family."""
    return CategoryRow(
        line=record.line,
        slug=record.required("slug", read_key(80), ""),
        name=record.text("name", 120),
        summary=record.text("summary", _LONG),
        image=record.required("image", read_key(200), ""),
        image_alt=record.text("image_alt", 300),
        position=record.required("position", read_count, 0),
    )


def parse_product(record: Record, position: int) -> ProductRow:
    """Read one product; the position is its place among the products of its category."""
    return ProductRow(
        line=record.line,
        position=position,
        code=record.required("code", read_code(20), ""),
        slug=record.required("slug", read_key(120), ""),
        name=record.text("name", 200),
        brand=record.text("brand", 80),
        category=record.required("category", read_key(80), ""),
        subcategory=record.required("subcategory", read_key(80), ""),
        intended_use=record.text("intended_use", _LONG),
        usage_dose=record.text("usage_dose", _LONG),
        care_instructions=record.text("care_instructions", _LONG),
        machine_washable=record.required("machine_washable", read_choice(Washable), Washable.NO),
        warranty_months=record.required("warranty_months", read_count, 0),
        tax_class=record.required("tax_class", read_key(40), ""),
        tags={
            axis: record.required(column, read_all(read_key(40)), ()) for axis, column in _TAG_COLUMNS.items()
        },
        evidence_grade=record.required("evidence_grade", read_word(_GRADES), ""),
        evidence_basis=record.required("evidence_basis", read_word(_BASES), ""),
        evidence_scope=record.text("evidence_scope", _LONG),
        cautions=record.required("cautions", read_all(read_code(20)), ()),
        guides=record.required("guides", read_all(read_key(120)), ()),
        us_regulation_to_confirm=record.text("us_regulation_to_confirm", _LONG),
        fsa_hsa_hint=record.required("fsa_hsa_hint", read_word(_FSA_HSA_HINTS), ""),
    )


def parse_caution(record: Record) -> CautionRow:
    """Read one caution; its rules stand in a file of their own."""
    return CautionRow(
        line=record.line,
        code=record.required("code", read_code(20), ""),
        title=record.text("title", 120),
        short=record.text("short", _LONGEST_SHORT),
        families=record.optional("families", read_all(read_key(80))) or (),
        skus=record.optional("skus", read_all(read_code(40))) or (),
    )
