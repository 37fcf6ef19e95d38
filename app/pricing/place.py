"""Where an order goes, as far as prices depend on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A country by its two-letter code and a region of it; the region is empty while it is not known."""

    country: str
    region: str = ""

    @property
    def is_known(self) -> bool:
        """Whether tax can be told."""
        return bool(self.region)
