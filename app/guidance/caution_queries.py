"""Reads which cautions go with which goods, and the words that they stand at."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from app.catalog.models import Product, Variant
from app.guidance.caution_models import Caution, CautionTarget, CautionVersion


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
        .join(CautionTarget, _is_tied())
        .join(Caution, Caution.id == CautionTarget.caution_id)
        .where(Variant.id.in_(wanted))
        .options(selectinload(Caution.rules))
        .order_by(Caution.position, Caution.id)
    )
    for variant_id, caution in session.execute(statement).all():
        carried[variant_id].append(caution)
    return carried


def list_caution_versions_for(
    session: Session, variant_ids: Iterable[int]
) -> dict[int, list[CautionVersion]]:
    """List the words at which the cautions of several variants stand now, by variant id (1 statement).

    They are the cautions of `list_cautions_for`, in the same order.
    """
    wanted = sorted(set(variant_ids))
    carried: dict[int, list[CautionVersion]] = {variant_id: [] for variant_id in wanted}
    stands_now = and_(CautionVersion.caution_id == Caution.id, CautionVersion.version == Caution.version)
    statement = (
        select(Variant.id, CautionVersion)
        .join(Product, Product.id == Variant.product_id)
        .join(CautionTarget, _is_tied())
        .join(Caution, Caution.id == CautionTarget.caution_id)
        .join(CautionVersion, stands_now)
        .where(Variant.id.in_(wanted))
        .options(contains_eager(CautionVersion.caution))
        .order_by(Caution.position, Caution.id)
        # Another transaction may have changed the words since the session first saw them.
        .execution_options(populate_existing=True)
    )
    for variant_id, version in session.execute(statement).all():
        # A product may name what its family carries already; JSON cannot be told apart by the database.
        if version not in carried[variant_id]:
            carried[variant_id].append(version)
    return carried


def _is_tied() -> ColumnElement[bool]:
    return or_(
        CautionTarget.variant_id == Variant.id,
        CautionTarget.product_id == Product.id,
        CautionTarget.category_id == Product.category_id,
    )
