"""The heads of lists: all products, one family, all guides."""

from flask import url_for

from app.catalog.models import Category
from app.storefront.listing import Listing
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import Crumb, PageMeta
from app.storefront.metadata.shared_picture import share_family, share_scene
from app.storefront.metadata.wording import fit_description, fit_title
from app.storefront.structured_data.breadcrumbs import breadcrumb_data

ALL_PRODUCTS = "All products"
ALL_PRODUCTS_DESCRIPTION = (
    "Foam rollers, heat and cold packs, back supports and stretching aids, each with what the studies found."
)
ALL_GUIDES = "Back pain guides"
ALL_GUIDES_DESCRIPTION = (
    "Plain guides to back pain: warning signs, heat and cold, exercise, braces and more, with their sources."
)


def family_meta(category: Category, listing: Listing) -> PageMeta:
    """Describe one page of a family; another order of the same things is not kept by search engines."""
    path = url_for("storefront.categories.show", slug=category.slug, page=_page_argument(listing))
    trail = (Crumb(ALL_PRODUCTS, url_for("storefront.products.index")),)
    return PageMeta(
        title=fit_title(_numbered(category.name, listing)),
        description=_describe(category.name, category.summary, listing),
        canonical=_canonical(path, listing),
        picture=share_family(category),
        trail=trail,
        here=category.name,
        data=[breadcrumb_data(trail, category.name, path)],
    )


def all_products_meta(listing: Listing) -> PageMeta:
    """Describe one page of all products; the products of one family have their own page."""
    page = _page_argument(listing)
    path = url_for("storefront.products.index", page=page)
    if listing.category:
        path = url_for("storefront.categories.show", slug=listing.category, page=page)
    return PageMeta(
        title=fit_title(_numbered(ALL_PRODUCTS, listing)),
        description=_describe(ALL_PRODUCTS, ALL_PRODUCTS_DESCRIPTION, listing),
        canonical=_canonical(path, listing),
        picture=share_scene(),
        here=ALL_PRODUCTS,
        data=[breadcrumb_data((), ALL_PRODUCTS, url_for("storefront.products.index"))],
    )


def all_guides_meta() -> PageMeta:
    """Describe the list of guides."""
    path = url_for("storefront.guides.index")
    return PageMeta(
        title=fit_title(ALL_GUIDES),
        description=ALL_GUIDES_DESCRIPTION,
        canonical=absolute(path),
        picture=share_scene(),
        here="Guides",
        data=[breadcrumb_data((), "Guides", path)],
    )


def _page_argument(listing: Listing) -> int | None:
    return listing.page if listing.page > 1 else None


def _numbered(name: str, listing: Listing) -> str:
    return f"{name} – page {listing.page}" if listing.page > 1 else name  # noqa: RUF001


def _describe(name: str, summary: str, listing: Listing) -> str:
    if listing.page == 1:
        return fit_description(summary)
    return fit_description(
        f"{name}, page {listing.page} of {listing.pages}.",
        "Each product with what the studies found, who should not use it, and its price.",
    )


def _canonical(path: str, listing: Listing) -> str | None:
    return None if listing.sort_argument else absolute(path)
