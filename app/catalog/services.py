"""Changes to the catalogue."""

from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from app.catalog.content_version import ContentVersion
from app.catalog.models import Product


def touch_content(session: Session) -> None:
    """Add 1 to the content version, because something that a public page shows has changed."""
    statement = update(ContentVersion).values(number=ContentVersion.number + 1)
    result = cast("CursorResult[Any]", session.execute(statement))
    if result.rowcount == 0:
        session.add(ContentVersion(id=1, number=1))
        session.flush()


def publish(session: Session, product: Product) -> None:
    """Show a product to shoppers; whether it is fit to be shown is for the caller to know."""
    _set_published(session, product, True)


def unpublish(session: Session, product: Product) -> None:
    """Hide a product from shoppers."""
    _set_published(session, product, False)


def _set_published(session: Session, product: Product, is_published: bool) -> None:
    if product.is_published is not is_published:
        product.is_published = is_published
        touch_content(session)
