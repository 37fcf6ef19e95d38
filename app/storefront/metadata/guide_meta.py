"""The head of a guide."""

from flask import url_for

from app import clock
from app.guidance.models import Guide
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import Crumb, PageMeta
from app.storefront.metadata.shared_picture import share_scene
from app.storefront.metadata.wording import fit_description, fit_title
from app.storefront.structured_data.breadcrumbs import breadcrumb_data
from app.storefront.structured_data.guides import guide_data, last_change


def guide_meta(guide: Guide) -> PageMeta:
    """Describe a guide as an article of the shop, with a scene of the shop."""
    path = url_for("storefront.guides.show", slug=guide.slug)
    trail = (Crumb("Guides", url_for("storefront.guides.index")),)
    picture = share_scene()
    return PageMeta(
        title=fit_title(guide.title),
        description=fit_description(guide.description),
        canonical=absolute(path),
        picture=picture,
        kind="article",
        trail=trail,
        here=guide.title,
        published_on=guide.published_on,
        changed_on=last_change(guide),
        data=[guide_data(guide, path, picture.url, clock.today()), breadcrumb_data(trail, guide.title, path)],
    )
