"""Reads one line of the pricing spreadsheets."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from app.catalog.cell_values import read_all, read_code, read_count, read_key, read_price, read_yes_no
from app.catalog.csv_table import Record

METHOD_COLUMNS = ("code", "name", "description", "position")
ZONE_COLUMNS = ("code", "name", "places", "position")
DELIVERY_RATE_COLUMNS = ("method", "zone", "up_to_g", "price", "free_from")
TAX_COLUMNS = ("country", "region", "tax_class", "name", "percent", "delivery_taxed")
DISCOUNT_COLUMNS = ("code", "name", "percent", "amount", "min_subtotal", "covers_delivery", "starts", "ends")
PPM_PER_PERCENT = 10_000

_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)

# The columns of a row with what stands in them.
Values = dict[str, object]


@dataclass(frozen=True)
class ZoneRow:
    """One zone; its places are countries such as US, or parts of one such as US-AK."""

    line: int
    code: str
    name: str
    places: tuple[str, ...]
    position: int


@dataclass(frozen=True)
class DeliveryRateRow:
    """The price of a method in a zone, both as codes; weights in grams, no weight for any."""

    line: int
    method: str
    zone: str
    up_to_g: int | None
    price_cents: int
    free_from_cents: int | None


@dataclass(frozen=True)
class PricingSeed:
    """Checked rows of all files."""

    methods: tuple[Values, ...]
    zones: tuple[ZoneRow, ...]
    delivery_rates: tuple[DeliveryRateRow, ...]
    tax_rates: tuple[Values, ...]
    discounts: tuple[Values, ...]


def parse_method(record: Record) -> Values:
    """Read one way to send an order."""
    return {
        "code": record.required("code", read_key(40), ""),
        "name": record.text("name", 80),
        "description": record.text("description", 300),
        "position": record.required("position", read_count, 0),
    }


def parse_zone(record: Record) -> ZoneRow:
    """Read one zone."""
    return ZoneRow(
        line=record.line,
        code=record.required("code", read_key(40), ""),
        name=record.text("name", 80),
        places=record.required("places", read_all(_read_place), ()),
        position=record.required("position", read_count, 0),
    )


def parse_delivery_rate(record: Record) -> DeliveryRateRow:
    """Read one price of delivery."""
    return DeliveryRateRow(
        line=record.line,
        method=record.required("method", read_key(40), ""),
        zone=record.required("zone", read_key(40), ""),
        up_to_g=record.optional("up_to_g", _read_weight),
        price_cents=record.required("price", _read_amount, 0),
        free_from_cents=record.optional("free_from", read_price),
    )


def parse_tax_rate(record: Record) -> Values:
    """Read the tax on one class of goods in one place."""
    return {
        "country": record.required("country", read_code(2), ""),
        "region": record.required("region", read_code(3), ""),
        "tax_class": record.required("tax_class", read_key(40), ""),
        "name": record.text("name", 80),
        "parts_per_million": record.required("percent", _read_percent, 0),
        "is_delivery_taxed": record.required("delivery_taxed", read_yes_no, False),
    }


def parse_discount(record: Record) -> Values:
    """Read one discount code."""
    percent = record.optional("percent", _read_percent)
    amount = record.optional("amount", _read_amount)
    covers_delivery = record.required("covers_delivery", read_yes_no, False)
    starts, ends = record.optional("starts", _read_moment), record.optional("ends", _read_moment)
    if bool(record.cells.get("percent")) == bool(record.cells.get("amount")):
        record.refuse("percent", "is needed, or an amount, but not both")
    elif 0 in (percent, amount) and not covers_delivery:
        record.refuse("percent", "takes nothing off")
    if starts and ends and ends <= starts:
        record.refuse("ends", "is not after the start")
    return {
        "code": record.required("code", read_code(40), ""),
        "name": record.text("name", 80),
        "parts_per_million": percent,
        "amount_cents": amount,
        "min_subtotal_cents": record.optional("min_subtotal", _read_amount) or 0,
        "covers_delivery": covers_delivery,
        "starts_at": starts,
        "ends_at": ends,
    }


def _read_place(text: str) -> str:
    if not _PLACE.fullmatch(text):
        raise ValueError("is not a country such as US, or a part of one such as US-AK")
    return text


def _read_amount(text: str) -> int:
    return 0 if re.fullmatch(r"0(\.00?)?", text, re.ASCII) else read_price(text)


def _read_weight(text: str) -> int:
    grams = read_count(text)
    if grams == 0:
        raise ValueError("is not more than zero")
    return grams


def _read_percent(text: str) -> int:
    try:
        parts = Decimal(text) * PPM_PER_PERCENT
    except ArithmeticError:
        raise ValueError("is not a percentage") from None
    if not parts.is_finite() or parts != parts.to_integral_value() or not 0 <= parts <= 1_000_000:
        raise ValueError("is not a percentage from 0 to 100 with at most four decimals")
    return int(parts)


def _read_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a moment such as 2026-12-01 or 2026-12-01T08:00Z") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
