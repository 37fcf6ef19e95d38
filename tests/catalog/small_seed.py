"""A catalogue of two products in seed files that a test may spoil before they are read."""

import csv
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from app.catalog.seed import read_seed
from app.catalog.seed_columns import (
    CATEGORY_COLUMNS,
    CAUTION_COLUMNS,
    IMAGE_COLUMNS,
    PRODUCT_COLUMNS,
    VARIANT_COLUMNS,
)
from app.catalog.seed_problem import SeedError
from app.catalog.seed_rows import CatalogSeed

COLUMNS = {
    "categories.csv": CATEGORY_COLUMNS,
    "products.csv": PRODUCT_COLUMNS,
    "variants.csv": VARIANT_COLUMNS,
    "images.csv": IMAGE_COLUMNS,
    "cautions.csv": CAUTION_COLUMNS,
}
Row = dict[str, str]


class SmallSeed:
    """Tables of text by file name; `write` saves them, `read` and `faults` read what was saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, list[Row]] = {
            "categories.csv": [_category("foam-rollers", "1"), _category("back-braces", "2")],
            "products.csv": [_product("FR-ONE", "foam-rollers"), _product("BR-TWO", "back-braces")],
            "variants.csv": [
                _variant("FR-ONE-TEA", "FR-ONE", "Color", "Teal", price="14.00"),
                _variant("FR-ONE-GRY", "FR-ONE", "Color", "Gray", price="12.00"),
                _variant("BR-TWO-S", "BR-TWO", "Size", "S", price="30.00", **_size("70", "80")),
            ],
            "images.csv": [_image("one.webp", "FR-ONE", "Teal"), _image("two.webp", "BR-TWO", "")],
            "cautions.csv": [
                {"code": "W-ALL", "title": "Everyone", "short": "Stop if pain gets worse.", "skus": ""}
            ],
        }

    def rows(self, file: str) -> list[Row]:
        """Return the rows of a file, to change them."""
        return self.tables[f"{file}.csv"]

    def write(self) -> None:
        """Save all files and draw the pictures."""
        (self.folder / "images").mkdir(exist_ok=True)
        for number, name in enumerate(("one.webp", "two.webp")):
            Image.new("RGB", (40, 30), (number, 90, 80)).save(self.folder / "images" / name)
        for file, rows in self.tables.items():
            self.write_table(file, rows, COLUMNS[file])

    def write_table(self, file: str, rows: list[Row], columns: list[str]) -> None:
        """Save one file with these columns."""
        with (self.folder / file).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)

    def read(self) -> CatalogSeed:
        """Save and read."""
        self.write()
        return read_seed(self.folder)

    def faults(self) -> list[str]:
        """Save, and return what reading complains about."""
        self.write()
        return faults_of(self.folder)


def faults_of(folder: Path) -> list[str]:
    """Return what reading a folder complains about."""
    try:
        read_seed(folder)
    except SeedError as error:
        return [str(problem) for problem in error.problems]
    return []


def _category(slug: str, position: str) -> Row:
    return {
        "slug": slug,
        "name": slug.capitalize(),
        "summary": "A family.",
        "image": "family",
        "image_alt": "Things in a row",
        "position": position,
    }


def _product(code: str, category: str) -> Row:
    text = {column: f"Words on {column}" for column in PRODUCT_COLUMNS}
    return text | {
        "code": code,
        "slug": f"slug-of-{code.lower()}",
        "name": f"Product {code}",
        "category": category,
        "subcategory": "things",
        "machine_washable": "no",
        "warranty_months": "12",
        "tax_class": "general",
        "body_areas": "upper-back|legs",
        "pain_stages": "any",
        "goals": "loosen",
        "evidence_grade": "D",
        "evidence_basis": "direct",
        "cautions": "W-ALL",
        "guides": "foam-rolling-safely",
        "fsa_hsa_hint": "unknown",
    }


def _variant(sku: str, product: str, option: str, value: str, **cells: str) -> Row:
    measures = {"length_cm": "30", "width_cm": "15", "height_cm": "15"}
    weights = {"item_weight_g": "148", "shipping_weight_g": "220"}
    row: Mapping[str, str] = dict.fromkeys(VARIANT_COLUMNS, "") | measures | weights
    return {
        **row,
        "sku": sku,
        "product": product,
        "label": value,
        "option1_name": option,
        "option1_value": value,
        "seed_stock": "7",
        "material": "EPE foam",
        "pieces_in_pack": "1",
        "latex_free": "yes",
        "shipping_flag": "none",
        **cells,
    }


def _size(low: str, high: str) -> Row:
    return {"size_basis": "waist", "size_min_cm": low, "size_max_cm": high}


def _image(file: str, product: str, option_value: str) -> Row:
    return {
        "file": file,
        "product": product,
        "option_value": option_value,
        "alt": f"A picture of {product}",
        "width": "40",
        "height": "30",
        "position": "1",
    }
