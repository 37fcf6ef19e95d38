"""A small seed folder of guidance that is right, for tests that spoil one thing in it."""

from pathlib import Path

from app.catalog.models import TagAxis, Washable
from app.catalog.seed_rows import CatalogSeed, CategoryRow, CautionRow, ProductRow

SOURCES = """\
key,authors,title,publication,year,url,note
R1,Some authors,A review,A journal,2020,https://example.org/r1,
R2,Other authors,A guideline,A publisher,2021,https://example.org/r2,Old
"""
CAUTION_RULES = """\
caution,action,circumstance,text
W-ALL,take-care,pain that gets worse,Stop if pain gets worse.
"""
WARNING_BOXES = """\
RF-SHORT: &short
  title: Call now
  level: emergency
  intro: Go now if you have
  items: [chest pain]
RF-CLOT:
  <<: *short
  extra:
    - title: Get seen the same day
      level: urgent
      intro: It could be a clot
      items: [a swollen leg]
"""
GUIDE = """\
---
slug: rolling
title: Rolling
question: Does rolling help?
answer: We do not know.
description: What is known about rolling.
page_type: how-to
warning_box: RF-CLOT
body_areas: [legs]
pain_stages: [any]
goals: [loosen]
position: 1
written_by: The content team
reviewed_by: null
last_reviewed: null
published_on: 2026-11-22
next_review: 2027-11-22
evidence:
  - key: rolling
    about: Rolling
    role: unknown
    grade: D
    basis: direct
    scope: Only a few small trials.
    sources: [R1]
when_to_see_someone: Ask when it hurts.
sources: [R1, R2]
changes:
  - date: 2026-11-22
    note: First published.
products:
  - code: FR-DRF
    claim: rolling
    role: unknown
    reason: Feels fine.
---
Roll slowly.
"""


def write_folder(folder: Path) -> Path:
    """Write the folder."""
    (folder / "guides").mkdir()
    (folder / "sources.csv").write_text(SOURCES)
    (folder / "caution_rules.csv").write_text(CAUTION_RULES)
    (folder / "guides" / "warning-boxes.yaml").write_text(WARNING_BOXES)
    (folder / "guides" / "rolling.md").write_text(GUIDE)
    return folder


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Change words in a file of the folder."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


def catalog_of(*products: ProductRow) -> CatalogSeed:
    """Return the rows of a catalogue with these products and one caution."""
    category = CategoryRow(2, "foam-rollers", "Foam rollers", "To roll on.", "rollers", "A roller", 1)
    return CatalogSeed(
        (category,),
        products,
        (),
        (),
        (CautionRow(2, "W-ALL", "Everyone", "Stop if pain gets worse.", (), ()),),
    )


def product_row(code: str, *guides: str, grade: str = "D", scope: str = "Few trials.") -> ProductRow:
    """Return the row of a product that names these guides."""
    return ProductRow(
        line=2,
        position=1,
        code=code,
        slug=code.lower(),
        name=code,
        brand="Fenwillow",
        category="foam-rollers",
        subcategory="soft-rollers",
        intended_use="Rolling.",
        usage_dose="A minute.",
        care_instructions="Wipe.",
        machine_washable=Washable.NO,
        warranty_months=12,
        tax_class="general",
        tags={TagAxis.GOAL: ("loosen",)},
        evidence_grade=grade,
        evidence_basis="direct",
        evidence_scope=scope,
        cautions=("W-ALL",),
        guides=guides,
        us_regulation_to_confirm="none",
        fsa_hsa_hint="unknown",
    )
