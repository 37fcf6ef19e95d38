"""Loading cautions: ties to families, products and SKUs, and a new version whenever words change."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Category, Variant
from app.catalog.queries import content_version
from app.catalog.seed_rows import CatalogSeed, CategoryRow, CautionRow
from app.guidance.caution_models import Caution, CautionAction, CautionVersion
from app.guidance.caution_queries import list_caution_versions_for, list_cautions_for
from app.guidance.caution_rows import CautionRuleRow
from app.guidance.load import LoadReport, load_guidance
from app.guidance.seed import GuidanceSeed
from tests.catalog.small_seed import SmallSeed
from tests.guidance.seed_folder import product_row
from tests.guidance.statements import counted_statements
from tests.inventory.stocked import add_stocked_variant

DO_NOT, ASK, CARE = CautionAction
HEAT = CautionRow(2, "W-HEAT", "Heat", "Never sleep with it.", (), ())
RULES = (
    CautionRuleRow(2, "W-HEAT", DO_NOT, "sleep", "Never sleep with it."),
    CautionRuleRow(3, "W-HEAT", ASK, "pregnancy", "Ask first if you are pregnant."),
)


def load(session: Session, *cautions: CautionRow, rules: tuple[CautionRuleRow, ...] = RULES) -> LoadReport:
    """Load cautions for the goods that the database has."""
    families = [CategoryRow(2, slug, slug, "", "", "", 1) for slug in session.scalars(select(Category.slug))]
    return load_guidance(
        session, GuidanceSeed({}, {}, (), rules), CatalogSeed(tuple(families), (), (), (), cautions)
    )


def kept(session: Session) -> list[tuple[int, str]]:
    query = select(CautionVersion).order_by(CautionVersion.version)
    return [(each.version, each.rules[0]["text"]) for each in session.scalars(query)]


def codes_of(session: Session, variant_id: int) -> list[str]:
    """Return the cautions of a variant, which its rows and their kept words must agree about."""
    session.flush()
    session.expire_all()
    cautions = list_cautions_for(session, [variant_id])[variant_id]
    versions = list_caution_versions_for(session, [variant_id])[variant_id]
    assert [each.caution for each in versions] == cautions
    return [caution.code for caution in cautions]


def test_the_first_words_are_version_1(session: Session) -> None:
    load(session, HEAT)
    [version] = session.scalars(select(CautionVersion)).all()
    assert (version.version, version.title, version.short) == (1, "Heat", "Never sleep with it.")
    assert version.rules == [
        {"action": "do-not-use", "circumstance": "sleep", "text": "Never sleep with it."},
        {"action": "ask-first", "circumstance": "pregnancy", "text": "Ask first if you are pregnant."},
    ]


def test_loading_twice_writes_nothing(session: Session) -> None:
    load(session, HEAT)
    session.commit()
    with counted_statements(session) as sent:
        report = load(session, HEAT)
        session.commit()
    assert [statement for statement in sent if not statement.startswith("SELECT")] == []
    assert not report.has_changes


@pytest.mark.parametrize(
    ("caution", "rules"),
    [
        (replace(HEAT, title="Warmth"), RULES),
        (replace(HEAT, short="Not in bed."), RULES),
        (HEAT, (replace(RULES[0], text="Not in bed."), RULES[1])),
        (HEAT, (replace(RULES[0], circumstance="a bed"), RULES[1])),
        (HEAT, (RULES[0], replace(RULES[1], action=CARE))),
        (HEAT, RULES[:1]),
        (HEAT, (*RULES, CautionRuleRow(4, "W-HEAT", CARE, "water", "Keep it dry."))),
        (HEAT, (replace(RULES[1], action=DO_NOT), RULES[0])),
    ],
)
def test_changed_words_get_a_version_of_their_own(
    session: Session, caution: CautionRow, rules: tuple[CautionRuleRow, ...]
) -> None:
    load(session, HEAT)
    content = content_version(session)
    assert load(session, caution, rules=rules).has_changes
    assert content_version(session) == content + 1
    session.expire_all()
    row = session.scalars(select(Caution)).one()
    assert row.version == 2
    first, second = session.scalars(select(CautionVersion).order_by(CautionVersion.version))
    assert (first.version, first.title, len(first.rules)) == (1, "Heat", 2)
    assert (second.version, second.title, second.short) == (2, row.title, row.short)
    assert [rule["text"] for rule in second.rules] == [rule.text for rule in row.rules]
    assert not load(session, caution, rules=rules).has_changes


def test_words_that_come_back_are_a_new_version(session: Session) -> None:
    changed = (replace(RULES[0], text="Not in bed."), RULES[1])
    for rules in (RULES, changed, RULES):
        load(session, HEAT, rules=rules)
    assert kept(session) == [(1, "Never sleep with it."), (2, "Not in bed."), (3, "Never sleep with it.")]


def test_another_order_of_cautions_changes_no_words(session: Session) -> None:
    cold = replace(HEAT, code="W-COLD")
    rules = (*RULES, replace(RULES[0], caution="W-COLD"))
    load(session, HEAT, cold, rules=rules)
    assert load(session, cold, HEAT, rules=rules).has_changes
    assert {each.version for each in session.scalars(select(Caution))} == {1}


def test_a_variant_carries_the_cautions_of_its_family_its_product_and_itself(
    session: Session, tmp_path: Path
) -> None:
    variant_id, other_id = add_stocked_variant(session, 1), add_stocked_variant(session, 1)
    variant = session.get_one(Variant, variant_id)
    family = variant.product.category.slug
    cautions = (
        replace(HEAT, code="W-SKU", skus=(variant.sku,)),
        replace(HEAT, code="W-PRODUCT"),
        replace(HEAT, code="W-FAMILY", families=(family,)),
    )
    seed = GuidanceSeed({}, {}, (), tuple(replace(RULES[0], caution=row.code) for row in cautions))
    catalog = CatalogSeed(
        categories=(CategoryRow(2, family, family, "", "", "", 1),),
        products=(replace(product_row(variant.product.code), cautions=("W-FAMILY", "W-PRODUCT")),),
        variants=(replace(SmallSeed(tmp_path).read().variants[0], sku=variant.sku),),
        images=(),
        cautions=cautions,
    )
    load_guidance(session, seed, catalog)
    assert codes_of(session, variant_id) == ["W-SKU", "W-PRODUCT", "W-FAMILY"]
    assert codes_of(session, other_id) == []
    bare = tuple(replace(row, families=(), skus=()) for row in cautions)
    load_guidance(session, seed, replace(catalog, cautions=bare))
    assert codes_of(session, variant_id) == ["W-PRODUCT", "W-FAMILY"]
