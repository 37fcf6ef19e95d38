"""Reads delivery, tax rates and discounts from their spreadsheets, or names what is wrong."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from app.catalog.csv_table import Record, read_table
from app.catalog.seed_problem import SeedProblem
from app.pricing.loading import load_pricing
from app.pricing.seed_rows import (
    DELIVERY_RATE_COLUMNS,
    DISCOUNT_COLUMNS,
    METHOD_COLUMNS,
    TAX_COLUMNS,
    ZONE_COLUMNS,
    DeliveryRateRow,
    PricingSeed,
    Values,
    ZoneRow,
    parse_delivery_rate,
    parse_discount,
    parse_method,
    parse_tax_rate,
    parse_zone,
)

__all__ = ["PricingSeed", "load_pricing", "read_pricing"]

Row = TypeVar("Row")


class _Folder:
    """The files of one folder, with what is wrong in them."""

    def __init__(self, path: Path, problems: list[SeedProblem]) -> None:
        self._path = path
        self._problems = problems

    def read(
        self, file: str, columns: Sequence[str], parse: Callable[[Record], Row], *, key: Sequence[str]
    ) -> tuple[Row, ...]:
        """Read one file, in which no two lines have the same cells in the columns of the key."""
        records = read_table(self._path / file, columns, self._problems)
        first_lines: dict[tuple[str, ...], int] = {}
        for record in records:
            cells = tuple(record.cells.get(column, "") for column in key)
            line = first_lines.setdefault(cells, record.line)
            if line != record.line:
                record.refuse(key[0], f"repeats line {line}")
        return tuple(parse(record) for record in records)


def read_pricing(folder: Path, currency: str, problems: list[SeedProblem]) -> PricingSeed:
    """Read all files; what is wrong is added to `problems`."""
    files = _Folder(folder, problems)
    methods = files.read("delivery_methods.csv", METHOD_COLUMNS, parse_method, key=["code"])
    zones = files.read("delivery_zones.csv", ZONE_COLUMNS, parse_zone, key=["code"])
    rate_key = ["method", "zone", "up_to_g"]
    rates = files.read("delivery_rates.csv", DELIVERY_RATE_COLUMNS, parse_delivery_rate, key=rate_key)
    tax_key = ["country", "region", "tax_class"]
    tax_rates = files.read("tax_rates.csv", TAX_COLUMNS, parse_tax_rate, key=tax_key)
    discounts = files.read("discounts.csv", DISCOUNT_COLUMNS, parse_discount, key=["code"])
    problems += _strangers(rates, methods, zones)
    problems += _shared_places(zones)
    return PricingSeed(
        methods=tuple(_with_currency(methods, currency)),
        zones=zones,
        delivery_rates=rates,
        tax_rates=tax_rates,
        discounts=tuple(_with_currency(discounts, currency)),
    )


def _with_currency(rows: Iterable[Values], currency: str) -> Iterable[Values]:
    return (values | {"currency": currency} for values in rows)


def _strangers(
    rates: Sequence[DeliveryRateRow], methods: Sequence[Values], zones: Sequence[ZoneRow]
) -> Iterable[SeedProblem]:
    known_methods = {values["code"] for values in methods}
    known_zones = {zone.code for zone in zones}
    for rate in rates:
        # A file that could not be read at all would make every row that points into it look wrong.
        if rate.method and known_methods and rate.method not in known_methods:
            yield SeedProblem(
                "delivery_rates.csv", rate.line, "method", f'there is no method "{rate.method}"'
            )
        if rate.zone and known_zones and rate.zone not in known_zones:
            yield SeedProblem("delivery_rates.csv", rate.line, "zone", f'there is no zone "{rate.zone}"')


def _shared_places(zones: Sequence[ZoneRow]) -> Iterable[SeedProblem]:
    first_lines: dict[str, int] = {}
    for zone in zones:
        for place in zone.places:
            line = first_lines.setdefault(place, zone.line)
            if line != zone.line:
                message = f'"{place}" is on line {line} already'
                yield SeedProblem("delivery_zones.csv", zone.line, "places", message)
