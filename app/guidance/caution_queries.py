"""Reads which cautions go with which goods."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from app.catalog.models import Product, Variant
from app.guidance.caution_models import Caution, CautionTarget


def list_cautions_for(session: Session, variant_ids: Iterable[int]) -> dict[int, list[Caution]]:
    """List the cautions of several variants with their rules, in their order, by variant id (2 statements).

    A variant carries what is said of itself, of its product and of its family.
    """
    wanted = sorted(set(variant_ids))
    carried: dict[int, list[Caution]] = {variant_id: [] for variant_id in wanted}
    statement = (
        select(Variant.id, Caution)
        .distinct()
        .join(Product, Product.id == Variant.product_id)
        .join(
            CautionTarget,
            or_(
                CautionTarget.variant_id == Variant.id,
                CautionTarget.product_id == Product.id,
                CautionTarget.category_id == Product.category_id,
            ),
        )
        .join(Caution, Caution.id == CautionTarget.caution_id)
        .where(Variant.id.in_(wanted))
        .options(selectinload(Caution.rules))
        .order_by(Caution.position, Caution.id)
    )
    for variant_id, caution in session.execute(statement).all():
        carried[variant_id].append(caution)
    return carried
