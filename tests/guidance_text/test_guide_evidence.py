"""What a guide says of the evidence is data that agrees with itself and with the products."""

import re
from typing import Any

from .guide_files import Guide, read_product_bases, read_product_grades

PARTS = {"key", "about", "role", "grade", "basis", "scope", "sources"}
ROLES_OF_GRADE = {
    "A": {"helps", "may-help", "does-not-help", "safety"},
    "B": {"may-help", "does-not-help", "safety"},
    "C": {"may-help", "unknown", "safety"},
    "D": {"unknown", "safety"},
    "against": {"against"},
}
# The page itself prints these words before the scope.
GRADE_WORDS = re.compile(
    r"\([ABCD]\)|\bgrade\b|\b(?:good|some|mixed|enough) evidence\b|\badvise against routine use\b",
    re.IGNORECASE,
)


def lines_of(guide: Guide) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = guide.front_matter["evidence"]
    return lines


def test_every_guide_but_the_safety_page_grades_its_evidence(guide: Guide) -> None:
    assert bool(lines_of(guide)) == (guide.front_matter["page_type"] != "safety")


def test_an_evidence_line_has_every_part_and_no_other(guide: Guide) -> None:
    for line in lines_of(guide):
        assert set(line) == PARTS
        assert line["basis"] in {"direct", "indirect"}


def test_each_evidence_line_of_a_guide_has_its_own_key(guide: Guide) -> None:
    keys = [line["key"] for line in lines_of(guide)]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_the_role_of_an_evidence_line_fits_its_grade(guide: Guide) -> None:
    for line in lines_of(guide):
        assert line["role"] in ROLES_OF_GRADE[line["grade"]], line["key"]


def test_neither_the_subject_nor_the_scope_repeats_the_grade(guide: Guide) -> None:
    for line in lines_of(guide):
        words = f"{line['about']}. {line['scope']}"
        assert GRADE_WORDS.search(words) is None, line["key"]
        assert "not tested" not in words or line["grade"] == "against", line["key"]


def test_a_scope_is_whole_sentences_and_a_subject_is_not(guide: Guide) -> None:
    for line in lines_of(guide):
        assert line["scope"].endswith("."), line["key"]
        assert line["about"][0].isupper(), line["key"]
        assert not line["about"].endswith((".", ":")), line["key"]


def test_the_scope_of_an_untested_thing_says_what_the_evidence_is_about(guide: Guide) -> None:
    for line in lines_of(guide):
        if line["basis"] == "indirect" and line["grade"] in {"A", "B"}:
            assert line["scope"].startswith("The evidence is about "), line["key"]


def test_a_product_rests_on_a_claim_of_its_own_grade(guide: Guide) -> None:
    grades = read_product_grades()
    claims = {line["key"]: line for line in lines_of(guide)}
    for product in guide.front_matter["products"]:
        assert claims[product["claim"]]["grade"] == grades[product["code"]], product["code"]


def test_a_product_that_was_studied_itself_rests_on_direct_evidence(guide: Guide) -> None:
    bases = read_product_bases()
    claims = {line["key"]: line for line in lines_of(guide)}
    for product in guide.front_matter["products"]:
        if bases[product["code"]] == "direct":
            assert claims[product["claim"]]["basis"] == "direct", product["code"]
