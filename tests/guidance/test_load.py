"""Loading the guidance: once to fill, again to change only what differs."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.queries import content_version
from app.catalog.seed_rows import ProductRow
from app.guidance.load import LoadReport, load_guidance
from app.guidance.models import Grade, Guide, Role
from app.guidance.queries import list_recommendations_for
from app.guidance.seed import read_guidance
from app.guidance.services import withdraw_guide
from tests.guidance.rows import add_product
from tests.guidance.seed_folder import catalog_of, product_row, spoil, write_folder
from tests.guidance.statements import counted_statements

ROLLER = product_row("FR-DRF", "rolling")
GUIDE = "guides/rolling.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a seed folder without faults."""
    return write_folder(tmp_path)


@pytest.fixture
def product_id(session: Session) -> int:
    """Return the id of the product that the folder's guide speaks of, as the catalogue has it."""
    return add_product(session, "FR-DRF", is_published=True).id


def load(session: Session, folder: Path, product: ProductRow = ROLLER) -> LoadReport:
    catalog = catalog_of(product)
    return load_guidance(session, read_guidance(folder, catalog), catalog)


def find(session: Session) -> Guide:
    return session.scalars(select(Guide).where(Guide.slug == "rolling")).one()


def test_fills_a_guide_with_all_its_parts(session: Session, folder: Path, product_id: int) -> None:
    load(session, folder)
    guide = find(session)
    session.refresh(guide)
    assert [each.source.key for each in guide.sources] == ["R1", "R2"]
    [claim] = guide.claims
    assert (claim.key, claim.grade, claim.role) == ("rolling", Grade.D, Role.UNKNOWN)
    assert [each.source.key for each in claim.sources] == ["R1"]
    assert [each.claim for each in guide.recommendations] == [claim]
    assert [each.note for each in guide.changes] == ["First published."]
    assert [card["level"] for card in guide.warning_cards] == ["emergency", "urgent"]
    assert (guide.page_type, guide.is_published) == ("how-to", True)


def test_takes_grade_and_scope_of_a_recommendation_from_the_product(
    session: Session, folder: Path, product_id: int
) -> None:
    load(session, folder, product_row("FR-DRF", "rolling", scope="One trial."))
    [link] = list_recommendations_for(session, product_id)
    assert (link.grade, link.scope, link.role) == (Grade.D, "One trial.", Role.UNKNOWN)


@pytest.mark.usefixtures("product_id")
def test_loading_twice_writes_nothing(session: Session, folder: Path) -> None:
    load(session, folder)
    session.commit()
    version = content_version(session)
    with counted_statements(session) as sent:
        report = load(session, folder)
        session.commit()
    assert [statement for statement in sent if not statement.startswith("SELECT")] == []
    assert not report.has_changes
    assert content_version(session) == version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Rolling", "title: How to roll"),
        ("Roll slowly.", "Roll slower."),
        ("last_reviewed: null\n", "last_reviewed: 2026-11-23\n"),
        ("Only a few", "Still only a few"),
        ("sources: [R1]", "sources: [R2]"),
        ("note: First", "note: Newly"),
        ("about: Rolling", "about: To roll"),
        ("[R1, R2]", "[R2, R1]"),
        ("[R1, R2]", "[R1]"),
        ("reason: Feels fine.", "reason: Feels good."),
        ("RF-CLOT", "RF-SHORT"),
    ],
)
@pytest.mark.usefixtures("product_id")
def test_a_change_counts_as_one_new_content(session: Session, folder: Path, old: str, new: str) -> None:
    spoil(folder, GUIDE, "reviewed_by: null", "reviewed_by: A physical therapist")
    spoil(folder, GUIDE, "last_reviewed: null", "last_reviewed: 2026-11-22")
    load(session, folder)
    version = content_version(session)
    spoil(folder, GUIDE, old.replace("null", "2026-11-22"), new)
    assert load(session, folder).has_changes
    assert content_version(session) == version + 1
    assert not load(session, folder).has_changes


def test_products_move_to_the_claim_that_takes_the_place_of_theirs(
    session: Session, folder: Path, product_id: int
) -> None:
    load(session, folder)
    spoil(folder, GUIDE, "key: rolling", "key: self-massage")
    spoil(folder, GUIDE, "claim: rolling", "claim: self-massage")
    load(session, folder)
    session.expire_all()
    assert [claim.key for claim in find(session).claims] == ["self-massage"]
    [link] = list_recommendations_for(session, product_id)
    assert link.claim.key == "self-massage"
    assert not load(session, folder).has_changes


def test_a_product_that_leaves_a_guide_is_recommended_no_more(
    session: Session, folder: Path, product_id: int
) -> None:
    load(session, folder)
    text = (folder / GUIDE).read_text()
    links = text[text.index("products:") : text.index("---\nRoll")]
    spoil(folder, GUIDE, links, "products: []\n")
    load(session, folder, product_row("FR-DRF", "not-written-yet"))
    session.expire_all()
    assert list_recommendations_for(session, product_id) == []


def test_a_withdrawn_guide_stays_withdrawn(session: Session, folder: Path) -> None:
    add_product(session, "FR-DRF")
    load(session, folder)
    withdraw_guide(session, find(session))
    load(session, folder)
    assert not find(session).is_published
