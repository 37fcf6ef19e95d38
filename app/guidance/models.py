"""Back-pain guidance: guides, their sources, and how each product is tied to them."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalog.addresses import Addressed, AddressKind
from app.catalog.models import Product
from app.catalog.page_dates import Dated, part_of
from app.db import Base, enum_column


class Grade(StrEnum):
    """How good the evidence is, on the shop's scale."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    AGAINST = "against"


class Basis(StrEnum):
    """Whether this kind of product was studied itself."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class Role(StrEnum):
    """What a claim says that something does; a safety claim is about harm and not about benefit."""

    HELPS = "helps"
    MAY_HELP = "may-help"
    UNKNOWN = "unknown"
    DOES_NOT_HELP = "does-not-help"
    AGAINST = "against"
    SAFETY = "safety"


class Source(Base):
    """A study or guideline that a guide cites."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    authors: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    publication: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    url: Mapped[str] = mapped_column(String(300))


class GuideSource(Base):
    """The place of a source in a guide's list."""

    __tablename__ = "guide_sources"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()


class Guide(Addressed, Dated, Base):
    """One page of guidance with its shared parts."""

    ADDRESS_KIND = AddressKind.GUIDE
    __tablename__ = "guides"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True, active_history=True)
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(String(200))
    page_type: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    when_to_see_someone: Mapped[str] = mapped_column(Text)
    # Care cards of the warning box: [{level, title, intro, items}], as the editor's file holds them.
    warning_cards: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    written_by: Mapped[str] = mapped_column(String(120))
    reviewed_by: Mapped[str | None] = mapped_column(String(200))
    last_reviewed: Mapped[date | None]
    published_on: Mapped[date]
    next_review: Mapped[date]
    is_published: Mapped[bool] = mapped_column(default=True)

    sources: Mapped[list[GuideSource]] = relationship(
        order_by=GuideSource.position, cascade="all, delete-orphan"
    )
    claims: Mapped[list["Claim"]] = relationship(order_by="Claim.position", cascade="all, delete-orphan")
    recommendations: Mapped[list["Recommendation"]] = relationship(
        back_populates="guide", order_by="Recommendation.position", cascade="all, delete-orphan"
    )
    changes: Mapped[list["GuideChange"]] = relationship(
        order_by="GuideChange.position", cascade="all, delete-orphan"
    )


class GuideChange(Base):
    """One line of a guide's public change log, the newest first: what changed, and why."""

    __tablename__ = "guide_changes"
    __table_args__ = (UniqueConstraint("guide_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    changed_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Claim(Base):
    """One thing the evidence says, how sure that is and what it covers; never without a source."""

    __tablename__ = "claims"
    __table_args__ = (UniqueConstraint("guide_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    grade: Mapped[Grade] = mapped_column(enum_column(Grade))
    basis: Mapped[Basis] = mapped_column(enum_column(Basis))
    scope: Mapped[str] = mapped_column(Text)
    position: Mapped[int]

    sources: Mapped[list["ClaimSource"]] = relationship(
        order_by="ClaimSource.position", cascade="all, delete-orphan"
    )


class ClaimSource(Base):
    """The place of a source under a claim."""

    __tablename__ = "claim_sources"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()


class Recommendation(Base):
    """The tie between a guide and a product: what it does there, how sure that is, and for whom."""

    __tablename__ = "recommendations"
    __table_args__ = (UniqueConstraint("guide_id", "product_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), index=True)
    # The claim of the same guide that the tie rests on, and so its sources.
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    grade: Mapped[Grade] = mapped_column(enum_column(Grade))
    basis: Mapped[Basis] = mapped_column(enum_column(Basis))
    scope: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    position: Mapped[int]

    guide: Mapped[Guide] = relationship(back_populates="recommendations")
    claim: Mapped[Claim] = relationship()
    product: Mapped[Product] = relationship()


for _part in (GuideSource, GuideChange, Claim):
    part_of(_part, (Guide, "guide_id"))
part_of(ClaimSource, (Claim, "claim_id"))
part_of(Recommendation, (Guide, "guide_id"), (Product, "product_id"))
