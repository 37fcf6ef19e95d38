"""The map of the shop for search engines: public pages, when they changed, and pictures of products."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, render_template, url_for
from sqlalchemy.orm import Session

from app.catalog.feed_queries import DatedPage, list_all_images, list_family_pages, list_product_pages
from app.guidance.queries import list_guides
from app.session import get_session
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.any_page import NEVER_KEPT
from app.storefront.metadata.shared_picture import share_image
from app.web.page_cache import is_public_page, public_document

blueprint = Blueprint("sitemap", __name__)


@dataclass(frozen=True)
class MapEntry:
    """One page: its full address, when what it shows changed (None: nothing tells), and its pictures."""

    address: str
    changed_at: datetime | None = None
    pictures: tuple[str, ...] = ()

    @property
    def lastmod(self) -> str | None:
        """The moment as the map writes it."""
        return self.changed_at.strftime("%Y-%m-%dT%H:%M:%SZ") if self.changed_at else None


@blueprint.get("/sitemap.xml")
@public_document("application/xml")
def show() -> str:
    """List every page that search engines may keep; 4 statements."""
    return render_template("storefront/sitemap/show.xml", entries=list_entries(get_session()))


def list_entries(session: Session) -> list[MapEntry]:
    """Put the map together; a page without an own date has none."""
    products, families = list_product_pages(session), list_family_pages(session)
    guides = [
        MapEntry(absolute(url_for("storefront.guides.show", slug=guide.slug)), guide.changed_at)
        for guide in list_guides(session)
    ]
    dates = {
        "storefront.home.show": _newest(
            [page.changed_at for page in [*products, *families]] + _dates(guides)
        ),
        "storefront.products.index": _newest(page.changed_at for page in products),
        "storefront.guides.index": _newest(_dates(guides)),
    }
    fixed = [MapEntry(absolute(url_for(name)), dates.get(name)) for name in list_fixed_pages()]
    return [*fixed, *_families(families, products), *_products(session, products), *guides]


def list_fixed_pages() -> list[str]:
    """Return the endpoints of the public pages that stand under one address, the front page first."""
    rules = sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [
        rule.endpoint
        for rule in rules
        if not rule.arguments
        and rule.rule not in NEVER_KEPT
        and is_public_page(current_app.view_functions[rule.endpoint])
    ]


def _families(families: list[DatedPage], products: list[DatedPage]) -> list[MapEntry]:
    # A family shows its products.
    return [
        MapEntry(
            absolute(url_for("storefront.categories.show", slug=family.slug)),
            _newest(
                page.changed_at for page in [family, *products] if page.category_id == family.category_id
            ),
        )
        for family in families
    ]


def _products(session: Session, products: list[DatedPage]) -> list[MapEntry]:
    pictures: dict[int, list[str]] = defaultdict(list)
    for image in list_all_images(session):
        pictures[image.product_id].append(share_image(image).url)
    return [
        MapEntry(
            absolute(url_for("storefront.products.show", slug=product.slug)),
            product.changed_at,
            tuple(pictures[product.id]),
        )
        for product in products
    ]


def _dates(entries: Iterable[MapEntry]) -> list[datetime]:
    return [entry.changed_at for entry in entries if entry.changed_at]


def _newest(dates: Iterable[datetime]) -> datetime | None:
    return max(dates, default=None)
