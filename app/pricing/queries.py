"""Reads of delivery methods and tax rates."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.pricing.models import DeliveryMethod, TaxRate


def list_delivery_methods(session: Session) -> list[DeliveryMethod]:
    """Return the ways to send an order, the usual one first."""
    return list(session.scalars(select(DeliveryMethod).order_by(DeliveryMethod.position, DeliveryMethod.id)))


def find_tax_rate(session: Session, country: str, region: str) -> TaxRate | None:
    """Return the rate of a place, or None where the shop is not registered to collect tax."""
    query = select(TaxRate).where(TaxRate.country == country, TaxRate.region == region)
    return session.scalars(query).one_or_none()
