"""The head of a page that brings none of its own: its template names it, its address says the rest."""

from flask import request

from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import PageMeta
from app.storefront.metadata.shared_picture import share_scene
from app.web.order_links import current_config
from app.web.page_cache import is_on_public_page

DESCRIPTION = (
    "Products for sore backs, with what the studies found, who should not use them, and when to see someone "
    "instead."
)
# A page of results is different for every question, and says nothing that other pages do not.
NEVER_KEPT = ("/search",)


def any_page_meta() -> PageMeta:
    """Describe the page of this request.

    Only public pages that were asked for are kept by search engines: no cart, no order, no answer to a form.
    """
    is_kept = is_on_public_page() and request.method in ("GET", "HEAD") and request.path not in NEVER_KEPT
    return PageMeta(
        title=current_config().shop.name,
        description=DESCRIPTION,
        canonical=absolute(request.path) if is_kept else None,
        picture=share_scene(),
    )
