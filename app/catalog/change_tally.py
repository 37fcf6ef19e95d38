"""Counts what a load did to the rows of the catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LoadReport:
    """How many rows of the seed files were new, differed from the catalogue, or stood in it already."""

    created: int
    updated: int
    unchanged: int

    @property
    def has_changes(self) -> bool:
        """Whether the load changed anything."""
        return self.created + self.updated > 0


class ChangeTally:
    """Counts rows while they are loaded."""

    def __init__(self) -> None:
        self._created = self._updated = self._unchanged = 0

    def add(self, *, is_new: bool, has_changed: bool) -> None:
        """Count one row of a seed file."""
        if is_new:
            self._created += 1
        elif has_changed:
            self._updated += 1
        else:
            self._unchanged += 1

    def report(self) -> LoadReport:
        """Return the counts so far."""
        return LoadReport(self._created, self._updated, self._unchanged)


def assign(row: object, **values: object) -> bool:
    """Set the attributes that differ, and tell whether any did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
