"""Every fault in the seed files of the guidance is named with its file, line and key."""

from pathlib import Path

import pytest

from app.catalog.seed_problem import SeedError
from app.catalog.seed_rows import CatalogSeed
from app.guidance.seed import read_guidance
from tests.guidance.seed_folder import catalog_of, product_row, spoil, write_folder

GUIDE = "guides/rolling.md"
BOXES = "guides/warning-boxes.yaml"
EVIDENCE = """\
evidence:
  - key: rolling
    about: Rolling
    role: unknown
    grade: D
    basis: direct
    scope: Only a few small trials.
    sources: [R1]
"""
ROLLER = product_row("FR-DRF", "rolling", "not-written-yet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a seed folder without faults."""
    return write_folder(tmp_path)


def faults_of(folder: Path, catalog: CatalogSeed | None = None) -> list[str]:
    with pytest.raises(SeedError) as refusal:
        read_guidance(folder, catalog or catalog_of(ROLLER))
    return [str(problem) for problem in refusal.value.problems]


def test_reads_a_folder_without_faults(folder: Path) -> None:
    seed = read_guidance(folder, catalog_of(ROLLER))
    assert [guide.slug for guide in seed.guides] == ["rolling"]
    assert [card.title for card in seed.warning_boxes["RF-CLOT"]] == ["Call now", "Get seen the same day"]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("sources.csv", "2021", "soon", 'sources.csv line 3, column year: "soon" is not a year'),
        ("sources.csv", "R2,", "R1,", 'sources.csv line 3, column key: "R1" is already on line 2'),
        ("sources.csv", "https", "ftp", 'sources.csv line 2, column url: "ftp://example.org/r1" is not'),
        (BOXES, "level: urgent", "level: soon", f"{BOXES} line 6, column RF-CLOT.extra[1].level"),
        (BOXES, "[a swollen leg]", "[]", f"{BOXES} line 6, column RF-CLOT.extra[1].items: is missing"),
        (BOXES, "RF-CLOT", "RF-LEG", f'{GUIDE}, column warning_box: there is no warning box "RF-CLOT"'),
        (BOXES, "title: Call", "titel: Call", f'{BOXES} line 1, column RF-SHORT.titel: is not a known key'),
        (BOXES, "RF-SHORT:", "RF-SHORT: [", f"{BOXES}: cannot be read"),
        (GUIDE, "title: Rolling", "", f"{GUIDE}, column title: is missing"),
        (GUIDE, "goals:", "goal:", f"{GUIDE} line 11, column goal: is not a known key"),
        (GUIDE, "[legs]", "[knees]", f'{GUIDE} line 9, column body_areas: "knees" is not known'),
        (GUIDE, "position: 1", "position: one", f'{GUIDE} line 12, column position: "one" is not a whole'),
        (GUIDE, "how-to", "hint", f'{GUIDE} line 7, column page_type: "hint" is not one of pillar, choose'),
        (GUIDE, "2026-11-22", "today", f'{GUIDE} line 16, column published_on: "today" is not a date'),
        (GUIDE, "2027-11-22", "2028-11-22", f"{GUIDE}, column next_review: is not within 12 months"),
        (GUIDE, "reviewed_by: null", "reviewed_by: Me", f"{GUIDE}, column reviewed_by: a reviewer and"),
        (GUIDE, "grade: D", "grade: E", f'{GUIDE} line 18, column evidence[1].grade: "E" is not one of A'),
        (GUIDE, "    basis: direct\n", "", f"{GUIDE} line 18, column evidence[1].basis: is missing"),
        (GUIDE, "[R1, R2]", "[R1, R9]", f'{GUIDE} line 27, column sources: "R9" is not known'),
        (GUIDE, "[R1, R2]", "[R2]", f'{GUIDE}, column evidence[1].sources: "R1" is not among the sources'),
        (GUIDE, "    sources: [R1]\n", "", f"{GUIDE}, column evidence[1].sources: is missing"),
        (GUIDE, "role: unknown\n    g", "role: helps\n    g", f"{GUIDE}, column evidence[1].role: helps"),
        (GUIDE, "claim: rolling", "claim: pulling", f'{GUIDE}, column products[1].claim: "pulling" is'),
        (GUIDE, "key: rolling", "key: To roll", f'{GUIDE} line 18, column evidence[1].key: "To roll" is'),
        (GUIDE, "    note: First published.\n", "", f"{GUIDE} line 28, column changes[1].note: is"),
        (GUIDE, "slug: rolling", "slug: roll", f'{GUIDE}, column slug: "roll" is not the name of the file'),
        (GUIDE, "role: unknown\n    r", "role: best\n    r", f"{GUIDE} line 31, column products[1].role"),
        (GUIDE, "how-to", "safety", f"{GUIDE}, column products: a safety page names no products"),
        (GUIDE, "Roll slowly.\n", "", f"{GUIDE}: has no words below its front matter"),
        (GUIDE, "FR-DRF", "FR-OLD", f'{GUIDE}, column products[1].code: there is no product "FR-OLD"'),
    ],
)  # fmt: skip
def test_names_a_fault(folder: Path, file: str, old: str, new: str, fault: str) -> None:
    spoil(folder, file, old, new)
    faults = faults_of(folder)
    assert any(each.startswith(fault) for each in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sources: [R1, R2]", "sources: []", "column sources: is missing"),
        ("  - date: 2026-11-22\n    note: First published.\n", "", "column changes: is missing: readers see"),
        ("warning_box: RF-CLOT\n", "", "column warning_box: is missing"),
        (EVIDENCE, "evidence: []\n", "column evidence: is missing"),
    ],
)
def test_refuses_a_guide_that_lacks_a_shared_part(folder: Path, old: str, new: str, fault: str) -> None:
    spoil(folder, GUIDE, old, new)
    assert any(each.startswith(f"{GUIDE}, {fault}") for each in faults_of(folder))


def test_names_all_faults_at_once(folder: Path) -> None:
    spoil(folder, GUIDE, "position: 1", "position: one")
    spoil(folder, GUIDE, "[legs]", "[knees]")
    spoil(folder, "sources.csv", "2021", "soon")
    assert [fault.partition(":")[0] for fault in faults_of(folder)] == [
        f"{GUIDE} line 9, column body_areas",
        f"{GUIDE} line 12, column position",
        "sources.csv line 3, column year",
    ]


@pytest.mark.parametrize("file", ["sources.csv", BOXES])
def test_names_a_missing_file(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert f"{file}: is missing" in faults_of(folder)


def test_refuses_a_folder_without_guides(folder: Path) -> None:
    (folder / GUIDE).unlink()
    assert faults_of(folder) == ["guides: has no guides"]


def test_names_a_product_that_does_not_name_the_guide(folder: Path) -> None:
    catalog = catalog_of(product_row("FR-DRF", "not-written-yet"))
    fault = f"{GUIDE}, column products[1].code: products.csv line 2 does not name this guide for FR-DRF"
    assert faults_of(folder, catalog) == [fault]


def test_names_a_guide_that_does_not_list_the_product(folder: Path) -> None:
    catalog = catalog_of(ROLLER, product_row("FR-MED", "rolling"))
    fault = "products.csv line 2, column guides: guides/rolling.md does not list FR-MED"
    assert faults_of(folder, catalog) == [fault]


def test_a_product_that_guidelines_advise_against_has_no_kinder_role(folder: Path) -> None:
    spoil(folder, GUIDE, "role: unknown\n    grade: D", "role: against\n    grade: against")
    catalog = catalog_of(product_row("FR-DRF", "rolling", grade="against"))
    fault = f"{GUIDE}, column products[1].role: guidelines advise against FR-DRF, so its role is against"
    assert faults_of(folder, catalog) == [fault]


def test_a_product_rests_on_a_claim_of_its_own_grade(folder: Path) -> None:
    catalog = catalog_of(product_row("FR-DRF", "rolling", grade="C"))
    fault = f'{GUIDE}, column products[1].claim: "rolling" is graded D, and FR-DRF C'
    assert faults_of(folder, catalog) == [fault]


def test_a_product_that_was_studied_itself_rests_on_no_indirect_claim(folder: Path) -> None:
    spoil(folder, GUIDE, "basis: direct", "basis: indirect")
    fault = f'{GUIDE}, column products[1].claim: "rolling" is indirect, and FR-DRF was studied itself'
    assert faults_of(folder) == [fault]
