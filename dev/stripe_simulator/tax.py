"""A small stand-in for Stripe Tax: one rate for each of a few states, none elsewhere."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from .money import check_total
from .pricing import Quote

RATES: Final = {
    "CA": Decimal("0.0725"),
    "NY": Decimal("0.04"),
    "TX": Decimal("0.0625"),
    "WA": Decimal("0.065"),
}
NOT_TAXABLE: Final = "txcd_00000000"


def apply_tax(
    quote: Quote, params: dict[str, Any], address: dict[str, Any] | None
) -> tuple[Quote, dict[str, Any]]:
    """Return the quote with its tax if the request asks for it, and what the session says about it."""
    if not params.get("automatic_tax", {}).get("enabled"):
        return quote, {"enabled": False, "liability": None, "provider": None, "status": None}
    quote, status = _add_tax(quote, address)
    return quote, {"enabled": True, "liability": {"type": "self"}, "provider": "stripe", "status": status}


def _add_tax(quote: Quote, address: dict[str, Any] | None) -> tuple[Quote, str]:
    """Return the quote with the tax of a place, and the status of the computation.

    A price that does not say so has its tax added on top, as an account in dollars does by default.
    """
    rate = _rate_at(address or {})
    if rate is None:
        return quote, "requires_location_inputs"
    for line in quote.lines:
        if line.product.body["tax_code"] != NOT_TAXABLE:
            included = line.item["price"]["tax_behavior"] == "inclusive"
            tax = _tax(line.item["amount_subtotal"], rate, included=included)
            line.item["amount_tax"] = tax
            line.item["amount_total"] += 0 if included else tax
    if quote.rates:
        included = quote.rates[0].body["tax_behavior"] == "inclusive"
        tax = _tax(quote.shipping, rate, included=included)
        quote = replace(quote, shipping_tax=tax, shipping_total=quote.shipping + (0 if included else tax))
    check_total(quote.total, quote.currency)
    return quote, "complete"


def _rate_at(address: dict[str, Any]) -> Decimal | None:
    """Return the rate at an address, None when it does not say enough to know."""
    country, state = address.get("country"), address.get("state")
    if not country or (country == "US" and not state):
        return None
    return RATES.get(state or "", Decimal(0)) if country == "US" else Decimal(0)


def _tax(amount: int, rate: Decimal, *, included: bool) -> int:
    exact = amount - amount / (1 + rate) if included else amount * rate
    return int(Decimal(exact).quantize(Decimal(1), ROUND_HALF_UP))
