"""The way from the front page to a page, as a BreadcrumbList."""

from collections.abc import Iterable

from flask import url_for

from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import Crumb, Json


def breadcrumb_data(trail: Iterable[Crumb], here: str, path: str) -> Json:
    """List the steps that the page shows, from the front page to the page itself."""
    steps = [Crumb("Home", url_for("storefront.home.show")), *trail, Crumb(here, path)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": step.name, "item": absolute(step.path)}
            for position, step in enumerate(steps, start=1)
        ],
    }
