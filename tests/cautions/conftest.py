"""Cautions of the seeded shop that a test changes and finds again as they were."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Variant
from app.catalog.services import touch_content
from app.guidance.caution_models import Caution, CautionAction, CautionRule, CautionTarget, CautionVersion
from app.orders.models import OrderLineCaution

FIRST = 1


@pytest.fixture
def caution_of_one_sku(shop_session: Session) -> Iterator[Caution]:
    """A caution that only the smallest teal roller carries."""
    variant_id = shop_session.scalars(select(Variant.id).where(Variant.sku == "FR-DRF-30-TEA")).one()
    caution = Caution(
        code="W-TEAL",
        title="Teal",
        short="Teal stains.",
        rules=[CautionRule(action=CautionAction.TAKE_CARE, circumstance="linen", text="Teal stains linen.",
                           position=1)],
        targets=[CautionTarget(variant_id=variant_id)],
    )  # fmt: skip
    shop_session.add(caution)
    touch_content(shop_session)
    shop_session.commit()
    yield caution
    shop_session.delete(caution)
    touch_content(shop_session)
    shop_session.commit()


@pytest.fixture
def change_words(shop_session: Session) -> Iterator[Callable[[str], CautionVersion]]:
    """Give the caution of a code new words, as loading does; at the end the old ones stand again."""

    def change(code: str) -> CautionVersion:
        shop_session.rollback()
        shop_session.expire_all()
        caution = shop_session.scalars(select(Caution).where(Caution.code == code)).one()
        caution.version += 1
        words = {"action": "do-not-use", "circumstance": "a new danger", "text": "Beware of a new danger."}
        version = CautionVersion(
            caution_id=caution.id,
            version=caution.version,
            title=f"{caution.title} (new)",
            short="Beware.",
            rules=[words],
            created_at=clock.now(),
        )
        shop_session.add(version)
        shop_session.commit()
        return version

    yield change
    shop_session.rollback()
    newer = select(CautionVersion.id).where(CautionVersion.version > FIRST)
    # Orders keep the words alive that they were placed under.
    shop_session.execute(delete(OrderLineCaution).where(OrderLineCaution.caution_version_id.in_(newer)))
    shop_session.execute(delete(CautionVersion).where(CautionVersion.version > FIRST))
    shop_session.execute(update(Caution).values(version=FIRST))
    shop_session.commit()


@pytest.fixture
def no_cautions(shop_engine: Engine) -> Iterator[None]:
    """No goods carry any caution."""
    table = CautionTarget.__table__
    with shop_engine.begin() as connection:
        rows = [dict(row) for row in connection.execute(select(table)).mappings()]
        connection.execute(delete(CautionTarget))
    yield
    with shop_engine.begin() as connection:
        connection.execute(insert(CautionTarget), rows)
