"""Writes the cautions and which products carry them."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.seed_rows import CatalogSeed
from app.guidance.models import Caution, ProductCaution
from app.guidance.row_changes import RowChanges


def load_cautions(
    session: Session, changes: RowChanges, catalog: CatalogSeed, product_ids: Mapping[str, int]
) -> None:
    """Give every product of the seed exactly the cautions its row names, in that order."""
    texts = ({"code": row.code, "text": row.text} for row in catalog.cautions)
    caution_ids = {code: caution.id for code, caution in changes.put_all(Caution, "code", texts).items()}
    carried: dict[int, list[ProductCaution]] = defaultdict(list)
    for row in session.scalars(select(ProductCaution)):
        carried[row.product_id].append(row)
    for product in catalog.products:
        product_id = product_ids[product.code]
        wanted = [
            {"product_id": product_id, "caution_id": caution_ids[code], "position": position}
            for position, code in enumerate(product.cautions, start=1)
        ]
        changes.match(carried[product_id], ProductCaution, "caution_id", wanted)
