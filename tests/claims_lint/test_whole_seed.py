"""The whole seed keeps the rules that staff are held to, and the seed is refused where it does not."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Product
from app.catalog.seed_problem import SeedError
from app.guidance.models import Basis, Claim, ClaimSource, Grade, Guide, Recommendation
from app.guidance.product_obstacles import find_product_obstacles, product_texts
from app.guidance.prose import sentences_of
from app.guidance.publishing import find_obstacles
from app.guidance.reading_grade import reading_grade
from app.guidance.review import is_in_date
from app.jobs.seed import SEED_FOLDER, load_seed
from tests.telling import say

READ = {"intended_use", "usage_dose", "care_instructions"}
HARDEST = 8
FAULTS = (
    (
        "guides/heat-or-cold.md",
        "answer: Heat ",
        "answer: Heat cures. It ",
        "or-cold.md, column answer: ",
    ),
    (
        "guides/warning-boxes.yaml",
        "911 (999 UK, 112 EU)",
        "911",
        "warning_cards[1]: does not name 999",
    ),
    (
        "products.csv",
        "A good first roller.",
        "It cures pain.",
        'FR-DRF intended_use: "cures" is never',
    ),
)


def test_no_guide_of_the_seed_has_an_obstacle(shop_session: Session) -> None:
    guides = shop_session.scalars(select(Guide).where(Guide.is_published)).all()
    found = {guide.slug: found for guide in guides if (found := find_obstacles(shop_session, guide))}
    assert found == {}
    assert len(guides) >= 10


def test_no_product_of_the_seed_has_an_obstacle(shop_session: Session) -> None:
    products = shop_session.scalars(select(Product).where(Product.is_published)).all()
    found = {each.code: found for each in products if (found := find_product_obstacles(shop_session, each))}
    assert found == {}
    assert len(products) == 70


def test_no_published_product_is_without_a_guide_in_date(shop_session: Session) -> None:
    guided = exists().where(
        Recommendation.product_id == Product.id,
        Guide.id == Recommendation.guide_id,
        Guide.is_published,
        is_in_date(clock.today()),
    )
    assert shop_session.scalars(select(Product.code).where(Product.is_published, ~guided)).all() == []


def test_no_claim_and_no_tie_to_a_product_is_without_a_source(shop_session: Session) -> None:
    sourced = exists().where(ClaimSource.claim_id == Claim.id)
    assert shop_session.scalars(select(Claim.key).where(~sourced)).all() == []
    ties = select(Recommendation.id).join(Claim, Claim.id == Recommendation.claim_id)
    assert shop_session.scalars(ties.where(~sourced)).all() == []
    assert shop_session.scalar(select(func.count(Claim.id)))


def test_no_tie_says_more_than_its_claim(shop_session: Session) -> None:
    bolder = (Claim.basis == Basis.INDIRECT) & (Recommendation.basis == Basis.DIRECT)
    other = or_(Claim.guide_id != Recommendation.guide_id, Claim.grade != Recommendation.grade, bolder)
    ties = select(Recommendation.id).join(Claim, Claim.id == Recommendation.claim_id)
    assert shop_session.scalars(ties.where(other)).all() == []


def test_no_product_is_told_of_with_two_grades(shop_session: Session) -> None:
    told = select(Recommendation.product_id, Recommendation.grade, Recommendation.basis, Recommendation.scope)
    rows = shop_session.execute(told.distinct()).all()
    assert len(rows) == len({row.product_id for row in rows}) == 70
    assert {row.grade for row in rows} >= {Grade.A, Grade.B, Grade.D, Grade.AGAINST}


def test_products_read_at_grade_8_or_lower(shop_session: Session, request: pytest.FixtureRequest) -> None:
    grades = {}
    for product in shop_session.scalars(select(Product)):
        words = "\n".join(text for part, text in product_texts(product) if part in READ)
        grades[product.code] = reading_grade(sentences_of(words))
    worst = sorted(grades, key=lambda code: -grades[code])[:5]
    named = ", ".join(f"{code} {grades[code]:.1f}" for code in worst)
    say(request.node, f"Reading grade of {len(grades)} products (at most {HARDEST}), the hardest: {named}.")
    assert max(grades.values()) <= HARDEST


def test_a_seed_with_faults_is_refused_and_every_fault_named(session: Session, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEED_FOLDER, tmp_path / "seed", symlinks=True))
    for file, old, new, _ in FAULTS:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))
    with pytest.raises(SeedError) as refusal:
        load_seed(session, folder)
    problems = [str(each) for each in refusal.value.problems]
    for _, _, _, fault in FAULTS:
        assert any(fault in each for each in problems), problems
    session.rollback()
    assert session.scalar(select(func.count(Guide.id))) == 0
