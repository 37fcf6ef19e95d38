"""A guide as an Article: who answers for it, when it changed, what it cites."""

from datetime import date

from app.guidance.models import Guide, Source
from app.guidance.review import ReviewState, review_state
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.page_meta import Json
from app.storefront.structured_data.shop import publisher


def guide_data(guide: Guide, path: str, picture_url: str, today: date) -> Json:
    """Describe a guide; one whose review has lapsed says nothing of what it found."""
    article: Json = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": guide.title,
        "image": [picture_url],
        "datePublished": guide.published_on.isoformat(),
        "dateModified": last_change(guide).isoformat(),
        "inLanguage": "en-US",
        "author": publisher(),
        "publisher": publisher(),
        "mainEntityOfPage": _page(guide, path),
    }
    if review_state(guide, today) is not ReviewState.LAPSED:
        article["description"] = guide.description
        article["citation"] = [_citation(entry.source) for entry in guide.sources]
    return article


def last_change(guide: Guide) -> date:
    """Return the day of the newest line of the change log, or of the first publication."""
    return max([guide.published_on, *(change.changed_on for change in guide.changes)])


def _page(guide: Guide, path: str) -> Json:
    # In schema.org's words reviewer and day belong to the page. Without a reviewer neither is said.
    page: Json = {"@type": "WebPage", "@id": absolute(path)}
    if guide.reviewed_by:
        page["reviewedBy"] = {"@type": "Person", "name": guide.reviewed_by}
        if guide.last_reviewed:
            page["lastReviewed"] = guide.last_reviewed.isoformat()
    return page


def _citation(source: Source) -> Json:
    return {
        "@type": "CreativeWork",
        "name": source.title,
        "author": source.authors,
        "publisher": source.publication,
        "datePublished": str(source.year),
        "url": source.url,
    }
