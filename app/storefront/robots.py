"""What crawlers are asked to leave alone."""

from flask import Blueprint, Response, current_app, url_for

from app.storefront.metadata.absolute import absolute

# Pages of one person. Results of a search stay open, so that crawlers can read that they are not to be kept.
LEFT_ALONE = ("/cart", "/checkout", "/orders")
A_DAY = "public, max-age=86400"

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def show() -> Response:
    """Let crawlers in, and tell them where the sitemap is."""
    lines = [
        "User-agent: *",
        "Allow: /",
        *(f"Disallow: {path}" for path in LEFT_ALONE),
        "",
        f"Sitemap: {absolute(url_for('storefront.sitemap.show'))}",
        "",
    ]
    response = current_app.response_class("\n".join(lines), mimetype="text/plain")
    response.headers["Cache-Control"] = A_DAY
    return response
