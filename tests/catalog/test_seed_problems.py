"""Faults in the seed files are named with file, line and column, and all at once."""

from pathlib import Path

import pytest

from app.catalog.seed import SeedError, read_seed
from tests.catalog.small_seed import COLUMNS, SmallSeed, faults_of


@pytest.fixture
def small(tmp_path: Path) -> SmallSeed:
    return SmallSeed(tmp_path)


def test_good_files_have_no_faults(small: SmallSeed) -> None:
    assert small.faults() == []


@pytest.mark.parametrize(
    ("cell", "text", "fault"),
    [
        (
            ("variants", 1, "price"),
            "12,5",
            'variants.csv line 3, column price: "12,5" is not an amount of money',
        ),
        (("variants", 0, "price"), "0.00", 'variants.csv line 2, column price: "0.00" is not more than zero'),
        (("variants", 0, "price"), "-3", 'variants.csv line 2, column price: "-3" is not an amount of money'),
        (("variants", 0, "price"), "", "variants.csv line 2, column price: is empty"),
        (("variants", 0, "seed_stock"), "1.5", 'line 2, column seed_stock: "1.5" is not a whole number'),
        (
            ("variants", 0, "length_cm"),
            "long",
            'column length_cm: "long" is not a number with at most two decimals',
        ),
        (("variants", 0, "latex_free"), "maybe", 'column latex_free: "maybe" is not yes or no'),
        (
            ("variants", 0, "firmness"),
            "hard",
            'column firmness: "hard" is not one of extra-firm, firm, medium, soft',
        ),
        (
            ("variants", 2, "size_max_cm"),
            "70",
            "line 4, column size_max_cm: 70 is not more than size_min_cm, 70",
        ),
        (("variants", 2, "size_basis"), "", "line 4, column size_basis: is empty, but size_min_cm is filled"),
        (
            ("variants", 0, "tension_min_lb"),
            "5",
            "column tension_max_lb: is empty, but tension_min_lb is filled",
        ),
        (("variants", 0, "option1_value"), "", "variants.csv line 2, column option1_value: is empty"),
        (
            ("variants", 0, "option2_name"),
            "Length",
            "option2_value: is empty, but the option Length needs a value",
        ),
        (("variants", 0, "label"), "Red", 'column label: "Red" does not match the option values, "Teal"'),
        (("variants", 1, "sku"), "FR-ONE-TEA", 'line 3, column sku: "FR-ONE-TEA" is already on line 2'),
        (
            ("variants", 0, "product"),
            "FR-NIL",
            'variants.csv line 2, column product: there is no product "FR-NIL"',
        ),
        (
            ("variants", 1, "option1_name"),
            "Hue",
            "line 3, column option1_name: the options differ from those of",
        ),
        (
            ("products", 1, "category"),
            "shoes",
            'products.csv line 3, column category: there is no category "shoes"',
        ),
        (
            ("products", 1, "slug"),
            "slug-of-fr-one",
            'products.csv line 3, column slug: "slug-of-fr-one" is already',
        ),
        (
            ("products", 1, "code"),
            "FR-ONE",
            'products.csv line 3, column code: "FR-ONE" is already on line 2',
        ),
        (("products", 0, "slug"), "Two Words", '"Two Words" is not lower-case words joined by hyphens'),
        (
            ("products", 0, "evidence_grade"),
            "E",
            'column evidence_grade: "E" is not one of A, B, C, D, against',
        ),
        (("products", 0, "machine_washable"), "hand", 'column machine_washable: "hand" is not one of'),
        (("products", 0, "goals"), "loosen|loosen", 'column goals: "loosen|loosen" names a value twice'),
        (
            ("products", 0, "cautions"),
            "W-ALL|W-NIL",
            'products.csv line 2, column cautions: there is no caution "W-NIL"',
        ),
        (
            ("cautions", 0, "families"),
            "foam-rollers|shoes",
            'cautions.csv line 2, column families: there is no family "shoes"',
        ),
        (("cautions", 0, "skus"), "FR-NIL", 'cautions.csv line 2, column skus: there is no SKU "FR-NIL"'),
        (("cautions", 0, "short"), "x" * 121, "column short:"),
        (("products", 0, "brand"), "x" * 81, "is longer than 80 characters"),
        (("images", 0, "alt"), "", "images.csv line 2, column alt: is empty"),
        (("images", 0, "file"), "none.webp", 'line 2, column file: "none.webp" is not in the folder images'),
        (
            ("images", 0, "width"),
            "41",
            "images.csv line 2, column width: 41 is not the width of the picture, 40",
        ),
        (
            ("images", 0, "option_value"),
            "Red",
            'column option_value: no variant of FR-ONE has the value "Red"',
        ),
    ],
)
def test_names_the_cell_that_is_wrong(
    small: SmallSeed, cell: tuple[str, int, str], text: str, fault: str
) -> None:
    file, row, column = cell
    small.rows(file)[row][column] = text
    assert any(fault in line for line in small.faults()), small.faults()


def test_refuses_the_same_option_set_twice_in_a_product(small: SmallSeed) -> None:
    small.rows("variants")[1].update(option1_value="Teal", label="Teal")
    assert small.faults() == [
        'variants.csv line 3, column option1_value: "Teal" has the same option values as line 2'
    ]


def test_lists_all_faults_of_all_files(small: SmallSeed) -> None:
    small.rows("variants")[0]["price"] = "free"
    small.rows("variants")[2]["sku"] = ""
    small.rows("products")[0]["name"] = ""
    assert [line.split(":")[0] for line in small.faults()] == [
        "products.csv line 2, column name",
        "variants.csv line 2, column price",
        "variants.csv line 4, column sku",
    ]


def test_names_missing_and_unknown_columns_once(small: SmallSeed) -> None:
    small.write()
    columns = [column for column in COLUMNS["variants.csv"] if column != "price"]
    small.write_table("variants.csv", small.rows("variants"), [*columns, "colour"])
    assert faults_of(small.folder) == [
        "variants.csv line 1, column colour: this column is unknown",
        "variants.csv line 1, column price: this column is missing",
    ]


def test_names_a_missing_file_and_no_row_that_points_into_it(small: SmallSeed) -> None:
    small.write()
    (small.folder / "products.csv").unlink()
    assert faults_of(small.folder) == ["products.csv: is missing"]


def test_counts_lines_as_the_spreadsheet_program_saved_them(small: SmallSeed) -> None:
    small.rows("products")[0]["usage_dose"] = "First line\nsecond line"
    small.rows("products")[1]["warranty_months"] = "long"
    assert small.faults() == ['products.csv line 4, column warranty_months: "long" is not a whole number']


def test_reads_a_file_that_a_spreadsheet_saved_with_a_byte_order_mark(small: SmallSeed) -> None:
    small.write()
    path = small.folder / "variants.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b",,,\r\n\r\n")
    assert len(read_seed(small.folder).variants) == 3


def test_names_a_line_with_the_wrong_number_of_cells(small: SmallSeed) -> None:
    small.write()
    with (small.folder / "cautions.csv").open("a") as stream:
        stream.write("W-NEW,One,two\n")
    assert faults_of(small.folder) == ["cautions.csv line 3: has 3 cells where the header has 5"]


def test_a_file_that_is_not_utf_8_is_named(small: SmallSeed) -> None:
    small.write()
    (small.folder / "cautions.csv").write_bytes("code,text\nW-ALL,caf\u00e9\n".encode("cp1252"))
    with pytest.raises(SeedError, match=r"cautions\.csv: is not UTF-8 text"):
        read_seed(small.folder)
