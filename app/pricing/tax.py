"""Sales tax from the shop's own table: exclusive, on what goods cost after the discount, and on delivery."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.money import Money, share_of, share_out
from app.pricing.models import TaxRate
from app.pricing.quote import GENERAL, Quote, QuoteLine


@dataclass(frozen=True)
class TaxPart:
    """An amount and the rate at which it is taxed, in parts per million."""

    cents: int
    parts_per_million: int


class TaxRates:
    """The rates of one place; a class without a rate of its own is taxed as general goods are."""

    def __init__(self, rates: Iterable[TaxRate]) -> None:
        self._by_class = {rate.tax_class: rate for rate in rates}

    def rate_of(self, tax_class: str) -> int:
        """The rate of a class of goods; zero where the shop is not registered."""
        rate = self._by_class.get(tax_class) or self._by_class.get(GENERAL)
        return rate.parts_per_million if rate else 0

    @property
    def delivery_rate(self) -> int:
        """The rate of delivery: that of general goods, where delivery is taxed."""
        rate = self._by_class.get(GENERAL)
        return rate.parts_per_million if rate and rate.is_delivery_taxed else 0


def tax_shares(parts: Sequence[TaxPart]) -> list[int]:
    """Tax the sum of all parts at the same rate, rounded once, and give each part its share."""
    taxes = [0] * len(parts)
    together: dict[int, list[int]] = defaultdict(list)
    for at, part in enumerate(parts):
        together[part.parts_per_million].append(at)
    for rate, places in together.items():
        amounts = [parts[at].cents for at in places]
        for at, share in zip(places, share_out(share_of(sum(amounts), rate), amounts), strict=True):
            taxes[at] = share
    return taxes


def add_tax(
    lines: Sequence[QuoteLine], delivery: Money, rates: TaxRates | None, *, discount_name: str = ""
) -> Quote:
    """Make a quote of lines that have their discount; without rates the tax is not known."""
    if rates is None:
        return Quote(tuple(lines), delivery, None, delivery.currency, discount_name=discount_name)
    parts = [TaxPart(line.net.cents, rates.rate_of(line.tax_class)) for line in lines]
    *taxes, delivery_tax = tax_shares([*parts, TaxPart(delivery.cents, rates.delivery_rate)])
    return Quote(
        lines=tuple(replace(line, tax_cents=tax) for line, tax in zip(lines, taxes, strict=True)),
        delivery=delivery,
        tax=Money(sum(taxes) + delivery_tax, delivery.currency),
        currency=delivery.currency,
        delivery_tax_cents=delivery_tax,
        discount_name=discount_name,
    )
