"""The rows of the seed files, typed; what inventory and guidance load from them is here too."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from app.catalog.facts import Firmness, SizeBasis
from app.catalog.models import ShippingFlag, TagAxis, Washable
from app.catalog.option_set import Choice


@dataclass(frozen=True)
class CategoryRow:
    """One family of the catalogue; the image is the name of a static picture."""

    line: int
    slug: str
    name: str
    summary: str
    image: str
    image_alt: str
    position: int


@dataclass(frozen=True)
class ProductRow:
    """What all variants of a product share; cautions and guides are codes and slugs in their order."""

    line: int
    position: int
    code: str
    slug: str
    name: str
    brand: str
    category: str
    subcategory: str
    intended_use: str
    usage_dose: str
    care_instructions: str
    machine_washable: Washable
    warranty_months: int
    tax_class: str
    tags: dict[TagAxis, tuple[str, ...]]
    evidence_grade: str
    evidence_basis: str
    evidence_scope: str
    cautions: tuple[str, ...]
    guides: tuple[str, ...]
    us_regulation_to_confirm: str
    fsa_hsa_hint: str


@dataclass(frozen=True)
class FactsRow:
    """The facts of a variant, under the names of `VariantFacts`."""

    length_cm: Decimal
    width_cm: Decimal
    height_cm: Decimal
    item_weight_g: int
    shipping_weight_g: int
    material: str
    is_latex_free: bool
    pieces_in_pack: int
    included_items: str
    density_kg_m3: int | None
    firmness: Firmness | None
    tension_min_lb: Decimal | None
    tension_max_lb: Decimal | None
    size_basis: SizeBasis | None
    size_min_cm: Decimal | None
    size_max_cm: Decimal | None
    heat_prep: str | None
    heat_prep_min: Decimal | None
    heat_duration_min: int | None
    max_surface_temp_c: int | None
    cold_prep_h: Decimal | None
    cold_duration_min: int | None
    power_w: Decimal | None
    voltage_v: Decimal | None
    battery_wh: Decimal | None
    auto_off_min: int | None
    max_session_min: int | None
    max_user_weight_kg: int | None


@dataclass(frozen=True)
class VariantRow:
    """One SKU; the product is a code, the price is in cents."""

    line: int
    position: int
    sku: str
    product: str
    label: str
    choices: tuple[Choice, ...]
    price_cents: int
    seed_stock: int
    facts: FactsRow
    shipping_flag: ShippingFlag


@dataclass(frozen=True)
class ImageRow:
    """One picture of a product; an empty option value means the product as a whole.

    `picture` is the stem of the file with the digest of its bytes, the name that rendered files start with.
    """

    line: int
    file: str
    picture: str
    source: Path
    product: str
    option_value: str
    alt: str
    width: int
    height: int
    position: int


@dataclass(frozen=True)
class CautionRow:
    """One caution and what it is tied to besides the products that name it; `short` stands on a cart line."""

    line: int
    code: str
    title: str
    short: str
    families: tuple[str, ...]
    skus: tuple[str, ...]


@dataclass(frozen=True)
class CatalogSeed:
    """All seed files of the catalogue, checked; rows are in the order of their files."""

    categories: tuple[CategoryRow, ...]
    products: tuple[ProductRow, ...]
    variants: tuple[VariantRow, ...]
    images: tuple[ImageRow, ...]
    cautions: tuple[CautionRow, ...]
