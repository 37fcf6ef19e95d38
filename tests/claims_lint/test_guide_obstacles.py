"""Staff cannot publish a guide that breaks a rule, and every broken rule is named."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.catalog.queries import content_version
from app.guidance.models import Claim, ClaimSource, Guide, GuideSource, Recommendation
from app.guidance.publishing import find_obstacles
from app.guidance.services import GuideNotReady, publish_guide
from app.guidance.warning_boxes import CareLevel
from tests.claims_lint.guide_faults import FAULTS

SLUG = "heat-or-cold"


@pytest.fixture
def guide(shop_session: Session) -> Guide:
    """A guide of the seed that staff have taken off the shop; nothing that a test does to it is kept."""
    guide = shop_session.scalars(select(Guide).where(Guide.slug == SLUG)).one()
    guide.is_published = False
    return guide


def test_publishes_a_guide_of_the_seed(shop_session: Session, guide: Guide) -> None:
    shop_session.flush()
    before = content_version(shop_session)
    publish_guide(shop_session, guide)
    assert guide.is_published
    assert content_version(shop_session) == before + 1
    publish_guide(shop_session, guide)
    assert content_version(shop_session) == before + 1


@pytest.mark.parametrize("fault", FAULTS)
def test_refuses_a_guide_with_a_fault_and_names_it(shop_session: Session, guide: Guide, fault: str) -> None:
    spoil, part, message = FAULTS[fault]
    spoil(guide)
    with pytest.raises(GuideNotReady) as refusal:
        publish_guide(shop_session, guide)
    named = refusal.value.obstacles
    assert any(each.part.endswith(part) and message in each.message for each in named), named
    assert all(str(each) in str(refusal.value) for each in named)
    assert not guide.is_published


def test_refuses_a_guide_without_evidence(shop_session: Session, guide: Guide) -> None:
    shop_session.execute(delete(Recommendation).where(Recommendation.guide_id == guide.id))
    shop_session.execute(
        delete(ClaimSource).where(ClaimSource.claim_id.in_(claim.id for claim in guide.claims))
    )
    shop_session.execute(delete(Claim).where(Claim.guide_id == guide.id))
    shop_session.expire(guide)
    guide.is_published = False
    assert ("evidence", "is missing") in {
        (each.part, each.message) for each in find_obstacles(shop_session, guide)
    }


def test_refuses_a_guide_that_contradicts_another_about_a_product(
    shop_session: Session, guide: Guide
) -> None:
    told_twice = (
        select(Recommendation.product_id).group_by(Recommendation.product_id).having(func.count() > 1)
    )
    own = select(Recommendation).where(Recommendation.guide_id == guide.id)
    tie = shop_session.scalars(own.where(Recommendation.product_id.in_(told_twice)).limit(1)).one()
    tie.scope = "All back pain."
    shop_session.flush()
    assert any("tells the evidence" in each.message for each in find_obstacles(shop_session, guide))


def test_names_all_obstacles_at_once(shop_session: Session, guide: Guide) -> None:
    guide.title = "Heat cures"
    guide.changes.clear()
    guide.warning_cards = []
    parts = {each.part for each in find_obstacles(shop_session, guide)}
    assert {"title", "changes", "warning_cards"} <= parts


@pytest.mark.parametrize("level", list(CareLevel))
def test_a_card_of_any_level_may_stand_beside_the_emergency(
    shop_session: Session, guide: Guide, level: CareLevel
) -> None:
    title = "Call 911, 999 or 112" if level is CareLevel.EMERGENCY else "Ask for an appointment"
    card: dict[str, object] = {
        "level": level.value,
        "title": title,
        "intro": "If you have",
        "items": ["pain at night"],
    }
    guide.warning_cards = [*guide.warning_cards, card]
    assert find_obstacles(shop_session, guide) == []


def test_a_claim_of_another_guide_is_no_ground_for_a_tie(shop_session: Session, guide: Guide) -> None:
    foreign = shop_session.scalars(select(Claim).where(Claim.guide_id != guide.id).limit(1)).one()
    guide.recommendations[0].claim = foreign
    assert any(each.part == "products[1].claim" for each in find_obstacles(shop_session, guide))


def test_a_safety_page_needs_no_evidence(shop_session: Session) -> None:
    safety = shop_session.scalars(select(Guide).where(Guide.page_type == "safety")).one()
    assert safety.claims == []
    assert shop_session.scalars(select(GuideSource).where(GuideSource.guide_id == safety.id)).first()
    assert find_obstacles(shop_session, safety) == []
