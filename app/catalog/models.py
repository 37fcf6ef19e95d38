"""What the shop sells: categories, products, their options and variants, facts and pictures."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalog.addresses import Addressed, AddressKind
from app.catalog.facts import VariantFacts
from app.catalog.page_dates import Dated, part_of
from app.db import Base, enum_column
from app.money import Money

__all__ = [
    "Category",
    "Image",
    "Option",
    "OptionValue",
    "Product",
    "ProductTag",
    "TagAxis",
    "Variant",
    "VariantFacts",
]


class Washable(StrEnum):
    """Whether a product may go into a washing machine."""

    YES = "yes"
    NO = "no"
    COVER_ONLY = "cover-only"


class TagAxis(StrEnum):
    """What a product tag speaks about."""

    BODY_AREA = "body-area"
    PAIN_STAGE = "pain-stage"
    GOAL = "goal"


class ShippingFlag(StrEnum):
    """What a carrier must know of a parcel."""

    NONE = "none"
    LITHIUM_BATTERY = "lithium-battery"
    LIQUID = "liquid"


class Category(Addressed, Dated, Base):
    """One of the families that the catalogue is divided into."""

    ADDRESS_KIND = AddressKind.FAMILY
    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True, active_history=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text)
    image: Mapped[str] = mapped_column(String(200), default="")
    image_alt: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int]


class Product(Addressed, Dated, Base):
    """A thing the shop sells, in one or more variants."""

    ADDRESS_KIND = AddressKind.PRODUCT
    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True, active_history=True)
    name: Mapped[str] = mapped_column(String(200))
    brand: Mapped[str] = mapped_column(String(80))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), index=True)
    subcategory: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    intended_use: Mapped[str] = mapped_column(Text)
    usage_dose: Mapped[str] = mapped_column(Text)
    care_instructions: Mapped[str] = mapped_column(Text)
    machine_washable: Mapped[Washable] = mapped_column(enum_column(Washable))
    warranty_months: Mapped[int]
    # Places may tax a class of goods at a rate of its own.
    tax_class: Mapped[str] = mapped_column(String(40), default="general")
    is_published: Mapped[bool] = mapped_column(default=False)
    # For staff only: never shown to shoppers.
    us_regulation_to_confirm: Mapped[str] = mapped_column(Text)
    fsa_hsa_hint: Mapped[str] = mapped_column(String(40))

    category: Mapped[Category] = relationship()
    options: Mapped[list["Option"]] = relationship(
        back_populates="product", order_by="Option.position", cascade="all, delete-orphan"
    )
    variants: Mapped[list["Variant"]] = relationship(
        back_populates="product", order_by="Variant.position", cascade="all, delete-orphan"
    )
    images: Mapped[list["Image"]] = relationship(order_by="Image.position", cascade="all, delete-orphan")
    tags: Mapped[list["ProductTag"]] = relationship(
        order_by="ProductTag.position", cascade="all, delete-orphan"
    )

    def tag_keys(self, axis: TagAxis) -> list[str]:
        """Return the keys of the product on one axis, in their order."""
        return [tag.key for tag in self.tags if tag.axis is axis]


class ProductTag(Base):
    """One key of a product on the taxonomy's axes: body area, pain stage, goal."""

    __tablename__ = "product_tags"
    __table_args__ = (UniqueConstraint("product_id", "axis", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    axis: Mapped[TagAxis] = mapped_column(enum_column(TagAxis))
    key: Mapped[str] = mapped_column(String(40), index=True)
    position: Mapped[int]


class Option(Base):
    """An axis on which the variants of a product differ, such as length."""

    __tablename__ = "options"
    __table_args__ = (UniqueConstraint("product_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]

    product: Mapped[Product] = relationship(back_populates="options")
    values: Mapped[list["OptionValue"]] = relationship(
        back_populates="option", order_by="OptionValue.position", cascade="all, delete-orphan"
    )


class OptionValue(Base):
    """One choice on an option, such as 45 cm."""

    __tablename__ = "option_values"
    __table_args__ = (UniqueConstraint("option_id", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("options.id", ondelete="CASCADE"))
    value: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]

    option: Mapped[Option] = relationship(back_populates="values")


class VariantOptionValue(Base):
    """The choice of one variant on one option."""

    __tablename__ = "variant_option_values"

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True)
    option_value_id: Mapped[int] = mapped_column(
        ForeignKey("option_values.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Variant(Base):
    """What can be bought: one set of option values of a product, with its SKU and price."""

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("product_id", "fingerprint"),
        CheckConstraint("price_cents > 0", name="price_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(String(40), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(120))
    # The option values in a fixed form, so that the database refuses the same set twice.
    fingerprint: Mapped[str] = mapped_column(String(300))
    price_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    position: Mapped[int]
    shipping_flag: Mapped[ShippingFlag] = mapped_column(enum_column(ShippingFlag))

    product: Mapped[Product] = relationship(back_populates="variants")
    option_values: Mapped[list[OptionValue]] = relationship(
        secondary="variant_option_values", order_by=OptionValue.option_id
    )
    facts: Mapped[VariantFacts] = relationship(cascade="all, delete-orphan", uselist=False)

    @property
    def price(self) -> Money:
        """The price before tax."""
        return Money(self.price_cents, self.currency)


class Image(Base):
    """A picture of a product, or of the variants that share one option value."""

    __tablename__ = "images"
    __table_args__ = (UniqueConstraint("product_id", "file"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    option_value_id: Mapped[int | None] = mapped_column(ForeignKey("option_values.id", ondelete="SET NULL"))
    file: Mapped[str] = mapped_column(String(200))
    alt: Mapped[str] = mapped_column(String(300))
    width: Mapped[int]
    height: Mapped[int]
    position: Mapped[int]


for _part in (Variant, Image, Option, ProductTag):
    part_of(_part, (Product, "product_id"))
part_of(VariantFacts, (Variant, "variant_id"))
part_of(OptionValue, (Option, "option_id"))
