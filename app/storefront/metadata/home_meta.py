"""The head of the front page."""

from flask import url_for

from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.any_page import DESCRIPTION
from app.storefront.metadata.page_meta import PageMeta
from app.storefront.metadata.shared_picture import share_scene
from app.storefront.structured_data.shop import organization_data, web_site_data
from app.web.order_links import current_config


def home_meta() -> PageMeta:
    """Describe the front page, the shop and its search."""
    return PageMeta(
        title=f"{current_config().shop.name}: we tell you when not to buy",
        description=DESCRIPTION,
        canonical=absolute(url_for("storefront.home.show")),
        picture=share_scene(),
        data=[organization_data(), web_site_data()],
    )
