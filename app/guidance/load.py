"""Brings the guidance in line with the seed files; loading the same files again changes nothing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.change_tally import LoadReport
from app.catalog.models import Product
from app.catalog.seed_rows import CatalogSeed
from app.catalog.services import touch_content
from app.guidance.load_cautions import load_cautions
from app.guidance.load_finder import load_finder
from app.guidance.load_guides import load_guides
from app.guidance.row_changes import RowChanges
from app.guidance.seed import GuidanceSeed

__all__ = ["LoadReport", "load_guidance"]


def load_guidance(session: Session, seed: GuidanceSeed, catalog: CatalogSeed) -> LoadReport:
    """Create and update cautions, sources, guides and the finder's table; needs the catalogue.

    Whether a guide is shown is for staff to say: one they have withdrawn stays withdrawn.
    """
    changes = RowChanges(session)
    codes = select(Product.code, Product.id)
    product_ids = dict(session.execute(codes).all())
    load_cautions(session, changes, catalog, seed.caution_rules)
    load_guides(session, changes, seed, catalog.products, product_ids)
    load_finder(session, changes, seed.finder, product_ids)
    session.flush()
    report = changes.tally.report()
    if report.has_changes:
        touch_content(session)
    return report
