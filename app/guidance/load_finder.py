"""Writes the decision table of the finder, and who has reviewed it."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.guidance.finder_models import FinderProduct, FinderReview, FinderRule
from app.guidance.finder_rows import FinderRow, FinderSeed
from app.guidance.models import Guide
from app.guidance.row_changes import RowChanges, Values

_SAME_IN_FILE_AND_TABLE = ("key", "area", "stage", "goal", "situation", "advice")


def load_finder(
    session: Session, changes: RowChanges, seed: FinderSeed, product_ids: Mapping[str, int]
) -> None:
    """Make the table exactly what its file says; the guides must be loaded before."""
    guide_ids = dict(session.execute(select(Guide.slug, Guide.id)).all())
    rules = select(FinderRule).options(selectinload(FinderRule.products))
    present = {rule.key: rule for rule in session.scalars(rules)}
    for position, row in enumerate(seed.rows, start=1):
        values = {name: getattr(row, name) for name in _SAME_IN_FILE_AND_TABLE}
        values |= {"position": position, "guide_id": guide_ids[row.guide]}
        rule = changes.put(present.pop(row.key, None), FinderRule, values)
        changes.match(rule.products, FinderProduct, "product_id", _product_values(row, product_ids))
    changes.drop(list(present.values()), present.values())
    _load_review(session, changes, seed)


def _product_values(row: FinderRow, product_ids: Mapping[str, int]) -> Iterator[Values]:
    for position, code in enumerate(row.products, start=1):
        yield {"product_id": product_ids[code], "position": position}


def _load_review(session: Session, changes: RowChanges, seed: FinderSeed) -> None:
    review = session.scalars(select(FinderReview)).one_or_none()
    if seed.rows:
        values = {"reviewed_by": seed.reviewed_by, "last_reviewed": seed.last_reviewed}
        changes.put(review, FinderReview, values)
    elif review is not None:
        changes.drop([review], [review])
