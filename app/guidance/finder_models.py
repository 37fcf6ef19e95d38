"""The decision table of the finder, as reviewed people wrote it; nobody's answers are kept anywhere."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalog.models import Product
from app.db import Base
from app.guidance.models import Guide

ANY = "any"
BETWEEN = "|"


class FinderRule(Base):
    """One row of the table; the first row that fits the answers decides.

    `area`, `stage`, `goal` and `situation` hold answers to the finder's questions joined by `|`, or "any".
    """

    __tablename__ = "finder_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    position: Mapped[int] = mapped_column(index=True)
    area: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(40))
    goal: Mapped[str] = mapped_column(String(40))
    situation: Mapped[str] = mapped_column(String(40))
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id"), index=True)
    advice: Mapped[str] = mapped_column(Text)

    guide: Mapped[Guide] = relationship()
    products: Mapped[list["FinderProduct"]] = relationship(
        order_by="FinderProduct.position", cascade="all, delete-orphan"
    )


class FinderProduct(Base):
    """A product that a row of the table names; the guide of the row says why."""

    __tablename__ = "finder_products"
    __table_args__ = (UniqueConstraint("rule_id", "product_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("finder_rules.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]

    product: Mapped[Product] = relationship()


class FinderReview(Base):
    """Who has reviewed the table, and when; at most one row, and nobody until somebody has."""

    __tablename__ = "finder_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewed_by: Mapped[str | None] = mapped_column(String(200))
    last_reviewed: Mapped[date | None]
