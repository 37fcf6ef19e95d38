"""How small a guide must be printed to stand on two pages; tests print every guide."""

from app.guidance.models import Guide

# The most that fits at each size of letters in points, in characters of text on two pages of Letter paper.
MOST = ((10, 8700), (9, 10600), (8, 12500))
SMALLEST = 7
# What a line break, a line of a product and the furniture of a claim or a source take, in characters.
LINE = 15
PRODUCT = 100
CLAIM = 30
# Sources are printed smaller.
SOURCE_SHARE = 0.6
BANNER = 300


def letter_size(guide: Guide, *, has_banner: bool) -> int:
    """Return the size of letters, in points and rounded down."""
    length = _length(guide) + (BANNER if has_banner else 0)
    return next((size for size, most in MOST if length <= most), SMALLEST)


def _length(guide: Guide) -> float:
    text = len(guide.body) + LINE * guide.body.count("\n") + len(guide.when_to_see_someone)
    warnings = sum(len(str(card)) for card in guide.warning_cards)
    claims = sum(len(claim.about) + len(claim.scope) + CLAIM for claim in guide.claims)
    cited = [entry.source for entry in guide.sources]
    sources = sum(len(f"{each.authors}{each.title}{each.publication}{each.url}") + LINE for each in cited)
    return text + warnings + claims + PRODUCT * len(guide.recommendations) + SOURCE_SHARE * sources
