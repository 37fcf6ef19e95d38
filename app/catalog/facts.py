"""The typed facts of a variant, on which shoppers compare and filter."""

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, enum_column


class Firmness(StrEnum):
    """How hard a foam or ball feels."""

    SOFT = "soft"
    MEDIUM = "medium"
    FIRM = "firm"
    EXTRA_FIRM = "extra-firm"


class SizeBasis(StrEnum):
    """Where the maker measures the body for a size."""

    WAIST = "waist"
    HIPS = "hips"
    CHEST = "chest"
    UNDER_BUMP = "under-bump"


class VariantFacts(Base):
    """Sizes in centimeters, weights in grams, times in minutes unless a name says otherwise."""

    __tablename__ = "variant_facts"
    __table_args__ = (
        CheckConstraint("size_max_cm > size_min_cm", name="size_range"),
        CheckConstraint("tension_max_lb >= tension_min_lb", name="tension_range"),
        CheckConstraint("(size_basis IS NULL) = (size_min_cm IS NULL)", name="size_needs_basis"),
    )

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True)

    length_cm: Mapped[Decimal] = mapped_column(Numeric(7, 2))
    width_cm: Mapped[Decimal] = mapped_column(Numeric(7, 2))
    height_cm: Mapped[Decimal] = mapped_column(Numeric(7, 2))
    item_weight_g: Mapped[int]
    shipping_weight_g: Mapped[int]
    material: Mapped[str] = mapped_column(String(200))
    is_latex_free: Mapped[bool]
    pieces_in_pack: Mapped[int]
    included_items: Mapped[str] = mapped_column(Text, default="")
    max_session_min: Mapped[int | None]
    max_user_weight_kg: Mapped[int | None]

    # Rollers and foam
    density_kg_m3: Mapped[int | None]
    firmness: Mapped[Firmness | None] = mapped_column(enum_column(Firmness))
    # Heat and cold
    heat_prep: Mapped[str | None] = mapped_column(String(80))
    heat_prep_min: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    heat_duration_min: Mapped[int | None]
    max_surface_temp_c: Mapped[int | None]
    cold_prep_h: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    cold_duration_min: Mapped[int | None]
    # Anything with a plug or a battery
    power_w: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    voltage_v: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    battery_wh: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    auto_off_min: Mapped[int | None]
    # Braces and wraps: from included, to not
    size_basis: Mapped[SizeBasis | None] = mapped_column(enum_column(SizeBasis))
    size_min_cm: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    size_max_cm: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    # Bands: the pull in pounds at low stretch, and near 2.5 times the length
    tension_min_lb: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    tension_max_lb: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
