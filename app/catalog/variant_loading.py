"""Brings one variant, and one picture, in line with their seed rows."""

from dataclasses import asdict

from app.catalog.change_tally import assign
from app.catalog.facts import VariantFacts
from app.catalog.models import Image, OptionValue, Product, Variant
from app.catalog.option_set import fingerprint_of
from app.catalog.seed_rows import FactsRow, ImageRow, VariantRow


def update_variant(variant: Variant, row: VariantRow, product: Product, currency: str) -> bool:
    """Set what the row says of the variant and its facts, and tell whether anything differed."""
    has_changed = assign(
        variant,
        product=product,
        label=row.label,
        fingerprint=fingerprint_of(row.choices),
        price_cents=row.price_cents,
        currency=currency,
        position=row.position,
        shipping_flag=row.shipping_flag,
    )
    chosen = [_find_value(product, choice.option, choice.value) for choice in row.choices]
    if set(variant.option_values) != set(chosen):
        variant.option_values = chosen
        has_changed = True
    return _update_facts(variant, row.facts) or has_changed


def update_image(image: Image, row: ImageRow, product: Product) -> bool:
    """Set what the row says of the picture, and tell whether anything differed.

    The option values of the product must have their ids.
    """
    return assign(
        image,
        file=row.picture,
        option_value_id=_find_value_id(product, row.option_value),
        alt=row.alt,
        width=row.width,
        height=row.height,
        position=row.position,
    )


def _find_value(product: Product, option_name: str, name: str) -> OptionValue:
    option = next(option for option in product.options if option.name == option_name)
    return next(value for value in option.values if value.value == name)


def _find_value_id(product: Product, name: str) -> int | None:
    values = (value for option in product.options for value in option.values)
    return next((value.id for value in values if value.value == name), None)


def _update_facts(variant: Variant, row: FactsRow) -> bool:
    if variant.facts is None:
        variant.facts = VariantFacts(**asdict(row))
        return True
    return assign(variant.facts, **asdict(row))
