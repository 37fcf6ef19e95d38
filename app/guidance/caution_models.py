"""Cautions: who should not use what, who should ask first, and when to take care; with their versions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime, enum_column


class CautionAction(StrEnum):
    """What somebody in a circumstance is told to do, the strictest first."""

    DO_NOT_USE = "do-not-use"
    ASK_FIRST = "ask-first"
    TAKE_CARE = "take-care"


class Caution(Base):
    """A set of rules that belong together, such as those of heat, and travel with the goods they are for.

    `short` stands beside a cart line. Whenever a word of it or of its rules changes, so does the version.
    """

    __tablename__ = "cautions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    short: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)

    rules: Mapped[list["CautionRule"]] = relationship(
        order_by="CautionRule.position", cascade="all, delete-orphan"
    )
    targets: Mapped[list["CautionTarget"]] = relationship(cascade="all, delete-orphan")


class CautionRule(Base):
    """One circumstance and what to do in it; the text is a whole sentence or more."""

    __tablename__ = "caution_rules"
    __table_args__ = (UniqueConstraint("caution_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    caution_id: Mapped[int] = mapped_column(ForeignKey("cautions.id", ondelete="CASCADE"))
    action: Mapped[CautionAction] = mapped_column(enum_column(CautionAction))
    circumstance: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class CautionTarget(Base):
    """What carries a caution: a whole family, a product, or one SKU."""

    __tablename__ = "caution_targets"
    __table_args__ = (
        UniqueConstraint("caution_id", "category_id"),
        UniqueConstraint("caution_id", "product_id"),
        UniqueConstraint("caution_id", "variant_id"),
        CheckConstraint(
            "(CASE WHEN category_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN product_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN variant_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_kind_of_target",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    caution_id: Mapped[int] = mapped_column(ForeignKey("cautions.id", ondelete="CASCADE"))
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), index=True)
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"), index=True)


class CautionVersion(Base):
    """The words of a caution as they stood; kept for ever, for the orders that were placed under them.

    `rules` holds [{action, circumstance, text}] in their order.
    """

    __tablename__ = "caution_versions"
    __table_args__ = (UniqueConstraint("caution_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    caution_id: Mapped[int] = mapped_column(ForeignKey("cautions.id"))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    short: Mapped[str] = mapped_column(String(200))
    rules: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    caution: Mapped[Caution] = relationship()
