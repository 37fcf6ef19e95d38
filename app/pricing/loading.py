"""Brings delivery, tax rates and discounts in line with the seed files; loading twice changes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.catalog.change_tally import ChangeTally, LoadReport, assign
from app.catalog.services import touch_content
from app.db import Base
from app.pricing.models import (
    DeliveryMethod,
    DeliveryRate,
    DeliveryZone,
    DeliveryZonePlace,
    Discount,
    TaxRate,
)
from app.pricing.seed_rows import DeliveryRateRow, PricingSeed, ZoneRow

Row = TypeVar("Row", bound=Base)


def load_pricing(session: Session, seed: PricingSeed) -> LoadReport:
    """Create and update rows; what the files do not name stays as it is, but for steps of weight.

    The rates of a method in a zone are those of the file and no others. Whether a discount is active is the
    business of staff.
    """
    load = _Load(session)
    for values in seed.methods:
        load.upsert(DeliveryMethod, [DeliveryMethod.code == values["code"]], **values)
    for row in seed.zones:
        load.zone(row)
    load.delivery_rates(seed.delivery_rates)
    for values in seed.tax_rates:
        key = [getattr(TaxRate, name) == values[name] for name in ("country", "region", "tax_class")]
        load.upsert(TaxRate, key, **values)
    for values in seed.discounts:
        load.upsert(Discount, [Discount.code == values["code"]], **values)
    report = load.tally.report()
    if report.has_changes:
        touch_content(session)
    return report


class _Load:
    """One run."""

    def __init__(self, session: Session) -> None:
        self.tally = ChangeTally()
        self._session = session

    def upsert(self, kind: type[Row], key: Sequence[ColumnElement[bool]], **values: object) -> Row:
        row = self._session.scalars(select(kind).where(*key)).one_or_none()
        if row is None:
            row = kind(**values)
            self._session.add(row)
            # Other rows point at it by its id.
            self._session.flush()
            self.tally.add(is_new=True, has_changed=True)
        else:
            self.tally.add(is_new=False, has_changed=assign(row, **values))
        return row

    def zone(self, row: ZoneRow) -> None:
        zone = self.upsert(
            DeliveryZone, [DeliveryZone.code == row.code], code=row.code, name=row.name, position=row.position
        )
        for place in row.places:
            country, _, region = place.partition("-")
            key = [DeliveryZonePlace.country == country, DeliveryZonePlace.region == region]
            self.upsert(DeliveryZonePlace, key, zone_id=zone.id, country=country, region=region)

    def delivery_rates(self, rows: Sequence[DeliveryRateRow]) -> None:
        methods = {method.code: method.id for method in self._session.scalars(select(DeliveryMethod))}
        zones = {zone.code: zone.id for zone in self._session.scalars(select(DeliveryZone))}
        steps: dict[tuple[int, int], list[int | None]] = defaultdict(list)
        for row in rows:
            place = {"method_id": methods[row.method], "zone_id": zones[row.zone], "up_to_g": row.up_to_g}
            key = [getattr(DeliveryRate, name).is_not_distinct_from(value) for name, value in place.items()]
            self.upsert(
                DeliveryRate, key, **place, price_cents=row.price_cents, free_from_cents=row.free_from_cents
            )
            steps[methods[row.method], zones[row.zone]].append(row.up_to_g)
        for rate in self._session.scalars(select(DeliveryRate)):
            if rate.up_to_g not in steps.get((rate.method_id, rate.zone_id), [rate.up_to_g]):
                self._session.delete(rate)
                self.tally.add(is_new=False, has_changed=True)
