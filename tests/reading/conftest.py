"""A seeded shop whose guides a test may age; afterwards they are as the seed has them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.services import touch_content
from app.guidance.models import Guide
from tests.foundation.conftest import log_output
from tests.jobs.conftest import redis_server, redis_url

__all__ = ["age", "log_output", "redis_server", "redis_url"]

Age = Callable[[str, int], Guide]


@pytest.fixture
def age(shop_session: Session) -> Iterator[Age]:
    """Set how many days ago a guide was due for review."""
    before = {guide.slug: guide.next_review for guide in shop_session.scalars(select(Guide))}

    def age(slug: str, days: int) -> Guide:
        guide = shop_session.scalars(select(Guide).where(Guide.slug == slug)).one()
        guide.next_review = clock.today() - timedelta(days=days)
        touch_content(shop_session)
        shop_session.commit()
        return guide

    yield age
    shop_session.rollback()
    for guide in shop_session.scalars(select(Guide).execution_options(populate_existing=True)):
        guide.next_review = before[guide.slug]
    touch_content(shop_session)
    shop_session.commit()
