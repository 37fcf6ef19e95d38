"""The head of one page, ready for the layout."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.storefront.metadata.shared_picture import SharedPicture

Json = dict[str, Any]


@dataclass(frozen=True)
class Crumb:
    """A step on the way from the front page to a page: its name and its path."""

    name: str
    path: str


@dataclass(frozen=True)
class PageMeta:
    """What the head of a page says.

    `canonical` is the full address under which search engines are to keep the page; without one they are
    asked not to. `trail` are the steps between the front page and `here`. `data` are blocks of JSON-LD.
    """

    title: str
    description: str
    canonical: str | None
    picture: SharedPicture
    kind: str = "website"
    trail: tuple[Crumb, ...] = ()
    here: str = ""
    published_on: date | None = None
    changed_on: date | None = None
    data: list[Json] = field(default_factory=list)

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may keep the page."""
        return self.canonical is not None
