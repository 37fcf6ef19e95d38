"""Brings the rows of a table in line with seed rows, and counts what really changes."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.change_tally import ChangeTally, assign
from app.db import Base

Row = TypeVar("Row", bound=Base)
Values = Mapping[str, object]


class RowChanges:
    """Compares before it writes, so that the same seed twice sends no change to the database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.tally = ChangeTally()

    def put(self, row: Row | None, kind: type[Row], values: Values) -> Row:
        """Give a row these values; a missing row is made."""
        if row is None:
            row = kind(**values)
            self._session.add(row)
            self.tally.add(is_new=True, has_changed=True)
        else:
            self.tally.add(is_new=False, has_changed=assign(row, **values))
        return row

    def put_all(self, kind: type[Row], key: str, wanted: Iterable[Values]) -> dict[object, Row]:
        """Give a table these rows, matched by a column, and return them by it; others stay as they are."""
        present = {getattr(row, key): row for row in self._session.scalars(select(kind))}
        rows = {values[key]: self.put(present.get(values[key]), kind, values) for values in wanted}
        # New rows have their ids from here on.
        self._session.flush()
        return rows

    def match(self, rows: list[Row], kind: type[Row], key: str, wanted: Iterable[Values]) -> None:
        """Make the children of a parent exactly these rows, matched by a column."""
        unwanted = {getattr(row, key): row for row in rows}
        for values in wanted:
            present = unwanted.pop(values[key], None)
            row = self.put(present, kind, values)
            if present is None:
                rows.append(row)
        self.drop(rows, unwanted.values())

    def drop(self, rows: list[Row], unwanted: Iterable[Row]) -> None:
        """Take children away from their parent."""
        for row in list(unwanted):
            rows.remove(row)
            self._session.delete(row)
            self.tally.add(is_new=False, has_changed=True)
