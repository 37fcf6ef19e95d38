"""The rules of the shop say everything that its cautions said before they were split into rules."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from app.catalog.seed import CatalogSeed, read_seed
from app.guidance.caution_models import CautionAction
from app.guidance.caution_rows import CautionRuleRow, find_faulty_rules, read_caution_rules
from tests.guidance_text.plain_prose import reading_grade, sentences_of

SEED_FOLDER = Path(__file__).parents[2] / "seed_data"
FIRST_WORDS = Path(__file__).parent / "first_words.csv"
WORD = re.compile(r"[a-z0-9.]*[a-z0-9]")
HARDEST_GRADE = 8
# What may kill or maim is never only a matter of care.
GRAVE = {
    "W-HEAT": ("patch", "Never sleep", "numb", "pregnancy", "blood clot", "infants", "alcohol"),
    "W-COLD": ("Raynaud's", "numb", "asleep", "infants"),
    "W-ELEC": ("oxygen", "children", "asleep", "damaged"),
    "W-VIB": ("pacemaker", "pregnant", "numb"),
    "W-ROLL": ("blood clot", "broken bone"),
    "W-BRACE": ("patch", "routine use"),
    "W-MATB": ("moves less",),
    "W-ARCH": ("osteoporosis", "fracture", "pregnancy"),
    "W-AIR": ("microwave",),
    "W-LATEX": ("allergic",),
    "W-BAND": ("nicks and cracks",),
    "W-ALL": ("emergency help", "16 and over"),
}


@pytest.fixture(scope="module")
def catalog() -> CatalogSeed:
    return read_seed(SEED_FOLDER)


@pytest.fixture(scope="module")
def rules() -> dict[str, list[CautionRuleRow]]:
    found: dict[str, list[CautionRuleRow]] = defaultdict(list)
    for rule in read_caution_rules(SEED_FOLDER, []):
        found[rule.caution].append(rule)
    return found


def first_words() -> dict[str, str]:
    with FIRST_WORDS.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["text"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("code", first_words())
def test_no_word_of_a_caution_got_lost(rules: dict[str, list[CautionRuleRow]], code: str) -> None:
    said = " ".join(rule.text for rule in rules[code]).lower()
    missing = set(WORD.findall(first_words()[code].lower())) - set(WORD.findall(said))
    # The rules speak of "it" in whole sentences, where the first words spoke in notes.
    assert missing <= {"not", "for", "with", "use", "in", "an", "if", "over", "and"}


@pytest.mark.parametrize(("code", "terms"), GRAVE.items())
def test_what_is_grave_is_forbidden(
    rules: dict[str, list[CautionRuleRow]], code: str, terms: tuple[str, ...]
) -> None:
    forbidden = " ".join(rule.text for rule in rules[code] if rule.action is CautionAction.DO_NOT_USE)
    assert [term for term in terms if term not in forbidden] == []


def test_the_project_has_no_faulty_rule(catalog: CatalogSeed) -> None:
    problems: list[object] = []
    assert find_faulty_rules(read_caution_rules(SEED_FOLDER, []), catalog) == problems


def test_every_product_has_a_rule(catalog: CatalogSeed, rules: dict[str, list[CautionRuleRow]]) -> None:
    everywhere = {code.code for code in catalog.cautions if set(code.families) == _families(catalog)}
    assert everywhere == {"W-ALL"}
    for product in catalog.products:
        assert any(rules[code] for code in product.cautions), product.code


def test_every_sku_with_latex_says_so(catalog: CatalogSeed) -> None:
    by_product = {row.code for row in catalog.products if "W-LATEX" in row.cautions}
    by_sku = {sku for row in catalog.cautions if row.code == "W-LATEX" for sku in row.skus}
    for variant in catalog.variants:
        says_so = variant.product in by_product or variant.sku in by_sku
        assert says_so is not variant.facts.is_latex_free, variant.sku


def test_the_texts_are_easy_to_read(catalog: CatalogSeed, rules: dict[str, list[CautionRuleRow]]) -> None:
    every = [sentence for each in rules.values() for rule in each for sentence in sentences_of(rule.text)]
    assert reading_grade(every) <= HARDEST_GRADE
    shorts = [sentence for row in catalog.cautions for sentence in sentences_of(row.short)]
    assert reading_grade(shorts) <= HARDEST_GRADE


def _families(catalog: CatalogSeed) -> set[str]:
    return {row.slug for row in catalog.categories}
