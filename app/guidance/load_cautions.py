"""Writes the cautions and which products carry them."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.seed_rows import CatalogSeed
from app.guidance.caution_models import Caution, CautionAction, CautionRule, CautionTarget
from app.guidance.row_changes import RowChanges


def load_cautions(
    session: Session, changes: RowChanges, catalog: CatalogSeed, product_ids: Mapping[str, int]
) -> None:
    """Give every product of the seed exactly the cautions its row names, in that order."""
    texts = (
        {"code": row.code, "title": row.code, "short": row.code, "position": position}
        for position, row in enumerate(catalog.cautions, start=1)
    )
    cautions = changes.put_all(Caution, "code", texts)
    for row in catalog.cautions:
        rule = {"action": CautionAction.TAKE_CARE, "circumstance": "", "text": row.text, "position": 1}
        changes.match(cautions[row.code].rules, CautionRule, "position", [rule])
    carried: dict[int, list[CautionTarget]] = defaultdict(list)
    for target in session.scalars(select(CautionTarget).where(CautionTarget.product_id.is_not(None))):
        carried[target.product_id or 0].append(target)
    for product in catalog.products:
        product_id = product_ids[product.code]
        wanted = [{"product_id": product_id, "caution_id": cautions[code].id} for code in product.cautions]
        changes.match(carried[product_id], CautionTarget, "caution_id", wanted)
