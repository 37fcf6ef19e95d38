"""The shop itself and its site, as Organization and WebSite."""

from flask import current_app, url_for

from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import Json
from app.web.assets import asset_url
from app.web.order_links import current_config

SEARCH = "/search"


def publisher() -> Json:
    """Name the shop where it is said who wrote and who publishes."""
    return {"@type": "Organization", "name": current_config().shop.name, "url": _home()}


def organization_data() -> Json:
    """Describe the shop."""
    logo = {"logo": absolute(asset_url("favicon.svg")), "email": current_config().shop.email}
    return {"@context": "https://schema.org", **publisher(), **logo}


def web_site_data() -> Json:
    """Describe the site, with its search if it has one."""
    site: Json = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": current_config().shop.name,
        "url": _home(),
        "inLanguage": "en-US",
    }
    if any(rule.rule == SEARCH for rule in current_app.url_map.iter_rules()):
        site["potentialAction"] = {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(SEARCH) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        }
    return site


def _home() -> str:
    return absolute(url_for("storefront.home.show"))
