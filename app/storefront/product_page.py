"""The page of one product with one of its variants chosen, ready for its template."""

from collections.abc import Iterable, Sequence

from app.catalog.fact_sheet import size_range_text
from app.catalog.models import Image, Product, Variant
from app.guidance.evidence import EvidenceLine, evidence_line
from app.guidance.models import Recommendation
from app.storefront.offers import Offer
from app.storefront.variant_picker import OptionChoices, list_options


class ProductPage:
    """What the template shows of a product; every rule is worked out here."""

    def __init__(
        self, product: Product, variant: Variant, offers: Sequence[Offer], evidence: EvidenceLine | None
    ) -> None:
        self.offers = offers
        self.evidence = evidence
        self.chosen: Offer = next(offer for offer in offers if offer.variant_id == variant.id)
        self.fits: dict[str, str | None] = {
            each.sku: size_range_text(each.facts) for each in product.variants
        }
        self.has_size_chart: bool = any(self.fits.values())
        self.options: list[OptionChoices] = list_options(product, variant, offers)
        self.pictures: list[Image] = list_pictures(product, variant)
        self.in_the_box: list[str] = _in_the_box(variant)


def list_pictures(product: Product, variant: Variant) -> list[Image]:
    """Order the pictures for a variant: of its own values, then of none; others only for want of these."""
    own = {value.id for value in variant.option_values}
    mine = [image for image in product.images if image.option_value_id in own]
    neutral = [image for image in product.images if image.option_value_id is None]
    return mine + neutral or list(product.images)


def evidence_of(mentions: Iterable[Recommendation]) -> EvidenceLine | None:
    """Sum up what guides say of a product: advice against it first, else the first guide's words."""
    lines = [evidence_line(mention.grade, mention.basis, mention.scope) for mention in mentions]
    return next((line for line in lines if line.is_against), lines[0] if lines else None)


def _in_the_box(variant: Variant) -> list[str]:
    items = [item.strip() for item in variant.facts.included_items.split(";") if item.strip()]
    if items:
        return items
    pieces = variant.facts.pieces_in_pack
    return ["1 piece" if pieces == 1 else f"{pieces} pieces"]
