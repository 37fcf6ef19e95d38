"""What the search knows of a product and of a guide: which words count most, and which not at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from app.catalog.models import Product, TagAxis
from app.guidance.models import Guide
from app.search.models import EntryKind
from app.search.words import content_words, join_code, join_stems

SAFETY = "safety"
# Only the text of a link is read, not where it leads; a citation is no word either.
_LINK_TARGET = re.compile(r"\]\([^)]*\)|\[\^?[A-Z]\d+[a-z]?\]")


@dataclass(frozen=True)
class Document:
    """The texts of one entry, from those that count most to those that count least."""

    kind: EntryKind
    ref_id: int
    slug: str
    title: str
    keywords: tuple[str, ...]
    body: tuple[str, ...]
    is_advised_against: bool
    is_safety: bool
    position: int

    def columns(self) -> dict[str, object]:
        """Return the columns of the entry."""
        return {
            "kind": self.kind,
            "ref_id": self.ref_id,
            "slug": self.slug,
            "title": self.title,
            "title_stems": join_stems([self.title]),
            "keyword_stems": join_stems(self.keywords),
            "body_stems": join_stems(self.body),
            "is_advised_against": self.is_advised_against,
            "is_safety": self.is_safety,
            "position": self.position,
        }

    def words(self) -> Iterator[str]:
        """Return every word of the entry as it is written, without those that say nothing."""
        return chain.from_iterable(map(content_words, (self.title, *self.keywords, *self.body)))


def product_document(product: Product, *, is_advised_against: bool) -> Document:
    """Describe a product; one that guidelines advise against by its name and kind alone."""
    kinds = (product.category.name, _spaced(product.subcategory), product.brand, product.code)
    codes = (join_code(product.code), *(join_code(variant.sku) for variant in product.variants))
    options = tuple(value.value for option in product.options for value in option.values)
    areas = tuple(_spaced(tag.key) for tag in product.tags if tag.axis is TagAxis.BODY_AREA)
    return Document(
        kind=EntryKind.PRODUCT,
        ref_id=product.id,
        slug=product.slug,
        title=product.name,
        keywords=kinds + codes + options,
        body=() if is_advised_against else (*areas, product.intended_use, product.usage_dose),
        is_advised_against=is_advised_against,
        is_safety=False,
        position=product.category.position * 100_000 + product.position,
    )


def guide_document(guide: Guide) -> Document:
    """Describe a guide by its question, its answer and its text."""
    text = _LINK_TARGET.sub(" ", guide.body)
    cards = (str(text) for card in guide.warning_cards for text in card.values())
    is_safety = guide.page_type == SAFETY
    return Document(
        kind=EntryKind.GUIDE,
        ref_id=guide.id,
        slug=guide.slug,
        title=guide.title,
        keywords=(guide.question, guide.description),
        # The boxes of warning signs stand on every guide; only the page of warning signs is about them.
        body=(guide.answer, text, guide.when_to_see_someone, *(cards if is_safety else ())),
        is_advised_against=False,
        is_safety=is_safety,
        position=guide.position,
    )


def _spaced(key: str) -> str:
    return key.replace("-", " ")
