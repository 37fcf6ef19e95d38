"""Loads delivery methods and tax rates from their spreadsheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.catalog.cell_values import read_code, read_count, read_key, read_price, read_yes_no
from app.catalog.change_tally import ChangeTally, LoadReport, assign
from app.catalog.csv_table import Record, read_table
from app.catalog.seed_problem import SeedProblem
from app.db import Base
from app.money import parse_cents
from app.pricing.models import DeliveryMethod, TaxRate

DELIVERY_COLUMNS = ("code", "name", "description", "country", "price", "free_from", "position")
TAX_COLUMNS = ("country", "region", "name", "percent", "delivery_taxed")
PPM_PER_PERCENT = 10_000

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class PricingSeed:
    """Checked rows, as the values of their columns."""

    methods: tuple[dict[str, object], ...]
    rates: tuple[dict[str, object], ...]


def read_pricing(folder: Path, currency: str, problems: list[SeedProblem]) -> PricingSeed:
    """Read both files; what is wrong is added to `problems`."""
    methods = read_table(folder / "delivery_methods.csv", DELIVERY_COLUMNS, problems)
    rates = read_table(folder / "tax_rates.csv", TAX_COLUMNS, problems)
    return PricingSeed(
        tuple(_method(record) | {"currency": currency} for record in methods),
        tuple(_rate(record) for record in rates),
    )


def load_pricing(session: Session, seed: PricingSeed) -> LoadReport:
    """Bring the tables to the files; loading twice changes nothing."""
    tally = ChangeTally()
    for values in seed.methods:
        _upsert(session, DeliveryMethod, [DeliveryMethod.code == values["code"]], values, tally)
    for values in seed.rates:
        place = [TaxRate.country == values["country"], TaxRate.region == values["region"]]
        _upsert(session, TaxRate, place, values, tally)
    return tally.report()


def _method(record: Record) -> dict[str, object]:
    return {
        "code": record.required("code", read_key(40), ""),
        "name": record.text("name", 80),
        "description": record.text("description", 300),
        "country": record.required("country", read_code(2), ""),
        "price_cents": record.required("price", parse_cents, 0),
        "free_from_cents": record.optional("free_from", read_price),
        "position": record.required("position", read_count, 0),
    }


def _rate(record: Record) -> dict[str, object]:
    return {
        "country": record.required("country", read_code(2), ""),
        "region": record.required("region", read_code(3), ""),
        "name": record.text("name", 80),
        "parts_per_million": record.required("percent", _read_percent, 0),
        "is_delivery_taxed": record.required("delivery_taxed", read_yes_no, False),
    }


def _read_percent(text: str) -> int:
    try:
        parts = Decimal(text) * PPM_PER_PERCENT
    except ArithmeticError:
        raise ValueError("is not a percentage") from None
    if not parts.is_finite() or parts != parts.to_integral_value() or not 0 <= parts <= 1_000_000:
        raise ValueError("is not a percentage from 0 to 100 with at most four decimals")
    return int(parts)


def _upsert(
    session: Session,
    kind: type[Row],
    key: Sequence[ColumnElement[bool]],
    values: dict[str, object],
    tally: ChangeTally,
) -> None:
    row = session.scalars(select(kind).where(*key)).one_or_none()
    if row is None:
        session.add(kind(**values))
        tally.add(is_new=True, has_changed=True)
    else:
        tally.add(is_new=False, has_changed=assign(row, **values))
