"""What is offered to somebody who is still typing."""

from dataclasses import asdict, dataclass

from flask import url_for

from app.search.models import EntryKind
from app.search.queries import Hit

_PAGES = {
    EntryKind.PRODUCT: ("Product", "storefront.products.show"),
    EntryKind.GUIDE: ("Guide", "storefront.guides.show"),
}


@dataclass(frozen=True)
class Suggestion:
    """A title, what kind of page it is, and where that is."""

    title: str
    kind: str
    address: str

    @classmethod
    def of(cls, hit: Hit) -> "Suggestion":
        """Describe a hit."""
        kind, endpoint = _PAGES[hit.kind]
        return cls(hit.title, kind, url_for(endpoint, slug=hit.slug))

    def as_json(self) -> dict[str, str]:
        """Return it as the script reads it."""
        return asdict(self)
