"""The choice of a variant by its options, each value leading to a variant that exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.catalog.models import Option, OptionValue, Product, Variant
from app.storefront.offers import Offer

Choices = Mapping[int, int]


@dataclass(frozen=True)
class Choice:
    """One value of an option and the variant it leads to.

    `is_offered` is false when the value does not come with the other values chosen now, `chosen_besides`.
    """

    value: str
    sku: str
    is_current: bool
    is_offered: bool
    is_sold_out: bool
    chosen_besides: str

    @property
    def note(self) -> str:
        """What a shopper should know before choosing it, in words."""
        if not self.is_offered:
            return f"not in {self.chosen_besides}"
        return "sold out" if self.is_sold_out else ""


@dataclass(frozen=True)
class OptionChoices:
    """One option of a product with all its values."""

    name: str
    current: str
    choices: list[Choice]


def list_options(product: Product, variant: Variant, offers: Sequence[Offer]) -> list[OptionChoices]:
    """List the options of a product as seen from one of its variants."""
    sold_out = {offer.variant_id for offer in offers if offer.is_sold_out}
    names = {value.option_id: value.value for value in variant.option_values}
    return [
        OptionChoices(
            option.name,
            names.get(option.id, ""),
            [
                choice
                for value in option.values
                if (choice := _choice(product, variant, option, value, sold_out)) is not None
            ],
        )
        for option in product.options
    ]


def _choice(
    product: Product, variant: Variant, option: Option, value: OptionValue, sold_out: set[int]
) -> Choice | None:
    wanted = {**_choices_of(variant), option.id: value.id}
    having = [other for other in product.variants if _choices_of(other).get(option.id) == value.id]
    if not having:
        return None
    exact = next((other for other in having if _choices_of(other) == wanted), None)
    target = exact or having[0]
    return Choice(
        value=value.value,
        sku=target.sku,
        is_current=target is variant,
        is_offered=exact is not None,
        is_sold_out=target.id in sold_out,
        chosen_besides=" / ".join(
            other.value for other in variant.option_values if other.option_id != option.id
        ),
    )


def _choices_of(variant: Variant) -> Choices:
    return {value.option_id: value.id for value in variant.option_values}
