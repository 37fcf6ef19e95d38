"""Works out a session's lines and totals from the request, as Stripe would."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .errors import invalid, missing, no_such, unsupported
from .identifiers import new_identifier
from .money import THREE_DECIMAL, check_total, read_currency
from .store import Record

LINE_LIMIT = 100
OPTION_LIMIT = 5


@dataclass(frozen=True)
class Line:
    """One line: the line item as the API shows it, and the product behind it."""

    item: dict[str, Any]
    product: Record


@dataclass(frozen=True)
class Quote:
    """A session's lines, shipping rates and currency; the first rate is the one chosen.

    The cost of shipping and its tax are minor units; None is the plain price of the chosen rate.
    """

    lines: list[Line]
    rates: list[Record]
    currency: str
    shipping_tax: int = 0
    shipping_total: int | None = None

    @property
    def subtotal(self) -> int:
        """Return the sum of the lines before tax in minor units."""
        return sum(line.item["amount_subtotal"] for line in self.lines)

    @property
    def tax(self) -> int:
        """Return the tax on lines and shipping in minor units, included in prices or not."""
        return int(self.shipping_tax + sum(line.item["amount_tax"] for line in self.lines))

    @property
    def shipping(self) -> int:
        """Return the price of shipping in minor units."""
        return int(self.rates[0].body["fixed_amount"]["amount"]) if self.rates else 0

    @property
    def total(self) -> int:
        """Return what the customer pays in minor units."""
        shipping = self.shipping if self.shipping_total is None else self.shipping_total
        return int(shipping + sum(line.item["amount_total"] for line in self.lines))


def make_quote(params: dict[str, Any], now: int) -> Quote:
    """Price the request's lines and shipping; raises ApiError for what Stripe would refuse."""
    items = params.get("line_items")
    if not items:
        raise missing("line_items")
    if len(items) > LINE_LIMIT:
        raise invalid(f"A Checkout Session takes at most {LINE_LIMIT} line items.", "line_items")
    lines = [_make_line(item, f"line_items[{index}]", now) for index, item in enumerate(items)]
    rates = _make_rates(params.get("shipping_options", []), now)
    currency = lines[0].item["currency"]
    named = params.get("currency", currency).lower()
    rate_currencies = [rate.body["fixed_amount"]["currency"] for rate in rates]
    if {named, *rate_currencies, *(line.item["currency"] for line in lines)} != {currency}:
        raise invalid("All prices on a Checkout Session must be in the same currency.", "line_items")
    quote = Quote(lines, rates, currency)
    check_total(quote.total, currency)
    return quote


def _make_line(params: dict[str, Any], path: str, now: int) -> Line:
    if "price" in params:
        raise no_such("price", params["price"], f"{path}[price]", status=400)
    for name in params.keys() - {"price_data", "quantity", "metadata"}:
        if params[name] not in ([], {"enabled": False}):
            raise unsupported(f"{path}[{name}]")
    if "price_data" not in params:
        raise missing(f"{path}[price_data]")
    if "quantity" not in params:
        raise missing(f"{path}[quantity]")
    if params["quantity"] < 1:
        raise _not_an_integer(f"{path}[quantity]", "positive")
    return _price_line(params["price_data"], params["quantity"], f"{path}[price_data]", now)


def _price_line(price_data: dict[str, Any], quantity: int, path: str, now: int) -> Line:
    if "product" in price_data:
        raise no_such("product", price_data["product"], f"{path}[product]", status=400)
    if "product_data" not in price_data:
        raise missing(f"{path}[product_data]")
    if "recurring" in price_data:
        raise unsupported(f"{path}[recurring]")
    currency = read_currency(price_data["currency"], f"{path}[currency]")
    unit = _unit_amount(price_data, currency, path)
    amount = int((unit * quantity).to_integral_value(ROUND_HALF_UP))
    product = _make_product(price_data["product_data"], now)
    tax_behavior = price_data.get("tax_behavior", "unspecified")
    price = _make_price(unit, currency, product.id, tax_behavior, now)
    item = {
        "id": new_identifier("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": currency,
        "description": product.body["name"],
        "metadata": {},
        "price": price,
        "quantity": quantity,
    }
    return Line(item, product)


def _unit_amount(price_data: dict[str, Any], currency: str, path: str) -> Decimal:
    names = [name for name in ("unit_amount", "unit_amount_decimal") if name in price_data]
    if not names:
        raise missing(f"{path}[unit_amount]")
    if len(names) > 1:
        raise invalid(
            "You may only specify one of unit_amount and unit_amount_decimal.", f"{path}[unit_amount]"
        )
    amount = Decimal(price_data[names[0]])
    if amount < 0:
        raise _not_an_integer(f"{path}[{names[0]}]", "non-negative")
    if currency in THREE_DECIMAL and amount % 10:
        raise invalid(f"Amounts in {currency} must be divisible by 10.", f"{path}[{names[0]}]")
    return amount


def _not_an_integer(param: str, kind: str) -> Exception:
    return invalid(f"Invalid {kind} integer", param, "parameter_invalid_integer")


def _make_product(data: dict[str, Any], now: int) -> Record:
    body = {
        "id": new_identifier("prod", 14),
        "object": "product",
        "active": False,
        "created": now,
        "description": data.get("description"),
        "images": data.get("images", []),
        "livemode": False,
        "metadata": data.get("metadata", {}),
        "name": data["name"],
        "type": "service",
        "tax_code": data.get("tax_code"),
        "unit_label": data.get("unit_label"),
        "updated": now,
        "url": None,
    }
    return Record("product", body)


def _make_price(unit: Decimal, currency: str, product: str, tax_behavior: str, now: int) -> dict[str, Any]:
    return {
        "id": new_identifier("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": now,
        "currency": currency,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": product,
        "recurring": None,
        "tax_behavior": tax_behavior,
        "type": "one_time",
        "unit_amount": int(unit) if unit == unit.to_integral_value() else None,
        "unit_amount_decimal": f"{unit.normalize():f}",
    }


def _make_rates(options: list[dict[str, Any]], now: int) -> list[Record]:
    if len(options) > OPTION_LIMIT:
        raise invalid(
            f"A Checkout Session takes at most {OPTION_LIMIT} shipping options.", "shipping_options"
        )
    return [_make_rate(option, f"shipping_options[{index}]", now) for index, option in enumerate(options)]


def _make_rate(option: dict[str, Any], path: str, now: int) -> Record:
    if "shipping_rate" in option:
        raise no_such("shipping_rate", option["shipping_rate"], f"{path}[shipping_rate]", status=400)
    if "shipping_rate_data" not in option:
        raise missing(f"{path}[shipping_rate_data]")
    data, path = option["shipping_rate_data"], f"{path}[shipping_rate_data]"
    fixed = data.get("fixed_amount")
    if fixed is None:
        raise missing(f"{path}[fixed_amount]")
    if fixed["amount"] < 0:
        raise _not_an_integer(f"{path}[fixed_amount][amount]", "non-negative")
    currency = read_currency(fixed["currency"], f"{path}[fixed_amount][currency]")
    body = {
        "id": new_identifier("shr"),
        "object": "shipping_rate",
        "active": False,
        "created": now,
        "delivery_estimate": data.get("delivery_estimate"),
        "display_name": data["display_name"],
        "fixed_amount": {"amount": fixed["amount"], "currency": currency},
        "livemode": False,
        "metadata": data.get("metadata", {}),
        "tax_behavior": data.get("tax_behavior", "unspecified"),
        "tax_code": data.get("tax_code"),
        "type": "fixed_amount",
    }
    return Record("shipping_rate", body)
