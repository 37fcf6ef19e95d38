"""Makes the smallest rows that the guidance tests need."""

from datetime import date

from sqlalchemy.orm import Session

from app.catalog.models import Category, Product, ShippingFlag, Variant, Washable
from app.guidance.models import Basis, Claim, Grade, Guide, Recommendation, Role


def add_product(session: Session, code: str, *, is_published: bool = False) -> Product:
    """Add a product with one variant that has no facts, in a family of its own."""
    slug = code.lower()
    product = Product(
        code=code,
        slug=slug,
        name=code,
        brand="Fenwillow",
        category=Category(slug=slug, name=code, summary="A family.", position=1),
        subcategory="soft-rollers",
        position=1,
        intended_use="Rolling.",
        usage_dose="A minute.",
        care_instructions="Wipe.",
        machine_washable=Washable.NO,
        warranty_months=12,
        is_published=is_published,
        us_regulation_to_confirm="none",
        fsa_hsa_hint="unknown",
        variants=[_variant(code)],
    )
    session.add(product)
    session.flush()
    return product


def _variant(code: str) -> Variant:
    return Variant(
        sku=f"{code}-ONE",
        label="",
        fingerprint="",
        price_cents=1000,
        currency="USD",
        position=1,
        shipping_flag=ShippingFlag.NONE,
    )


def add_guide(session: Session, slug: str, *products: Product, is_published: bool = True) -> Guide:
    """Add a guide that recommends these products, all on one claim."""
    claim = Claim(
        key="rolling",
        about="Rolling",
        role=Role.UNKNOWN,
        grade=Grade.D,
        basis=Basis.DIRECT,
        scope="Few trials.",
        position=1,
    )
    guide = Guide(
        slug=slug,
        title=slug,
        question="Does it help?",
        answer="We do not know.",
        description="What is known.",
        page_type="explain",
        position=1,
        body="Words.",
        when_to_see_someone="Ask.",
        warning_cards=[],
        written_by="The content team",
        published_on=date(2026, 11, 22),
        next_review=date(2027, 11, 22),
        is_published=is_published,
        claims=[claim],
        recommendations=[
            _recommend(product, claim, place) for place, product in enumerate(products, start=1)
        ],
    )
    session.add(guide)
    session.flush()
    return guide


def _recommend(product: Product, claim: Claim, position: int) -> Recommendation:
    return Recommendation(
        product=product,
        claim=claim,
        role=Role.UNKNOWN,
        grade=Grade.D,
        basis=Basis.DIRECT,
        scope="Few trials.",
        reason="Feels fine.",
        position=position,
    )
